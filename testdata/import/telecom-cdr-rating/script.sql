--------------------------------------------------------------------------------
-- JOB        : cdr_rating_prod
-- OWNER      : mobile-billing@  (on call: see the rota)
-- WHAT       : takes the raw call detail records of the switches, throws away
--              the test numbers and doubles, puts a price on each of them and
--              writes rated records, hourly roaming totals, quota alarms and
--              the cell load for the radio planners.
-- HISTORY    : 2024-02  first version, voice only
--              2024-06  data sessions
--              2024-11  roaming partners come from the tariff topic, not from
--                       a file any more
--              2025-03  quota alarm at 80 % AND at 100 %
--------------------------------------------------------------------------------

SET 'pipeline.name' = 'cdr_rating_prod';
SET 'parallelism.default' = '12';
SET 'execution.checkpointing.interval' = '60 s';
SET 'execution.checkpointing.timeout' = '10 min';
SET 'table.exec.state.ttl' = '36 h';
SET 'table.exec.source.idle-timeout' = '30 s';
SET 'table.local-time-zone' = 'UTC';

-- ============================================================ 1. sources =====

-- One record for each leg of a call, as the mediation layer writes it.
CREATE TABLE cdr_voice (
    switch_id       STRING      COMMENT 'name of the switch, e.g. MSC-07',
    record_no       BIGINT      COMMENT 'counter of the switch, starts again at midnight',
    imsi            STRING,
    msisdn_a        STRING      COMMENT 'the calling party',
    msisdn_b        STRING      COMMENT 'the called party',
    cell_id         STRING,
    plmn            STRING      COMMENT 'network of the visited country, MCC and MNC',
    answered_at     BIGINT      COMMENT 'milliseconds since the epoch',
    duration_s      INT,
    release_cause   SMALLINT,
    answer_time     AS TO_TIMESTAMP_LTZ(answered_at, 3),
    WATERMARK FOR answer_time AS answer_time - INTERVAL '2' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'mediation.cdr.voice',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'properties.group.id' = 'cdr-rating',
    'scan.startup.mode' = 'group-offsets',
    'properties.auto.offset.reset' = 'earliest',
    'format' = 'json',
    'json.ignore-parse-errors' = 'true'
);

-- Data sessions: one partial record every 15 minutes or 50 MB.
CREATE TABLE cdr_data (
    gateway_id      STRING,
    charging_id     BIGINT,
    sequence_no     INT,
    imsi            STRING,
    msisdn          STRING,
    apn             STRING,
    cell_id         STRING,
    plmn            STRING,
    bytes_up        BIGINT,
    bytes_down      BIGINT,
    closed_at       TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
    kafka_partition INT METADATA FROM 'partition' VIRTUAL,
    WATERMARK FOR closed_at AS closed_at - INTERVAL '5' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'mediation.cdr.data',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'properties.group.id' = 'cdr-rating',
    'scan.startup.mode' = 'group-offsets',
    'properties.auto.offset.reset' = 'earliest',
    'format' = 'json',
    'json.ignore-parse-errors' = 'true'
);

-- Subscribers by IMSI. The latest row for a key counts; a tombstone is a cancelled contract.
CREATE TABLE subscriber (
    imsi          STRING,
    contract_no   STRING,
    plan_code     STRING,
    quota_mb      BIGINT,
    is_test_sim   BOOLEAN,
    home          ROW<country STRING, region STRING>,
    valid_from    TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    PRIMARY KEY (imsi) NOT ENFORCED,
    WATERMARK FOR valid_from AS valid_from
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'crm.subscriber',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'key.format' = 'json',
    'value.format' = 'json'
);

-- What a second, a megabyte costs in a visited network, by plan.
CREATE TABLE tariff (
    plan_code     STRING,
    plmn          STRING,
    eur_per_min   DECIMAL(10, 5),
    eur_per_mb    DECIMAL(10, 5),
    zone          STRING,
    changed_at    TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    PRIMARY KEY (plan_code, plmn) NOT ENFORCED,
    WATERMARK FOR changed_at AS changed_at
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'pricing.tariff',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'key.format' = 'json',
    'value.format' = 'json'
);

-- Geography of the cells, loaded nightly.
CREATE TABLE cell_site (
    cell_id   STRING,
    site_name STRING,
    region    STRING,
    max_erl   INT,
    PRIMARY KEY (cell_id) NOT ENFORCED
) WITH (
    'connector' = 'jdbc',
    'url' = 'jdbc:postgresql://radio-db:5432/planning',
    'table-name' = 'public.cell_site',
    'lookup.cache' = 'PARTIAL',
    'lookup.partial-cache.max-rows' = '20000',
    'lookup.partial-cache.expire-after-write' = '6 h'
);

-- ============================================================== 2. sinks =====

CREATE TABLE rated_record (
    contract_no STRING,
    service     STRING,
    source_key  STRING,
    charged_at  TIMESTAMP_LTZ(3),
    quantity    DECIMAL(18, 4),
    unit        STRING,
    zone        STRING,
    price_eur   DECIMAL(18, 5)
) WITH (
    'connector' = 'kafka',
    'topic' = 'billing.rated',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'format' = 'json',
    'sink.partitioner' = 'round-robin'
);

CREATE TABLE roaming_hourly (
    hour_start TIMESTAMP_LTZ(3),
    plmn       STRING,
    zone       STRING,
    records    BIGINT,
    callers    BIGINT,
    revenue    DECIMAL(38, 5)
) WITH ('connector' = 'blackhole');

CREATE TABLE quota_alarm (
    contract_no STRING,
    month_key   STRING,
    level       INT,
    used_mb     BIGINT,
    quota_mb    BIGINT,
    PRIMARY KEY (contract_no, month_key) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'care.quota-alarm',
    'properties.bootstrap.servers' = 'kafka-a:9092,kafka-b:9092',
    'key.format' = 'json',
    'value.format' = 'json'
);

CREATE TABLE cell_load (
    region       STRING,
    site_name    STRING,
    cell_id      STRING,
    window_start TIMESTAMP_LTZ(3),
    erlang       DOUBLE,
    load_percent DOUBLE
) WITH ('connector' = 'print', 'print-identifier' = 'load');

CREATE TABLE bad_record (
    origin STRING,
    why    STRING,
    record STRING
) WITH ('connector' = 'print', 'print-identifier' = 'bad');

-- ========================================================== 3. clean-up ======

-- Switches send a record again when the acknowledgement is lost. The first one wins.
CREATE TEMPORARY VIEW voice_once AS
SELECT switch_id, record_no, imsi, msisdn_a, msisdn_b, cell_id, plmn, duration_s, release_cause, answer_time
FROM (
    SELECT *,
           ROW_NUMBER() OVER (PARTITION BY switch_id, record_no, imsi ORDER BY answer_time ASC) AS copy_no
    FROM cdr_voice
    WHERE imsi IS NOT NULL
)
WHERE copy_no = 1;

CREATE TEMPORARY VIEW data_once AS
SELECT gateway_id, charging_id, sequence_no, imsi, apn, cell_id, plmn, bytes_up + bytes_down AS bytes_total, closed_at
FROM (
    SELECT *,
           ROW_NUMBER() OVER (PARTITION BY gateway_id, charging_id, sequence_no ORDER BY closed_at ASC) AS copy_no
    FROM cdr_data
    WHERE imsi IS NOT NULL AND apn NOT IN ('ims', 'mms.internal')
)
WHERE copy_no = 1;

-- who was the subscriber at the time of the call?
CREATE TEMPORARY VIEW voice_known AS
SELECT v.*, s.contract_no, s.plan_code, s.home.country AS home_country
FROM voice_once AS v
JOIN subscriber FOR SYSTEM_TIME AS OF v.answer_time AS s ON v.imsi = s.imsi
WHERE s.is_test_sim IS NOT TRUE;

CREATE TEMPORARY VIEW data_known AS
SELECT d.*, s.contract_no, s.plan_code, s.quota_mb
FROM data_once AS d
JOIN subscriber FOR SYSTEM_TIME AS OF d.closed_at AS s ON d.imsi = s.imsi
WHERE s.is_test_sim IS NOT TRUE;

-- ============================================================= 4. rating =====

-- Voice is charged by started minute, short calls (2 s and less) are free.
CREATE TEMPORARY VIEW voice_rated AS
SELECT v.contract_no,
       'VOICE' AS service,
       CONCAT_WS('/', v.switch_id, CAST(v.record_no AS STRING)) AS source_key,
       v.answer_time AS charged_at,
       v.plmn,
       v.imsi,
       CAST(CEIL(v.duration_s / 60.0) AS DECIMAL(18, 4)) AS quantity,
       'min' AS unit,
       t.zone,
       CASE
           WHEN v.duration_s <= 2 THEN CAST(0 AS DECIMAL(18, 5))
           ELSE CAST(CEIL(v.duration_s / 60.0) * t.eur_per_min AS DECIMAL(18, 5))
       END AS price_eur
FROM voice_known AS v
LEFT JOIN tariff FOR SYSTEM_TIME AS OF v.answer_time AS t
       ON v.plan_code = t.plan_code AND v.plmn = t.plmn;

CREATE TEMPORARY VIEW data_rated AS
SELECT d.contract_no,
       'DATA' AS service,
       CONCAT_WS('/', d.gateway_id, CAST(d.charging_id AS STRING), CAST(d.sequence_no AS STRING)) AS source_key,
       d.closed_at AS charged_at,
       d.plmn,
       d.imsi,
       CAST(d.bytes_total / 1048576.0 AS DECIMAL(18, 4)) AS quantity,
       'MB' AS unit,
       t.zone,
       CAST(d.bytes_total / 1048576.0 * t.eur_per_mb AS DECIMAL(18, 5)) AS price_eur
FROM data_known AS d
LEFT JOIN tariff FOR SYSTEM_TIME AS OF d.closed_at AS t
       ON d.plan_code = t.plan_code AND d.plmn = t.plmn;

CREATE TEMPORARY VIEW rated AS
SELECT * FROM voice_rated
UNION ALL
SELECT * FROM data_rated;

-- ============================================================ 5. derived =====

-- Roaming is everything outside of our own two networks.
CREATE TEMPORARY VIEW roaming AS
SELECT *
FROM rated
WHERE plmn NOT IN ('26201', '26206') AND zone IS NOT NULL;

-- Running use of the month, by contract.
CREATE TEMPORARY VIEW quota_use (contract_no, month_key, used_mb, quota_mb) AS
SELECT contract_no,
       DATE_FORMAT(closed_at, 'yyyy-MM'),
       SUM(bytes_total) / 1048576,
       MAX(quota_mb)
FROM data_known
GROUP BY contract_no, DATE_FORMAT(closed_at, 'yyyy-MM');

-- Seconds of talk by cell and quarter of an hour; 900 s of talk are one Erlang.
CREATE TEMPORARY VIEW cell_quarter AS
SELECT window_start, window_end, window_time, cell_id, SUM(duration_s) / 900.0 AS erlang
FROM TABLE(TUMBLE(TABLE voice_known, DESCRIPTOR(answer_time), INTERVAL '15' MINUTE))
GROUP BY window_start, window_end, window_time, cell_id;

-- the look-up needs a processing time
CREATE TEMPORARY VIEW cell_quarter_now AS
SELECT window_start, cell_id, erlang, PROCTIME() AS now_is
FROM cell_quarter;

-- =========================================================== 6. write it =====

EXECUTE STATEMENT SET
BEGIN

-- 6.1 for the invoice
INSERT INTO rated_record
SELECT contract_no, service, source_key, charged_at, quantity, unit, zone, price_eur
FROM rated
WHERE price_eur IS NOT NULL;

-- 6.2 for the roaming desk
INSERT INTO roaming_hourly
SELECT window_start, plmn, zone, COUNT(*), COUNT(DISTINCT imsi), SUM(price_eur)
FROM TABLE(TUMBLE(TABLE roaming, DESCRIPTOR(charged_at), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, plmn, zone;

-- 6.3 for customer care
INSERT INTO quota_alarm
SELECT contract_no,
       month_key,
       CASE WHEN used_mb >= quota_mb THEN 100 ELSE 80 END,
       used_mb,
       quota_mb
FROM quota_use
WHERE quota_mb > 0 AND used_mb * 100 >= quota_mb * 80;

-- 6.4 for the radio planners; only cells that work hard
INSERT INTO cell_load
SELECT s.region, s.site_name, q.cell_id, q.window_start, q.erlang, q.erlang / s.max_erl * 100
FROM cell_quarter_now AS q
JOIN cell_site FOR SYSTEM_TIME AS OF q.now_is AS s ON q.cell_id = s.cell_id
WHERE q.erlang > 0.7 * s.max_erl;

-- 6.5 what could not be priced
INSERT INTO bad_record
SELECT service, 'no tariff for ' || COALESCE(plmn, '(no network)'), source_key
FROM rated
WHERE price_eur IS NULL;

-- 6.6 what has no subscriber number at all
INSERT INTO bad_record
SELECT 'VOICE', 'no imsi', CONCAT_WS('/', switch_id, CAST(record_no AS STRING))
FROM cdr_voice
WHERE imsi IS NULL;

END;
