CREATE TEMPORARY VIEW readings AS
SELECT *
FROM default_catalog.default_database.all_readings /*+ OPTIONS('number-of-rows' = '20', 'rows-per-second' = '5') */;

CREATE TEMPORARY VIEW high AS
SELECT *
FROM readings
WHERE state > 3;

EXECUTE STATEMENT SET
BEGIN
-- Written by one task
INSERT INTO default_catalog.default_database.archive /*+ OPTIONS('sink.parallelism' = '1') */
SELECT *
FROM high;
END;
