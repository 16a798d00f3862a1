CREATE TABLE `my orders` (id INT) WITH ('connector' = 'datagen');
CREATE VIEW `1st; view` AS SELECT o.id FROM `my orders`, `my orders` AS o WHERE `my orders`.id = o.id;
CREATE TABLE `out``put` (id INT) WITH ('connector' = 'blackhole');
CREATE VIEW my_orders AS SELECT 1 AS id;
INSERT INTO `out``put` SELECT id FROM `1st; view` UNION ALL SELECT id FROM my_orders;
