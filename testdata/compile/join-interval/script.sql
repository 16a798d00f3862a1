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

CREATE TEMPORARY TABLE shipments (
  id BIGINT,
  order_id BIGINT,
  carrier STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'datagen'
);

-- Shipped within four hours
CREATE TEMPORARY VIEW in_time AS
SELECT
  orders.id,
  shipments.carrier,
  orders.ts AS ordered,
  shipments.ts AS shipped
FROM orders
JOIN shipments
  ON orders.id = shipments.order_id AND shipments.ts BETWEEN orders.ts AND orders.ts + INTERVAL '4' HOUR;

CREATE TEMPORARY VIEW per_carrier AS
SELECT
  window_start,
  window_end,
  carrier,
  COUNT(*) AS orders
FROM TABLE(
  TUMBLE(TABLE in_time, DESCRIPTOR(shipped), INTERVAL '1' DAY)
)
GROUP BY window_start, window_end, carrier;

CREATE TEMPORARY TABLE `out` (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  carrier STRING,
  orders BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM per_carrier;
END;
