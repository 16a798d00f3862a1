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

CREATE TEMPORARY VIEW hours AS
SELECT *
FROM TABLE(
  TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' HOUR)
);

-- The three dearest orders of each hour and city
CREATE TEMPORARY VIEW dearest AS
SELECT
  id,
  customer,
  category,
  city,
  price,
  status,
  tags,
  ts,
  window_start,
  window_end,
  window_time
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, city
      ORDER BY price DESC
    ) AS row_num
  FROM hours
)
WHERE row_num <= 3;

CREATE TEMPORARY VIEW per_category AS
SELECT
  window_start,
  window_end,
  category,
  SUM(price) AS revenue
FROM TABLE(
  TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' HOUR)
)
GROUP BY window_start, window_end, category;

CREATE TEMPORARY VIEW best AS
SELECT *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end
      ORDER BY revenue DESC
    ) AS place
  FROM per_category
)
WHERE place <= 5;

CREATE TEMPORARY TABLE `out` (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  category STRING,
  revenue DECIMAL(38, 2),
  place BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM best;
END;
