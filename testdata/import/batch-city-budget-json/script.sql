-- The budget of a small town, kept as JSON lines: nested rows, arrays, maps, JSON in a string.

SET 'execution.runtime-mode' = 'batch';

CREATE TABLE department (
  code STRING,
  name STRING,
  head ROW<name STRING, since INT>,
  tags ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = '${data}/department.json', 'format' = 'json');

CREATE TABLE project (
  id INT,
  title STRING,
  department STRING,
  status STRING,
  budget ROW<y2024 DECIMAL(12, 2), y2025 DECIMAL(12, 2)>,
  sources MAP<STRING, INT>,
  districts ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = '${data}/project.json', 'format' = 'json');

CREATE TABLE payment (
  project INT,
  paid_on DATE,
  amount DECIMAL(12, 2),
  invoice STRING,
  vendor AS JSON_VALUE(invoice, '$.vendor.name'),
  with_vat AS JSON_VALUE(invoice, '$.vendor.vat' RETURNING BOOLEAN),
  line_count AS JSON_VALUE(invoice, '$.lines' RETURNING INTEGER)
) WITH ('connector' = 'filesystem', 'path' = '${data}/payment.json', 'format' = 'json');

CREATE TABLE spent_of_budget (department STRING, head STRING, budget DECIMAL(38, 2), spent DECIMAL(38, 2), percent_spent DECIMAL(20, 1)) WITH ('connector' = 'print');
CREATE TABLE money_source (department STRING, source STRING, thousand INT, projects BIGINT) WITH ('connector' = 'print');
CREATE TABLE district_share (district STRING, `year` INT, budget DECIMAL(38, 2)) WITH ('connector' = 'print');
CREATE TABLE vendor_list (vendor STRING, payments BIGINT, amount DECIMAL(38, 2), biggest DECIMAL(12, 2), departments BIGINT) WITH ('connector' = 'print');
CREATE TABLE remark (id INT, remark STRING) WITH ('connector' = 'print');

-- each year is a row of its own
CREATE VIEW project_year (id, department, status, `year`, budget, districts) AS
SELECT id, department, status, 2024, p.budget.y2024, districts FROM project AS p
UNION ALL
SELECT id, department, status, 2025, p.budget.y2025, districts FROM project AS p;

CREATE VIEW spent AS
SELECT project AS id, CAST(EXTRACT(YEAR FROM paid_on) AS INT) AS `year`, SUM(amount) AS amount
FROM payment
GROUP BY project, EXTRACT(YEAR FROM paid_on);

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO spent_of_budget
  SELECT d.name, d.head.name, SUM(y.budget), SUM(COALESCE(s.amount, 0)), CAST(100 * SUM(COALESCE(s.amount, 0)) / SUM(y.budget) AS DECIMAL(20, 1))
  FROM project_year AS y
  INNER JOIN department AS d ON d.code = y.department
  LEFT JOIN spent AS s ON s.id = y.id AND s.`year` = y.`year`
  WHERE d.head.since < 2023
  GROUP BY d.name, d.head.name;

  INSERT INTO money_source
  SELECT p.department, src.source, SUM(src.amount) / 1000, COUNT(*)
  FROM project AS p
  CROSS JOIN UNNEST(p.sources) AS src (source, amount)
  GROUP BY p.department, src.source
  HAVING COUNT(*) > 1;

  -- the money of a project is divided among its districts
  INSERT INTO district_share
  SELECT dis.district, y.`year`, SUM(CAST(y.budget / CARDINALITY(y.districts) AS DECIMAL(12, 2)))
  FROM project_year y CROSS JOIN UNNEST(y.districts) AS dis (district)
  GROUP BY dis.district, y.`year`;

  INSERT INTO vendor_list
  SELECT vendor, COUNT(*), SUM(CASE WHEN with_vat THEN amount * 1.081 ELSE amount END), MAX(amount), COUNT(DISTINCT p.department)
  FROM payment LEFT JOIN project AS p ON p.id = payment.project
  WHERE line_count > 1
  GROUP BY vendor;

  INSERT INTO remark
  SELECT project, 'payment for a project that is not there' FROM payment WHERE project NOT IN (SELECT id FROM project)
  UNION
  SELECT id, 'no money from taxes' FROM project WHERE sources['taxes'] IS NULL AND status <> 'planned'
  UNION
  SELECT p.id, 'department works in the open: ' || d.tags[1]
  FROM project p JOIN department d ON d.code = p.department AND ARRAY_CONTAINS(d.tags, 'works')
  WHERE ELEMENT(ARRAY[p.status]) = 'running';
END;
