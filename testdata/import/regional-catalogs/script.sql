-- Two regions, each a catalog of its own, and one report over both.
CREATE CATALOG europe WITH ('type' = 'generic_in_memory');
CREATE CATALOG asia WITH ('type' = 'generic_in_memory', 'default-database' = 'main');
CREATE DATABASE europe.shop COMMENT 'the shop of Europe';
CREATE DATABASE IF NOT EXISTS asia.shop;

USE CATALOG europe;
USE shop;

CREATE TABLE orders (id BIGINT, sku STRING, amount DECIMAL(10, 2), tax DECIMAL(10, 2), placed TIMESTAMP(3), WATERMARK FOR placed AS placed - INTERVAL '1' SECOND)
WITH ('connector' = 'datagen', 'rows-per-second' = '10');

CREATE VIEW net_orders AS
SELECT id, sku, amount - tax AS net, placed FROM orders WHERE amount > tax;

USE asia.shop;

CREATE TABLE orders (order_no STRING, item STRING, total DECIMAL(12, 0), placed TIMESTAMP(3), WATERMARK FOR placed AS placed - INTERVAL '1' SECOND)
WITH ('connector' = 'datagen', 'rows-per-second' = '20');

CREATE VIEW net_orders AS
SELECT order_no, item, total / 1.1 / 160 AS net, placed FROM orders;

-- The report lives in the catalog that is always there.
USE CATALOG default_catalog;
CREATE DATABASE reports;
USE reports;

CREATE TABLE revenue (region STRING, sku STRING, hour_start TIMESTAMP(3), net DECIMAL(20, 4)) WITH ('connector' = 'print');
CREATE TABLE `default_catalog`.`reports`.`first orders` (region STRING, id STRING) WITH ('connector' = 'blackhole');

CREATE VIEW all_orders AS
SELECT 'europe' AS region, CAST(e.id AS STRING) AS id, e.sku, CAST(e.net AS DECIMAL(20, 4)) AS net, e.placed FROM europe.shop.net_orders AS e
UNION ALL
SELECT 'asia', order_no, item, CAST(net AS DECIMAL(20, 4)), placed FROM asia.shop.net_orders;

EXECUTE STATEMENT SET BEGIN
INSERT INTO revenue
SELECT region, sku, window_start, SUM(net)
FROM TABLE(TUMBLE(TABLE all_orders, DESCRIPTOR(placed), INTERVAL '1' HOUR))
GROUP BY region, sku, window_start, window_end;

INSERT INTO `first orders`
SELECT 'europe', CAST(id AS STRING) FROM europe.shop.orders WHERE id < 100
UNION ALL
SELECT 'asia', order_no FROM asia.shop.orders WHERE order_no LIKE '1%';
END;
