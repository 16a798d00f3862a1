mysql> SHOW CREATE TABLE sensors;
+---------+------------------------------------------------------------------+
| Table   | Create Table                                                     |
+---------+------------------------------------------------------------------+
| sensors | CREATE TABLE `sensors` (
  `id` varchar(36) NOT NULL,
  `site` varchar(64) NOT NULL COMMENT 'plant | hall | line',
  `limit_low` float DEFAULT NULL,
  `limit_high` float DEFAULT NULL,
  `flags` int(11) GENERATED ALWAYS AS ((`limit_low` is null) | (`limit_high` is null)) VIRTUAL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8 |
+---------+------------------------------------------------------------------+
1 row in set (0.00 sec)

mysql> SHOW CREATE VIEW noisy_sensors;
+---------------+------------------------------------------------------------+----------------------+----------------------+
| View          | Create View                                                | character_set_client | collation_connection |
+---------------+------------------------------------------------------------+----------------------+----------------------+
| noisy_sensors | CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`%` SQL SECURITY DEFINER VIEW `noisy_sensors` AS select `sensors`.`id` AS `id` from `sensors` | utf8mb4              | utf8mb4_0900_ai_ci   |
+---------------+------------------------------------------------------------+----------------------+----------------------+
1 row in set (0.01 sec)
