-- Electricity by quarter hour, hour and day with the group windows of old, as the first version of this job had them.
CREATE TABLE meter_values (
    meter_id STRING,
    tariff STRING,
    kwh DOUBLE,
    read_at TIMESTAMP(3),
    WATERMARK FOR read_at AS read_at - INTERVAL '1' MINUTE
) WITH (
    'connector' = 'filesystem', 'path' = '${data}/meter_values.csv', 'format' = 'csv'
);

CREATE TABLE quarter_hours (meter_id STRING, tariff STRING, quarter_start TIMESTAMP(3), kwh DOUBLE) WITH ('connector' = 'print');
CREATE TABLE hourly_peak (tariff STRING, hour_start TIMESTAMP(3), hour_end TIMESTAMP(3), peak DOUBLE, meters BIGINT) WITH ('connector' = 'print');
CREATE TABLE daily_cost (meter_id STRING, `day` STRING, kwh DOUBLE, cost DECIMAL(12, 4)) WITH ('connector' = 'print');

CREATE VIEW quarter_hour AS
SELECT
    meter_id,
    tariff,
    TUMBLE_START(read_at, INTERVAL '15' MINUTE) AS quarter_start,
    TUMBLE_ROWTIME(read_at, INTERVAL '15' MINUTE) AS quarter_time,
    SUM(kwh) AS kwh
FROM meter_values
WHERE kwh >= 0
GROUP BY meter_id, tariff, TUMBLE(read_at, INTERVAL '15' MINUTE);

INSERT INTO quarter_hours
SELECT meter_id, tariff, quarter_start, kwh FROM quarter_hour;

-- hours made of quarters
INSERT INTO hourly_peak
SELECT
    tariff,
    TUMBLE_START(quarter_time, INTERVAL '1' HOUR),
    TUMBLE_END(quarter_time, INTERVAL '1' HOUR),
    MAX(kwh) * 4,
    COUNT(DISTINCT meter_id)
FROM quarter_hour
GROUP BY TUMBLE(quarter_time, INTERVAL '1' HOUR), tariff;

INSERT INTO daily_cost
SELECT
    meter_id,
    DATE_FORMAT(TUMBLE_START(quarter_time, INTERVAL '1' DAY), 'yyyy-MM-dd'),
    SUM(kwh),
    CAST(SUM(kwh * CASE tariff WHEN 'night' THEN 0.19 WHEN 'day' THEN 0.31 ELSE 0.27 END) AS DECIMAL(12, 4))
FROM quarter_hour
GROUP BY meter_id, TUMBLE(quarter_time, INTERVAL '1' DAY);
