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

CREATE TEMPORARY VIEW with_previous AS
SELECT
  *,
  LAG(price) OVER w AS previous,
  LAG(price, 2) OVER w AS before_that,
  LAG(price) IGNORE NULLS OVER w AS filled,
  SUM(volume) OVER w AS total
FROM trades
WINDOW w AS (
  PARTITION BY symbol
  ORDER BY ts
);

CREATE TEMPORARY VIEW changes AS
SELECT
  with_previous.*,
  price - previous AS change
FROM with_previous;
