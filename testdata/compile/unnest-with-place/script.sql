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
LEFT JOIN UNNEST(items) WITH ORDINALITY AS lines (sku, quantity, place) ON TRUE;

CREATE TEMPORARY VIEW first_items AS
SELECT *
FROM lines
WHERE place = 1;
