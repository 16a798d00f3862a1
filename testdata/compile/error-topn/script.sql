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
