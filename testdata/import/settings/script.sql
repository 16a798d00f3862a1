SET 'pipeline.name' = 'it''s; a name';
SET 'execution.runtime-mode' = 'BATCH';
SET 'table.exec.state.ttl' = '1 h';
CREATE TABLE orders (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen', 'number-of-rows' = '10');
CREATE TABLE done (id INT, name STRING) WITH ('connector' = 'blackhole');
INSERT INTO done SELECT id, name FROM orders;
