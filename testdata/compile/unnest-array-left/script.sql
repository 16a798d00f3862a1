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

CREATE TEMPORARY VIEW with_coupons AS
SELECT *
FROM baskets
LEFT JOIN UNNEST(baskets.coupons) AS with_coupons (coupon) ON TRUE;

CREATE TEMPORARY VIEW split AS
SELECT *
FROM with_coupons
LEFT JOIN UNNEST(SPLIT(coupon, '-')) AS split (part) ON TRUE;
