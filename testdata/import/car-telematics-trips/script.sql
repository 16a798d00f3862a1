-- Trips of rental cars out of their telematics: from the engine's start to its stop, hard brakes inside, and fuel.
CREATE TABLE signals (
  car STRING,
  speed INT,
  engine_on BOOLEAN,
  fuel DOUBLE,
  `at` TIMESTAMP(3),
  WATERMARK FOR `at` AS `at` - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/signals.csv', 'format' = 'csv');

CREATE TABLE trips (car STRING, started TIMESTAMP(3), ended TIMESTAMP(3), points BIGINT, top_speed INT, fuel_used DOUBLE) WITH ('connector' = 'print');
CREATE TABLE hard_brakes (car STRING, `at` TIMESTAMP(3), v_before INT, v_after INT) WITH ('connector' = 'print');
CREATE TABLE driver_score (car STRING, trips BIGINT, brakes BIGINT, score DOUBLE) WITH ('connector' = 'print');

CREATE VIEW trip AS
SELECT * FROM signals
MATCH_RECOGNIZE (
  PARTITION BY car
  ORDER BY `at`
  MEASURES
    FIRST(driving.`at`) AS started,
    stopped.`at` AS ended,
    COUNT(driving.car) AS points,
    MAX(driving.speed) AS top_speed,
    FIRST(driving.fuel) - stopped.fuel AS fuel_used
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (driving{2,} stopped)
  DEFINE
    driving AS driving.engine_on,
    stopped AS NOT stopped.engine_on
);

CREATE VIEW brake AS
SELECT car, `at`, v_before, v_after
FROM signals MATCH_RECOGNIZE (
  PARTITION BY car ORDER BY `at`
  MEASURES braking.`at` AS `at`, fast.speed AS v_before, LAST(braking.speed) AS v_after
  ONE ROW PER MATCH AFTER MATCH SKIP TO LAST braking
  PATTERN (fast slower*? braking) WITHIN INTERVAL '2' MINUTE
  DEFINE
    fast AS fast.speed > 60,
    slower AS slower.speed < LAST(slower.speed, 1) OR LAST(slower.speed, 1) IS NULL,
    braking AS braking.speed < fast.speed - 30
) AS m;

INSERT INTO trips SELECT car, started, ended, points, top_speed, fuel_used FROM trip;
INSERT INTO hard_brakes SELECT * FROM brake;
INSERT INTO driver_score
SELECT t.car, t.n, COALESCE(b.n, 0), 100 - 10.0E0 * COALESCE(b.n, 0) / t.n
FROM (SELECT car, COUNT(*) AS n FROM trip GROUP BY car) AS t
LEFT JOIN (SELECT car, COUNT(*) AS n FROM brake GROUP BY car) AS b ON t.car = b.car;
