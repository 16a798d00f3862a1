-- From the docs of the table format, with our own tables: raw → cleaned → reports, all in one catalog.
CREATE CATALOG lake WITH ('type' = 'generic_in_memory', 'default-database' = 'bronze');
USE CATALOG lake;
CREATE DATABASE IF NOT EXISTS silver COMMENT 'cleaned';
CREATE DATABASE gold;
USE bronze;

CREATE TABLE IF NOT EXISTS trip_raw (
  vendor INT, pickup TIMESTAMP(3), dropoff TIMESTAMP(3), passengers INT, distance DOUBLE, zone_from INT, zone_to INT, fare DOUBLE, tip DOUBLE, payment INT
) WITH ('connector' = 'filesystem', 'path' = 'file:///lake/bronze/trip', 'format' = 'csv', 'source.monitor-interval' = '30s');

CREATE TABLE lake.silver.trip (
  vendor STRING, pickup TIMESTAMP(3), dropoff TIMESTAMP(3), minutes INT, distance DOUBLE, zone_from INT, zone_to INT, fare DECIMAL(8, 2), tip DECIMAL(8, 2), d STRING
) PARTITIONED BY (d) WITH ('connector' = 'filesystem', 'path' = 'file:///lake/silver/trip', 'format' = 'json');
CREATE TABLE silver.zone (id INT, name STRING, borough STRING) WITH ('connector' = 'filesystem', 'path' = 'file:///lake/silver/zone', 'format' = 'csv');

USE lake.gold;
CREATE TABLE borough_day (borough STRING, d STRING, trips BIGINT, fare DECIMAL(38, 2), tip_share DOUBLE, PRIMARY KEY (borough, d) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'borough-day', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE busy_pair (from_zone STRING, to_zone STRING, trips BIGINT, place BIGINT, PRIMARY KEY (place) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'busy-pair', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');

EXECUTE STATEMENT SET
BEGIN
INSERT INTO lake.silver.trip
SELECT
  CASE vendor WHEN 1 THEN 'CMT' WHEN 2 THEN 'VTS' ELSE CAST(vendor AS STRING) END,
  pickup, dropoff, CAST(TIMESTAMPDIFF(MINUTE, pickup, dropoff) AS INT), distance, zone_from, zone_to,
  CAST(fare AS DECIMAL(8, 2)), CAST(tip AS DECIMAL(8, 2)), DATE_FORMAT(pickup, 'yyyy-MM-dd')
FROM bronze.trip_raw
WHERE dropoff > pickup AND distance BETWEEN 0.1 AND 200 AND fare > 0;

INSERT INTO borough_day
SELECT COALESCE(z.borough, 'outside'), t.d, COUNT(*), SUM(t.fare), SUM(t.tip) / SUM(t.fare)
FROM silver.trip AS t LEFT JOIN silver.zone AS z ON z.id = t.zone_from
GROUP BY COALESCE(z.borough, 'outside'), t.d;

INSERT INTO busy_pair
SELECT f, g, n, r FROM (
  SELECT f, g, n, ROW_NUMBER() OVER (ORDER BY n DESC) AS r FROM (
    SELECT a.name AS f, b.name AS g, COUNT(*) AS n
    FROM silver.trip t
    JOIN silver.zone a ON a.id = t.zone_from
    JOIN silver.zone b ON b.id = t.zone_to
    WHERE a.id <> b.id
    GROUP BY a.name, b.name
  )
) WHERE r <= 20;
END;
