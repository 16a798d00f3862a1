CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'kafkaa');
SELECT * FROM t
