CREATE TEMPORARY TABLE prices (
  sku STRING NOT NULL,
  price DECIMAL(10, 4) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  row_start TIMESTAMP_LTZ(6),
  row_end TIMESTAMP_LTZ(6)
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'prices',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE stock (
  sku STRING NOT NULL,
  amount INT NOT NULL,
  reserved INT,
  PRIMARY KEY (sku) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'stock',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

