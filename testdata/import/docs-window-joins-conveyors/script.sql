-- Two conveyor belts are read by two cameras. What passes in the same minute belongs together.

CREATE TABLE left_belt (
  parcel STRING,
  weight DOUBLE,
  seen TIMESTAMP(3),
  WATERMARK FOR seen AS seen - INTERVAL '1' SECOND
) WITH ('connector' = 'datagen', 'fields.parcel.length' = '3');

CREATE TABLE right_belt (
  parcel STRING,
  label STRING,
  seen TIMESTAMP(3),
  WATERMARK FOR seen AS seen - INTERVAL '1' SECOND
) WITH ('connector' = 'datagen', 'fields.parcel.length' = '3');

CREATE TABLE both_sides (parcel STRING, weight DOUBLE, label STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE one_side (parcel STRING, weight DOUBLE, window_start TIMESTAMP(3), window_end TIMESTAMP(3), why STRING) WITH ('connector' = 'print');
CREATE TABLE counted (window_start TIMESTAMP(3), window_end TIMESTAMP(3), l BIGINT, r BIGINT) WITH ('connector' = 'print');

-- inner
INSERT INTO both_sides
SELECT L.parcel, L.weight, R.label, L.window_start, L.window_end
FROM (SELECT * FROM TABLE(TUMBLE(TABLE left_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) L
JOIN (SELECT * FROM TABLE(TUMBLE(TABLE right_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) R
ON L.parcel = R.parcel AND L.window_start = R.window_start AND L.window_end = R.window_end;

-- full outer
INSERT INTO both_sides
SELECT COALESCE(L.parcel, R.parcel), L.weight, R.label, COALESCE(L.window_start, R.window_start), COALESCE(L.window_end, R.window_end)
FROM (SELECT * FROM TABLE(TUMBLE(TABLE left_belt, DESCRIPTOR(seen), INTERVAL '5' MINUTE))) L
FULL JOIN (SELECT * FROM TABLE(TUMBLE(TABLE right_belt, DESCRIPTOR(seen), INTERVAL '5' MINUTE))) R
ON L.parcel = R.parcel AND L.window_start = R.window_start AND L.window_end = R.window_end;

-- semi
INSERT INTO one_side
SELECT L.parcel, L.weight, L.window_start, L.window_end, 'was on both'
FROM (SELECT * FROM TABLE(TUMBLE(TABLE left_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) L
WHERE L.parcel IN (
  SELECT R.parcel FROM (SELECT * FROM TABLE(TUMBLE(TABLE right_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) R
  WHERE L.window_start = R.window_start AND L.window_end = R.window_end);

-- anti
INSERT INTO one_side
SELECT L.parcel, L.weight, L.window_start, L.window_end, 'was on the left one only'
FROM (SELECT * FROM TABLE(TUMBLE(TABLE left_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) L
WHERE NOT EXISTS (
  SELECT * FROM (SELECT * FROM TABLE(TUMBLE(TABLE right_belt, DESCRIPTOR(seen), INTERVAL '1' MINUTE))) R
  WHERE L.parcel = R.parcel AND L.window_start = R.window_start AND L.window_end = R.window_end);

-- aggregate each side first, then join the windows
INSERT INTO counted
WITH l AS (
  SELECT window_start, window_end, COUNT(*) AS n
  FROM TABLE(HOP(TABLE left_belt, DESCRIPTOR(seen), INTERVAL '30' SECOND, INTERVAL '2' MINUTE))
  GROUP BY window_start, window_end
), r AS (
  SELECT window_start, window_end, COUNT(*) AS n
  FROM TABLE(HOP(TABLE right_belt, DESCRIPTOR(seen), INTERVAL '30' SECOND, INTERVAL '2' MINUTE))
  GROUP BY window_start, window_end
)
SELECT l.window_start, l.window_end, l.n, r.n
FROM l INNER JOIN r ON l.window_start = r.window_start AND l.window_end = r.window_end
WHERE ABS(l.n - r.n) > 10;
