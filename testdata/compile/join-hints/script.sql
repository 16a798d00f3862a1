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

CREATE TEMPORARY VIEW pairs AS
SELECT /*+ STATE_TTL('orders_left' = '1d') */
  orders_left.id AS a
FROM orders AS orders_left
JOIN orders AS orders_right
  ON orders_left.id = orders_right.id;

CREATE TEMPORARY VIEW has_rate AS
SELECT /*+ SHUFFLE_HASH(orders) */ *
FROM orders
WHERE EXISTS (
  SELECT 1
  FROM default_catalog.default_database.shop_rates AS rates
  WHERE orders.city = rates.city
);

CREATE TEMPORARY TABLE shipments (
  id BIGINT,
  order_id BIGINT,
  carrier STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW shipped AS
SELECT /*+ STATE_TTL('orders' = '1d', 'shipments' = '12h'), BROADCAST(shipments) */ *
FROM orders
JOIN shipments
  ON orders.id = shipments.order_id;
