CREATE TABLE line_items (
  order_id int NOT NULL,
  position smallint NOT NULL,
  unit_price decimal(10,2) NOT NULL,
  quantity int NOT NULL DEFAULT (1 + 1),
  total decimal(12,2) GENERATED ALWAYS AS (unit_price * quantity) STORED NOT NULL,
  label varchar(60) AS (concat(order_id, '/', position, ')')) VIRTUAL COMMENT 'order/position',
  PRIMARY KEY (order_id, position),
  KEY by_label ((lower(label))),
  KEY tags ((cast(json_extract(`label`,_utf8mb4'$[*]') as unsigned array)))
) ENGINE=InnoDB;
