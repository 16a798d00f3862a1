CREATE TEMPORARY TABLE clicks (
  visitor STRING,
  page STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW visits AS
SELECT *
FROM TABLE(
  SESSION(TABLE clicks PARTITION BY visitor, DESCRIPTOR(ts), INTERVAL '30' MINUTE)
);

CREATE TEMPORARY VIEW last_page AS
SELECT
  visitor,
  page,
  ts,
  window_start,
  window_end,
  window_time
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, visitor
      ORDER BY ts DESC
    ) AS row_num
  FROM visits
)
WHERE row_num = 1;

CREATE TEMPORARY VIEW renamed AS
SELECT
  page,
  window_time AS left_at
FROM last_page;

CREATE TEMPORARY VIEW exits AS
SELECT
  window_start,
  window_end,
  page,
  COUNT(*) AS visits
FROM TABLE(
  TUMBLE(TABLE renamed, DESCRIPTOR(left_at), INTERVAL '1' DAY)
)
GROUP BY window_start, window_end, page;
