-- AIRLINE OPERATIONS CONTROL: delays, turnarounds, missed connections, airport boards
-- (this file is deployed by CI; please keep one statement per change request)

SET 'pipeline.name' = 'ops-control';
SET 'execution.checkpointing.interval' = '30s';
SET 'state.backend.type' = 'rocksdb';
SET 'table.exec.state.ttl' = '2 d';

CREATE CATALOG ops WITH ('type' = 'generic_in_memory', 'default-database' = 'live');
USE CATALOG ops;
CREATE DATABASE IF NOT EXISTS refdata COMMENT 'slowly changing reference data';
CREATE DATABASE IF NOT EXISTS sinks;

-- CR-101: airports
CREATE TABLE refdata.airport (
  iata CHAR(3) NOT NULL,
  icao CHAR(4),
  city STRING,
  country CHAR(2),
  utc_offset_min INT,
  min_connect_min INT,
  PRIMARY KEY (iata) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = 'file:///mnt/ref/airports',
  'format' = 'csv'
);

-- CR-102: fleet
CREATE TABLE refdata.aircraft (
  tail STRING,
  type_code STRING,
  seats ROW<f SMALLINT, c SMALLINT, y SMALLINT>,
  min_turn_min INT,
  updated TIMESTAMP_LTZ(3),
  WATERMARK FOR updated AS updated,
  PRIMARY KEY (tail) NOT ENFORCED
) WITH (
  'connector' = 'kafka',
  'topic' = 'mx.fleet',
  'properties.bootstrap.servers' = 'kafka.ops:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'debezium-json'
);

-- CR-103: movements (OUT, OFF, ON, IN) of the aircraft
CREATE TABLE movement (
  flight_key STRING,              -- e.g. XQ0815/2025-05-01/FRA
  tail STRING,
  event STRING,                   -- OUT | OFF | ON | IN
  station CHAR(3),
  event_ms BIGINT,
  delay_codes ARRAY<ROW<code STRING, minutes INT>>,
  event_ts AS TO_TIMESTAMP_LTZ(event_ms, 3),
  WATERMARK FOR event_ts AS event_ts - INTERVAL '3' MINUTE
) WITH (
  'connector' = 'kafka',
  'topic' = 'acars.movement',
  'properties.bootstrap.servers' = 'kafka.ops:9092',
  'properties.group.id' = 'ops-control',
  'scan.startup.mode' = 'group-offsets',
  'format' = 'json'
);

-- CR-104: schedule; a change overwrites the plan
CREATE TABLE schedule (
  flight_key STRING,
  carrier CHAR(2),
  flight_no SMALLINT,
  origin CHAR(3),
  destination CHAR(3),
  std TIMESTAMP_LTZ(3),
  sta TIMESTAMP_LTZ(3),
  tail STRING,
  status STRING,
  PRIMARY KEY (flight_key) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'ops.schedule',
  'properties.bootstrap.servers' = 'kafka.ops:9092',
  'key.format' = 'raw',
  'value.format' = 'json',
  'value.fields-include' = 'EXCEPT_KEY'
);

-- CR-105: who changes from which flight to which
CREATE TABLE passenger_connection (
  pnr STRING,
  pax_count INT,
  in_flight STRING,
  out_flight STRING,
  tier STRING,
  PRIMARY KEY (pnr, in_flight, out_flight) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'pss.connection',
  'properties.bootstrap.servers' = 'kafka.ops:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);

-- CR-110
CREATE VIEW off_block AS
SELECT flight_key, tail, station, event_ts FROM movement WHERE event = 'OUT';

CREATE VIEW on_block AS
SELECT flight_key, tail, station, event_ts FROM movement WHERE event = 'IN';

-- CR-111: one line for each flight that has left, with its delay
CREATE VIEW departure AS
SELECT s.flight_key, s.carrier, s.flight_no, s.origin, s.destination, s.std, o.event_ts AS atd,
       TIMESTAMPDIFF(MINUTE, s.std, o.event_ts) AS dep_delay
FROM off_block o, schedule s
WHERE o.flight_key = s.flight_key AND o.station = s.origin AND s.status <> 'CNL';

CREATE VIEW arrival AS
SELECT s.flight_key, s.carrier, s.flight_no, s.origin, s.destination, s.sta, i.event_ts AS ata,
       TIMESTAMPDIFF(MINUTE, s.sta, i.event_ts) AS arr_delay
FROM on_block i, schedule s
WHERE i.flight_key = s.flight_key AND i.station = s.destination;

-- CR-112: time on the ground between IN and OUT of the same tail at the same station
CREATE VIEW turnaround AS
SELECT i.tail, i.station, i.flight_key AS in_flight, o.flight_key AS out_flight,
       i.event_ts AS in_ts, o.event_ts AS out_ts,
       TIMESTAMPDIFF(MINUTE, i.event_ts, o.event_ts) AS ground_min
FROM on_block i
JOIN off_block o
  ON i.tail = o.tail AND i.station = o.station
 AND o.event_ts BETWEEN i.event_ts AND i.event_ts + INTERVAL '8' HOUR;

-- CR-113: delay codes, one row for each code
CREATE VIEW delay_reason AS
SELECT m.flight_key, m.station, m.event_ts, d.code, d.minutes,
       CASE
         WHEN d.code BETWEEN '11' AND '18' THEN 'passenger and baggage'
         WHEN d.code BETWEEN '31' AND '39' THEN 'ramp'
         WHEN d.code BETWEEN '41' AND '48' THEN 'technical'
         WHEN d.code BETWEEN '71' AND '77' THEN 'weather'
         WHEN d.code BETWEEN '81' AND '89' THEN 'airport and air traffic'
         ELSE 'other'
       END AS reason
FROM movement AS m
CROSS JOIN UNNEST(m.delay_codes) AS d (code, minutes)
WHERE m.event = 'OUT' AND d.minutes > 0;

-- CR-114: connections at risk: arrival later than the next departure minus the minimum of the airport
CREATE VIEW connection_at_risk AS
SELECT c.pnr, c.pax_count, c.tier, a.destination AS hub, c.in_flight, c.out_flight,
       TIMESTAMPDIFF(MINUTE, a.ata, following.std) AS minutes_left,
       ap.min_connect_min
FROM passenger_connection c
JOIN arrival a ON a.flight_key = c.in_flight
JOIN schedule AS following ON following.flight_key = c.out_flight
JOIN refdata.airport ap ON ap.iata = a.destination
WHERE TIMESTAMPDIFF(MINUTE, a.ata, following.std) < ap.min_connect_min
  AND following.status <> 'CNL';

-- CR-115: board = latest word on each flight
CREATE VIEW last_word AS
SELECT flight_key, event, station, event_ts
FROM (
  SELECT flight_key, event, station, event_ts,
         ROW_NUMBER() OVER (PARTITION BY flight_key ORDER BY event_ts DESC) AS n
  FROM movement
) ranked
WHERE ranked.n = 1;

CREATE VIEW board AS
SELECT
  s.origin, s.destination, s.carrier || LPAD(CAST(s.flight_no AS STRING), 4, '0') AS flight,
  s.std, s.sta,
  CASE
    WHEN s.status = 'CNL' THEN 'cancelled'
    WHEN w.event IS NULL THEN 'scheduled'
    WHEN w.event = 'OUT' THEN 'off block'
    WHEN w.event = 'OFF' THEN 'airborne'
    WHEN w.event = 'ON' THEN 'landed'
    ELSE 'arrived'
  END AS remark,
  w.event_ts AS since
FROM schedule s
LEFT OUTER JOIN last_word w ON w.flight_key = s.flight_key;

-- sinks -----------------------------------------------------------------------
CREATE TABLE sinks.punctuality (
  carrier CHAR(2), origin CHAR(3), departures BIGINT, on_time BIGINT, on_time_pct DECIMAL(5, 1), worst INT,
  PRIMARY KEY (carrier, origin) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://dwh:5432/ops', 'table-name' = 'punctuality');

CREATE TABLE sinks.tight_turn (
  tail STRING, type_code STRING, station CHAR(3), in_flight STRING, out_flight STRING, ground_min INT, planned_min INT
) WITH ('connector' = 'kafka', 'topic' = 'ops.tight-turn', 'properties.bootstrap.servers' = 'kafka.ops:9092', 'format' = 'json');

CREATE TABLE sinks.delay_minutes (
  window_start TIMESTAMP(3), window_end TIMESTAMP(3), station STRING, reason STRING, flights BIGINT, minutes BIGINT, grouping_no BIGINT
) WITH ('connector' = 'print');

CREATE TABLE sinks.misconnect (
  hub CHAR(3), out_flight STRING, pax INT, top_tier BIGINT, least_minutes INT,
  PRIMARY KEY (hub, out_flight) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'ops.misconnect', 'properties.bootstrap.servers' = 'kafka.ops:9092',
        'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE sinks.`board` (
  origin CHAR(3), destination CHAR(3), flight STRING, std TIMESTAMP_LTZ(3), sta TIMESTAMP_LTZ(3), remark STRING, since TIMESTAMP_LTZ(3)
) WITH ('connector' = 'blackhole');

-- go --------------------------------------------------------------------------
EXECUTE STATEMENT SET BEGIN

INSERT INTO sinks.punctuality
SELECT carrier, origin, COUNT(*) AS departures,
       COUNT(*) FILTER (WHERE dep_delay <= 15) AS on_time,
       CAST(100.0 * COUNT(*) FILTER (WHERE dep_delay <= 15) / COUNT(*) AS DECIMAL(5, 1)),
       MAX(dep_delay)
FROM departure
GROUP BY carrier, origin;

-- which aircraft type was it, as the fleet list stood at that time
INSERT INTO ops.sinks.tight_turn
SELECT t.tail, f.type_code, t.station, t.in_flight, t.out_flight, CAST(t.ground_min AS INT), f.min_turn_min
FROM turnaround AS t
JOIN refdata.aircraft FOR SYSTEM_TIME AS OF t.in_ts AS f ON f.tail = t.tail
WHERE t.ground_min < f.min_turn_min;

INSERT INTO sinks.delay_minutes
SELECT window_start, window_end, station, reason, COUNT(DISTINCT flight_key), SUM(minutes), GROUPING_ID(station, reason)
FROM TABLE(HOP(TABLE delay_reason, DESCRIPTOR(event_ts), INTERVAL '10' MINUTE, INTERVAL '1' HOUR))
GROUP BY window_start, window_end, GROUPING SETS ((station, reason), (station), (reason), ());

INSERT INTO sinks.misconnect
SELECT hub, out_flight, SUM(pax_count), COUNT(*) FILTER (WHERE tier IN ('GOLD', 'HON')), MIN(minutes_left)
FROM connection_at_risk
GROUP BY hub, out_flight;

INSERT INTO sinks.`board` SELECT * FROM board;

END;
