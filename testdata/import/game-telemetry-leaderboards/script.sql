-- Telemetry of a shooter: leaderboards that grow over the day, and the ten best of each five minutes.

CREATE TABLE match_events (
  match_id   STRING,
  event_type STRING,
  payload    STRING,
  server     ROW<region STRING, build STRING>,
  event_time TIMESTAMP(3),
  player     AS JSON_VALUE(payload, '$.player'),
  points     AS JSON_VALUE(payload, '$.points' RETURNING INTEGER DEFAULT 0 ON EMPTY),
  WATERMARK FOR event_time AS event_time - INTERVAL '3' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'game.match-events',
  'properties.bootstrap.servers' = 'kafka:9092',
  'properties.group.id' = 'leaderboards',
  'scan.startup.mode' = 'group-offsets',
  'properties.auto.offset.reset' = 'latest',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);

CREATE TABLE leaderboard_today (
  region STRING,
  player STRING,
  as_of TIMESTAMP(3),
  kills BIGINT,
  score BIGINT
) WITH ('connector' = 'print');

CREATE TABLE best_of_five_minutes (
  window_start TIMESTAMP(3),
  region STRING,
  place BIGINT,
  player STRING,
  score BIGINT
) WITH ('connector' = 'print');

CREATE TABLE suspicious (player STRING, region STRING, minute_start TIMESTAMP(3), kills BIGINT) WITH ('connector' = 'blackhole');

-- What counts for points.
CREATE TEMPORARY VIEW scoring AS
SELECT
  match_id,
  player,
  server.region AS region,
  event_type,
  CASE event_type WHEN 'kill' THEN points + 10 WHEN 'assist' THEN points + 3 ELSE points END AS score,
  event_time
FROM match_events
WHERE event_type IN ('kill', 'assist', 'objective') AND player IS NOT NULL AND server.build NOT LIKE 'dev-%';

EXECUTE STATEMENT SET
BEGIN
  -- every ten minutes, since midnight
  INSERT INTO leaderboard_today
  SELECT region, player, window_end, COUNT(*) FILTER (WHERE event_type = 'kill'), SUM(score)
  FROM TABLE(CUMULATE(TABLE scoring, DESCRIPTOR(event_time), INTERVAL '10' MINUTES, INTERVAL '1' DAY))
  GROUP BY region, player, window_start, window_end;

  INSERT INTO best_of_five_minutes
  SELECT window_start, region, place, player, score
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, region ORDER BY score DESC) AS place
    FROM (
      SELECT window_start, window_end, region, player, SUM(score) AS score
      FROM TABLE(TUMBLE(TABLE scoring, DESCRIPTOR(event_time), INTERVAL '5' MINUTES))
      GROUP BY window_start, window_end, region, player
    )
  )
  WHERE place <= 10;

  -- more than a kill every two seconds is no human
  INSERT INTO suspicious
  SELECT player, region, window_start, COUNT(*)
  FROM TABLE(TUMBLE(TABLE scoring, DESCRIPTOR(event_time), INTERVAL '1' MINUTE))
  WHERE event_type = 'kill'
  GROUP BY player, region, window_start, window_end
  HAVING COUNT(*) > 30;
END;
