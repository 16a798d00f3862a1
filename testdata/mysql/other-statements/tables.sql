CREATE TEMPORARY TABLE t (
  id INT NOT NULL
) WITH (
  'connector' = 'jdbc',
  'table-name' = 't',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

