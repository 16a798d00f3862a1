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

-- Who has bought what at all
CREATE TEMPORARY VIEW pairs AS
SELECT
  customer,
  category
FROM orders
GROUP BY customer, category;

CREATE TEMPORARY TABLE bought (
  customer BIGINT,
  category STRING
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO bought
SELECT *
FROM pairs;
END;
