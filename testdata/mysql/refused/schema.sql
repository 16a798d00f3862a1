CREATE TABLE good (id int(11) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;
CREATE TABLE bad (
  id int(11) NOT NULL,
  price money(10,2) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB;
CREATE TABLE half (
  id int(11) NOT NULL,
  name varchar(20,
) ENGINE=InnoDB;
CREATE TABLE twice (id int(11), ID int(11)) ENGINE=InnoDB;
CREATE TABLE empty_one () ENGINE=InnoDB;
CREATE TABLE no_key (id int(11), PRIMARY KEY (nr)) ENGINE=InnoDB;
CREATE TABLE also_good (id int(11) NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;
