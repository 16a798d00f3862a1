CREATE TABLE a (id INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
CREATE TABLE b (id INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'datagen');
CREATE TABLE c (id INT) WITH ('connector' = 'filesystem', 'path' = '/tmp/c', 'format' = 'csv');
CREATE TABLE d (id INT) WITH ('connector' = 'datagen');
CREATE TABLE e (id INT) WITH ('connector' = 'datagen');
CREATE TABLE o (id INT, w TIMESTAMP(3)) WITH ('connector' = 'blackhole');
CREATE VIEW j AS SELECT a.id FROM a JOIN b FOR SYSTEM_TIME AS OF a.ts ON a.id = b.id, c /*+ OPTIONS('path' = '/tmp/*/c;d') */ WHERE c.id IN (SELECT id FROM d) AND a.id IN (SELECT id FROM e);
CREATE VIEW w AS SELECT CAST(1 AS INT) AS id, window_start AS w FROM TABLE(TUMBLE(DATA => TABLE a, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
INSERT INTO o SELECT j.id, w.w FROM j CROSS JOIN w;
