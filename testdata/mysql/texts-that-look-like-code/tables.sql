CREATE TEMPORARY TABLE traps (
  a INT NOT NULL COMMENT 'ends here); DROP TABLE traps; --',
  b STRING COMMENT 'it''s, (a), "b" and `c` /* no comment */ # nor this',
  c STRING COMMENT 'two
lines, a ''quote'', 100\%',
  `d``e` INT COMMENT 'WITH (''connector'' = ''x'')',
  PRIMARY KEY (a) NOT ENFORCED
) COMMENT '+---+
| a | CREATE TABLE b (
mysql> 1 row in set' WITH (
  'connector' = 'jdbc',
  'table-name' = 'traps',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

