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

CREATE TEMPORARY VIEW dearest AS
SELECT
  id,
  customer,
  category,
  city,
  price,
  status,
  tags,
  ts
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      ORDER BY price DESC
    ) AS row_num
  FROM orders
)
WHERE row_num <= 10;
