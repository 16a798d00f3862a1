CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'kafka', 'format' = 'json');
SELECT * FROM t
