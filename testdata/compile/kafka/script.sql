CREATE TEMPORARY TABLE s (
  id INT,
  `at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  part INT METADATA FROM 'partition' VIRTUAL,
  WATERMARK FOR `at` AS `at`
) WITH (
  'connector' = 'kafka',
  'topic' = 'in',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'it''s',
  'scan.startup.mode' = 'earliest-offset'
);

CREATE TEMPORARY TABLE `out` (
  id INT,
  `at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
  part INT METADATA FROM 'partition' VIRTUAL
) WITH (
  'connector' = 'kafka',
  'topic' = 'out',
  'format' = 'json',
  'properties.bootstrap.servers' = 'localhost:9092'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT id, `at`
FROM s;
END;
