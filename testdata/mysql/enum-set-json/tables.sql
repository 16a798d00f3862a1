CREATE TEMPORARY TABLE tasks (
  id INT NOT NULL,
  state STRING NOT NULL,
  tags STRING,
  more_tags STRING NOT NULL,
  meta STRING NOT NULL,
  meta_default STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'tasks',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

