CREATE TEMPORARY TABLE all_readings (meter STRING, kind STRING, state STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
