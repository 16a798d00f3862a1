-- Stock, purchase orders and demand of the distribution centres.
-- Everything by (dc, sku). Quantities are in selling units, never in pallets!

SET 'pipeline.name'='scm-stock';
SET 'pipeline.operator-chaining.enabled'='true';
SET 'table.exec.mini-batch.enabled'='true';
SET 'table.exec.mini-batch.allow-latency'='5s';
SET 'table.exec.mini-batch.size'='10000';
SET 'table.optimizer.agg-phase-strategy'='TWO_PHASE';

-- S1 movements of goods
CREATE TABLE `goods_movement` (
`movement_id` BIGINT,
`dc` STRING,
`sku` STRING,
`movement_type` STRING,
`quantity` INT,
`unit` STRING,
`batch_no` STRING,
`best_before` DATE,
`booked_at` TIMESTAMP(3),
WATERMARK FOR `booked_at` AS `booked_at` - INTERVAL '30' SECOND
) WITH ('connector'='kafka','topic'='wms.movement','properties.bootstrap.servers'='kafka:9092','properties.group.id'='scm','scan.startup.mode'='earliest-offset','format'='json');

-- S2 purchase orders with their lines inside
CREATE TABLE `purchase_order` (
`po_number` STRING,
`supplier` ROW<`id` STRING, `lead_days` INT>,
`dc` STRING,
`lines` ARRAY<ROW<`line_no` INT, `sku` STRING, `qty` INT, `due` DATE>>,
`state` STRING,
`changed` TIMESTAMP(3),
WATERMARK FOR `changed` AS `changed` - INTERVAL '30' SECOND
) WITH ('connector'='kafka','topic'='erp.purchase-order','properties.bootstrap.servers'='kafka:9092','properties.group.id'='scm','scan.startup.mode'='earliest-offset','format'='json');

-- S3 goods receipts (canal, from the old warehouse in MySQL)
CREATE TABLE `receipt` (
`receipt_id` BIGINT,
`po_number` STRING,
`line_no` INT,
`qty` INT,
`received_on` DATE,
PRIMARY KEY (`receipt_id`) NOT ENFORCED
) WITH ('connector'='kafka','topic'='wms.receipt','properties.bootstrap.servers'='kafka:9092','scan.startup.mode'='earliest-offset','format'='canal-json','canal-json.ignore-parse-errors'='true');

-- S4 articles
CREATE TABLE `article` (
`sku` STRING,
`title` STRING,
`units_per_pallet` INT,
`abc` CHAR(1),
`safety_stock` INT,
`supplier_id` STRING,
PRIMARY KEY (`sku`) NOT ENFORCED
) WITH ('connector'='jdbc','url'='jdbc:postgresql://mdm:5432/mdm','table-name'='article','scan.fetch-size'='5000');

-- S5 sales of the shops
CREATE TABLE `shop_sale` (
`shop` STRING,
`dc` STRING,
`sku` STRING,
`pieces` INT,
`sold_at` TIMESTAMP(3),
WATERMARK FOR `sold_at` AS `sold_at` - INTERVAL '5' MINUTE
) WITH ('connector'='kafka','topic'='pos.sale','properties.bootstrap.servers'='kafka:9092','properties.group.id'='scm','scan.startup.mode'='latest-offset','format'='json');

-- V1 one unit for all
CREATE VIEW `movement_units` AS
SELECT `m`.`movement_id`, `m`.`dc`, `m`.`sku`, `m`.`movement_type`, `m`.`best_before`, `m`.`booked_at`,
CASE `m`.`unit` WHEN 'PAL' THEN `m`.`quantity` * `a`.`units_per_pallet` ELSE `m`.`quantity` END AS `units`
FROM `goods_movement` AS `m`
INNER JOIN `article` AS `a` ON `m`.`sku` = `a`.`sku`;

-- V2 with a sign
CREATE VIEW `movement_signed` AS
SELECT `dc`, `sku`, `booked_at`, `best_before`,
CASE WHEN `movement_type` IN ('IN', 'RETURN', 'FOUND') THEN `units`
     WHEN `movement_type` IN ('OUT', 'SCRAP', 'LOST') THEN -`units`
     ELSE 0 END AS `delta`
FROM `movement_units`;

-- V3 stock
CREATE VIEW `stock` AS
SELECT `dc`, `sku`, SUM(`delta`) AS `on_hand`, MAX(`booked_at`) AS `last_movement`
FROM `movement_signed`
GROUP BY `dc`, `sku`;

-- V4 latest state of each purchase order
CREATE VIEW `po_latest` AS
SELECT `po_number`, `supplier`.`id` AS `supplier_id`, `supplier`.`lead_days` AS `lead_days`, `dc`, `lines`, `state`
FROM (
SELECT *, ROW_NUMBER() OVER (PARTITION BY `po_number` ORDER BY `changed` DESC) AS `nr` FROM `purchase_order`
) WHERE `nr` = 1 AND `state` <> 'CANCELLED';

-- V5 its lines
CREATE VIEW `po_line` AS
SELECT `p`.`po_number`, `p`.`supplier_id`, `p`.`dc`, `l`.`line_no`, `l`.`sku`, `l`.`qty`, `l`.`due`
FROM `po_latest` AS `p` CROSS JOIN UNNEST(`p`.`lines`) AS `l` (`line_no`, `sku`, `qty`, `due`);

-- V6 what has come
CREATE VIEW `received` AS
SELECT `po_number`, `line_no`, SUM(`qty`) AS `got`, MAX(`received_on`) AS `last_receipt`
FROM `receipt` GROUP BY `po_number`, `line_no`;

-- V7 what is still open
CREATE VIEW `open_line` AS
SELECT `l`.`po_number`, `l`.`supplier_id`, `l`.`dc`, `l`.`sku`, `l`.`due`, `l`.`qty` - COALESCE(`r`.`got`, 0) AS `open_qty`
FROM `po_line` `l` LEFT JOIN `received` `r` ON `r`.`po_number` = `l`.`po_number` AND `r`.`line_no` = `l`.`line_no`
WHERE `l`.`qty` > COALESCE(`r`.`got`, 0);

CREATE VIEW `on_order` AS
SELECT `dc`, `sku`, SUM(`open_qty`) AS `on_order`, MIN(`due`) AS `next_due` FROM `open_line` GROUP BY `dc`, `sku`;

-- V8 demand: mean of seven days, each day
CREATE VIEW `demand_window` AS
SELECT `window_start`, `window_end`, `dc`, `sku`, SUM(`pieces`) / 7.0 AS `per_day`
FROM TABLE(HOP(TABLE `shop_sale`, DESCRIPTOR(`sold_at`), INTERVAL '1' DAY, INTERVAL '7' DAY))
GROUP BY `window_start`, `window_end`, `dc`, `sku`;

CREATE VIEW `demand` AS
SELECT `dc`, `sku`, `per_day`
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY `dc`, `sku` ORDER BY `window_end` DESC) AS `rn` FROM `demand_window`) AS `x`
WHERE `x`.`rn` = 1;

-- V9 all together
CREATE VIEW `position` AS
SELECT `s`.`dc`, `s`.`sku`, `a`.`title`, `a`.`abc`, `a`.`supplier_id`, `a`.`safety_stock`,
       `s`.`on_hand`, COALESCE(`o`.`on_order`, 0) AS `on_order`, `o`.`next_due`, `d`.`per_day`,
       CASE WHEN `d`.`per_day` > 0 THEN `s`.`on_hand` / `d`.`per_day` END AS `days_cover`
FROM `stock` AS `s`
JOIN `article` AS `a` ON `a`.`sku` = `s`.`sku`
LEFT JOIN `on_order` AS `o` ON `o`.`dc` = `s`.`dc` AND `o`.`sku` = `s`.`sku`
LEFT JOIN `demand` AS `d` ON `d`.`dc` = `s`.`dc` AND `d`.`sku` = `s`.`sku`;

-- V10 transfers: a centre with too much next to one with too little
CREATE VIEW `transfer_idea` AS
SELECT `rich`.`sku`, `rich`.`dc` AS `from_dc`, `poor`.`dc` AS `to_dc`,
       LEAST(`rich`.`on_hand` - 2 * `rich`.`safety_stock`, `poor`.`safety_stock` - `poor`.`on_hand`) AS `units`
FROM `position` AS `rich`, `position` AS `poor`
WHERE `rich`.`sku` = `poor`.`sku` AND `rich`.`dc` <> `poor`.`dc`
AND `rich`.`on_hand` > 2 * `rich`.`safety_stock` AND `poor`.`on_hand` < `poor`.`safety_stock`;

-- T1
CREATE TABLE `t_reorder` (
`dc` STRING, `sku` STRING, `title` STRING, `supplier_id` STRING, `order_qty` INT, `urgent` BOOLEAN,
PRIMARY KEY (`dc`, `sku`) NOT ENFORCED
) WITH ('connector'='upsert-kafka','topic'='scm.reorder','properties.bootstrap.servers'='kafka:9092','key.format'='json','value.format'='json');
-- T2
CREATE TABLE `t_transfer` (`sku` STRING, `from_dc` STRING, `to_dc` STRING, `units` INT) WITH ('connector'='print');
-- T3
CREATE TABLE `t_supplier` (
`supplier_id` STRING, `lines` BIGINT, `late_lines` BIGINT, `late_share` DECIMAL(5,2), PRIMARY KEY (`supplier_id`) NOT ENFORCED
) WITH ('connector'='jdbc','url'='jdbc:postgresql://dwh:5432/scm','table-name'='supplier_score');
-- T4
CREATE TABLE `t_expiry` (`dc` STRING, `sku` STRING, `best_before` DATE, `units` INT) WITH ('connector'='blackhole');
-- T5
CREATE TABLE `t_abc` (`dc` STRING, `abc` STRING, `articles` BIGINT, `empty_shelves` BIGINT, `mean_cover` DECIMAL(20, 2)) WITH ('connector'='print');

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `t_reorder`
SELECT `dc`, `sku`, `title`, `supplier_id`,
CAST(CEIL(14 * `per_day`) AS INT) + `safety_stock` - `on_hand` - `on_order`,
`on_hand` < `per_day` * 2
FROM `position`
WHERE `per_day` IS NOT NULL AND `on_hand` + `on_order` < `safety_stock` + 14 * `per_day`;
INSERT INTO `t_transfer` SELECT `sku`, `from_dc`, `to_dc`, `units` FROM `transfer_idea`;
INSERT INTO `t_supplier`
SELECT `l`.`supplier_id`, COUNT(*), COUNT(CASE WHEN `r`.`last_receipt` > `l`.`due` THEN 1 END),
CAST(COUNT(CASE WHEN `r`.`last_receipt` > `l`.`due` THEN 1 END) * 1.0 / COUNT(*) AS DECIMAL(5,2))
FROM `po_line` AS `l` JOIN `received` AS `r` ON `r`.`po_number` = `l`.`po_number` AND `r`.`line_no` = `l`.`line_no`
GROUP BY `l`.`supplier_id`;
INSERT INTO `t_expiry`
SELECT `dc`, `sku`, `best_before`, SUM(`delta`) FROM `movement_signed` WHERE `best_before` IS NOT NULL
GROUP BY `dc`, `sku`, `best_before` HAVING SUM(`delta`) > 0;
INSERT INTO `t_abc`
SELECT `dc`, COALESCE(`abc`, '?'), COUNT(*), SUM(CASE WHEN `on_hand` <= 0 THEN 1 ELSE 0 END), AVG(`days_cover`)
FROM `position` GROUP BY `dc`, COALESCE(`abc`, '?');
END;
