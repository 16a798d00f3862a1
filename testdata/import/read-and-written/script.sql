CREATE TABLE t (id INT) WITH ('connector' = 'filesystem', 'path' = '/tmp/t', 'format' = 'csv');
CREATE TABLE unused (id INT) WITH ('connector' = 'datagen');
INSERT INTO t SELECT id + 1 FROM t;
INSERT INTO t VALUES (1), (2);
