CREATE TEMPORARY TABLE all_readings (meter STRING, state INT) WITH ('connector' = 'datagen');
CREATE TEMPORARY TABLE archive (meter STRING, state INT) WITH ('connector' = 'print');
