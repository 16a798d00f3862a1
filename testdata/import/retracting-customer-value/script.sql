-- Aggregates over aggregates: how many customers are in which class of turnover, kept up to date as orders change.
CREATE TABLE orders (
  order_id STRING PRIMARY KEY NOT ENFORCED, customer_id INT, state STRING, amount DECIMAL(10, 2), region STRING
) WITH ('connector' = 'kafka', 'topic' = 'orders', 'properties.bootstrap.servers' = 'k:9092', 'value.format' = 'debezium-json', 'scan.startup.mode' = 'earliest-offset');

CREATE TABLE class_size (class STRING, region STRING, customers BIGINT, turnover DECIMAL(38, 2), mean DECIMAL(38, 6), PRIMARY KEY (class, region) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://x/y', 'table-name' = 'class_size');
CREATE TABLE region_total (region STRING, customers BIGINT, biggest DECIMAL(38, 2), smallest DECIMAL(38, 2), PRIMARY KEY (region) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://x/y', 'table-name' = 'region_total');
CREATE TABLE change_log (region STRING, class STRING, customers BIGINT) WITH ('connector' = 'print');

INSERT INTO class_size
WITH per_customer AS (
  SELECT customer_id, region, SUM(amount) AS turnover, COUNT(*) AS n
  FROM orders WHERE state <> 'CANCELLED'
  GROUP BY customer_id, region
), classified AS (
  SELECT *, CASE WHEN turnover >= 1000 THEN 'A' WHEN turnover >= 200 OR n > 10 THEN 'B' ELSE 'C' END AS class FROM per_customer
)
SELECT class, region, COUNT(*), SUM(turnover), AVG(turnover) FROM classified GROUP BY class, region;

INSERT INTO region_total
WITH per_customer AS (
  SELECT customer_id, region, SUM(amount) AS turnover
  FROM orders WHERE state <> 'CANCELLED'
  GROUP BY customer_id, region
)
SELECT region, COUNT(customer_id), MAX(turnover), MIN(turnover) FROM per_customer GROUP BY region;

INSERT INTO change_log
SELECT region, class, COUNT(DISTINCT customer_id)
FROM (
  SELECT customer_id, region, CASE WHEN SUM(amount) >= 1000 THEN 'A' ELSE 'other' END AS class
  FROM orders GROUP BY customer_id, region
) AS x
GROUP BY region, class;
