-- Picking in a warehouse: pace of the pickers, walking between aisles, short picks.

CREATE TABLE `pick` (
	`picker` STRING,
	`bin` STRING,
	`pieces` INT,
	`result` STRING,
	`ts` TIMESTAMP(3),
	`aisle` AS SUBSTRING(`bin`, 1, 2),
	`slot` AS CAST(SPLIT_INDEX(`bin`, '-', 1) AS INT),
	WATERMARK FOR `ts` AS `ts` - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/pick.csv', 'format' = 'csv');

CREATE TABLE `shift` (`picker` STRING, `shift` STRING, `team` STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/shift.csv', 'format' = 'csv');

CREATE TABLE `pace` (`picker` STRING, `ts` TIMESTAMP(3), `seconds` BIGINT, `last_five` INT, `in_ten_minutes` BIGINT) WITH ('connector' = 'print');
CREATE TABLE `walk` (`picker` STRING, `from_bin` STRING, `to_bin` STRING, `other_aisle` BOOLEAN, `ts` TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE `team_hour` (`team` STRING, `shift` STRING, `window_start` TIMESTAMP(3), `pieces` INT, `short_percent` DECIMAL(5, 1)) WITH ('connector' = 'print');
CREATE TABLE `short_bin` (`bin` STRING, `shorts` BIGINT, `last_short` TIMESTAMP(3)) WITH ('connector' = 'print');

-- every pick with the one before
CREATE VIEW `step` AS
SELECT `picker`, `bin`, `aisle`, `slot`, `pieces`, `result`, `ts`,
	LAG(`ts`) OVER `w` AS `prev_ts`,
	LAG(`bin`) OVER `w` AS `prev_bin`,
	LAG(`aisle`) OVER `w` AS `prev_aisle`
FROM `pick`
WINDOW `w` AS (PARTITION BY `picker` ORDER BY `ts`);

-- an OVER with another frame has to be a view of its own
CREATE VIEW `five` AS
SELECT `picker`, `ts`, SUM(`pieces`) OVER (PARTITION BY `picker` ORDER BY `ts` ROWS BETWEEN 4 PRECEDING AND CURRENT ROW) AS `last_five`
FROM `pick`;

CREATE VIEW `ten_minutes` AS
SELECT `picker`, `ts`, COUNT(*) OVER (PARTITION BY `picker` ORDER BY `ts` RANGE BETWEEN INTERVAL '10' MINUTE PRECEDING AND CURRENT ROW) AS `n`
FROM `pick`;

INSERT INTO `pace`
SELECT `s`.`picker`, `s`.`ts`, TIMESTAMPDIFF(SECOND, `s`.`prev_ts`, `s`.`ts`), `f`.`last_five`, `t`.`n`
FROM `step` AS `s`
JOIN `ten_minutes` AS `t` ON `s`.`picker` = `t`.`picker` AND `s`.`ts` = `t`.`ts`
JOIN `five` AS `f` ON `s`.`picker` = `f`.`picker` AND `s`.`ts` = `f`.`ts`
WHERE `s`.`prev_ts` IS NOT NULL;

INSERT INTO `walk`
SELECT `picker`, `prev_bin`, `bin`, `aisle` <> `prev_aisle`, `ts`
FROM `step`
WHERE `prev_bin` IS NOT NULL AND (`aisle` <> `prev_aisle` OR `result` = 'short');

INSERT INTO `team_hour`
SELECT `h`.`team`, `h`.`shift`, `w`.`window_start`, SUM(`w`.`pieces`), CAST(100.0 * SUM(`w`.`shorts`) / SUM(`w`.`picks`) AS DECIMAL(5, 1))
FROM (
	SELECT `picker`, `window_start`, `window_end`, SUM(`pieces`) AS `pieces`, COUNT(*) AS `picks`, COUNT(CASE WHEN `result` = 'short' THEN 1 END) AS `shorts`
	FROM TABLE(TUMBLE(TABLE `pick`, DESCRIPTOR(`ts`), INTERVAL '1' HOUR))
	GROUP BY `picker`, `window_start`, `window_end`
) AS `w`
INNER JOIN `shift` AS `h` ON `h`.`picker` = `w`.`picker`
GROUP BY `h`.`team`, `h`.`shift`, `w`.`window_start`;

INSERT INTO `short_bin`
SELECT `bin`, COUNT(*), MAX(`ts`) FROM `pick` WHERE `result` = 'short' GROUP BY `bin` HAVING COUNT(*) > 1;
