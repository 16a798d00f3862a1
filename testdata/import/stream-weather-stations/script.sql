/* Weather stations: one stream of readings of all kinds, wide tables wanted.
   HOP, CUMULATE, a pivot by FILTER, and storms found by comparing two windows. */

CREATE TABLE reading (
    station STRING,
    kind    STRING,
    amount  DECIMAL(6, 1),
    at_time TIMESTAMP(3),
    WATERMARK FOR at_time AS at_time - INTERVAL '1' MINUTE
) WITH (
    'connector' = 'filesystem',
    'path' = '${data}/reading.csv',
    'format' = 'csv'
);

CREATE TABLE station (station STRING, place STRING, altitude INT) WITH (
    'connector' = 'filesystem', 'path' = '${data}/station.csv', 'format' = 'csv'
);

CREATE TABLE hourly (place STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), temp DECIMAL(10, 2), wind DECIMAL(10, 1), rain DECIMAL(38, 1)) WITH ('connector' = 'print');
CREATE TABLE rain_of_day (station STRING, up_to TIMESTAMP(3), rain DECIMAL(38, 1)) WITH ('connector' = 'print');
CREATE TABLE storm (station STRING, window_end TIMESTAMP(3), wind_now DECIMAL(10, 1), wind_before DECIMAL(10, 1)) WITH ('connector' = 'print');
CREATE TABLE extremes (kind STRING, `month` STRING, lowest DECIMAL(6, 1), highest DECIMAL(6, 1), n BIGINT) WITH ('connector' = 'print');

-- pivot of the kinds, half an hour apart
CREATE VIEW wide AS
SELECT
    station, window_start, window_end,
    CAST(AVG(amount) FILTER (WHERE kind = 'temp') AS DECIMAL(10, 2)) AS temp,
    MAX(amount) FILTER (WHERE kind = 'wind') AS wind,
    SUM(amount) FILTER (WHERE kind = 'rain' AND amount > 0) AS rain,
    COUNT(*) AS n
FROM TABLE(HOP(TABLE reading, DESCRIPTOR(at_time), INTERVAL '30' MINUTES, INTERVAL '60' MINUTES))
GROUP BY station, window_start, window_end;

EXECUTE STATEMENT SET
BEGIN
    INSERT INTO hourly
    SELECT s.place || ' (' || CAST(s.altitude AS STRING) || ' m)', w.window_start, w.window_end, w.temp, w.wind, w.rain
    FROM wide AS w
    INNER JOIN station AS s USING (station)
    WHERE w.n > 3;

    INSERT INTO rain_of_day
    SELECT station, window_end, SUM(amount)
    FROM TABLE(CUMULATE(TABLE reading, DESCRIPTOR(at_time), INTERVAL '3' HOURS, INTERVAL '1' DAY))
    WHERE kind = 'rain' AND amount > 0
    GROUP BY station, window_start, window_end;

    -- this hour against the hour before: the same view twice
    INSERT INTO storm
    SELECT a.station, a.window_end, a.wind, b.wind
    FROM wide AS a
    JOIN wide AS b ON a.station = b.station AND b.window_end = a.window_start
    WHERE a.wind > b.wind + 5;

    INSERT INTO extremes
    SELECT kind, DATE_FORMAT(at_time, 'yyyy-MM'), MIN(amount), MAX(amount), COUNT(*)
    FROM reading
    GROUP BY kind, DATE_FORMAT(at_time, 'yyyy-MM');
END;
