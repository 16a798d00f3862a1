CREATE TEMPORARY TABLE rates (
  id INT NOT NULL,
  plain DECIMAL(10, 0),
  short DECIMAL(5, 0),
  money DECIMAL(19, 4) NOT NULL,
  most DECIMAL(38, 10),
  wide STRING,
  widest STRING NOT NULL,
  d DECIMAL(7, 3),
  n DECIMAL(10, 2),
  f DECIMAL(6, 1),
  f4 FLOAT,
  f7 FLOAT,
  f24 FLOAT,
  f30 DOUBLE,
  fu FLOAT,
  f8 DOUBLE,
  d8 DOUBLE,
  dp DOUBLE NOT NULL,
  r DOUBLE,
  du DOUBLE,
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'exchange rates' WITH (
  'connector' = 'jdbc',
  'table-name' = 'rates',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

