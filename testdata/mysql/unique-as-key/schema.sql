CREATE TABLE currencies (
  code char(3) NOT NULL,
  numeric_code smallint,
  name varchar(50) NOT NULL,
  UNIQUE KEY by_number (numeric_code),
  UNIQUE KEY by_code (code),
  UNIQUE KEY by_name (name)
) ENGINE=InnoDB;
CREATE TABLE settings (name varchar(50) NOT NULL UNIQUE, value text) ENGINE=InnoDB;
CREATE TABLE flags (scope varchar(20) NOT NULL, name varchar(20) NOT NULL, UNIQUE (scope, name)) ENGINE=InnoDB;
CREATE TABLE codes (code varchar(20) NOT NULL, UNIQUE KEY lowered ((lower(code)))) ENGINE=InnoDB;
CREATE TABLE late (code varchar(20) NOT NULL, n int) ENGINE=InnoDB;
CREATE INDEX IF NOT EXISTS late_n ON late (n);
CREATE UNIQUE INDEX late_code ON late (code(8));
