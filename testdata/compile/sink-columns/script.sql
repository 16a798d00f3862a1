CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW sel AS
SELECT
  name,
  id
FROM orders;

CREATE TEMPORARY TABLE `out` (
  price DOUBLE,
  ts TIMESTAMP(3),
  name STRING,
  id INT
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out` (id, name)
SELECT id, name
FROM sel;
END;
