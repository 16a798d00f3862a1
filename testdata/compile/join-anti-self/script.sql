CREATE TEMPORARY TABLE employees (
  id BIGINT,
  boss BIGINT
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW without_reports AS
SELECT *
FROM employees AS employees_left
WHERE NOT EXISTS (
  SELECT 1
  FROM employees AS employees_right
  WHERE employees_left.id = employees_right.boss
);
