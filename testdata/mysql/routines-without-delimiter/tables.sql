CREATE TEMPORARY TABLE log (
  id BIGINT NOT NULL,
  level STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'log',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE after_trigger (
  id BIGINT NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'after_trigger',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

