CREATE TEMPORARY TABLE `my-source` (
  `a b` INT,
  `c``d` INT,
  `größe` INT,
  `한글` INT,
  `e$f` INT,
  `$g` INT,
  `1st` INT,
  `dash-ed` INT,
  `quote'` INT,
  `semi;colon` INT,
  `-- no` INT,
  `/* " \` INT,
  `😀` INT,
  `two words` AS `a b` + `1st`,
  PRIMARY KEY (`a b`, `semi;colon`) NOT ENFORCED
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW `größe-1` AS
SELECT *
FROM `my-source`
WHERE `my-source`.`a b` > 1;

CREATE TEMPORARY VIEW `a$b` AS
SELECT *
FROM `my-source`
JOIN `größe-1`
  ON `my-source`.`1st` = `größe-1`.`$g`;

CREATE TEMPORARY VIEW `名前` AS
SELECT
  *,
  ABS(`-- no`) AS `ab``s`
FROM `a$b`;
