CREATE TEMPORARY TABLE clicks (
  page STRING,
  `at` AS PROCTIME()
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW per_page AS
SELECT
  window_start,
  window_end,
  page,
  COUNT(*) AS clicks
FROM TABLE(
  TUMBLE(TABLE clicks, DESCRIPTOR(`at`), INTERVAL '10' SECOND)
)
GROUP BY window_start, window_end, page;
