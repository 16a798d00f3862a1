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

CREATE TEMPORARY VIEW recent AS
SELECT *
FROM orders
WHERE price > 100;

CREATE TEMPORARY TABLE shipments (
  id BIGINT,
  order_id BIGINT,
  carrier STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW waiting AS
SELECT *
FROM recent
WHERE NOT EXISTS (
  SELECT 1
  FROM shipments
  WHERE recent.id = shipments.order_id AND shipments.carrier <> 'none'
);

CREATE TEMPORARY VIEW columns AS
SELECT
  id,
  customer
FROM waiting;

CREATE TEMPORARY TABLE `out` (
  id BIGINT,
  customer BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM columns;
END;
