CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW a AS
SELECT *
FROM orders
WHERE price > 1;

CREATE TEMPORARY TABLE out1 (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'blackhole'
);

CREATE TEMPORARY TABLE out2 (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'print',
  'print-identifier' = 'second'
);

CREATE TEMPORARY TABLE out3 (
  name STRING
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO out1
SELECT *
FROM a;

INSERT INTO out2
SELECT *
FROM a;

INSERT INTO out3
SELECT name
FROM orders;
END;
