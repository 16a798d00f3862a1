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

CREATE TEMPORARY VIEW load AS
SELECT
  window_start,
  window_end,
  tags['rack'] AS rack,
  AVG(cpu) AS cpu
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' DAY, INTERVAL '-8' HOUR)
)
GROUP BY window_start, window_end, tags['rack'];
