CREATE TEMPORARY TABLE shops (
  id INT NOT NULL,
  region STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'shops',
  'url' = 'jdbc:mysql://localhost:3306/north'
);

CREATE TEMPORARY TABLE shops (
  id INT NOT NULL,
  name STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'shops',
  'url' = 'jdbc:mysql://localhost:3306/south'
);

CREATE TEMPORARY TABLE `a/b` (
  id INT
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'a/b',
  'url' = 'jdbc:mysql://localhost:3306/my%20data'
);

