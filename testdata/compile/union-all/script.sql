CREATE TEMPORARY TABLE app (
  visitor STRING,
  page STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE kiosk (
  device STRING,
  page STRING,
  ts TIMESTAMP(3),
  shop STRING,
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW kiosk_views AS
SELECT
  device AS visitor,
  page,
  ts
FROM kiosk;

CREATE TEMPORARY TABLE web (
  visitor STRING,
  page STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

-- All page views, wherever they come from
CREATE TEMPORARY VIEW `views` AS
SELECT *
FROM web
UNION ALL
SELECT *
FROM app
UNION ALL
SELECT *
FROM kiosk_views;

CREATE TEMPORARY VIEW pages AS
SELECT
  window_start,
  window_end,
  page,
  COUNT(*) AS `views`,
  COUNT(DISTINCT visitor) AS visitors
FROM TABLE(
  TUMBLE(TABLE `views`, DESCRIPTOR(ts), INTERVAL '10' MINUTE)
)
GROUP BY window_start, window_end, page;

CREATE TEMPORARY TABLE counts (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  page STRING,
  `views` BIGINT,
  visitors BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO counts
SELECT *
FROM pages;
END;
