CREATE TEMPORARY TABLE audit (
  id BIGINT NOT NULL,
  what STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'audit',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE after_routines (
  id BIGINT NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'after_routines',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

