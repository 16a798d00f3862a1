CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = 'many');
SELECT * FROM t
