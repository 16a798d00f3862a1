-- ##########################################################################
-- # PLATFORM SLA OF THE KAFKA CLUSTERS
-- #
-- # The brokers' agents send samples (JMX), the probes produce and consume a
-- # message every second, the consumers' lag comes from the lag exporter.
-- # cmdb_cluster and cmdb_topic are in the catalog already.
-- #
-- # SLIs:  availability  share of good probe seconds in five minutes
-- #        latency       worst p99 of five minutes
-- #        replication   under-replicated partitions
-- #        freshness     consumer groups that fall behind retention
-- ##########################################################################

SET 'pipeline.name' = 'kafka-sla';
SET 'execution.checkpointing.interval' = '1 min';
SET 'table.exec.source.idle-timeout' = '20 s';
SET 'table.exec.state.ttl' = '2 d';

-- # sources ################################################################

CREATE TABLE broker_sample (
  cluster_id STRING,
  broker_id INT,
  labels MAP<STRING, STRING>,
  metrics MAP<STRING, DOUBLE>,
  sent_at BIGINT,
  rack AS labels['rack'],
  ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR ts AS ts - INTERVAL '15' SECOND
) WITH (
  'connector' = 'kafka',
  'topic-pattern' = 'telemetry\.broker\..*',
  'properties.bootstrap.servers' = 'meta-kafka:9092',
  'properties.group.id' = 'sla',
  'scan.startup.mode' = 'latest-offset',
  'scan.topic-partition-discovery.interval' = '5 min',
  'format' = 'json',
  'json.fail-on-missing-field' = 'false'
);

CREATE TABLE probe (
  cluster_id STRING,
  probe_id STRING,
  kind STRING,              -- PRODUCE, CONSUME, METADATA
  ok BOOLEAN,
  latency_ms DOUBLE,
  error STRING,
  ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR ts AS ts - INTERVAL '15' SECOND
) WITH (
  'connector' = 'kafka', 'topic' = 'telemetry.probe', 'properties.bootstrap.servers' = 'meta-kafka:9092',
  'properties.group.id' = 'sla', 'scan.startup.mode' = 'latest-offset', 'format' = 'json'
);

CREATE TABLE consumer_lag (
  cluster_id STRING,
  `group` STRING,
  topic STRING,
  `partition` INT,
  messages BIGINT,
  lag_seconds BIGINT,
  ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR ts AS ts - INTERVAL '15' SECOND
) WITH (
  'connector' = 'kafka', 'topic' = 'telemetry.lag', 'properties.bootstrap.servers' = 'meta-kafka:9092',
  'properties.group.id' = 'sla', 'scan.startup.mode' = 'latest-offset', 'format' = 'json'
);

-- Planned work does not count against us.
CREATE TABLE maintenance (
  change_no STRING,
  cluster_id STRING,
  begins TIMESTAMP_LTZ(3),
  ends TIMESTAMP_LTZ(3),
  approved BOOLEAN,
  PRIMARY KEY (change_no) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'changes', 'properties.bootstrap.servers' = 'meta-kafka:9092',
  'key.format' = 'json', 'value.format' = 'json'
);

-- # sinks ##################################################################

CREATE TABLE sli (
  cluster_id STRING, sli STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), `value` DOUBLE, good BOOLEAN
) WITH ('connector' = 'kafka', 'topic' = 'sla.sli', 'properties.bootstrap.servers' = 'meta-kafka:9092', 'format' = 'json');

CREATE TABLE incident (
  cluster_id STRING, opened TIMESTAMP(3), closed TIMESTAMP(3), bad_minutes BIGINT, worst DOUBLE
) WITH ('connector' = 'kafka', 'topic' = 'sla.incident', 'properties.bootstrap.servers' = 'meta-kafka:9092', 'format' = 'json');

CREATE TABLE monthly (
  cluster_id STRING, tier STRING, `month` STRING, minutes BIGINT, bad BIGINT, availability DOUBLE, budget_left DOUBLE, kept BOOLEAN,
  PRIMARY KEY (cluster_id, `month`) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'sla.monthly', 'properties.bootstrap.servers' = 'meta-kafka:9092', 'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE hot_broker (
  window_end TIMESTAMP(3), cluster_id STRING, rack STRING, broker_id INT, bytes_in DOUBLE, share DOUBLE, place BIGINT
) WITH ('connector' = 'print');

CREATE TABLE lagging_group (
  cluster_id STRING, `group` STRING, topic STRING, team STRING, messages BIGINT, percent_of_retention DOUBLE, since TIMESTAMP(3)
) WITH ('connector' = 'print');

CREATE TABLE rack_load (
  window_end TIMESTAMP(3), region STRING, cluster_id STRING, rack STRING, bytes_in DOUBLE, brokers BIGINT, level BIGINT
) WITH ('connector' = 'blackhole');

-- # views ##################################################################

-- availability, by minute: a minute is bad when one probe in a hundred fails
CREATE VIEW minute_probe AS
SELECT window_start, window_end, window_time, cluster_id,
  COUNT(*) AS probes,
  COUNT(*) FILTER (WHERE NOT ok) AS failed,
  MAX(latency_ms) AS worst_ms
FROM TABLE(TUMBLE(TABLE probe, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end, window_time, cluster_id;

CREATE VIEW minute_state AS
SELECT cluster_id, window_time AS ts, failed * 100.0 / probes AS failed_percent, worst_ms,
  CASE WHEN failed * 100 > probes THEN 'BAD' ELSE 'GOOD' END AS state
FROM minute_probe;

-- an incident is at least three bad minutes in a row
CREATE VIEW incident_raw AS
SELECT *
FROM minute_state
MATCH_RECOGNIZE (
  PARTITION BY cluster_id
  ORDER BY ts
  MEASURES
    CAST(FIRST(BAD.ts) AS TIMESTAMP(3)) AS opened,
    CAST(OKAY.ts AS TIMESTAMP(3)) AS closed,
    COUNT(BAD.state) AS bad_minutes,
    MAX(BAD.failed_percent) AS worst,
    MATCH_ROWTIME() AS found_at
  AFTER MATCH SKIP TO LAST OKAY
  PATTERN (BAD{3,} OKAY)
  DEFINE
    BAD AS BAD.state = 'BAD',
    OKAY AS OKAY.state = 'GOOD'
);

-- a bad minute inside of maintenance is a good minute
CREATE VIEW minute_counted AS
SELECT s.cluster_id, s.ts, s.state, DATE_FORMAT(s.ts, 'yyyy-MM') AS `month`
FROM (SELECT cluster_id, CAST(ts AS TIMESTAMP_LTZ(3)) AS ts, state FROM minute_state) AS s
WHERE NOT EXISTS (
  SELECT 1 FROM maintenance AS m
  WHERE m.cluster_id = s.cluster_id AND m.approved AND s.ts >= m.begins AND s.ts < m.ends
);

CREATE VIEW month_total AS
SELECT cluster_id, `month`, COUNT(*) AS minutes, SUM(IF(state = 'BAD', 1, 0)) AS bad
FROM minute_counted
GROUP BY cluster_id, `month`;

CREATE VIEW sli_availability AS
SELECT cluster_id, 'availability' AS sli, window_start, window_end,
  1.0 - CAST(COUNT(*) FILTER (WHERE NOT ok) AS DOUBLE) / COUNT(*) AS `value`
FROM TABLE(TUMBLE(TABLE probe, DESCRIPTOR(ts), INTERVAL '5' MINUTE))
GROUP BY cluster_id, window_start, window_end;

CREATE VIEW sli_latency AS
SELECT cluster_id, 'latency' AS sli, window_start, window_end, PERCENTILE(latency_ms, 0.99) AS `value`
FROM TABLE(TUMBLE(TABLE probe, DESCRIPTOR(ts), INTERVAL '5' MINUTE))
WHERE ok AND kind IN ('PRODUCE', 'CONSUME')
GROUP BY cluster_id, window_start, window_end;

CREATE VIEW sli_replication AS
SELECT cluster_id, 'replication' AS sli, window_start, window_end, MAX(metrics['UnderReplicatedPartitions']) AS `value`
FROM TABLE(TUMBLE(TABLE broker_sample, DESCRIPTOR(ts), INTERVAL '5' MINUTE))
GROUP BY cluster_id, window_start, window_end;

CREATE VIEW sli_all AS
(SELECT *, `value` >= 0.999 AS good FROM sli_availability)
UNION ALL
(SELECT *, `value` <= 250 AS good FROM sli_latency)
UNION ALL
(SELECT *, `value` = 0 AS good FROM sli_replication);

-- traffic of the brokers, for the hot spots
CREATE VIEW broker_traffic AS
SELECT window_start, window_end, cluster_id, rack, broker_id, AVG(metrics['BytesInPerSec']) AS bytes_in
FROM TABLE(HOP(TABLE broker_sample, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
GROUP BY window_start, window_end, cluster_id, rack, broker_id;

CREATE VIEW cluster_traffic AS
SELECT window_start, window_end, cluster_id, SUM(bytes_in) AS bytes_in, COUNT(*) AS brokers
FROM broker_traffic
GROUP BY window_start, window_end, cluster_id;

CREATE VIEW broker_share AS
SELECT b.window_start, b.window_end, b.cluster_id, b.rack, b.broker_id, b.bytes_in, b.bytes_in / c.bytes_in AS share, c.brokers
FROM broker_traffic b
JOIN cluster_traffic c ON b.cluster_id = c.cluster_id AND b.window_start = c.window_start AND b.window_end = c.window_end
WHERE c.bytes_in > 0;

-- lag of a group on a topic is the worst of its partitions
CREATE VIEW lag_latest AS
SELECT cluster_id, `group`, topic, `partition`, messages, lag_seconds, ts
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY cluster_id, `group`, topic, `partition` ORDER BY ts DESC) AS rn
  FROM consumer_lag
)
WHERE rn = 1;

CREATE VIEW lag_by_group AS
SELECT cluster_id, `group`, topic, SUM(messages) AS messages, MAX(lag_seconds) AS lag_seconds, MIN(ts) AS since
FROM lag_latest
GROUP BY cluster_id, `group`, topic;

-- # inserts ################################################################

EXECUTE STATEMENT SET
BEGIN

INSERT INTO sli
SELECT cluster_id, sli, window_start, window_end, `value`, good FROM sli_all;

INSERT INTO incident
SELECT cluster_id, opened, closed, bad_minutes, CAST(worst AS DOUBLE) FROM incident_raw;

INSERT INTO monthly
SELECT t.cluster_id, c.tier, t.`month`, t.minutes, t.bad,
  100.0 * (t.minutes - t.bad) / t.minutes,
  (100 - c.promised_percent) * t.minutes / 100 - t.bad,
  100.0 * (t.minutes - t.bad) / t.minutes >= c.promised_percent
FROM month_total t
JOIN cmdb_cluster c ON c.cluster_id = t.cluster_id
ON CONFLICT DO DEDUPLICATE;

INSERT INTO hot_broker
SELECT window_end, cluster_id, rack, broker_id, bytes_in, share, place
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, cluster_id ORDER BY share DESC) AS place
  FROM broker_share
)
WHERE place = 1 AND share > 2.0 / brokers;

INSERT INTO lagging_group
SELECT g.cluster_id, g.`group`, g.topic, t.team, g.messages, g.lag_seconds / 36.0 / t.retention_hours, g.since
FROM lag_by_group AS g
INNER JOIN cmdb_topic AS t USING (cluster_id, topic)
WHERE g.lag_seconds > 0.5 * t.retention_hours * 3600 AND g.`group` NOT LIKE 'test-%';

-- all, region, region and cluster, region and cluster and rack: four levels at once
INSERT INTO rack_load
SELECT b.window_end, c.region, b.cluster_id, b.rack, SUM(b.bytes_in), COUNT(DISTINCT b.broker_id), GROUPING_ID(c.region, b.cluster_id, b.rack)
FROM broker_traffic AS b
JOIN cmdb_cluster AS c ON c.cluster_id = b.cluster_id
GROUP BY b.window_end, ROLLUP (c.region, b.cluster_id, b.rack);

END;
