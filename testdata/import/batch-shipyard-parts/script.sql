-- Purchasing department of a shipyard. Parts, who offers them, and what the ships need.
SET 'execution.runtime-mode' = 'batch';

CREATE TABLE `part` (`part_id` INT, `name` STRING, `metal` STRING, `size` INT) WITH ('connector' = 'filesystem', 'path' = '${data}/part.csv', 'format' = 'csv');
CREATE TABLE `vendor` (`vendor_id` INT, `name` STRING, `city` STRING, `rating` INT) WITH ('connector' = 'filesystem', 'path' = '${data}/vendor.csv', 'format' = 'csv');
CREATE TABLE `offer` (`part_id` INT, `vendor_id` INT, `price` DECIMAL(8, 2), `days` INT) WITH ('connector' = 'filesystem', 'path' = '${data}/offer.csv', 'format' = 'csv');
CREATE TABLE `usage` (`ship` STRING, `part_id` INT, `pieces` INT, `needed` DATE) WITH ('connector' = 'filesystem', 'path' = '${data}/usage.csv', 'format' = 'csv');
CREATE TABLE `ship` (`ship` STRING, `class` STRING, `launch` DATE) WITH ('connector' = 'filesystem', 'path' = '${data}/ship.csv', 'format' = 'csv');

CREATE TABLE `cheapest` (`part` STRING, `vendor` STRING, `city` STRING, `price` DECIMAL(8, 2), `days` INT) WITH ('connector' = 'print');
CREATE TABLE `small_orders` (`metal` STRING, `cost_per_month` DECIMAL(38, 4)) WITH ('connector' = 'print');
CREATE TABLE `bill` (`ship` STRING, `class` STRING, `metal` STRING, `cost` DECIMAL(38, 2), `parts` BIGINT) WITH ('connector' = 'print');
CREATE TABLE `single_source` (`part` STRING, `vendor` STRING, `ships` BIGINT) WITH ('connector' = 'print');
CREATE TABLE `too_late` (`ship` STRING, `part` STRING, `needed` DATE, `earliest` INT) WITH ('connector' = 'print');
CREATE TABLE `vendors_ranked` (`vendor` STRING, `score` DECIMAL(20, 3), `better_than` BIGINT) WITH ('connector' = 'print');

BEGIN STATEMENT SET;

/* lowest price of a part among well rated vendors, and who asks it */
INSERT INTO `cheapest`
SELECT p.`name`, v.`name`, v.`city`, o.`price`, o.`days`
FROM `part` p, `vendor` v, `offer` o
WHERE p.`part_id` = o.`part_id` AND v.`vendor_id` = o.`vendor_id` AND p.`metal` IN ('brass', 'copper')
  AND v.`rating` >= 20
  AND o.`price` = (
    SELECT MIN(o2.`price`) FROM `offer` o2 INNER JOIN `vendor` v2 ON v2.`vendor_id` = o2.`vendor_id`
    WHERE o2.`part_id` = p.`part_id` AND v2.`rating` >= 20);

/* withdrawals of less than half of the mean of the same part */
INSERT INTO `small_orders`
SELECT p.`metal`, CAST(SUM(u.`pieces` * c.`price`) / 12 AS DECIMAL(38, 4))
FROM `usage` u
JOIN `part` p ON p.`part_id` = u.`part_id`
JOIN (SELECT `part_id`, MIN(`price`) AS `price` FROM `offer` GROUP BY `part_id`) c ON c.`part_id` = u.`part_id`
WHERE u.`pieces` < (SELECT 0.5 * AVG(i.`pieces`) FROM `usage` i WHERE i.`part_id` = u.`part_id`)
GROUP BY p.`metal`;

/* a bill for each ship with totals */
INSERT INTO `bill`
SELECT s.`ship`, s.`class`, p.`metal`, SUM(u.`pieces` * m.`price`), COUNT(DISTINCT u.`part_id`)
FROM `ship` s
JOIN `usage` u ON u.`ship` = s.`ship`
JOIN `part` p ON p.`part_id` = u.`part_id`
JOIN (SELECT `part_id`, MIN(`price`) AS `price` FROM `offer` GROUP BY `part_id`) m ON m.`part_id` = p.`part_id`
GROUP BY GROUPING SETS ((s.`ship`, s.`class`), (s.`class`, p.`metal`), (p.`metal`), ());

/* needed by somebody, offered by one vendor alone */
INSERT INTO `single_source`
SELECT p.`name`, MAX(v.`name`), COUNT(DISTINCT u.`ship`)
FROM `part` p
JOIN `offer` o ON o.`part_id` = p.`part_id`
JOIN `vendor` v ON v.`vendor_id` = o.`vendor_id`
JOIN `usage` u ON u.`part_id` = p.`part_id`
GROUP BY p.`name`
HAVING COUNT(DISTINCT v.`vendor_id`) = 1;

/* the fastest vendor needs more days than there are until the launch */
INSERT INTO `too_late`
SELECT DISTINCT u.`ship`, p.`name`, u.`needed`, f.`days`
FROM `usage` u
JOIN `ship` s ON s.`ship` = u.`ship`
JOIN `part` p ON p.`part_id` = u.`part_id`
JOIN (SELECT `part_id`, MIN(`days`) AS `days` FROM `offer` GROUP BY `part_id`) f ON f.`part_id` = u.`part_id`
WHERE TIMESTAMPDIFF(DAY, u.`needed`, s.`launch`) < f.`days`;

/* how many vendors are worse */
INSERT INTO `vendors_ranked`
WITH `score` AS (
  SELECT v.`vendor_id`, v.`name`, CAST(SUM(1000 / (o.`price` + o.`days`)) AS DECIMAL(20, 3)) + v.`rating` AS `points`
  FROM `vendor` v JOIN `offer` o ON o.`vendor_id` = v.`vendor_id`
  GROUP BY v.`vendor_id`, v.`name`, v.`rating`
)
SELECT a.`name`, a.`points`, COUNT(b.`vendor_id`)
FROM `score` a LEFT JOIN `score` b ON b.`points` < a.`points`
GROUP BY a.`name`, a.`points`;

END;
