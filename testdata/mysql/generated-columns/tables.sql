CREATE TEMPORARY TABLE line_items (
  order_id INT NOT NULL,
  `position` SMALLINT NOT NULL,
  unit_price DECIMAL(10, 2) NOT NULL,
  quantity INT NOT NULL,
  total DECIMAL(12, 2) NOT NULL,
  label STRING COMMENT 'order/position',
  PRIMARY KEY (order_id, `position`) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'line_items',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

