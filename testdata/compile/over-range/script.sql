-- Trades of the exchange
CREATE TEMPORARY TABLE trades (
  symbol STRING,
  price DOUBLE,
  volume BIGINT,
  ts TIMESTAMP(3),
  seen AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW last_hour AS
SELECT
  *,
  SUM(volume) OVER w AS volume_hour,
  COUNT(DISTINCT volume) OVER w AS kinds
FROM trades
WINDOW w AS (
  PARTITION BY symbol, volume > 1000
  ORDER BY ts ASC
  RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW
);
