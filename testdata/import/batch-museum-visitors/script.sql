-- Half a year of three museums: cube, grouping sets, holidays, school classes, the shop.
SET 'execution.runtime-mode' = 'BATCH';

CREATE TEMPORARY TABLE visit (
   visit_id INT,
   `day` DATE,
   museum STRING,
   category STRING,
   country STRING,
   persons INT,
   ticket DECIMAL(6, 2),
   `month` AS CAST(EXTRACT(MONTH FROM `day`) AS INT),
   weekday AS DAYOFWEEK(`day`)
) WITH ('connector' = 'filesystem', 'path' = '${data}/visit.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TEMPORARY TABLE shop (receipt INT, visit_id INT, article STRING, amount DECIMAL(6, 2))
WITH ('connector' = 'filesystem', 'path' = '${data}/shop.csv', 'format' = 'csv');

CREATE TEMPORARY TABLE holiday (`day` DATE, name STRING)
WITH ('connector' = 'filesystem', 'path' = '${data}/holiday.csv', 'format' = 'csv');

CREATE TEMPORARY TABLE guide (guide_id INT, name STRING, museum STRING)
WITH ('connector' = 'filesystem', 'path' = '${data}/guide.csv', 'format' = 'csv');

CREATE TEMPORARY TABLE opening (museum STRING, weekday INT, `open` BOOLEAN) WITH ('connector' = 'blackhole');

-- museum x month x category, all sums
SELECT museum, `month`, category, SUM(persons) AS persons, SUM(persons * ticket) AS income, GROUPING_ID(museum, `month`, category) AS lvl
FROM visit
WHERE `month` <= 3
GROUP BY CUBE (museum, `month`, category);

-- holidays and the days around them
SELECT h.name, v.museum, COUNT(v.visit_id) AS groups_came, COALESCE(SUM(v.persons), 0) AS persons
FROM holiday AS h
LEFT JOIN visit AS v ON v.`day` BETWEEN h.`day` - INTERVAL '2' DAY AND h.`day` + INTERVAL '2' DAY
GROUP BY h.name, v.museum;

-- three questions in one answer
SELECT 'weekday' AS question, CAST(weekday AS STRING) AS answer, SUM(persons) AS n FROM visit GROUP BY weekday
UNION ALL
SELECT 'country', COALESCE(country, 'not asked'), SUM(persons) FROM visit GROUP BY country
UNION ALL
SELECT 'guide', g.name, SUM(v.persons) FROM guide g JOIN visit v ON v.museum = g.museum AND v.category = 'school' GROUP BY g.name;

-- who also buys: share of the visits with a receipt, the best article of each museum
WITH bought AS (
   SELECT v.museum, v.category, s.article, s.amount
   FROM shop s INNER JOIN visit v USING (visit_id)
),
per_article AS (
   SELECT museum, article, SUM(amount) AS amount, COUNT(*) AS n FROM bought GROUP BY museum, article
),
best AS (
   SELECT museum, article, amount FROM (
      SELECT *, RANK() OVER (PARTITION BY museum ORDER BY amount DESC, article) AS r FROM per_article
   ) WHERE r = 1
)
SELECT b.museum, b.article, b.amount, t.total, CAST(b.amount / t.total AS DECIMAL(5, 3)) AS share
FROM best b
JOIN (SELECT museum, SUM(amount) AS total FROM bought GROUP BY museum) t ON t.museum = b.museum;

-- receipts without a visit, visits of many persons without a receipt
SELECT 'receipt' AS what, receipt AS id FROM shop WHERE visit_id NOT IN (SELECT visit_id FROM visit)
UNION ALL
(SELECT 'visit', visit_id FROM visit WHERE persons >= 10 AND visit_id NOT IN (SELECT visit_id FROM shop));

-- days when a museum had more than twice its mean
SELECT d.museum, d.`day`, d.persons
FROM (SELECT museum, `day`, SUM(persons) AS persons FROM visit GROUP BY museum, `day`) d
WHERE d.persons > 2 * (
   SELECT AVG(i.persons) FROM (SELECT museum, `day`, SUM(persons) AS persons FROM visit GROUP BY museum, `day`) i WHERE i.museum = d.museum
);

INSERT INTO opening
SELECT museum, CAST(weekday AS INT), SUM(persons) >= 10 FROM visit GROUP BY museum, weekday;
