CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'filesystem', 'path' = 'file:///nowhere');
SELECT * FROM t
