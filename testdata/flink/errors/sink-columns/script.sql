CREATE TEMPORARY TABLE orders (id INT, amount DECIMAL(10, 2), note STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen', 'number-of-rows' = '5');
CREATE TEMPORARY TABLE snk (id INT) WITH ('connector' = 'blackhole');
INSERT INTO snk SELECT id, amount FROM orders
