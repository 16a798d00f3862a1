CREATE TABLE rates (
  id int NOT NULL PRIMARY KEY,
  plain decimal, short decimal(5), money decimal(19,4) NOT NULL, most decimal(38,10), wide decimal(39,0), widest decimal(65,30) NOT NULL,
  d dec(7,3), n numeric(10,2) unsigned, f fixed(6,1),
  f4 float, f7 float(7,4), f24 float(24), f30 float(30), fu float unsigned,
  f8 double, d8 double(10,2), dp double precision NOT NULL, r real, du double unsigned zerofill
) ENGINE=InnoDB COMMENT 'exchange rates';
