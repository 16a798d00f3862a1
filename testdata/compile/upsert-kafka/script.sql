CREATE TEMPORARY TABLE customers (
  id BIGINT,
  city STRING,
  ts TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'customers',
  'key.format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'value.format' = 'json'
);

CREATE TEMPORARY TABLE orders (
  id BIGINT,
  customer BIGINT,
  price DECIMAL(10, 2),
  ts TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'scan.startup.mode' = 'earliest-offset'
);

-- Where the customer lived at the time of the order
CREATE TEMPORARY VIEW located AS
SELECT
  orders.id,
  customers.city,
  orders.price
FROM orders
LEFT JOIN customers FOR SYSTEM_TIME AS OF orders.ts
  ON orders.customer = customers.id;

CREATE TEMPORARY VIEW by_city AS
SELECT
  city,
  SUM(price) AS revenue
FROM located
GROUP BY city;

CREATE TEMPORARY TABLE revenue (
  city STRING,
  revenue DECIMAL(38, 2),
  PRIMARY KEY (city) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'revenue',
  'key.format' = 'raw',
  'properties.bootstrap.servers' = 'localhost:9092',
  'sink.buffer-flush.interval' = '1 s',
  'sink.buffer-flush.max-rows' = '100',
  'sink.delivery-guarantee' = 'at-least-once',
  'sink.parallelism' = '1',
  'value.fields-include' = 'EXCEPT_KEY',
  'value.format' = 'json'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO revenue
SELECT *
FROM by_city;
END;
