-- Ticks of a stock exchange: candles of a minute, moving averages, and crossings of two of them.
CREATE TABLE ticks (
  symbol STRING,
  price  DECIMAL(10, 3),
  volume INT,
  traded_at TIMESTAMP(3),
  WATERMARK FOR traded_at AS traded_at - INTERVAL '2' SECONDS
) WITH ('connector' = 'filesystem', 'path' = '${data}/ticks.csv', 'format' = 'csv');

CREATE TABLE candles (symbol STRING, minute_start TIMESTAMP(3), low DECIMAL(10, 3), high DECIMAL(10, 3), vwap DECIMAL(38, 6), volume INT)
WITH ('connector' = 'print');

CREATE TABLE crossings (symbol STRING, at_time TIMESTAMP(3), fast DECIMAL(38, 6), slow DECIMAL(38, 6), direction STRING)
WITH ('connector' = 'print');

CREATE VIEW candle AS
SELECT
  symbol, window_start, window_end, window_time,
  MIN(price) AS low,
  MAX(price) AS high,
  SUM(price * volume) / SUM(volume) AS vwap,
  SUM(volume) AS volume
FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(traded_at), INTERVAL '1' MINUTE))
GROUP BY symbol, window_start, window_end, window_time;

-- The last three and the last eight candles of a symbol.
CREATE VIEW fast AS
SELECT symbol, window_time, vwap,
  AVG(vwap) OVER (PARTITION BY symbol ORDER BY window_time ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS fast
FROM candle;

CREATE VIEW slow AS
SELECT symbol, window_time, fast,
  AVG(vwap) OVER (PARTITION BY symbol ORDER BY window_time ROWS BETWEEN 7 PRECEDING AND CURRENT ROW) AS slow
FROM fast;

CREATE VIEW side AS
SELECT symbol, window_time, fast, slow, CASE WHEN fast >= slow THEN 'above' ELSE 'below' END AS side FROM slow;

CREATE VIEW turned AS
SELECT symbol, window_time, fast, slow, side, LAG(side) OVER (PARTITION BY symbol ORDER BY window_time) AS side_before
FROM side;

EXECUTE STATEMENT SET BEGIN
  INSERT INTO candles SELECT symbol, window_start, low, high, vwap, volume FROM candle;
  INSERT INTO crossings
  SELECT symbol, window_time, fast, slow, IF(side = 'above', 'buy', 'sell')
  FROM turned
  WHERE side <> side_before;
END;
