-- Orders of the delivery app come as change data; couriers and restaurants are looked up.
-- Author: logistics data team
SET 'pipeline.name' = 'food-delivery-enrichment';
SET 'execution.checkpointing.interval' = '30s';
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '2 s';
SET 'table.exec.mini-batch.size' = '5000';

CREATE TABLE delivery_order (
  order_id      BIGINT,
  restaurant_id INT,
  courier_id    INT,
  status        VARCHAR(16),
  price         DECIMAL(8, 2),
  tip           DECIMAL(8, 2),
  placed_at     TIMESTAMP(3),
  op_ts         TIMESTAMP_LTZ(3) METADATA FROM 'value.ingestion-timestamp' VIRTUAL,
  proc_time     AS PROCTIME(),
  PRIMARY KEY (order_id) NOT ENFORCED
) WITH (
  'connector' = 'kafka',
  'topic' = 'app.delivery.orders',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'enrich',
  'scan.startup.mode' = 'earliest-offset',
  'value.format' = 'debezium-json'
);

CREATE TABLE restaurant (
  id INT,
  name STRING,
  district STRING,
  cuisine STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://db:5432/app',
  'table-name' = 'restaurant',
  'lookup.cache' = 'PARTIAL',
  'lookup.partial-cache.max-rows' = '5000',
  'lookup.partial-cache.expire-after-write' = '10 min'
);

CREATE TABLE courier (
  id INT,
  nick STRING,
  vehicle STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://db:5432/app',
  'table-name' = 'courier'
);

CREATE TABLE enriched_order (
  order_id BIGINT,
  restaurant STRING,
  district STRING,
  courier STRING,
  vehicle STRING,
  status STRING,
  total DECIMAL(10, 2),
  tip_percent DECIMAL(6, 2),
  PRIMARY KEY (order_id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'dwh.delivery.orders',
  'properties.bootstrap.servers' = 'kafka:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);

CREATE TABLE district_board (
  district STRING,
  cuisine STRING,
  under_way BIGINT,
  delivered BIGINT,
  cancelled BIGINT,
  revenue DECIMAL(38, 2),
  PRIMARY KEY (district, cuisine) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://db:5432/board',
  'table-name' = 'district_board'
);

CREATE TEMPORARY VIEW enriched AS
SELECT
  o.order_id,
  r.name     AS restaurant,
  COALESCE(r.district, 'unknown') AS district,
  r.cuisine,
  c.nick     AS courier,
  IFNULL(c.vehicle, '-') AS vehicle,
  o.status,
  o.price + COALESCE(o.tip, 0) AS total,
  CASE WHEN o.price = 0 THEN NULL ELSE CAST(100 * o.tip / o.price AS DECIMAL(6, 2)) END AS tip_percent
FROM delivery_order AS o
LEFT JOIN restaurant FOR SYSTEM_TIME AS OF o.proc_time AS r
  ON o.restaurant_id = r.id
LEFT JOIN courier FOR SYSTEM_TIME AS OF o.proc_time AS c
  ON o.courier_id = c.id AND o.status <> 'PLACED';

BEGIN STATEMENT SET;

INSERT INTO enriched_order
SELECT order_id, restaurant, district, courier, vehicle, status, total, tip_percent FROM enriched;

INSERT INTO district_board
SELECT
  district,
  COALESCE(cuisine, 'other'),
  COUNT(*) FILTER (WHERE status IN ('PLACED', 'COOKING', 'ON_THE_WAY')),
  COUNT(*) FILTER (WHERE status = 'DELIVERED'),
  COUNT(*) FILTER (WHERE status = 'CANCELLED'),
  SUM(CASE WHEN status = 'DELIVERED' THEN total ELSE 0 END)
FROM enriched
GROUP BY district, COALESCE(cuisine, 'other');

END;
