-- One sample a node and second
CREATE TEMPORARY TABLE metrics (
  cluster STRING,
  node STRING,
  tags MAP<STRING, STRING>,
  cpu DOUBLE,
  memory BIGINT,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW minutes AS
SELECT
  window_start,
  window_end,
  window_time,
  cluster,
  AVG(cpu) AS cpu
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
)
GROUP BY window_start, window_end, window_time, cluster;

-- The windows' own columns make room for the next ones
CREATE TEMPORARY VIEW renamed AS
SELECT
  cluster,
  cpu,
  window_time AS minute_time
FROM minutes;

CREATE TEMPORARY VIEW hours AS
SELECT
  window_start,
  window_end,
  cluster,
  MAX(cpu) AS worst
FROM TABLE(
  TUMBLE(TABLE renamed, DESCRIPTOR(minute_time), INTERVAL '1' HOUR)
)
GROUP BY window_start, window_end, cluster;
