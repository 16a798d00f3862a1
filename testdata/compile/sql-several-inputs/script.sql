CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
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

CREATE TEMPORARY VIEW q AS
WITH totals AS (
    SELECT id, SUM(price) AS total FROM orders GROUP BY id
  )
  SELECT t.id, t.total * r.rate AS amount -- in euros
  FROM totals AS t
  JOIN rates AS r ON t.id = r.id;

CREATE TEMPORARY TABLE `out` (
  id INT,
  amount DOUBLE,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM q;
END;
