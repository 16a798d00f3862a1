CREATE TEMPORARY TABLE t (id INT) WITH ('connector' = 'filesystem', 'path' = 'file:///nowhere/orders.csv', 'format' = 'csv');
SELECT * FROM t
