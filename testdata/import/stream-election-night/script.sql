-- Election night. Two counting offices, corrections, and a table of districts.
-- Written years ago: group windows in the old way (TUMBLE in the GROUP BY), still in use.
SET 'pipeline.name' = 'election-night';

CREATE TABLE count_north (district STRING, party STRING, votes INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${data}/count_north.csv', 'format' = 'csv');

CREATE TABLE count_south WITH ('path' = '${data}/count_south.csv') LIKE count_north (INCLUDING ALL OVERWRITING OPTIONS);

CREATE TABLE correction WITH ('path' = '${data}/correction.csv') LIKE count_north (INCLUDING ALL OVERWRITING OPTIONS);

CREATE TABLE district (district STRING, title STRING, voters INT)
WITH ('connector' = 'filesystem', 'path' = '${data}/district.csv', 'format' = 'csv');

CREATE VIEW report AS
(SELECT 'north' AS office, district, party, votes, ts FROM count_north)
UNION ALL
(SELECT 'south' AS office, district, party, votes, ts FROM count_south)
UNION ALL
(SELECT CASE SUBSTRING(district, 1, 1) WHEN 'N' THEN 'north' ELSE 'south' END AS office, district, party, votes, ts FROM correction);

CREATE VIEW party_district AS
SELECT district, party, SUM(votes) AS votes FROM report GROUP BY district, party;

CREATE TABLE tv_graphic (office STRING, party STRING, from_time TIMESTAMP(3), to_time TIMESTAMP(3), votes INT) WITH ('connector' = 'print');
CREATE TABLE running_total (up_to TIMESTAMP(3), party STRING, votes INT) WITH ('connector' = 'print');
CREATE TABLE winner (title STRING, party STRING, votes INT, share DECIMAL(6, 2), turnout DECIMAL(6, 2)) WITH ('connector' = 'print');
CREATE TABLE silent_party (district STRING, party STRING) WITH ('connector' = 'print');
CREATE TABLE pace (office STRING, from_time TIMESTAMP(3), reports BIGINT) WITH ('connector' = 'print');

EXECUTE STATEMENT SET
BEGIN

INSERT INTO tv_graphic
SELECT office, party, TUMBLE_START(ts, INTERVAL '15' MINUTE), TUMBLE_END(ts, INTERVAL '15' MINUTE), SUM(votes)
FROM report
GROUP BY office, party, TUMBLE(ts, INTERVAL '15' MINUTE);

INSERT INTO pace
SELECT office, HOP_START(ts, INTERVAL '10' MINUTE, INTERVAL '30' MINUTE), COUNT(*)
FROM report
WHERE votes > 0
GROUP BY HOP(ts, INTERVAL '10' MINUTE, INTERVAL '30' MINUTE), office;

INSERT INTO running_total
SELECT window_end, party, SUM(votes)
FROM TABLE(CUMULATE(TABLE report, DESCRIPTOR(ts), INTERVAL '30' MINUTE, INTERVAL '6' HOUR))
GROUP BY window_start, window_end, party;

INSERT INTO winner
WITH total AS (
  SELECT district, SUM(votes) AS votes FROM party_district GROUP BY district
),
first_place AS (
  SELECT district, party, votes
  FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY district ORDER BY votes DESC, party) AS n FROM party_district)
  WHERE n = 1
)
SELECT d.title, f.party, f.votes, CAST(100.0 * f.votes / t.votes AS DECIMAL(6, 2)), CAST(100.0 * t.votes / d.voters AS DECIMAL(6, 2))
FROM first_place AS f
JOIN total AS t ON t.district = f.district
JOIN district AS d ON d.district = f.district;

-- parties without a single vote in a district
INSERT INTO silent_party
SELECT d.district, p.party
FROM district AS d
CROSS JOIN (SELECT DISTINCT party FROM report) AS p
WHERE NOT EXISTS (SELECT 1 FROM party_district AS x WHERE x.district = d.district AND x.party = p.party);

END;
