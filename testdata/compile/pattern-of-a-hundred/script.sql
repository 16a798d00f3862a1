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

-- What a window of a hundred rows would give
CREATE TEMPORARY VIEW hundreds AS
SELECT *
FROM trades
MATCH_RECOGNIZE (
  PARTITION BY symbol
  ORDER BY ts, price DESC
  MEASURES
    SUM(A.volume) AS volume,
    FIRST(A.ts) AS from_time,
    LAST(A.ts) AS to_time
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{100})
  DEFINE
    A AS TRUE
);
