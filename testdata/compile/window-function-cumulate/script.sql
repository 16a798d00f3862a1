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
  `two words` STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW w AS
SELECT *
FROM TABLE(
  CUMULATE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' HOUR, INTERVAL '1' DAY)
);

CREATE TEMPORARY VIEW per_window AS
SELECT
  window_start,
  window_end,
  customer,
  `two words`,
  SUM(price) AS revenue
FROM w
GROUP BY window_start, window_end, customer, `two words`;
