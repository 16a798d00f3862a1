-- =====================================================================
--  Ward monitor, University Hospital
--  -------------------------------------------------------------------
--  Feeds: HL7 ADT messages (admit, discharge, transfer) already in JSON,
--         vital signs of the bedside monitors, laboratory results,
--         orders of medicines.
--  Gives: occupancy of the wards, early warning score, sepsis hints,
--         late medicines, laboratory turn-round times.
--  No patient names pass this job; `mrn` is the pseudonym.
-- =====================================================================
SET 'pipeline.name' = 'ward-monitor';
SET 'execution.checkpointing.interval' = '20 s';
SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE';
SET 'table.exec.source.idle-timeout' = '1 min';
SET 'table.exec.state.ttl' = '14 d';

-- ADT ------------------------------------------------------------------
CREATE TABLE adt
(
	message_id   STRING,
	`type`       STRING COMMENT 'A01 admit, A02 transfer, A03 discharge',
	patient      ROW<mrn STRING, birth DATE, sex CHAR(1)>,
	`location`   ROW<ward STRING, room STRING, bed STRING>,
	happened     TIMESTAMP(3),
	WATERMARK FOR happened AS happened - INTERVAL '30' SECOND
)
WITH
(
	'connector' = 'kafka',
	'topic' = 'hl7.adt',
	'properties.bootstrap.servers' = 'kafka.hospital:9092',
	'properties.group.id' = 'ward-monitor',
	'scan.startup.mode' = 'earliest-offset',
	'format' = 'json'
);

-- Monitors: one message each minute with everything the bedside knows
CREATE TABLE vitals
(
	device     STRING,
	mrn        STRING,
	`values`   MAP<STRING, DOUBLE>,
	taken      TIMESTAMP(3),
	heart_rate AS `values`['HR'],
	resp_rate  AS `values`['RR'],
	spo2       AS `values`['SpO2'],
	systolic   AS `values`['NIBP_SYS'],
	temp       AS `values`['T1'],
	WATERMARK FOR taken AS taken - INTERVAL '1' MINUTE
)
WITH
(
	'connector' = 'kafka',
	'topic' = 'monitor.vitals',
	'properties.bootstrap.servers' = 'kafka.hospital:9092',
	'properties.group.id' = 'ward-monitor',
	'scan.startup.mode' = 'latest-offset',
	'format' = 'json'
);

CREATE TABLE lab
(
	order_no   STRING,
	mrn        STRING,
	`test`     STRING,
	stage      STRING COMMENT 'ordered, received, resulted',
	`result`   STRING,
	`at`       TIMESTAMP(3),
	WATERMARK FOR `at` AS `at` - INTERVAL '2' MINUTE
)
WITH
(
	'connector' = 'kafka',
	'topic' = 'lis.events',
	'properties.bootstrap.servers' = 'kafka.hospital:9092',
	'properties.group.id' = 'ward-monitor',
	'scan.startup.mode' = 'latest-offset',
	'format' = 'json'
);

CREATE TABLE medicine_due
(
	due_id STRING, mrn STRING, drug STRING, due TIMESTAMP(3),
	WATERMARK FOR due AS due - INTERVAL '5' SECOND
)
WITH ('connector' = 'kafka', 'topic' = 'emar.due', 'properties.bootstrap.servers' = 'kafka.hospital:9092',
      'scan.startup.mode' = 'latest-offset', 'format' = 'json');

CREATE TABLE medicine_given
(
	due_id STRING, nurse STRING, given TIMESTAMP(3),
	WATERMARK FOR given AS given - INTERVAL '5' SECOND
)
WITH ('connector' = 'kafka', 'topic' = 'emar.given', 'properties.bootstrap.servers' = 'kafka.hospital:9092',
      'scan.startup.mode' = 'latest-offset', 'format' = 'json');

CREATE TABLE ward
(
	ward STRING, title STRING, beds INT, is_icu BOOLEAN,
	PRIMARY KEY (ward) NOT ENFORCED
)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://pas:5432/ref', 'table-name' = 'ward');

-- Where is everybody? ---------------------------------------------------
CREATE VIEW adt_flat AS
SELECT
	adt.patient.mrn AS mrn,
	adt.`type` AS kind,
	adt.`location`.ward AS ward,
	adt.`location`.room || '-' || adt.`location`.bed AS bed,
	adt.patient.birth AS birth,
	happened
FROM adt
WHERE `type` IN ('A01', 'A02', 'A03');

CREATE VIEW whereabouts AS
SELECT mrn, kind, ward, bed, birth, happened
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY mrn ORDER BY happened DESC) rn FROM adt_flat)
WHERE rn = 1;

CREATE VIEW inpatient AS
SELECT mrn, ward, bed, birth, happened AS since
FROM whereabouts
WHERE kind <> 'A03';

CREATE VIEW occupancy AS
SELECT ward, COUNT(*) AS taken_beds, MIN(since) AS longest_since
FROM inpatient
GROUP BY ward;

-- Early warning score, a simple home-grown one --------------------------
CREATE VIEW vitals_scored AS
SELECT
	mrn, taken, heart_rate, resp_rate, spo2, systolic, temp,
	CASE WHEN heart_rate IS NULL THEN 0 WHEN heart_rate <= 40 OR heart_rate >= 131 THEN 3
	     WHEN heart_rate >= 111 THEN 2 WHEN heart_rate <= 50 OR heart_rate >= 91 THEN 1 ELSE 0 END
	+
	CASE WHEN resp_rate IS NULL THEN 0 WHEN resp_rate <= 8 OR resp_rate >= 25 THEN 3
	     WHEN resp_rate >= 21 THEN 2 WHEN resp_rate <= 11 THEN 1 ELSE 0 END
	+
	CASE WHEN spo2 IS NULL THEN 0 WHEN spo2 <= 91 THEN 3 WHEN spo2 <= 93 THEN 2 WHEN spo2 <= 95 THEN 1 ELSE 0 END
	+
	CASE WHEN systolic IS NULL THEN 0 WHEN systolic <= 90 OR systolic >= 220 THEN 3
	     WHEN systolic <= 100 THEN 2 WHEN systolic <= 110 THEN 1 ELSE 0 END
	AS score
FROM vitals;

-- smooth it: worst and mean of ten minutes, every two minutes
CREATE VIEW score_window AS
SELECT
	window_start, window_end, window_time, mrn,
	MAX(score) AS worst, AVG(CAST(score AS DOUBLE)) AS mean, COUNT(*) AS samples,
	MAX(temp) AS temp_max
FROM TABLE(
	HOP(TABLE vitals_scored, DESCRIPTOR(taken), INTERVAL '2' MINUTES, INTERVAL '10' MINUTES)
)
GROUP BY window_start, window_end, window_time, mrn;

CREATE VIEW score_high AS
SELECT window_end, mrn, worst, mean, temp_max
FROM score_window
WHERE samples >= 5 AND (worst >= 7 OR mean > 4.5);

-- Deterioration: three rises in a row without a fall --------------------
CREATE VIEW deterioration AS
SELECT mrn, first_at, last_at, first_score, last_score
FROM vitals_scored
MATCH_RECOGNIZE (
	PARTITION BY mrn
	ORDER BY taken
	MEASURES
		FIRST(UP.taken) AS first_at,
		LAST(UP.taken) AS last_at,
		CALM.score AS first_score,
		LAST(UP.score) AS last_score
	ONE ROW PER MATCH
	AFTER MATCH SKIP PAST LAST ROW
	PATTERN (CALM UP{3}) WITHIN INTERVAL '1' HOUR
	DEFINE
		CALM AS CALM.score <= 3,
		UP AS UP.score > COALESCE(LAST(UP.score, 1), CALM.score)
) AS m;

-- Laboratory ------------------------------------------------------------
CREATE VIEW lab_turn_round AS
SELECT
	o.order_no, o.mrn, o.`test`,
	o.`at` AS ordered_at,
	r.`at` AS resulted_at,
	TIMESTAMPDIFF(MINUTE, o.`at`, r.`at`) AS minutes,
	TRY_CAST(r.`result` AS DOUBLE) AS numeric_result
FROM (SELECT * FROM lab WHERE stage = 'ordered') AS o
JOIN (SELECT * FROM lab WHERE stage = 'resulted') AS r
	ON o.order_no = r.order_no
	AND r.`at` >= o.`at` AND r.`at` <= o.`at` + INTERVAL '12' HOUR;

CREATE VIEW lactate_high AS
SELECT mrn, resulted_at, numeric_result AS lactate
FROM lab_turn_round
WHERE UPPER(`test`) = 'LACTATE' AND numeric_result > 2.0;

-- Medicines that nobody gave within the half hour -------------------------
CREATE VIEW medicine_late AS
SELECT d.due_id, d.mrn, d.drug, d.due, g.nurse, g.given
FROM medicine_due AS d
LEFT JOIN medicine_given AS g
	ON d.due_id = g.due_id
	AND g.given BETWEEN d.due - INTERVAL '60' MINUTE AND d.due + INTERVAL '30' MINUTE
WHERE g.due_id IS NULL;

-- Sinks -------------------------------------------------------------------
CREATE TABLE s_occupancy
(
	ward STRING, title STRING, taken BIGINT, beds INT, `free` BIGINT, `percent` INT,
	PRIMARY KEY (ward) NOT ENFORCED
)
WITH ('connector' = 'upsert-kafka', 'topic' = 'ward.occupancy', 'properties.bootstrap.servers' = 'kafka.hospital:9092',
      'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE s_alert
(
	kind STRING, mrn STRING, `at` TIMESTAMP(3), detail STRING
)
WITH ('connector' = 'kafka', 'topic' = 'ward.alert', 'properties.bootstrap.servers' = 'kafka.hospital:9092', 'format' = 'json');

CREATE TABLE s_sepsis
(
	mrn STRING, ward STRING, bed STRING, lactate DOUBLE, worst_score INT, temp_max DOUBLE
)
WITH ('connector' = 'print', 'print-identifier' = 'SEPSIS');

CREATE TABLE s_lab
(
	`hour` TIMESTAMP(3), `test` STRING, n BIGINT, mean_minutes DOUBLE, slow BIGINT
)
WITH ('connector' = 'blackhole');

BEGIN STATEMENT SET;

INSERT INTO s_occupancy
SELECT w.ward, w.title, COALESCE(o.taken_beds, 0), w.beds, w.beds - COALESCE(o.taken_beds, 0),
       CAST(100 * COALESCE(o.taken_beds, 0) / w.beds AS INT)
FROM ward w
LEFT JOIN occupancy o ON o.ward = w.ward;

-- all alerts on one topic
INSERT INTO s_alert (kind, mrn, `at`, detail)
SELECT 'SCORE', mrn, window_end, 'worst ' || CAST(worst AS STRING) || ', mean ' || CAST(ROUND(mean, 1) AS STRING)
FROM score_high
UNION ALL
SELECT 'WORSE', mrn, last_at, 'from ' || CAST(first_score AS STRING) || ' to ' || CAST(last_score AS STRING)
FROM deterioration
UNION ALL
SELECT 'MEDICINE', mrn, due, drug || ' is late'
FROM medicine_late;

-- fever, high score and lactate in the same two hours, and still on a ward
INSERT INTO s_sepsis
SELECT h.mrn, p.ward, p.bed, l.lactate, h.worst, h.temp_max
FROM score_high h
INNER JOIN lactate_high l
	ON l.mrn = h.mrn
	AND l.resulted_at > h.window_end - INTERVAL '2' HOUR
	AND l.resulted_at < h.window_end + INTERVAL '2' HOUR
INNER JOIN inpatient p ON p.mrn = h.mrn
WHERE h.temp_max > 38.3 OR h.temp_max < 36;

INSERT INTO s_lab
SELECT TUMBLE_START(resulted_at, INTERVAL '1' HOUR), `test`, COUNT(*), AVG(CAST(minutes AS DOUBLE)), COUNT(*) FILTER (WHERE minutes > 60)
FROM lab_turn_round
GROUP BY TUMBLE(resulted_at, INTERVAL '1' HOUR), `test`;

END;
