-- One machine stream, five outputs.
SET 'table.exec.source.idle-timeout' = '20 s';
SET 'parallelism.default' = '2';

CREATE TABLE machine (
  machine_id STRING, line STRING, temperature DOUBLE, vibration DOUBLE, rpm INT, error_code STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH ('connector' = 'datagen', 'rows-per-second' = '100', 'fields.machine_id.length' = '2', 'fields.rpm.min' = '0', 'fields.rpm.max' = '6000');

CREATE TABLE raw_archive (machine_id STRING, line STRING, temperature DOUBLE, vibration DOUBLE, rpm INT, error_code STRING, ts TIMESTAMP(3), dt STRING, hr STRING)
PARTITIONED BY (dt, hr)
WITH ('connector' = 'filesystem', 'path' = 'file:///tmp/machine-archive', 'format' = 'json', 'sink.partition-commit.trigger' = 'partition-time', 'sink.partition-commit.delay' = '1 h', 'sink.partition-commit.policy.kind' = 'success-file', 'partition.time-extractor.timestamp-pattern' = '$dt $hr:00:00');
CREATE TABLE alarm (machine_id STRING, kind STRING, severity INT, message STRING, ts TIMESTAMP(3)) WITH ('connector' = 'kafka', 'topic' = 'alarms', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'sink.delivery-guarantee' = 'exactly-once', 'sink.transactional-id-prefix' = 'alarms');
CREATE TABLE minute_stats (machine_id STRING, w TIMESTAMP(3), mean DOUBLE, highest DOUBLE, lowest DOUBLE, spread DOUBLE, n BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE line_rank (w TIMESTAMP(3), place BIGINT, line STRING, errors BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE machine_state (machine_id STRING, line STRING, state STRING, since TIMESTAMP(3), PRIMARY KEY (machine_id) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'state', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'raw', 'value.format' = 'json');

CREATE TEMPORARY VIEW hot AS
  SELECT machine_id, 'temperature' AS kind, CASE WHEN temperature > 120 THEN 3 WHEN temperature > 100 THEN 2 ELSE 1 END AS severity,
    CONCAT('temperature is ', CAST(temperature AS STRING)) AS message, ts FROM machine WHERE temperature > 90;
CREATE TEMPORARY VIEW shaky AS
  SELECT machine_id, 'vibration' AS kind, CASE WHEN vibration > 9 THEN 3 ELSE 1 END, 'vibration is ' || CAST(CAST(vibration AS DECIMAL(6, 2)) AS STRING), ts FROM machine WHERE vibration > 7 AND rpm > 0;

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO raw_archive
  SELECT *, DATE_FORMAT(ts, 'yyyy-MM-dd'), DATE_FORMAT(ts, 'HH') FROM machine;

  INSERT INTO alarm
  SELECT * FROM hot
  UNION ALL
  SELECT * FROM shaky
  UNION ALL
  SELECT machine_id, 'code', 2, 'error ' || error_code, ts FROM machine WHERE error_code IS NOT NULL AND error_code <> '';

  INSERT INTO minute_stats
  SELECT machine_id, window_start, AVG(temperature), MAX(temperature), MIN(temperature), MAX(temperature) - MIN(temperature), COUNT(*)
  FROM TABLE(HOP(TABLE machine, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE))
  GROUP BY machine_id, window_start, window_end
  HAVING COUNT(*) >= 3;

  INSERT INTO line_rank
  SELECT window_start, place, line, errors
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY errors DESC) AS place
    FROM (
      SELECT window_start, window_end, line, COUNT(*) AS errors
      FROM TABLE(TUMBLE(TABLE machine, DESCRIPTOR(ts), INTERVAL '10' MINUTE))
      WHERE error_code IS NOT NULL
      GROUP BY window_start, window_end, line
    )
  )
  WHERE place <= 5;

  INSERT INTO machine_state
  SELECT machine_id, line, state, since
  FROM (
    SELECT machine_id, line, CASE WHEN rpm = 0 THEN 'idle' WHEN rpm < 500 THEN 'starting' ELSE 'running' END AS state, ts AS since,
      ROW_NUMBER() OVER (PARTITION BY machine_id ORDER BY ts DESC) AS rn
    FROM machine)
  WHERE rn = 1;
END;
