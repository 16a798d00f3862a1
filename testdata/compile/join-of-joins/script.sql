CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE r0 (
  id INT,
  id0 INT,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE rates (
  id INT,
  rate DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW j1 AS
SELECT *
FROM orders
JOIN rates
  ON orders.id = rates.id;

CREATE TEMPORARY VIEW j2 AS
SELECT *
FROM j1
JOIN r0
  ON j1.id = r0.id;

CREATE TEMPORARY VIEW s AS
SELECT
  id00,
  id1,
  ts1
FROM j2;
