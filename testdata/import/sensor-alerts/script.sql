-- Temperature sensors: readings are cleaned, compared with the last ones, and alerts go out.
CREATE TABLE readings (
	sensor STRING,
	room STRING,
	celsius DOUBLE,
	battery INT,
	measured_at TIMESTAMP(3),
	fahrenheit AS celsius * 9 / 5 + 32,
	WATERMARK FOR measured_at AS measured_at - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/readings.csv', 'format' = 'csv', 'csv.null-literal' = 'n/a');

CREATE TABLE alerts (sensor STRING, room STRING, kind STRING, detail STRING, at_time TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE smoothed (sensor STRING, measured_at TIMESTAMP(3), celsius DOUBLE, mean_of_5 DOUBLE, jump DOUBLE) WITH ('connector' = 'blackhole');

-- A reading without a value is no reading.
CREATE VIEW clean AS
SELECT sensor, UPPER(room) AS room, celsius, fahrenheit, battery, measured_at
FROM readings
WHERE celsius IS NOT NULL AND celsius BETWEEN -40 AND 85;

-- Each reading beside the one before it.
CREATE VIEW with_jump AS
SELECT *, celsius - LAG(celsius, 1) OVER (PARTITION BY sensor ORDER BY measured_at) AS jump
FROM clean;

-- And beside the mean of the last five of its sensor.
CREATE VIEW windowed AS
SELECT
	sensor,
	room,
	celsius,
	battery,
	measured_at,
	AVG(celsius) OVER last_five AS mean_of_5,
	COUNT(*) OVER last_five AS seen,
	jump
FROM with_jump
WINDOW last_five AS (PARTITION BY sensor ORDER BY measured_at ROWS BETWEEN 4 PRECEDING AND CURRENT ROW);

EXECUTE STATEMENT SET BEGIN
INSERT INTO smoothed SELECT sensor, measured_at, celsius, ROUND(mean_of_5, 2), ROUND(jump, 2) FROM windowed;
INSERT INTO alerts
SELECT sensor, room, 'too hot', CONCAT(CAST(celsius AS STRING), ' C, mean ', CAST(ROUND(mean_of_5, 1) AS STRING)), measured_at
FROM windowed
WHERE celsius > 28 AND seen = 5
UNION ALL
SELECT sensor, room, 'jump', CAST(ROUND(jump, 2) AS STRING), measured_at
FROM windowed
WHERE ABS(jump) >= 4
UNION ALL
SELECT sensor, room, 'battery', CAST(battery AS STRING) || ' %', measured_at
FROM clean
WHERE battery < 10;
END;
