SET 'execution.runtime-mode' = 'batch';

CREATE TEMPORARY TABLE o (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'datagen',
  'number-of-rows' = '10'
);

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
FROM o;
END;
