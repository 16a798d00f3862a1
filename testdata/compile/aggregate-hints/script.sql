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

CREATE TEMPORARY VIEW of_customers AS
SELECT /*+ STATE_TTL('orders' = '30d') */
  customer,
  COUNT(*) AS orders
FROM orders
GROUP BY customer;

CREATE TEMPORARY VIEW `order-counts` AS
SELECT /*+ STATE_TTL('of_customers' = '7d') */
  orders,
  COUNT(*) AS customers
FROM of_customers
GROUP BY orders;

CREATE TEMPORARY VIEW spread AS
SELECT /*+ STATE_TTL('order-counts' = '1d') */
  MAX(customers) AS widest
FROM `order-counts`;
