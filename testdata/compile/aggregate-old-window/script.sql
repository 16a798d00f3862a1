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

-- As older scripts write their windows
CREATE TEMPORARY VIEW hourly AS
SELECT
  category,
  TUMBLE_START(ts, INTERVAL '1' HOUR) AS opened,
  TUMBLE_END(ts, INTERVAL '1' HOUR) AS closed,
  TUMBLE_ROWTIME(ts, INTERVAL '1' HOUR) AS closed_time,
  SUM(price) AS revenue,
  LAST_VALUE(price) AS last_price
FROM orders
GROUP BY category, TUMBLE(ts, INTERVAL '1' HOUR);

CREATE TEMPORARY VIEW daily AS
SELECT
  category,
  TUMBLE_START(closed_time, INTERVAL '1' DAY) AS `day`,
  SUM(revenue) AS revenue
FROM hourly
GROUP BY category, TUMBLE(closed_time, INTERVAL '1' DAY);

CREATE TEMPORARY TABLE days (
  category STRING,
  `day` TIMESTAMP(3),
  revenue DECIMAL(38, 2)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO days
SELECT *
FROM daily;
END;
