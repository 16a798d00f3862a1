CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW w AS
SELECT
  window_start,
  window_end,
  id,
  name,
  COUNT(*) AS n,
  SUM(price) AS total
FROM TABLE(
  CUMULATE(TABLE orders, DESCRIPTOR(ts), INTERVAL '100' SECOND(3), INTERVAL '1000' SECOND(4))
)
GROUP BY window_start, window_end, id, name;
