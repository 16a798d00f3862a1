-- Three ovens, their temperatures and the batches that go in. Event time; the files end, so all windows close.
SET 'execution.runtime-mode' = 'streaming';
SET 'pipeline.name' = 'ovens';

CREATE TABLE oven (
  oven_no INT,
  ts TIMESTAMP(3),
  celsius INT,
  door STRING,
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/oven.csv', 'format' = 'csv');

CREATE TABLE batch (
  batch_no INT, oven_no INT, bread STRING, loaves INT, put_in TIMESTAMP(3),
  WATERMARK FOR put_in AS put_in
) WITH ('connector' = 'filesystem', 'path' = '${data}/batch.csv', 'format' = 'csv');

CREATE TABLE recipe (bread STRING, target INT, taste STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/recipe.csv', 'format' = 'csv');

CREATE TABLE quarter_hour (window_start TIMESTAMP(3), oven_no INT, low INT, high INT, mean DECIMAL(10, 1), door_open BIGINT) WITH ('connector' = 'print');
CREATE TABLE open_door (oven_no INT, window_start TIMESTAMP(3), window_end TIMESTAMP(3), readings BIGINT, coldest INT) WITH ('connector' = 'print');
CREATE TABLE batch_quality (batch_no INT, bread STRING, loaves INT, readings BIGINT, mean_gap DECIMAL(10, 1), verdict STRING) WITH ('connector' = 'print');
CREATE TABLE bread_total (bread STRING, batches BIGINT, loaves INT) WITH ('connector' = 'print');

-- a cold door-open reading says nothing about the oven
CREATE VIEW reading AS
SELECT oven_no, ts, celsius, door, door = 'open' AS is_open FROM oven WHERE celsius > 100;

INSERT INTO quarter_hour
SELECT window_start, oven_no, MIN(celsius), MAX(celsius), CAST(AVG(CAST(celsius AS DECIMAL(10, 2))) AS DECIMAL(10, 1)), COUNT(*) FILTER (WHERE is_open)
FROM TABLE(TUMBLE(TABLE reading, DESCRIPTOR(ts), INTERVAL '15' MINUTES))
GROUP BY window_start, window_end, oven_no;

-- how long is the door left open
INSERT INTO open_door
SELECT oven_no, window_start, window_end, COUNT(*), MIN(celsius)
FROM TABLE(SESSION(TABLE reading PARTITION BY oven_no, DESCRIPTOR(ts), INTERVAL '3' MINUTES))
WHERE is_open
GROUP BY oven_no, window_start, window_end
HAVING COUNT(*) > 1;

-- each batch against all readings of its oven in the 25 minutes of baking
INSERT INTO batch_quality
SELECT q.batch_no, q.bread, q.loaves, q.n, CAST(q.gap AS DECIMAL(10, 1)),
  CASE WHEN ABS(q.gap) < 10 THEN 'good' WHEN q.gap < 0 THEN 'pale' ELSE 'burnt' END
FROM (
  SELECT b.batch_no, b.bread, b.loaves, COUNT(*) AS n, AVG(CAST(r.celsius - p.target AS DECIMAL(10, 2))) AS gap
  FROM batch AS b
  JOIN reading AS r ON r.oven_no = b.oven_no AND r.ts BETWEEN b.put_in AND b.put_in + INTERVAL '25' MINUTES
  JOIN recipe AS p ON p.bread = b.bread
  WHERE r.door = 'shut'
  GROUP BY b.batch_no, b.bread, b.loaves
) AS q;

INSERT INTO bread_total SELECT bread, COUNT(*), SUM(loaves) FROM batch GROUP BY bread;
