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

-- A running number of each symbol's trades
CREATE TEMPORARY VIEW numbered AS
SELECT
  *,
  ROW_NUMBER() OVER w AS `row_number`
FROM trades
WINDOW w AS (
  PARTITION BY symbol
  ORDER BY seen
);

-- A hundred trades each: what a window of rows would give
CREATE TEMPORARY VIEW hundreds AS
SELECT
  symbol,
  (`row_number` - 1) / 100 AS part,
  COUNT(*) AS trades,
  SUM(volume) AS volume
FROM numbered
GROUP BY symbol, (`row_number` - 1) / 100
HAVING COUNT(*) = 100;

CREATE TEMPORARY TABLE `out` (
  symbol STRING,
  part BIGINT,
  trades BIGINT,
  volume BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM hundreds;
END;
