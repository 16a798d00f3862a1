-- OVER aggregation, the split times of a regatta.

CREATE TABLE split_time (
  race INT,
  lane SMALLINT,
  boat STRING,
  metres INT,
  stroke_rate DOUBLE,
  taken TIMESTAMP(3),
  wall AS PROCTIME(),
  WATERMARK FOR taken AS taken
) WITH ('connector' = 'datagen', 'number-of-rows' = '1000', 'fields.race.min' = '1', 'fields.race.max' = '9');

CREATE TABLE so_far (race INT, boat STRING, taken TIMESTAMP(3), n BIGINT, mean_rate DOUBLE, top_rate DOUBLE) WITH ('connector' = 'print');
CREATE TABLE named (race INT, boat STRING, taken TIMESTAMP(3), total BIGINT, fastest DOUBLE, before_that DOUBLE, first_boat STRING) WITH ('connector' = 'print');
CREATE TABLE by_clock (boat STRING, n BIGINT, strokes DOUBLE) WITH ('connector' = 'blackhole');
CREATE TABLE spurts (boat STRING, taken TIMESTAMP(3), change_of_rate DOUBLE) WITH ('connector' = 'blackhole');

-- a range of time
INSERT INTO so_far
SELECT race, boat, taken,
  COUNT(*) OVER (PARTITION BY race, boat ORDER BY taken RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
  AVG(stroke_rate) OVER (PARTITION BY race, boat ORDER BY taken RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW),
  MAX(stroke_rate) OVER (PARTITION BY race, boat ORDER BY taken RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)
FROM split_time;

-- a number of rows
INSERT INTO so_far
SELECT race, boat, taken,
  COUNT(*) OVER (PARTITION BY race, boat ORDER BY taken ROWS BETWEEN 4 PRECEDING AND CURRENT ROW),
  AVG(stroke_rate) OVER (PARTITION BY race, boat ORDER BY taken ROWS BETWEEN 4 PRECEDING AND CURRENT ROW),
  MAX(stroke_rate) OVER (PARTITION BY race, boat ORDER BY taken ROWS BETWEEN 4 PRECEDING AND CURRENT ROW)
FROM split_time
WHERE stroke_rate IS NOT NULL;

-- everything so far, with the name of the window
INSERT INTO named
SELECT race, boat, taken, COUNT(*) OVER w, MAX(stroke_rate) OVER w, LAG(stroke_rate, 1, CAST(0 AS DOUBLE)) OVER w, FIRST_VALUE(boat) OVER w
FROM split_time
WINDOW w AS (PARTITION BY race ORDER BY taken);

-- processing time works as well
INSERT INTO by_clock
SELECT boat,
  COUNT(boat) OVER (PARTITION BY boat ORDER BY wall ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  SUM(stroke_rate) OVER (PARTITION BY boat ORDER BY wall ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
FROM split_time;

-- filter on what the window gave
INSERT INTO spurts
SELECT boat, taken, stroke_rate - previous
FROM (
  SELECT boat, taken, stroke_rate, LAG(stroke_rate) OVER (PARTITION BY race, boat ORDER BY taken) AS previous
  FROM split_time
) AS x
WHERE stroke_rate > previous + 4;
