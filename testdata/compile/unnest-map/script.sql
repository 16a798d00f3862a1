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

-- The basket has an id as well: the key becomes id0
CREATE TEMPORARY VIEW tag AS
SELECT *
FROM baskets
CROSS JOIN UNNEST(tags) AS tag (id, `tag value`);

CREATE TEMPORARY VIEW mark AS
SELECT *
FROM tag
CROSS JOIN UNNEST(marks) AS mark (mark);
