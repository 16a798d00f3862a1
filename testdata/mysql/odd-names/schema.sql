CREATE TABLE `größe und gewicht` (
  `sku-nr.` varchar(20) NOT NULL,
  `größe` int,
  `select` int, `table` int, `timestamp` int, `value` int,
  1st_place int, 2e int, $money int, _under int,
  `日本` int, point int, uuid int, comment int, status int, date date, invisible int, type varchar(3), period int,
  PRIMARY KEY (`sku-nr.`)
) ENGINE=InnoDB;
