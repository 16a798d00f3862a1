-- The monthly report of all shops, as cubes and roll-ups, in one batch run.
SET 'execution.runtime-mode' = 'batch';
SET 'table.exec.resource.default-parallelism' = '1';

CREATE TABLE sales (
  sold_on DATE,
  shop    STRING,
  city    STRING,
  product STRING,
  pieces  INT,
  price   DECIMAL(8, 2)
) WITH ('connector' = 'filesystem', 'path' = '${data}/sales.csv', 'format' = 'csv');

CREATE TABLE products (product STRING, category STRING, supplier STRING)
WITH ('connector' = 'filesystem', 'path' = '${data}/products.csv', 'format' = 'csv');

CREATE TABLE by_place (city STRING, shop STRING, level_no BIGINT, revenue DECIMAL(38, 2), sales_count BIGINT) WITH ('connector' = 'print');
CREATE TABLE by_anything (category STRING, city STRING, revenue DECIMAL(38, 2)) WITH ('connector' = 'print');
CREATE TABLE best_products (category STRING, product STRING, revenue DECIMAL(38, 2), place BIGINT, share DOUBLE) WITH ('connector' = 'print');
CREATE TABLE weekly (iso_week BIGINT, pieces INT, revenue DECIMAL(38, 2)) WITH ('connector' = 'print');

CREATE VIEW lines AS
SELECT s.*, s.pieces * s.price AS revenue, COALESCE(p.category, 'unknown') AS category
FROM sales AS s
LEFT JOIN products AS p ON s.product = p.product;

INSERT INTO by_place
SELECT city, shop, GROUPING_ID(city, shop), SUM(revenue), COUNT(*)
FROM lines
GROUP BY ROLLUP (city, shop);

INSERT INTO by_anything
SELECT category, city, SUM(revenue)
FROM lines
GROUP BY CUBE (category, city)
HAVING SUM(revenue) > 20;

INSERT INTO best_products
SELECT category, product, revenue, place, revenue / total
FROM (
  SELECT category, product, revenue,
    RANK() OVER (PARTITION BY category ORDER BY revenue DESC) AS place,
    SUM(CAST(revenue AS DOUBLE)) OVER (PARTITION BY category) AS total
  FROM (SELECT category, product, SUM(revenue) AS revenue FROM lines GROUP BY category, product) AS r
) AS ranked
WHERE place <= 2;

INSERT INTO weekly
SELECT EXTRACT(WEEK FROM sold_on), SUM(pieces), SUM(revenue)
FROM lines
WHERE sold_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
GROUP BY EXTRACT(WEEK FROM sold_on)
ORDER BY 2 DESC, 1
LIMIT 5;
