CREATE TEMPORARY TABLE orders (
  id DECIMAL(20, 0) NOT NULL COMMENT 'order number',
  customer_id BIGINT NOT NULL,
  status STRING NOT NULL,
  total DECIMAL(12, 2) NOT NULL,
  currency STRING NOT NULL,
  is_gift BOOLEAN NOT NULL,
  note STRING COMMENT 'as the customer typed it',
  created_at TIMESTAMP(3) NOT NULL,
  updated_at TIMESTAMP_LTZ(0),
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'orders of the web shop' WITH (
  'connector' = 'jdbc',
  'table-name' = 'orders',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

