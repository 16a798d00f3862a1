CREATE TEMPORARY TABLE orders (
  id BIGINT NOT NULL,
  price DECIMAL(10, 2),
  placed TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'format' = 'json',
  'properties.bootstrap.servers' = 'kafka:9092'
);

CREATE TEMPORARY TABLE buyers (
  id BIGINT,
  buyer INTEGER
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW joined AS
SELECT *
FROM orders
LEFT JOIN buyers
  ON orders.id = buyers.id;

CREATE TEMPORARY VIEW counted AS
SELECT
  buyer,
  COUNT(DISTINCT id) AS n
FROM joined
GROUP BY buyer;

CREATE TEMPORARY VIEW days AS
SELECT
  id,
  CAST(price AS STRING) AS price,
  placed AS `day`
FROM orders;
