CREATE TEMPORARY TABLE readings (
  meter STRING,
  state INT
) WITH (
  'connector' = 'datagen',
  'number-of-rows' = '10'
);

CREATE TEMPORARY TABLE archive (
  meter STRING,
  state INT,
  `day` STRING,
  `hour` INT
) PARTITIONED BY (`day`, `hour`) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace-archive',
  'format' = 'csv'
);

CREATE TEMPORARY TABLE `some` (
  meter STRING,
  state INT,
  `day` STRING
) PARTITIONED BY (`day`) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace-archive',
  'format' = 'csv'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO archive /*+ OPTIONS('sink.parallelism' = '1') */ PARTITION (`day` = '2024-01-01', `hour` = -7)
SELECT *
FROM readings;

INSERT INTO `some` PARTITION (`day` = 'it''s today') (meter)
SELECT meter
FROM readings;
END;
