CREATE TEMPORARY TABLE staff (
  badge STRING NOT NULL,
  id INT NOT NULL,
  salary DECIMAL(12, 4) NOT NULL,
  first_name STRING NOT NULL,
  last_name STRING,
  email STRING NOT NULL COMMENT 'work',
  manager INT,
  room STRING,
  `floor` TINYINT,
  location STRING,
  PRIMARY KEY (id, badge) NOT ENFORCED
) COMMENT 'people who work here' WITH (
  'connector' = 'jdbc',
  'table-name' = 'staff',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

