CREATE TABLE orders (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
CREATE TABLE done (id INT, name STRING) WITH ('connector' = 'blackhole');

CREATE TABLE done_source (b INT) WITH ('connector' = 'datagen');
CREATE VIEW raw_orders AS SELECT * FROM orders;
CREATE VIEW outer_name AS
WITH orders AS (SELECT id, name FROM orders WHERE id > 1),
     raw_orders (a, b) AS (SELECT id, name FROM orders)
SELECT a AS id, raw_orders.b AS name FROM raw_orders JOIN done_source ON a = done_source.b;
CREATE VIEW inner_name AS
SELECT id FROM (WITH orders AS (SELECT 1 AS id) SELECT id FROM orders) AS x
UNION ALL
SELECT id FROM orders WINDOW w AS (PARTITION BY id), raw_orders AS (PARTITION BY id ORDER BY ts);
INSERT INTO done WITH x AS (SELECT id, name FROM raw_orders) SELECT * FROM x;
