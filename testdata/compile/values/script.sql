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

-- Few enough to be written down
CREATE TEMPORARY VIEW regions AS
SELECT *
FROM (VALUES
  ('de', 'Germany'),
  ('fr', 'France'),
  ('xx', CAST(NULL AS STRING))
) AS regions (code, name);

CREATE TEMPORARY VIEW named AS
SELECT
  orders.id,
  regions.name AS country
FROM orders
LEFT JOIN regions
  ON orders.tags['country'] = regions.code;

CREATE TEMPORARY TABLE `out` (
  id BIGINT,
  country STRING
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM named;
END;
