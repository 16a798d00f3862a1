SET 'execution.checkpointing.interval' = '10 s';

SET 'parallelism.default' = '2';

SET 'table.exec.state.ttl' = '1 h';

SET 'table.local-time-zone' = 'Europe/Berlin';

SET 'table.optimizer.distinct-agg.split.enabled' = 'true';

SET 'table.some.text' = 'it''s; odd';

CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
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
FROM orders;
END;
