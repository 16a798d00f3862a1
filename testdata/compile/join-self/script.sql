CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW j AS
SELECT *
FROM orders AS orders_left
JOIN orders AS orders_right
  ON orders_left.id = orders_right.id AND orders_left.price < orders_right.price;

CREATE TEMPORARY TABLE `out` (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  id0 INT,
  name0 STRING,
  price0 DOUBLE,
  ts0 TIMESTAMP(3)
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM j;
END;
