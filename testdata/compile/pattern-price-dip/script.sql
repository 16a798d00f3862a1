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

-- Prices that fall and come back within an hour
CREATE TEMPORARY VIEW dips AS
SELECT *
FROM trades
MATCH_RECOGNIZE (
  PARTITION BY symbol
  ORDER BY ts
  MEASURES
    FIRST(DOWN.ts) AS started,
    LAST(DOWN.price) AS bottom,
    UP.price AS recovered,
    COUNT(DOWN.price) AS length,
    MATCH_ROWTIME() AS `time`
  ONE ROW PER MATCH
  AFTER MATCH SKIP TO LAST UP
  PATTERN (START_ROW DOWN+ UP) WITHIN INTERVAL '1' HOUR
  DEFINE
    DOWN AS (LAST(DOWN.price, 1) IS NULL AND DOWN.price < START_ROW.price) OR DOWN.price < LAST(DOWN.price, 1),
    UP AS UP.price > LAST(DOWN.price, 1)
);

CREATE TEMPORARY VIEW deep AS
SELECT *
FROM dips
WHERE recovered > bottom * 1.2;

CREATE TEMPORARY TABLE `out` (
  symbol STRING,
  started TIMESTAMP(3),
  bottom DOUBLE,
  recovered DOUBLE,
  length BIGINT,
  `time` TIMESTAMP(3)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM deep;
END;
