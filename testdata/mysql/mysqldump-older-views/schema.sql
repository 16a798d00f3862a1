-- MySQL dump 10.13  Distrib 5.6.51
DROP TABLE IF EXISTS `page_hits`;
CREATE TABLE `page_hits` (
  `url` varchar(767) CHARACTER SET latin1 NOT NULL,
  `day` date NOT NULL,
  `hits` int(10) unsigned zerofill NOT NULL DEFAULT '0000000000',
  PRIMARY KEY (`url`,`day`)
) ENGINE=MyISAM DEFAULT CHARSET=utf8 DELAY_KEY_WRITE=1
/*!50100 PARTITION BY RANGE (to_days(`day`))
(PARTITION p2019 VALUES LESS THAN (737790) ENGINE = MyISAM,
 PARTITION pmax VALUES LESS THAN MAXVALUE ENGINE = MyISAM) */;
/*!50001 CREATE TABLE `hits_per_url` (
  `url` tinyint NOT NULL,
  `hits` tinyint NOT NULL
) ENGINE=MyISAM */;
/*!50001 DROP TABLE IF EXISTS `hits_per_url`*/;
/*!50001 CREATE VIEW `hits_per_url` AS select `page_hits`.`url` AS `url`,sum(`page_hits`.`hits`) AS `hits` from `page_hits` group by `page_hits`.`url` */;
