MariaDB [fleet]> show create table vehicles;
+----------+------------------------------------------+
| Table    | Create Table                             |
+----------+------------------------------------------+
| vehicles | CREATE TABLE `vehicles` (                |
|          |   `vin` char(17) NOT NULL,               |
|          |   `model` varchar(80) DEFAULT NULL,      |
|          |   `odometer` mediumint(8) unsigned,      |
|          |   PRIMARY KEY (`vin`)                    |
|          | ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4  |
+----------+------------------------------------------+
1 row in set
