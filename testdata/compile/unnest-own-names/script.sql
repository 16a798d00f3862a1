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

CREATE TEMPORARY VIEW lines AS
SELECT *
FROM baskets
CROSS JOIN UNNEST(items) AS lines;

CREATE TEMPORARY VIEW skus AS
SELECT
  sku
FROM lines;
