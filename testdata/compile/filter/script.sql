CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW dear AS
SELECT *
FROM orders
WHERE price > 100 AND name IS DISTINCT FROM 'it''s; -- not';

CREATE TEMPORARY TABLE `out` (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM dear;
END;
