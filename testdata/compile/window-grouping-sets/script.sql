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

-- Every dimension set of the dashboards in one step
CREATE TEMPORARY VIEW load AS
SELECT
  window_start,
  window_end,
  window_time,
  cluster,
  node,
  tags['rack'] AS rack,
  AVG(cpu) AS cpu,
  MAX(cpu) AS peak,
  MIN(cpu) AS lowest,
  COUNT(*) AS samples,
  LAST_VALUE(cpu) AS latest
FROM TABLE(
  TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '1' MINUTE)
)
GROUP BY window_start, window_end, window_time, GROUPING SETS (
  (cluster, node),
  (cluster, tags['rack']),
  (cluster),
  ()
)
HAVING COUNT(*) > 1;

CREATE TEMPORARY VIEW hot AS
SELECT *
FROM load
WHERE peak > 0.9;

CREATE TEMPORARY TABLE alerts (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  window_time TIMESTAMP(3),
  cluster STRING,
  node STRING,
  rack STRING,
  cpu DOUBLE,
  peak DOUBLE,
  lowest DOUBLE,
  samples BIGINT,
  latest DOUBLE
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO alerts
SELECT *
FROM hot;
END;
