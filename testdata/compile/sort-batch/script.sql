SET 'execution.runtime-mode' = 'batch';

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
  'connector' = 'datagen',
  'number-of-rows' = '100'
);

CREATE TEMPORARY VIEW `all` AS
SELECT *
FROM orders
ORDER BY price DESC;

CREATE TEMPORARY VIEW `some` AS
SELECT *
FROM orders
OFFSET 3;
