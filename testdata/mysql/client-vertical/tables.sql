CREATE TEMPORARY TABLE user_sessions (
  token BYTES NOT NULL,
  user_id BIGINT NOT NULL,
  ip BYTES,
  started_at TIMESTAMP_LTZ(6) NOT NULL,
  agent STRING,
  PRIMARY KEY (token) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'user_sessions',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE users (
  id BIGINT NOT NULL,
  email STRING NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'users',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

