CREATE TEMPORARY TABLE `order items` (
  `order` INT NOT NULL,
  key STRING NOT NULL,
  `say "hi"` STRING COMMENT 'a "quoted" word',
  PRIMARY KEY (`order`, key) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'order items',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

