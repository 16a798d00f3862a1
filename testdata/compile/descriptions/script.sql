-- All orders.
-- Second line;
--
--   indented -- more */ 'quote
CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

-- one
-- two
-- three
-- four
-- five six seven; DROP TABLE x
CREATE TEMPORARY VIEW f AS
SELECT *
FROM orders
WHERE id > 0;

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
FROM f;
END;
