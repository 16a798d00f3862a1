CREATE TABLE db.orders (id INT, v INT) WITH ('connector' = 'datagen');
CREATE TABLE cat.db.`out put` (id INT) WITH ('connector' = 'blackhole');
CREATE VIEW db.late AS SELECT o.id FROM db.orders AS o WHERE v > 1;
INSERT INTO cat.db.`out put` SELECT orders.id FROM db.orders JOIN db.late ON orders.id = late.id;
INSERT INTO hive.`my.db`.archive (id) SELECT id FROM db.late, hive.other.`table` AS x;
INSERT INTO known_elsewhere SELECT * FROM db.late;
