CREATE TABLE orders (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
CREATE TABLE done (id INT, name STRING) WITH ('connector' = 'blackhole');

CREATE VIEW `day` AS SELECT id, name FROM orders WHERE EXTRACT(DAY FROM ts) > 1 AND name IS DISTINCT FROM 'FROM done';
-- renamed columns
CREATE TEMPORARY VIEW renamed (`user`, `two words`) AS
SELECT id, TRIM(LEADING 'x' FROM name) FROM `day` -- all of it
;
CREATE VIEW IF NOT EXISTS commented COMMENT 'words' AS (SELECT * FROM renamed UNION ALL SELECT * FROM renamed);
INSERT INTO done SELECT * FROM commented;
