-- Row pattern recognition on the lifts (elevators) of an office tower.

CREATE TABLE lift_event (
  lift INT,
  kind STRING,                 -- CALL, MOVE, OPEN, CLOSE, BLOCKED
  floor_no INT,
  load_kg INT,
  happened TIMESTAMP(3),
  WATERMARK FOR happened AS happened - INTERVAL '1' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'lift', 'properties.bootstrap.servers' = 'localhost:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE door_trouble (lift INT, opened TIMESTAMP(3), closed TIMESTAMP(3), tries BIGINT) WITH ('connector' = 'print');
CREATE TABLE long_ride (lift INT, from_floor INT, to_floor INT, stops BIGINT, heaviest INT, mean_load INT, rode TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE trouble_per_hour (window_start TIMESTAMP(3), window_end TIMESTAMP(3), lift INT, n BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE no_answer (lift INT, called_at TIMESTAMP(3), floor_no INT) WITH ('connector' = 'print');

-- the door opens, is blocked again and again, and closes in the end
CREATE VIEW trouble AS
SELECT T.lift, T.opened, T.closed, T.tries, T.rt
FROM lift_event
MATCH_RECOGNIZE (
  PARTITION BY lift
  ORDER BY happened
  MEASURES
    O.happened AS opened,
    LAST(C.happened) AS closed,
    COUNT(B.lift) AS tries,
    MATCH_ROWTIME() AS rt
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (O B{3,}? C) WITHIN INTERVAL '5' MINUTE
  DEFINE
    O AS O.kind = 'OPEN',
    B AS B.kind = 'BLOCKED',
    C AS C.kind = 'CLOSE'
) AS T;

INSERT INTO door_trouble SELECT lift, opened, closed, tries FROM trouble;

INSERT INTO trouble_per_hour
SELECT window_start, window_end, lift, COUNT(*)
FROM TABLE(TUMBLE(TABLE trouble, DESCRIPTOR(rt), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, lift;

-- a ride that only goes up, with at least one stop, and then comes down
INSERT INTO long_ride
SELECT lift, from_floor, to_floor, stops, heaviest, mean_load, rode
FROM lift_event
MATCH_RECOGNIZE (
  PARTITION BY lift
  ORDER BY happened
  MEASURES
    FIRST(UP.floor_no) AS from_floor,
    LAST(UP.floor_no) AS to_floor,
    COUNT(UP.floor_no) AS stops,
    MAX(UP.load_kg) AS heaviest,
    AVG(UP.load_kg) AS mean_load,
    FIRST(UP.happened) AS rode
  AFTER MATCH SKIP TO LAST DOWN
  PATTERN (BASE UP{2,} DOWN)
  DEFINE
    UP AS (LAST(UP.floor_no, 1) IS NULL AND UP.floor_no > BASE.floor_no) OR UP.floor_no > LAST(UP.floor_no, 1),
    DOWN AS DOWN.floor_no < LAST(UP.floor_no, 1)
);

-- called, and something else happened twice before a door opened
INSERT INTO no_answer
SELECT *
FROM (SELECT lift, kind, floor_no, happened FROM lift_event WHERE kind IN ('CALL', 'OPEN', 'MOVE'))
MATCH_RECOGNIZE (
  PARTITION BY lift
  ORDER BY happened
  MEASURES ASKED.happened AS called_at, ASKED.floor_no AS floor_no
  AFTER MATCH SKIP TO NEXT ROW
  PATTERN (ASKED OTHER{2,} ANSWER)
  DEFINE
    ASKED AS ASKED.kind = 'CALL',
    OTHER AS OTHER.kind <> 'OPEN',
    ANSWER AS ANSWER.kind = 'OPEN' AND ANSWER.floor_no = ASKED.floor_no
);
