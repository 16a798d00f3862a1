SET 'execution.runtime-mode' = 'batch';
SET 'sql-client.execution.result-mode' = 'tableau';

CREATE TABLE hotel (hotel_id INT, name STRING, town STRING, stars INT) WITH ('connector' = 'filesystem', 'path' = '${data}/hotel.csv', 'format' = 'csv');
CREATE TABLE room (room_no INT, hotel_id INT, kind STRING, rate INT) WITH ('connector' = 'filesystem', 'path' = '${data}/room.csv', 'format' = 'csv');
CREATE TABLE guest (guest_id INT, name STRING, nation CHAR(2), card STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/guest.csv', 'format' = 'csv');
CREATE TABLE stay (
  stay_id INT, room_no INT, guest_id INT, arrival DATE, departure DATE, paid DECIMAL(8, 2),
  nights AS TIMESTAMPDIFF(DAY, arrival, departure)
) WITH ('connector' = 'filesystem', 'path' = '${data}/stay.csv', 'format' = 'csv');
CREATE TABLE extra (stay_id INT, what STRING, amount DECIMAL(8, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/extra.csv', 'format' = 'csv');
CREATE TABLE complaint (stay_id INT, about STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/complaint.csv', 'format' = 'csv');

CREATE TABLE report_guest (place BIGINT, guest STRING, nation STRING, stays BIGINT, nights INT, spent DECIMAL(38, 2), favourite STRING) WITH ('connector' = 'print');
CREATE TABLE report_hotel (town STRING, hotel STRING, stays BIGINT, nights INT, per_night DECIMAL(38, 2), complaint_rate DECIMAL(10, 2), above_chain BOOLEAN) WITH ('connector' = 'print');
CREATE TABLE report_extra (hotel STRING, bar DECIMAL(38, 2), spa DECIMAL(38, 2), parking DECIMAL(38, 2), breakfast DECIMAL(38, 2), total DECIMAL(38, 2)) WITH ('connector' = 'print');
CREATE TABLE report_note (kind STRING, who STRING, `value` STRING) WITH ('connector' = 'print');

EXECUTE STATEMENT SET BEGIN

-- the ten guests who left most money, with the hotel where they sleep most often
INSERT INTO report_guest
WITH extra_of_stay AS (
  SELECT stay_id, SUM(amount) AS amount FROM extra GROUP BY stay_id
),
spent AS (
  SELECT s.guest_id, COUNT(*) AS stays, SUM(s.nights) AS nights, SUM(s.paid + COALESCE(e.amount, 0)) AS spent
  FROM stay s LEFT JOIN extra_of_stay e ON e.stay_id = s.stay_id
  GROUP BY s.guest_id
),
hotel_of_guest AS (
  SELECT guest_id, hotel_id, COUNT(*) AS n
  FROM stay JOIN room ON stay.room_no = room.room_no
  GROUP BY guest_id, hotel_id
),
favourite AS (
  SELECT guest_id, hotel_id
  FROM (SELECT guest_id, hotel_id, ROW_NUMBER() OVER (PARTITION BY guest_id ORDER BY n DESC, hotel_id) AS rn FROM hotel_of_guest)
  WHERE rn = 1
),
ranked AS (
  SELECT guest_id, stays, nights, spent, ROW_NUMBER() OVER (ORDER BY spent DESC, guest_id) AS place FROM spent
)
SELECT r.place, g.name, g.nation, r.stays, CAST(r.nights AS INT), r.spent, h.name
FROM ranked r
JOIN guest g ON g.guest_id = r.guest_id
JOIN favourite f ON f.guest_id = r.guest_id
JOIN hotel h ON h.hotel_id = f.hotel_id
WHERE r.place <= 10;

-- income of a night by hotel, compared with that of the chain
INSERT INTO report_hotel
SELECT h.town, h.name, COUNT(*), CAST(SUM(s.nights) AS INT), CAST(SUM(s.paid) / SUM(s.nights) AS DECIMAL(38, 2)),
  CAST(100.0 * COUNT(c.stay_id) / COUNT(*) AS DECIMAL(10, 2)),
  SUM(s.paid) / SUM(s.nights) > (SELECT SUM(paid) / SUM(nights) FROM stay)
FROM stay s
JOIN room r ON r.room_no = s.room_no
JOIN hotel h ON h.hotel_id = r.hotel_id
LEFT JOIN (SELECT DISTINCT stay_id FROM complaint) AS c ON c.stay_id = s.stay_id
GROUP BY h.town, h.name;

INSERT INTO report_extra
SELECT h.name,
  SUM(e.amount) FILTER (WHERE e.what = 'bar'),
  SUM(e.amount) FILTER (WHERE e.what = 'spa'),
  SUM(e.amount) FILTER (WHERE e.what = 'parking'),
  SUM(e.amount) FILTER (WHERE e.what = 'breakfast'),
  SUM(e.amount)
FROM extra e, stay s, room r, hotel h
WHERE e.stay_id = s.stay_id AND s.room_no = r.room_no AND r.hotel_id = h.hotel_id
GROUP BY h.name;

-- notes: people with a gold card who never came; guests who know every hotel; stays that overlap in a room
INSERT INTO report_note
SELECT 'never came', name, card FROM guest g
WHERE card <> '' AND NOT EXISTS (SELECT 1 FROM stay WHERE stay.guest_id = g.guest_id)
UNION ALL
SELECT 'knows them all', g.name, CAST(COUNT(DISTINCT r.hotel_id) AS STRING)
FROM guest g, stay s, room r
WHERE g.guest_id = s.guest_id AND s.room_no = r.room_no
GROUP BY g.guest_id, g.name
HAVING COUNT(DISTINCT r.hotel_id) = (SELECT COUNT(*) FROM hotel)
UNION ALL
SELECT 'double booking', 'room ' || CAST(a.room_no AS STRING), CAST(a.stay_id AS STRING) || ' and ' || CAST(b.stay_id AS STRING)
FROM stay a JOIN stay b ON a.room_no = b.room_no AND a.stay_id < b.stay_id AND a.arrival < b.departure AND b.arrival < a.departure;

END;
