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
  TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' HOUR)
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
  TUMBLE(TABLE shipments, DESCRIPTOR(ts), INTERVAL '1' HOUR)
);

-- Ordered and shipped in one hour, or one of both
CREATE TEMPORARY VIEW same_hour AS
SELECT
  COALESCE(order_windows.id, shipment_windows.order_id) AS id,
  shipment_windows.carrier,
  COALESCE(order_windows.window_start, shipment_windows.window_start) AS window_start
FROM order_windows
FULL JOIN shipment_windows
  ON order_windows.id = shipment_windows.order_id AND order_windows.window_start = shipment_windows.window_start AND order_windows.window_end = shipment_windows.window_end;

CREATE TEMPORARY TABLE `out` (
  id BIGINT,
  carrier STRING,
  window_start TIMESTAMP(3)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM same_hour;
END;
