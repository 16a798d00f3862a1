CREATE TEMPORARY TABLE vehicles (
  vin STRING NOT NULL,
  model STRING,
  odometer INT,
  PRIMARY KEY (vin) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'vehicles',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

