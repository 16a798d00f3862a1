-- Names that need their back-ticks, and rows that stand in the script.
CREATE TEMPORARY VIEW `table` (`order`, `select`, `from`, `value`, `when`) AS
SELECT * FROM (VALUES
  (1, 'a', 10, 1.5, TIMESTAMP '2025-01-01 00:00:00'),
  (2, 'b', 20, 2.5, TIMESTAMP '2025-01-01 01:00:00'),
  (3, 'a', 30, CAST(NULL AS DECIMAL(2, 1)), TIMESTAMP '2025-01-02 00:00:00'),
  (4, 'it''s; -- c', 40, 0.0, TIMESTAMP '2025-01-02 00:00:01')
) AS `values` (`order`, `select`, `from`, `value`, `when`);

CREATE TEMPORARY VIEW `group by` AS
SELECT `select` AS `Select`, COUNT(*) AS `count`, SUM(`from`) AS `sum of from`, MAX(`value`) AS `max``value`
FROM `table`
GROUP BY `select`;

CREATE TEMPORARY VIEW `Größe` AS
SELECT `t`.`order` AS `1st`, `g`.`count` AS `zweite Größe`, `t`.`when`
FROM `table` AS `t`
JOIN `group by` AS `g` ON `t`.`select` = `g`.`Select`
WHERE `t`.`order` <> 2 OR `t`.`value` IS NULL;

CREATE TEMPORARY TABLE `user` (`year` BIGINT, `join` STRING, `left` INT, `a.b` BIGINT, `two lines` STRING) WITH ('connector' = 'print');

INSERT INTO `user`
SELECT YEAR(`when`), 'x', `1st`, `zweite Größe`, CASE WHEN `1st` > 1 THEN '/* no comment */' ELSE '-- neither' END
FROM `Größe`;

SELECT `group by`.`Select` AS `key`, `max``value` AS `desc` FROM `group by` WHERE `count` > 0;
