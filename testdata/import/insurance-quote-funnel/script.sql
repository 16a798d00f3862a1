-- From the first look to the signed policy: who goes how far, and who comes back.
CREATE TABLE app_event (
  user_id     STRING,
  event_name  STRING,
  product     STRING,
  premium     DOUBLE,
  event_time  TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - INTERVAL '30' SECOND
) WITH (
  'connector' = 'kafka', 'topic' = 'app-events', 'properties.bootstrap.servers' = 'kafka:9092',
  'format' = 'json', 'json.ignore-parse-errors' = 'true', 'scan.startup.mode' = 'group-offsets', 'properties.group.id' = 'funnel'
);
CREATE TABLE funnel_pass (user_id STRING, product STRING, looked_at TIMESTAMP(3), quoted_at TIMESTAMP(3), signed_at TIMESTAMP(3), quotes BIGINT, first_premium DOUBLE, last_premium DOUBLE, minutes BIGINT)
WITH ('connector' = 'blackhole');
CREATE TABLE abandoned (user_id STRING, product STRING, quotes BIGINT, lowest DOUBLE, gave_up_at TIMESTAMP(3)) WITH ('connector' = 'blackhole');
CREATE TABLE funnel_day (`day` TIMESTAMP(3), product STRING, signed BIGINT, mean_minutes BIGINT, cheaper BIGINT) WITH ('connector' = 'blackhole');

CREATE TEMPORARY VIEW passes AS
SELECT *
FROM app_event
MATCH_RECOGNIZE (
  PARTITION BY user_id, product
  ORDER BY event_time
  MEASURES
    LOOK.event_time AS looked_at,
    FIRST(QUOTE.event_time) AS quoted_at,
    SIGNED.event_time AS signed_at,
    COUNT(QUOTE.premium) AS quotes,
    FIRST(QUOTE.premium) AS first_premium,
    LAST(QUOTE.premium) AS last_premium,
    MATCH_ROWTIME() AS rt
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (LOOK OTHER*? QUOTE+ SIGNED) WITHIN INTERVAL '2' DAY
  DEFINE
    LOOK AS LOOK.event_name = 'product_view',
    OTHER AS OTHER.event_name NOT IN ('quote', 'sign'),
    QUOTE AS QUOTE.event_name = 'quote' AND QUOTE.premium > 0,
    SIGNED AS SIGNED.event_name = 'sign' AND SIGNED.premium <= LAST(QUOTE.premium)
) AS m;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO funnel_pass
SELECT user_id, product, looked_at, quoted_at, signed_at, quotes, first_premium, last_premium, TIMESTAMPDIFF(MINUTE, looked_at, signed_at)
FROM passes;

INSERT INTO funnel_day
SELECT window_start, product, COUNT(*), AVG(TIMESTAMPDIFF(MINUTE, looked_at, signed_at)), SUM(CASE WHEN last_premium < first_premium THEN 1 ELSE 0 END)
FROM TABLE(TUMBLE(TABLE passes, DESCRIPTOR(rt), INTERVAL '1' DAY))
GROUP BY window_start, window_end, product;

-- three quotes or more and then nothing that is worth anything
INSERT INTO abandoned
SELECT user_id, product, quotes, lowest, gave_up_at
FROM app_event
MATCH_RECOGNIZE (
  PARTITION BY user_id, product
  ORDER BY event_time
  MEASURES COUNT(Q.premium) AS quotes, MIN(Q.premium) AS lowest, X.event_time AS gave_up_at
  AFTER MATCH SKIP TO NEXT ROW
  PATTERN (Q{3,} X)
  DEFINE Q AS Q.event_name = 'quote', X AS X.event_name IN ('logout', 'timeout')
) a
WHERE lowest > 100;
END;
