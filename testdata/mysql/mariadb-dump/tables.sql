CREATE TEMPORARY TABLE devices (
  id STRING NOT NULL,
  address STRING,
  gateway STRING,
  labels STRING,
  last_seen TIMESTAMP_LTZ(0) NOT NULL,
  firmware STRING,
  hidden INT,
  host STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'devices',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

