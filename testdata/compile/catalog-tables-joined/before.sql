CREATE TABLE default_catalog.default_database.`my.orders` (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'datagen');
CREATE TABLE default_catalog.default_database.archive (id INT, name STRING) WITH ('connector' = 'blackhole');
