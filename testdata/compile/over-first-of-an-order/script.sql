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

CREATE TEMPORARY VIEW ranked AS
SELECT
  *,
  ROW_NUMBER() OVER w AS place
FROM trades
WINDOW w AS (
  PARTITION BY symbol
  ORDER BY price DESC
);

CREATE TEMPORARY VIEW dearest AS
SELECT *
FROM ranked
WHERE place <= 3;
