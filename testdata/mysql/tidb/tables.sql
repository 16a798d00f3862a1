CREATE TEMPORARY TABLE events (
  id BIGINT NOT NULL,
  tenant STRING NOT NULL,
  name STRING NOT NULL,
  payload STRING,
  embedding STRING,
  created_at TIMESTAMP_LTZ(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'events',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE counters (
  name STRING NOT NULL,
  `value` DECIMAL(20, 0) NOT NULL
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'counters',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

