CREATE TEMPORARY TABLE rides (
  id INT NOT NULL,
  driver STRING NOT NULL COMMENT 'don''t show',
  fare DECIMAL(8, 2),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'rides',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE drivers (
  name STRING NOT NULL,
  PRIMARY KEY (name) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'drivers',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

