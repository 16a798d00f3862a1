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

CREATE TEMPORARY VIEW by_city AS
SELECT
  city,
  SUM(price) AS revenue
FROM orders
GROUP BY city;

-- The ten cities that buy most
CREATE TEMPORARY VIEW best AS
SELECT *
FROM by_city
ORDER BY revenue DESC NULLS LAST, UPPER(city)
LIMIT 10;

CREATE TEMPORARY TABLE `out` (
  city STRING,
  revenue DECIMAL(38, 2)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM best;
END;
