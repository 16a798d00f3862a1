CREATE TEMPORARY TABLE customers (
  id BIGINT NOT NULL,
  name STRING NOT NULL,
  email STRING,
  birthday DATE,
  password_hash BYTES NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'customers',
  'url' = 'jdbc:mysql://localhost:3306/shop'
);

