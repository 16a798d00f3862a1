SET 'execution.runtime-mode' = 'batch';

-- Trades of the exchange
CREATE TEMPORARY TABLE trades (
  symbol STRING,
  price DOUBLE,
  volume BIGINT,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'datagen',
  'number-of-rows' = '100'
);

CREATE TEMPORARY VIEW `all` AS
SELECT
  *,
  SUM(volume) OVER w AS total
FROM trades
WINDOW w AS (
  PARTITION BY symbol
);

CREATE TEMPORARY VIEW neighbours AS
SELECT
  *,
  LEAD(price) OVER w AS `next`,
  NTILE(4) OVER w AS quarter_of
FROM `all`
WINDOW w AS (
  PARTITION BY symbol
  ORDER BY price DESC, ts
);
