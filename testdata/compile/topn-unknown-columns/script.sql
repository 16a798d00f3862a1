-- Orders as the shop writes them
CREATE TEMPORARY TABLE orders (
  id BIGINT,
  customer BIGINT,
  category STRING,
  city STRING,
  price DECIMAL(10, 2),
  status STRING,
  tags MAP<STRING, STRING>,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW q AS
SELECT id AS a, price AS b
FROM orders;

CREATE TEMPORARY VIEW numbered AS
SELECT *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      ORDER BY a
    ) AS `place no`
  FROM q
)
WHERE `place no` = 1;

CREATE TEMPORARY VIEW t AS
SELECT *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      ORDER BY a
    ) AS row_num
  FROM q
)
WHERE row_num = 1;
