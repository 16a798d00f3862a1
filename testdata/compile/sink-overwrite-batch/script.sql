SET 'execution.runtime-mode' = 'batch';

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
  `day` STRING
) PARTITIONED BY (`day`) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace-archive',
  'format' = 'csv'
);

EXECUTE STATEMENT SET
BEGIN
INSERT OVERWRITE archive PARTITION (`day` = '2024-01-01')
SELECT *
FROM readings;
END;
