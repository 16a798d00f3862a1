-- Tables that are made of queries, as tutorials make them.
CREATE TABLE sensor (
  id INT NOT NULL,
  name STRING,
  reading DOUBLE,
  taken TIMESTAMP(3),
  broken AS reading IS NULL,
  WATERMARK FOR taken AS taken - INTERVAL '5' SECOND
) WITH ('connector' = 'datagen', 'number-of-rows' = '10');
CREATE TABLE place (sensor_id INT, room STRING) WITH ('connector' = 'datagen', 'number-of-rows' = '10');
CREATE TABLE sensor_print WITH ('connector' = 'print') LIKE sensor (EXCLUDING ALL);

-- what is too cold
CREATE TABLE cold_sensor WITH ('connector' = 'blackhole') AS
SELECT id, name, CAST(reading AS DECIMAL(6, 2)) AS celsius FROM sensor WHERE reading < 0;

CREATE TABLE rooms (PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'blackhole') AS
SELECT s.id, COUNT(*) AS readings, COUNT(DISTINCT p.room) AS rooms
FROM sensor s JOIN place p ON p.sensor_id = s.id
GROUP BY s.id;

CREATE TABLE journal (written TIMESTAMP_LTZ(3), name STRING) WITH ('connector' = 'blackhole') AS
SELECT name, taken FROM sensor;

-- SUM's type is the engine's to say
CREATE TABLE sums WITH ('connector' = 'blackhole') AS SELECT id, SUM(reading) AS total FROM sensor GROUP BY id;

INSERT INTO sensor_print (id, name, reading, taken) SELECT id, name, reading, taken FROM sensor;
INSERT INTO sensor_print (id, name) SELECT id, UPPER(name) FROM sensor WHERE reading > 100;

-- a column too many
INSERT INTO cold_sensor SELECT id, name, CAST(reading AS DECIMAL(6, 2)) AS celsius, taken FROM sensor;
