CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW u AS
SELECT
  *,
  COALESCE(name, 'none') AS `who is it`
FROM orders;

CREATE TEMPORARY VIEW v AS
SELECT
  *,
  NOW() AS `at`
FROM u;
