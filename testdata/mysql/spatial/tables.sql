CREATE TEMPORARY TABLE places (
  id INT NOT NULL,
  point STRING NOT NULL,
  area STRING,
  anything STRING,
  many STRING,
  lines STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'places',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

