CREATE TEMPORARY TABLE baskets (
  id BIGINT,
  customer BIGINT,
  items ARRAY<ROW<sku STRING, quantity INT>>,
  coupons ARRAY<STRING>,
  tags MAP<STRING, STRING>,
  marks MULTISET<STRING>,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

-- One row for each item
CREATE TEMPORARY VIEW lines AS
SELECT *
FROM baskets
CROSS JOIN UNNEST(items) AS lines (sku, quantity);

CREATE TEMPORARY VIEW sold AS
SELECT
  window_start,
  window_end,
  sku,
  SUM(quantity) AS sold,
  COUNT(DISTINCT id) AS baskets
FROM TABLE(
  TUMBLE(TABLE lines, DESCRIPTOR(ts), INTERVAL '1' DAY)
)
GROUP BY window_start, window_end, sku;

CREATE TEMPORARY VIEW best AS
SELECT
  window_start,
  window_end,
  sku,
  sold,
  baskets
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end
      ORDER BY sold DESC
    ) AS row_num
  FROM sold
)
WHERE row_num <= 10;

CREATE TEMPORARY TABLE `out` (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  sku STRING,
  sold INT,
  baskets BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM best;
END;
