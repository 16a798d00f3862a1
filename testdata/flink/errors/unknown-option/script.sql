CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'datagen', 'rows-per-secnd' = '5');
SELECT * FROM t
