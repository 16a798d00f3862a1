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
  name,
  COUNT(*) AS n,
  SUM(price) AS total
FROM TABLE(
  TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND)
)
GROUP BY window_start, window_end, name;

CREATE TEMPORARY TABLE `out` (
  name STRING,
  n BIGINT,
  total DOUBLE
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT name, n, total
FROM w;
END;
