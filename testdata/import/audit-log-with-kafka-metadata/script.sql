-- The audit log: every message of two topics with where it came from, kept by key, and numbers for the auditors.
CREATE TABLE audit_in (
  `actor` STRING,
  `verb` STRING,
  `object` ROW<`type` STRING, `id` STRING, attributes MAP<STRING, STRING>>,
  `topic` STRING NOT NULL METADATA VIRTUAL,
  `partition` INT NOT NULL METADATA VIRTUAL,
  `offset` BIGINT NOT NULL METADATA VIRTUAL,
  `record_time` TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp' VIRTUAL,
  `time_type` STRING NOT NULL METADATA FROM 'timestamp-type' VIRTUAL,
  `headers` MAP<STRING, BYTES> METADATA,
  WATERMARK FOR `record_time` AS `record_time` - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'audit.eu;audit.us',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'audit',
  'scan.startup.mode' = 'earliest-offset',
  'key.format' = 'raw',
  'key.fields' = 'actor',
  'value.format' = 'json',
  'value.fields-include' = 'EXCEPT_KEY',
  'scan.watermark.alignment.group' = 'audit',
  'scan.watermark.alignment.max-drift' = '1 min'
);

CREATE TABLE audit_out (
  `message_key` STRING,
  `actor` STRING,
  `verb` STRING,
  `target` STRING,
  `region` STRING,
  `trace` STRING,
  `written_at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  `headers` MAP<STRING, BYTES> METADATA
) WITH (
  'connector' = 'kafka',
  'topic' = 'audit.all',
  'properties.bootstrap.servers' = 'kafka:9092',
  'key.format' = 'raw',
  'key.fields' = 'message_key',
  'value.format' = 'json',
  'value.fields-include' = 'EXCEPT_KEY',
  'sink.delivery-guarantee' = 'at-least-once'
);

CREATE TABLE gaps (`topic` STRING, `partition` INT, `from_offset` BIGINT, `to_offset` BIGINT) WITH ('connector' = 'print');
CREATE TABLE busy_actors (`actor` STRING, `minute_end` TIMESTAMP(3), `objects` BIGINT, `verbs` STRING) WITH ('connector' = 'print');

CREATE VIEW audit AS
SELECT
  *,
  CASE WHEN `topic` LIKE '%.eu' THEN 'eu' ELSE 'us' END AS region,
  DECODE(`headers`['traceparent'], 'UTF-8') AS trace
FROM audit_in
WHERE `verb` IS NOT NULL;

-- An offset that does not follow the one before it.
CREATE VIEW with_previous AS
SELECT `topic`, `partition`, `offset`, LAG(`offset`) OVER (PARTITION BY `topic`, `partition` ORDER BY `record_time`) AS previous
FROM audit_in;

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO audit_out (`message_key`, `actor`, `verb`, `target`, `region`, `trace`, `written_at`, `headers`)
  SELECT MD5(`actor` || '/' || `object`.`id`), `actor`, LOWER(`verb`), `object`.`type` || ':' || `object`.`id`, region, trace, `record_time`, `headers`
  FROM audit;

  INSERT INTO gaps
  SELECT `topic`, `partition`, previous, `offset` FROM with_previous WHERE `offset` > previous + 1;

  INSERT INTO busy_actors
  SELECT `actor`, window_end, COUNT(DISTINCT `object`.`id`), LISTAGG(`verb`)
  FROM TABLE(TUMBLE(TABLE audit, DESCRIPTOR(`record_time`), INTERVAL '1' MINUTE))
  GROUP BY `actor`, window_start, window_end
  HAVING COUNT(*) > 1000;
END;
