CREATE TEMPORARY TABLE readings (
  meter STRING,
  state STRING,
  `at` AS PROCTIME()
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW newest AS
SELECT
  meter,
  state,
  `at`
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY meter
      ORDER BY `at` DESC
    ) AS row_num
  FROM readings
)
WHERE row_num = 1;
