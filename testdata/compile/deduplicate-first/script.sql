CREATE TEMPORARY TABLE payments (
  id STRING,
  amount DECIMAL(10, 2),
  row_num INT,
  ts TIMESTAMP(3),
  ROW_NUM_2 INT,
  WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'datagen'
);

-- The queue delivers some payments twice
CREATE TEMPORARY VIEW once AS
SELECT
  id,
  amount,
  row_num,
  ts,
  ROW_NUM_2
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY id
      ORDER BY ts ASC
    ) AS row_num_3
  FROM payments
)
WHERE row_num_3 = 1;

CREATE TEMPORARY VIEW hourly AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS payments,
  SUM(amount) AS amount
FROM TABLE(
  TUMBLE(TABLE once, DESCRIPTOR(ts), INTERVAL '1' HOUR)
)
GROUP BY window_start, window_end;

CREATE TEMPORARY TABLE `out` (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  payments BIGINT,
  amount DECIMAL(38, 2)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM hourly;
END;
