CREATE TABLE `places` (
  `id` int NOT NULL AUTO_INCREMENT,
  `point` point NOT NULL /*!80003 SRID 4326 */,
  `area` polygon DEFAULT NULL,
  `anything` geometry SRID 0,
  `many` geometrycollection,
  `lines` multilinestring NOT NULL,
  PRIMARY KEY (`id`),
  SPATIAL KEY `point` (`point`),
  SPATIAL INDEX (`lines`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
