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

CREATE TEMPORARY VIEW half_second AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS n
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '0.5' SECOND)
)
GROUP BY window_start, window_end;

CREATE TEMPORARY VIEW long AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS n
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '100' DAY(3))
)
GROUP BY window_start, window_end;

CREATE TEMPORARY VIEW ninety_minutes AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS n
FROM TABLE(
  HOP(TABLE metrics, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '1:30' HOUR TO MINUTE)
)
GROUP BY window_start, window_end;

CREATE TEMPORARY VIEW week AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS n
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' WEEK, INTERVAL '4' DAY)
)
GROUP BY window_start, window_end;
