CREATE TEMPORARY TABLE queue (
  id INT NOT NULL,
  payload STRING,
  kind STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'queue',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

