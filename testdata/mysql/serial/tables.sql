CREATE TEMPORARY TABLE tickets (
  id DECIMAL(20, 0) NOT NULL,
  number DECIMAL(20, 0) NOT NULL,
  title STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'tickets',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

