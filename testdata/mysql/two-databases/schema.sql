CREATE DATABASE IF NOT EXISTS north; CREATE DATABASE south;
CREATE TABLE north.shops (id int(11) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;
USE south;
CREATE TABLE shops (id int(11) NOT NULL, name varchar(20), PRIMARY KEY (id)) ENGINE=InnoDB;
ALTER TABLE `north`.`shops` ADD COLUMN region varchar(20) NOT NULL DEFAULT '';
CREATE TABLE `my data`.`a/b` (id int(11)) ENGINE=InnoDB;
