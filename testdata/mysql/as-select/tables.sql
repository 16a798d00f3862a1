CREATE TEMPORARY TABLE totals (
  id INT NOT NULL,
  total DECIMAL(10, 2),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'totals',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE today (
  id INT NOT NULL
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'today',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

