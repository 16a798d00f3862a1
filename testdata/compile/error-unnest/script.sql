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
