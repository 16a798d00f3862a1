CREATE TEMPORARY TABLE clicks (
  visitor STRING,
  page STRING,
  tags MAP<STRING, STRING>,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
) WITH (
  'connector' = 'datagen'
);

-- One row a visit on each device
CREATE TEMPORARY VIEW visits AS
SELECT
  SESSION_START(ts, INTERVAL '30' MINUTE) AS window_start,
  SESSION_END(ts, INTERVAL '30' MINUTE) AS window_end,
  SESSION_ROWTIME(ts, INTERVAL '30' MINUTE) AS window_time,
  visitor,
  tags['device'] AS device,
  COUNT(*) AS clicks,
  COUNT(DISTINCT page) AS pages
FROM clicks
GROUP BY SESSION(ts, INTERVAL '30' MINUTE), visitor, tags['device']
HAVING COUNT(*) > 1;

CREATE TEMPORARY VIEW renamed AS
SELECT
  device,
  clicks,
  window_time AS ended
FROM visits;

CREATE TEMPORARY VIEW per_day AS
SELECT
  window_start,
  window_end,
  device,
  COUNT(*) AS visits,
  SUM(clicks) AS clicks
FROM TABLE(
  TUMBLE(TABLE renamed, DESCRIPTOR(ended), INTERVAL '1' DAY)
)
GROUP BY window_start, window_end, device;

CREATE TEMPORARY TABLE `out` (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  device STRING,
  visits BIGINT,
  clicks BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM per_day;
END;
