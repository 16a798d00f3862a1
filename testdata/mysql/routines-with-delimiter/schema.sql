CREATE TABLE audit (id int unsigned AUTO_INCREMENT PRIMARY KEY, what text NOT NULL) ENGINE=InnoDB;
DELIMITER $$
CREATE DEFINER=`root`@`localhost` PROCEDURE `make_table`()
BEGIN
  CREATE TABLE inner_table (id int);
  DROP TABLE audit;
END$$
CREATE FUNCTION IF NOT EXISTS shop.vat(amount decimal(10,2)) RETURNS decimal(10,2) DETERMINISTIC RETURN amount * 0.19$$
CREATE EVENT purge ON SCHEDULE EVERY 1 DAY DO DELETE FROM audit WHERE id < 10$$
DELIMITER ;
CREATE TABLE after_routines (id int unsigned PRIMARY KEY) ENGINE=InnoDB;
