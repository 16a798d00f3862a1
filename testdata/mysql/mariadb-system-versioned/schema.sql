CREATE OR REPLACE TABLE prices (
  sku varchar(32) NOT NULL,
  price decimal(10,4) NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  row_start timestamp(6) GENERATED ALWAYS AS ROW START,
  row_end timestamp(6) GENERATED ALWAYS AS ROW END,
  PRIMARY KEY (sku, validity WITHOUT OVERLAPS),
  PERIOD FOR validity (valid_from, valid_to),
  PERIOD FOR SYSTEM_TIME (row_start, row_end)
) ENGINE=InnoDB WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION pn CURRENT);

CREATE TABLE stock (
  sku varchar(32) PRIMARY KEY,
  amount int NOT NULL CHECK (amount >= 0),
  reserved int WITHOUT SYSTEM VERSIONING DEFAULT nextval(`warehouse`.`seq`)
) ENGINE=Aria PAGE_CHECKSUM=1 TRANSACTIONAL=1;
