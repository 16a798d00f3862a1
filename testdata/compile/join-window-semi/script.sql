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

CREATE TEMPORARY VIEW order_windows AS
SELECT *
FROM TABLE(
  HOP(TABLE orders, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '1' HOUR)
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

CREATE TEMPORARY VIEW shipment_windows AS
SELECT *
FROM TABLE(
  HOP(TABLE shipments, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '1' HOUR)
);

CREATE TEMPORARY VIEW same_hour AS
SELECT *
FROM order_windows
WHERE EXISTS (
  SELECT 1
  FROM shipment_windows
  WHERE order_windows.id = shipment_windows.order_id AND order_windows.window_start = shipment_windows.window_start AND order_windows.window_end = shipment_windows.window_end
);
