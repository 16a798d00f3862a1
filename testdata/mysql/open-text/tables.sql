CREATE TEMPORARY TABLE fine (
  id INT NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'fine',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

