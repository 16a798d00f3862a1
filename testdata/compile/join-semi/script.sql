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

-- Orders that have left the house
CREATE TEMPORARY VIEW shipped AS
SELECT *
FROM orders
WHERE EXISTS (
  SELECT 1
  FROM shipments
  WHERE orders.id = shipments.order_id
);

CREATE TEMPORARY VIEW cities AS
SELECT
  city,
  COUNT(*) AS shipped
FROM shipped
GROUP BY city;

CREATE TEMPORARY TABLE `out` (
  city STRING,
  shipped BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM cities;
END;
