CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW sel AS
SELECT
  id,
  UPPER(name) || '-' || CAST(id AS STRING) AS label,
  price * 2 AS `price * 2`,
  CASE WHEN price > 10 THEN 1 ELSE 0 END AS `value`,
  CURRENT_TIMESTAMP AS now,
  CURRENT_DATE AS `CURRENT_DATE`,
  (SELECT MAX(x) FROM (VALUES (1), (2)) AS t (x)) AS best
FROM orders;
