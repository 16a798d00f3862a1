CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW fine AS
SELECT *
FROM orders
WHERE id > 2;

CREATE TEMPORARY TABLE out2 (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO out2
SELECT *
FROM fine;
END;
