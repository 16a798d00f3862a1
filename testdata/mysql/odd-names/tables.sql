CREATE TEMPORARY TABLE `größe und gewicht` (
  `sku-nr.` STRING NOT NULL,
  `größe` INT,
  `select` INT,
  `table` INT,
  `timestamp` INT,
  `value` INT,
  `1st_place` INT,
  `2e` INT,
  `$money` INT,
  _under INT,
  `日本` INT,
  point INT,
  uuid INT,
  `comment` INT,
  status INT,
  `date` DATE,
  invisible INT,
  type STRING,
  `period` INT,
  PRIMARY KEY (`sku-nr.`) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'größe und gewicht',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

