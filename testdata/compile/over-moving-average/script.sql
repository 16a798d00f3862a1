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

-- Over the last hundred trades of a symbol
CREATE TEMPORARY VIEW moving AS
SELECT
  *,
  AVG(price) OVER w AS average,
  MAX(price) OVER w AS highest,
  FIRST_VALUE(price) OVER w AS first_price,
  COUNT(*) OVER w AS trades
FROM trades
WINDOW w AS (
  PARTITION BY symbol
  ORDER BY ts
  ROWS BETWEEN 99 PRECEDING AND CURRENT ROW
);

CREATE TEMPORARY VIEW jumps AS
SELECT *
FROM moving
WHERE price > average * 1.1;

CREATE TEMPORARY VIEW alerts AS
SELECT
  symbol,
  price,
  average
FROM jumps;

CREATE TEMPORARY TABLE `out` (
  symbol STRING,
  price DOUBLE,
  average DOUBLE
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM alerts;
END;
