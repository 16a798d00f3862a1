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

CREATE TEMPORARY VIEW page AS
SELECT *
FROM orders
ORDER BY price
LIMIT 10
OFFSET 20;

CREATE TEMPORARY VIEW `some` AS
SELECT *
FROM orders
LIMIT 5;
