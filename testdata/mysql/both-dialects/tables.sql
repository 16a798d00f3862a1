CREATE TEMPORARY TABLE plain (
  id INT NOT NULL,
  name STRING,
  price DECIMAL(10, 2),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'plain',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

