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

CREATE TEMPORARY VIEW by_rack AS
SELECT
  tags['rack'] AS rack,
  CASE WHEN HOUR(ts) < 12 THEN 'am' ELSE 'pm' END AS half,
  cluster,
  COUNT(DISTINCT node) AS nodes,
  MAX(memory) AS memory
FROM metrics
GROUP BY tags['rack'], CASE WHEN HOUR(ts) < 12 THEN 'am' ELSE 'pm' END, cluster;
