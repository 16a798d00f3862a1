CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'filesystem', 'path' = 'file:///nowhere', 'format' = 'jsn');
SELECT * FROM t
