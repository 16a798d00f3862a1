-- Water meters report late. What comes after the watermark goes aside, the rest is summed up.
CREATE TABLE reading (
  meter STRING,
  litres BIGINT,
  measured TIMESTAMP(3),
  arrived TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  part INT METADATA FROM 'partition' VIRTUAL,
  WATERMARK FOR measured AS measured - INTERVAL '5' MINUTE
) WITH (
  'connector' = 'kafka', 'topic' = 'readings', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true',
  'scan.startup.mode' = 'earliest-offset', 'scan.watermark.idle-timeout' = '1 min'
);
CREATE TABLE quarter (meter STRING, w_start TIMESTAMP(3), w_end TIMESTAMP(3), litres BIGINT, readings BIGINT, PRIMARY KEY (meter, w_start) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://h/d', 'table-name' = 'quarter');
CREATE TABLE late_reading (meter STRING, litres BIGINT, measured TIMESTAMP(3), behind_s BIGINT, part INT)
WITH ('connector' = 'kafka', 'topic' = 'readings-late', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json');
CREATE TABLE late_share (part INT, hour_of_day BIGINT, late BIGINT, total BIGINT, share DECIMAL(5, 2), PRIMARY KEY (part, hour_of_day) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'late-share', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'csv', 'value.format' = 'csv');

CREATE TEMPORARY VIEW marked AS
SELECT *, CURRENT_WATERMARK(measured) AS wm,
       (CURRENT_WATERMARK(measured) IS NOT NULL AND measured <= CURRENT_WATERMARK(measured)) AS is_late
FROM reading;

INSERT INTO quarter
SELECT meter, window_start, window_end, SUM(litres), COUNT(*)
FROM TABLE(TUMBLE(TABLE reading, DESCRIPTOR(measured), INTERVAL '15' MINUTE))
WHERE CURRENT_WATERMARK(measured) IS NULL OR measured > CURRENT_WATERMARK(measured)
GROUP BY meter, window_start, window_end
ON CONFLICT DO NOTHING;

INSERT INTO late_reading
SELECT meter, litres, measured, TIMESTAMPDIFF(SECOND, measured, wm), part
FROM marked
WHERE is_late;

INSERT INTO late_share
SELECT part, EXTRACT(HOUR FROM measured), COUNT(*) FILTER (WHERE is_late), COUNT(*),
       CAST(100.0 * COUNT(*) FILTER (WHERE is_late) / COUNT(*) AS DECIMAL(5, 2))
FROM marked
GROUP BY part, EXTRACT(HOUR FROM measured);
