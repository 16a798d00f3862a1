CREATE TEMPORARY TABLE good (
  id INT NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'good',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE twice (
  id INT
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'twice',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE no_key (
  id INT
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'no_key',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE also_good (
  id INT NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'also_good',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

