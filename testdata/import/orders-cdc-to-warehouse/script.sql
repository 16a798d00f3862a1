-- Change data of the shop's database, from Kafka into the warehouse's topics.
SET 'execution.checkpointing.interval' = '1 min';
SET 'table.exec.sink.upsert-materialize' = 'AUTO';

CREATE TABLE orders_cdc (
  id            BIGINT,
  customer_id   BIGINT,
  status        STRING,
  total_cents   BIGINT,
  updated_at    TIMESTAMP_LTZ(3),
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'orders as the database has them'
WITH (
  'connector' = 'kafka',
  'topic' = 'shop.public.orders',
  'properties.bootstrap.servers' = 'broker-1:9092,broker-2:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'debezium-json',
  'debezium-json.schema-include' = 'true'
);

CREATE TABLE customers_cdc (
  id BIGINT,
  email STRING,
  country_code CHAR(2),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'shop.customers',
  'properties.bootstrap.servers' = 'broker-1:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);

-- Lines are written twice when the producer tries again; the last one is right.
CREATE TABLE order_lines_raw (
  line_id     STRING,
  order_id    BIGINT,
  sku         STRING,
  quantity    INT,
  price_cents BIGINT,
  sent_at     TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  `partition` INT METADATA VIRTUAL,
  `offset`    BIGINT METADATA VIRTUAL,
  WATERMARK FOR sent_at AS sent_at - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka',
  'topic' = 'shop.order-lines',
  'properties.bootstrap.servers' = 'broker-1:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE dwh_orders (
  order_id   BIGINT,
  email      STRING,
  country    STRING,
  status     STRING,
  total      DECIMAL(14, 2),
  `lines`    BIGINT,
  line_total DECIMAL(14, 2),
  PRIMARY KEY (order_id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'dwh.orders',
  'properties.bootstrap.servers' = 'broker-1:9092',
  'key.format' = 'json',
  'value.format' = 'json',
  'value.fields-include' = 'ALL'
);

CREATE TABLE dwh_country_totals (
  country STRING,
  orders  BIGINT,
  total   DECIMAL(38, 2),
  PRIMARY KEY (country) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'dwh.country-totals',
  'properties.bootstrap.servers' = 'broker-1:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);

-- Keep the last version of a line.
CREATE VIEW order_lines AS
SELECT line_id, order_id, sku, quantity, price_cents
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY line_id ORDER BY sent_at DESC) AS row_num
  FROM order_lines_raw
)
WHERE row_num = 1;

-- Totals of the lines of an order.
CREATE VIEW line_totals AS
SELECT order_id, COUNT(*) AS line_count, SUM(quantity * price_cents) AS cents
FROM order_lines
GROUP BY order_id;

CREATE VIEW enriched AS
SELECT
  o.id AS order_id,
  c.email,
  COALESCE(c.country_code, '??') AS country,
  o.status,
  CAST(o.total_cents / 100.0 AS DECIMAL(14, 2)) AS total,
  l.line_count,
  CAST(l.cents / 100.0 AS DECIMAL(14, 2)) AS line_total
FROM orders_cdc AS o
LEFT JOIN customers_cdc AS c ON o.customer_id = c.id
LEFT JOIN line_totals AS l ON l.order_id = o.id
WHERE o.status <> 'DRAFT';

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO dwh_orders SELECT * FROM enriched ON CONFLICT DO DEDUPLICATE;
  INSERT INTO dwh_country_totals
  SELECT country, COUNT(*), SUM(total)
  FROM enriched
  WHERE status IN ('PAID', 'SHIPPED')
  GROUP BY country;
END;
