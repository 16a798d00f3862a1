CREATE TEMPORARY TABLE t (
  id INT NOT NULL,
  d INT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 't',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

