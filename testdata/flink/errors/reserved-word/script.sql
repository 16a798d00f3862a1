CREATE TEMPORARY TABLE orders (id INT, amount DECIMAL(10, 2), note STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen', 'number-of-rows' = '5');
SELECT id AS value FROM orders
