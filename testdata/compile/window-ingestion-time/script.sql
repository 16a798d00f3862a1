-- Kafka's own timestamp is the event time: when the broker took the line
CREATE TEMPORARY TABLE logs (
  host STRING,
  line STRING,
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  WATERMARK FOR arrived AS arrived - INTERVAL '2' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'logs',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'scan.startup.mode' = 'earliest-offset'
);

CREATE TEMPORARY VIEW errors AS
SELECT *
FROM logs
WHERE line LIKE '%ERROR%';

CREATE TEMPORARY VIEW per_minute AS
SELECT
  window_start,
  window_end,
  host,
  COUNT(*) AS errors
FROM TABLE(
  TUMBLE(TABLE errors, DESCRIPTOR(arrived), INTERVAL '1' MINUTE)
)
GROUP BY window_start, window_end, host;

CREATE TEMPORARY VIEW many AS
SELECT *
FROM per_minute
WHERE errors > 100;

CREATE TEMPORARY TABLE alerts (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  host STRING,
  errors BIGINT
) WITH (
  'connector' = 'kafka',
  'topic' = 'alerts',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO alerts
SELECT *
FROM many;
END;
