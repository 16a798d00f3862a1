CREATE TEMPORARY TABLE shop_rates (city STRING, rate DOUBLE) WITH ('connector' = 'datagen');
