CREATE TABLE totals (id int NOT NULL PRIMARY KEY, total decimal(10,2)) ENGINE=InnoDB;
CREATE TABLE big_totals ENGINE=InnoDB AS SELECT * FROM totals WHERE total > 100;
CREATE TABLE named_totals (name varchar(10) NOT NULL) ENGINE=InnoDB SELECT id, total FROM totals;
CREATE TABLE bare ENGINE=InnoDB;
CREATE TEMPORARY TABLE `today` (`id` int NOT NULL) ENGINE=MEMORY;
