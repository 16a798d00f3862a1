CREATE TEMPORARY TABLE all_logins (who STRING, good BOOLEAN, `at` AS PROCTIME()) WITH ('connector' = 'datagen');
