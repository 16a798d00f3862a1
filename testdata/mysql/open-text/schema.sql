CREATE TABLE fine (id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE torn (
  id int(11) NOT NULL COMMENT 'what is this,
  name varchar(20)
) ENGINE=InnoDB;
