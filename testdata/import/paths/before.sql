CREATE DATABASE db;
CREATE CATALOG cat WITH ('type' = 'generic_in_memory');
CREATE DATABASE cat.db;
CREATE CATALOG hive WITH ('type' = 'generic_in_memory');
CREATE DATABASE hive.`my.db`;
CREATE DATABASE hive.other;
CREATE TABLE hive.`my.db`.archive (id INT, name STRING) WITH ('connector' = 'blackhole');
CREATE TABLE hive.other.`table` (x INT) WITH ('connector' = 'datagen');
CREATE TABLE known_elsewhere (id INT) WITH ('connector' = 'blackhole');
