CREATE TEMPORARY TABLE accounts (
  id INT NOT NULL,
  owner INT NOT NULL,
  balance DECIMAL(10, 2) NOT NULL,
  iban STRING NOT NULL COMMENT 'account number',
  branch INT,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'accounts',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

