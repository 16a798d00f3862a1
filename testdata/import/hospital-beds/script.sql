-- Beds of a hospital: stays from admissions and discharges, occupancy by ward, and who came back soon.
CREATE TABLE admissions (
	stay INT, patient STRING, ward STRING, admitted TIMESTAMP(3), emergency BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${data}/admissions.csv', 'format' = 'csv', 'csv.allow-comments' = 'true');
CREATE TABLE discharges (
	stay INT, discharged TIMESTAMP(3), `to` STRING
) WITH ('connector' = 'filesystem', 'path' = '${data}/discharges.csv', 'format' = 'csv');
CREATE TABLE wards (ward STRING, beds INT, floor_no INT) WITH ('connector' = 'filesystem', 'path' = '${data}/wards.csv', 'format' = 'csv');

CREATE TABLE occupancy (ward STRING, taken BIGINT, beds INT, full_house BOOLEAN) WITH ('connector' = 'print');
CREATE TABLE came_back (patient STRING, first_stay INT, second_stay INT, days_between INT) WITH ('connector' = 'print');
CREATE TABLE length_of_stay (ward STRING, emergency BOOLEAN, stays BIGINT, mean_hours DOUBLE, longest BIGINT) WITH ('connector' = 'print');
CREATE TABLE empty_wards (ward STRING) WITH ('connector' = 'print');

CREATE VIEW stays AS
SELECT a.stay, a.patient, a.ward, a.emergency, a.admitted, d.discharged, d.`to`
FROM admissions AS a LEFT OUTER JOIN discharges AS d ON d.stay = a.stay;

CREATE VIEW in_bed AS SELECT stay, patient, ward FROM stays WHERE discharged IS NULL;

INSERT INTO occupancy
SELECT w.ward, COALESCE(t.taken, 0), w.beds, COALESCE(t.taken, 0) >= w.beds
FROM (SELECT ward, COUNT(*) AS taken FROM in_bed GROUP BY ward) AS t
RIGHT JOIN wards AS w ON w.ward = t.ward;

-- The same patient again within thirty days.
INSERT INTO came_back
SELECT s1.patient, s1.stay, s2.stay, CAST(TIMESTAMPDIFF(DAY, s1.discharged, s2.admitted) AS INT)
FROM stays AS s1
JOIN stays AS s2 ON s1.patient = s2.patient AND s1.stay <> s2.stay
WHERE s2.admitted > s1.discharged AND s2.admitted < s1.discharged + INTERVAL '30' DAY AND (s1.`to` IS NULL OR s1.`to` = 'home');

INSERT INTO length_of_stay
SELECT ward, emergency, COUNT(*), AVG(CAST(hours AS DOUBLE)), MAX(hours)
FROM (SELECT ward, emergency, CAST(TIMESTAMPDIFF(HOUR, admitted, discharged) AS BIGINT) AS hours FROM stays WHERE discharged IS NOT NULL) AS h
GROUP BY GROUPING SETS ((ward, emergency), (ward), ());

INSERT INTO empty_wards
SELECT ward FROM wards WHERE NOT EXISTS (SELECT * FROM in_bed WHERE in_bed.ward = wards.ward);
