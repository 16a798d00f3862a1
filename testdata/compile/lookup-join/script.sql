CREATE TEMPORARY TABLE customers (
  id BIGINT,
  city STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'lookup.cache' = 'PARTIAL',
  'lookup.max-retries' = '2',
  'lookup.partial-cache.cache-missing-key' = 'false',
  'lookup.partial-cache.expire-after-write' = '10 min',
  'lookup.partial-cache.max-rows' = '10000',
  'password' = 'secret',
  'table-name' = 'customers',
  'url' = 'jdbc:postgresql://localhost:5432/shop',
  'username' = 'shop'
);

CREATE TEMPORARY TABLE orders (
  id BIGINT,
  customer BIGINT,
  price DECIMAL(10, 2),
  `at` AS PROCTIME()
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'scan.startup.mode' = 'earliest-offset'
);

-- Asks the database for each order's customer
CREATE TEMPORARY VIEW located AS
SELECT /*+ LOOKUP('table' = 'customers', 'retry-predicate' = 'lookup_miss', 'retry-strategy' = 'fixed_delay', 'fixed-delay' = '10s', 'max-attempts' = '3') */
  orders.id,
  customers.city,
  orders.price
FROM orders
LEFT JOIN customers FOR SYSTEM_TIME AS OF orders.`at`
  ON orders.customer = customers.id;

CREATE TEMPORARY VIEW known AS
SELECT *
FROM located
WHERE city IS NOT NULL;

CREATE TEMPORARY VIEW by_city AS
SELECT
  city,
  COUNT(*) AS orders,
  SUM(price) AS revenue
FROM known
GROUP BY city;

CREATE TEMPORARY TABLE revenue (
  city STRING,
  orders BIGINT,
  revenue DECIMAL(38, 2),
  PRIMARY KEY (city) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'password' = 'secret',
  'sink.buffer-flush.interval' = '2 s',
  'sink.buffer-flush.max-rows' = '500',
  'sink.max-retries' = '5',
  'sink.parallelism' = '1',
  'table-name' = 'revenue',
  'url' = 'jdbc:postgresql://localhost:5432/shop',
  'username' = 'shop'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO revenue
SELECT *
FROM by_city;
END;
