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

CREATE TEMPORARY VIEW windows AS
SELECT *
FROM TABLE(
  HOP(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '10' MINUTE)
);

CREATE TEMPORARY VIEW earliest AS
SELECT
  cluster,
  node,
  tags,
  cpu,
  memory,
  ts,
  window_start,
  window_end,
  window_time
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, node
      ORDER BY ts ASC
    ) AS row_num
  FROM windows
)
WHERE row_num = 1;

-- The last sample of each node in every hopping window, where Flink refuses LAST_VALUE
CREATE TEMPORARY VIEW latest AS
SELECT
  cluster,
  node,
  tags,
  cpu,
  memory,
  ts,
  window_start,
  window_end,
  window_time
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, node
      ORDER BY ts DESC
    ) AS row_num
  FROM windows
)
WHERE row_num = 1;

CREATE TEMPORARY VIEW trend AS
SELECT
  latest.node,
  latest.window_end,
  latest.cpu - earliest.cpu AS rise
FROM latest
JOIN earliest
  ON latest.node = earliest.node AND latest.window_start = earliest.window_start AND latest.window_end = earliest.window_end;

CREATE TEMPORARY TABLE `out` (
  node STRING,
  window_end TIMESTAMP(3),
  rise DOUBLE
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM trend;
END;
