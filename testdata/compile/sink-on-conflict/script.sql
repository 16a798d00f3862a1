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

CREATE TEMPORARY VIEW of_customers AS
SELECT
  customer,
  city,
  SUM(price) AS revenue
FROM orders
GROUP BY customer, city;

-- Whoever bought last stands for the city
CREATE TEMPORARY TABLE newest (
  customer BIGINT,
  city STRING,
  revenue DECIMAL(38, 2),
  PRIMARY KEY (city) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'value.format' = 'json'
);

CREATE TEMPORARY TABLE strict (
  customer BIGINT,
  city STRING,
  revenue DECIMAL(38, 2),
  PRIMARY KEY (city) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'value.format' = 'json'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO newest
SELECT *
FROM of_customers
ON CONFLICT DO DEDUPLICATE;

INSERT INTO strict
SELECT *
FROM of_customers
ON CONFLICT DO ERROR;
END;
