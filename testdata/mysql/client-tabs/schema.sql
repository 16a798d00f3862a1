Table	Create Table
rides	CREATE TABLE `rides` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `driver` varchar(40) NOT NULL COMMENT 'don\'t show',\n  `fare` decimal(8,2) DEFAULT NULL,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
Table	Create Table
drivers	CREATE TABLE `drivers` (\n  `name` varchar(40) NOT NULL,\n  PRIMARY KEY (`name`)\n) ENGINE=InnoDB
