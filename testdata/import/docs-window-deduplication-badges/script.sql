-- Badge readers at the doors send the same badge several times.
-- Kept: the first (or last) of each badge in each window, or of all time.

CREATE TABLE badge (
  door INT,
  badge_no CHAR(8),
  granted BOOLEAN,
  read_at TIMESTAMP(3),
  arrived AS PROCTIME(),
  WATERMARK FOR read_at AS read_at
) WITH (
  'connector' = 'kafka',
  'topic' = 'badge',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'latest-offset',
  'format' = 'csv'
);

CREATE TABLE first_in_window (badge_no CHAR(8), door INT, read_at TIMESTAMP(3), window_start TIMESTAMP(3), window_end TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE last_in_window (badge_no CHAR(8), door INT, read_at TIMESTAMP(3), window_start TIMESTAMP(3), window_end TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE last_known_door (badge_no CHAR(8), door INT, read_at TIMESTAMP(3), PRIMARY KEY (badge_no) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'where', 'properties.bootstrap.servers' = 'localhost:9092', 'key.format' = 'csv', 'value.format' = 'json');
CREATE TABLE first_ever (badge_no CHAR(8), door INT) WITH ('connector' = 'kafka', 'topic' = 'first', 'properties.bootstrap.servers' = 'localhost:9092', 'format' = 'json');
CREATE TABLE people_per_door (window_start TIMESTAMP(3), window_end TIMESTAMP(3), door INT, people BIGINT) WITH ('connector' = 'print');

CREATE VIEW granted_badge AS SELECT door, badge_no, read_at, arrived FROM badge WHERE granted;

-- keep the first of the window
INSERT INTO first_in_window
SELECT badge_no, door, read_at, window_start, window_end
FROM (
  SELECT badge_no, door, read_at, window_start, window_end,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end, badge_no ORDER BY read_at ASC) AS rownum
  FROM TABLE(TUMBLE(TABLE granted_badge, DESCRIPTOR(read_at), INTERVAL '5' MINUTES))
)
WHERE rownum <= 1;

-- keep the last of the window, and count what was kept
CREATE VIEW last_of_window AS
SELECT badge_no, door, read_at, window_start, window_end
FROM (
  SELECT badge_no, door, read_at, window_start, window_end,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end, badge_no ORDER BY read_at DESC) AS rownum
  FROM TABLE(TUMBLE(TABLE granted_badge, DESCRIPTOR(read_at), INTERVAL '5' MINUTES))
)
WHERE rownum = 1;

INSERT INTO last_in_window SELECT badge_no, door, read_at, window_start, window_end FROM last_of_window;

INSERT INTO people_per_door
SELECT window_start, window_end, door, COUNT(*)
FROM last_of_window
GROUP BY window_start, window_end, door;

-- without a window: last by event time, an upsert
INSERT INTO last_known_door
SELECT badge_no, door, read_at
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY badge_no ORDER BY read_at DESC) AS rownum FROM granted_badge)
WHERE rownum = 1;

-- without a window: first by processing time, append-only
INSERT INTO first_ever
SELECT badge_no, door
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY badge_no ORDER BY arrived) AS rownum FROM granted_badge)
WHERE rownum = 1;
