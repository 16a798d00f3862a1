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

CREATE TEMPORARY VIEW sales AS
SELECT
  category,
  city,
  SUM(price) AS revenue
FROM orders
GROUP BY category, city;

-- The three best cities of every category
CREATE TEMPORARY VIEW best AS
SELECT *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY category
      ORDER BY revenue DESC, UPPER(city) ASC NULLS LAST
    ) AS place
  FROM sales
)
WHERE place <= 3;

CREATE TEMPORARY TABLE `out` (
  category STRING,
  city STRING,
  revenue DECIMAL(38, 2),
  place BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM best;
END;
