-- Metrics of all machines, by all, cluster, node and rack, in windows of one minute.
CREATE TABLE metrics (
  `cluster` STRING,
  `node` STRING,
  `metric` STRING,
  `value` DOUBLE,
  `tags` MAP<STRING, STRING>,
  `ts` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  WATERMARK FOR `ts` AS `ts` - INTERVAL '15' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'metrics',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'latest-offset',
  'format' = 'json'
);

CREATE TABLE metrics_by_minute (
  `minute` TIMESTAMP(3),
  `metric` STRING,
  `cluster` STRING,
  `node` STRING,
  `rack` STRING,
  `lowest` DOUBLE,
  `highest` DOUBLE,
  `mean` DOUBLE,
  `total` DOUBLE,
  `samples` BIGINT
) WITH ('connector' = 'kafka', 'topic' = 'metrics.by-minute', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');

CREATE TABLE racks_running_hot (`rack` STRING, `minute` TIMESTAMP(3), `highest` DOUBLE) WITH ('connector' = 'print');

CREATE TABLE cpu_last (`cluster` STRING, `node` STRING, `minute` TIMESTAMP(3), `first_value` DOUBLE, `last_value` DOUBLE) WITH ('connector' = 'print');

-- Racks and tiers are tags: old agents do not send them.
CREATE VIEW labelled AS
SELECT
  `cluster`, `node`, `metric`, `value`,
  COALESCE(`tags`['rack'], 'none') AS `rack`,
  `tags`['tier'] AS `tier`,
  `ts`
FROM metrics
WHERE `value` IS NOT NULL AND `value` = `value`;

CREATE VIEW by_dimension AS
SELECT
  window_start AS `minute`,
  window_end,
  `metric`,
  `cluster`,
  `node`,
  `rack`,
  MIN(`value`) AS `lowest`,
  MAX(`value`) AS `highest`,
  AVG(`value`) AS `mean`,
  SUM(`value`) AS `total`,
  COUNT(*) AS `samples`
FROM TABLE(TUMBLE(TABLE labelled, DESCRIPTOR(`ts`), INTERVAL '1' MINUTE))
WHERE `tier` IS NULL OR `tier` <> 'lab'
GROUP BY window_start, window_end, GROUPING SETS (
  (`metric`),
  (`metric`, `cluster`),
  (`metric`, `cluster`, `node`),
  (`metric`, `rack`)
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO metrics_by_minute
SELECT `minute`, `metric`, `cluster`, `node`, `rack`, `lowest`, `highest`, `mean`, `total`, `samples` FROM by_dimension;

INSERT INTO racks_running_hot
SELECT `rack`, `minute`, `highest`
FROM by_dimension
WHERE `metric` = 'temperature' AND `rack` IS NOT NULL AND `highest` > 75;

INSERT INTO cpu_last
SELECT `cluster`, `node`, window_start, FIRST_VALUE(`value`), LAST_VALUE(`value`)
FROM TABLE(TUMBLE(TABLE labelled, DESCRIPTOR(`ts`), INTERVAL '1' MINUTE, INTERVAL '30' SECOND))
WHERE `metric` = 'cpu'
GROUP BY `cluster`, `node`, window_start, window_end;
END;
