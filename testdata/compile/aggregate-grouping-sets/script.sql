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

CREATE TEMPORARY VIEW busy AS
SELECT *
FROM metrics
WHERE cpu > 0;

-- By node, by rack, by cluster and over all
CREATE TEMPORARY VIEW load AS
SELECT
  cluster,
  node,
  tags['rack'] AS rack,
  COUNT(*) AS samples,
  AVG(cpu) AS cpu,
  MAX(cpu) AS peak
FROM busy
GROUP BY GROUPING SETS (
  (cluster, node),
  (cluster, tags['rack']),
  (cluster),
  ()
);

CREATE TEMPORARY TABLE loads (
  cluster STRING,
  node STRING,
  rack STRING,
  samples BIGINT,
  cpu DOUBLE,
  peak DOUBLE
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO loads
SELECT *
FROM load;
END;
