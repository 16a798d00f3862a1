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

CREATE TEMPORARY VIEW paid AS
SELECT *
FROM orders
WHERE status <> 'CANCELLED';

-- Cities with more than ten orders
CREATE TEMPORARY VIEW by_city AS
SELECT
  city,
  COUNT(*) AS orders,
  COUNT(DISTINCT customer) AS customers,
  COUNT(*) FILTER (WHERE status = 'RETURNED') AS returned,
  SUM(price) AS revenue
FROM paid
GROUP BY city
HAVING COUNT(*) > 10;

CREATE TEMPORARY VIEW rates AS
SELECT
  city,
  revenue,
  returned * 1.0 / orders AS return_rate
FROM by_city;

CREATE TEMPORARY TABLE city_rates (
  city STRING,
  revenue DECIMAL(38, 2),
  return_rate DECIMAL(38, 6)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO city_rates
SELECT *
FROM rates;
END;
