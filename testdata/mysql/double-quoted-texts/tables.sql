CREATE TEMPORARY TABLE notices (
  id BIGINT NOT NULL COMMENT 'the number',
  text STRING NOT NULL,
  kind STRING,
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'what we tell "people"' WITH (
  'connector' = 'jdbc',
  'table-name' = 'notices',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

