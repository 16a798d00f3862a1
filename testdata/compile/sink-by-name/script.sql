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
  ts TIMESTAMP(3),
  id INT,
  `value` STRING METADATA
VIRTUAL,
  twice AS id * 2,
  name STRING COMMENT 'not VIRTUAL'
) WITH (
  'connector' = 'kafka',
  'topic' = 't',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT ts, id, name
FROM orders;
END;
