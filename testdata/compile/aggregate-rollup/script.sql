-- Orders as the shop writes them
CREATE TEMPORARY TABLE orders (
  id BIGINT,
  customer BIGINT,
  category STRING,
  city STRING,
  price DECIMAL(10, 2),
  status STRING,
  tags MAP<STRING, STRING>,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW sales AS
SELECT
  city,
  category,
  SUM(price) AS revenue,
  GROUPING_ID(city, category) AS level
FROM orders
GROUP BY ROLLUP (city, category);

CREATE TEMPORARY TABLE `out` (
  city STRING,
  category STRING,
  revenue DECIMAL(38, 2),
  level BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM sales;
END;
