mysql> CREATE TABLE `queue` (
    ->   `id` int NOT NULL,
    ->   `payload` json DEFAULT NULL,
    ->   `kind` varchar(20) GENERATED ALWAYS AS (json_unquote(json_extract(`payload`,'$.kind'))) STORED,
    ->   PRIMARY KEY (`id`)
    -> ) ENGINE=InnoDB;
Query OK, 0 rows affected (0.03 sec)

mysql> show tables;
