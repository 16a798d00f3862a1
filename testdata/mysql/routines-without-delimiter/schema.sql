CREATE TABLE log (id int unsigned AUTO_INCREMENT PRIMARY KEY, level varchar(5)) ENGINE=InnoDB;
CREATE TRIGGER log_bi BEFORE INSERT ON log FOR EACH ROW
BEGIN
  CASE NEW.level WHEN 'warn' THEN SET NEW.level = 'WARN'; ELSE BEGIN END; END CASE;
  IF NEW.level IS NULL THEN SET NEW.level = CASE WHEN 1 = 1 THEN 'x' END; END IF;
  CREATE TABLE not_a_table (id int);
END;
CREATE TABLE after_trigger (id int unsigned PRIMARY KEY) ENGINE=InnoDB;
