CREATE TABLE orders (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
CREATE TABLE done (id INT, name STRING) WITH ('connector' = 'blackhole');

BEGIN STATEMENT SET;
INSERT INTO done SELECT id, name FROM orders;
INSERT INTO done SELECT id, name FROM orders;
END;
