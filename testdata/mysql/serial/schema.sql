CREATE TABLE tickets (
  id serial,
  number bigint unsigned NOT NULL UNIQUE,
  title varchar(200) NOT NULL
) ENGINE=InnoDB;
