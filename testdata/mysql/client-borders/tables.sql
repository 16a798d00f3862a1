CREATE TEMPORARY TABLE sensors (
  id STRING NOT NULL,
  site STRING NOT NULL COMMENT 'plant | hall | line',
  limit_low FLOAT,
  limit_high FLOAT,
  flags INT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'sensors',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

