CREATE TABLE `traps` (
  `a` int NOT NULL COMMENT 'ends here); DROP TABLE traps; --',
  `b` varchar(20) DEFAULT ') ENGINE=x' COMMENT 'it''s, (a), "b" and `c` /* no comment */ # nor this',
  `c` varchar(20) DEFAULT 'back\\' COMMENT 'two\nlines, a \'quote\', 100\%',
  `d``e` int COMMENT 'WITH (''connector'' = ''x'')', -- the last, KEY (x)
  # `f` int,
  /* `g` int, */
  PRIMARY KEY (`a`)
) ENGINE=InnoDB COMMENT='+---+
| a | CREATE TABLE b (
mysql> 1 row in set'; -- done
