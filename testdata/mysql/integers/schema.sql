CREATE TABLE numbers (
  flag tinyint(1), flag_not_null tinyint(1) NOT NULL, flag_unsigned tinyint(1) unsigned, named bool, named_long boolean NOT NULL,
  t tinyint, tu tinyint unsigned, t4 tinyint(4),
  s smallint, su smallint(5) unsigned,
  m mediumint, mu mediumint unsigned,
  i int, iu int unsigned, i11 int(11), iz int(6) zerofill, ii integer,
  b bigint, bu bigint(20) unsigned, b20 bigint(20),
  i1 int1, i2 int2, i3 int3, i4 int4, i8 int8, mid middleint,
  one_bit bit, one bit(1), eight bit(8), many bit(64),
  y year, y4 year(4)
) ENGINE=InnoDB;
