-- Bursts of errors, by delivery network and code.
CREATE TABLE player_events (
  viewer_id STRING,
  cdn STRING,
  error_code INT,
  arrived TIMESTAMP(3),
  WATERMARK FOR arrived AS arrived - INTERVAL '10' SECOND
) WITH ('connector' = 'datagen');

CREATE TABLE error_burst (
  cdn STRING, error_code INT, started TIMESTAMP(3), ended TIMESTAMP(3), viewers BIGINT
) WITH ('connector' = 'blackhole');

INSERT INTO error_burst
SELECT cdn, error_code, window_start, window_end, COUNT(DISTINCT viewer_id)
FROM TABLE(SESSION(
  DATA => TABLE player_events PARTITION BY (cdn, error_code),
  TIMECOL => DESCRIPTOR(arrived),
  GAP => INTERVAL '20' SECOND))
WHERE viewer_id <> 'probe'
GROUP BY window_start, window_end, cdn, error_code
HAVING COUNT(*) > 1000;
