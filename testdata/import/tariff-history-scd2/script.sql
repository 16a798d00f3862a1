-- Energy tariffs as a history with valid-from and valid-to (slowly changing dimension, type 2), joined as of the reading.
CREATE TABLE tariff_change (
  tariff_id INT,
  zone STRING,
  cents_per_kwh DECIMAL(6, 3),
  changed_at TIMESTAMP(3),
  WATERMARK FOR changed_at AS changed_at - INTERVAL '1' MINUTE
) WITH ('connector' = 'kafka', 'topic' = 'tariffs', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');

CREATE TABLE contract (
  contract_id BIGINT, tariff_id INT, household STRING, valid_at TIMESTAMP(3),
  WATERMARK FOR valid_at AS valid_at,
  PRIMARY KEY (contract_id) NOT ENFORCED
) WITH ('connector' = 'kafka', 'topic' = 'contracts', 'properties.bootstrap.servers' = 'k:9092', 'value.format' = 'debezium-json', 'scan.startup.mode' = 'earliest-offset');

CREATE TABLE consumption (
  contract_id BIGINT, kwh DOUBLE, read_at TIMESTAMP(3),
  WATERMARK FOR read_at AS read_at - INTERVAL '15' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'consumption', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');

CREATE TABLE bill_line (contract_id BIGINT, household STRING, zone STRING, read_at TIMESTAMP(3), kwh DOUBLE, euro DECIMAL(12, 4)) WITH ('connector' = 'blackhole');
CREATE TABLE tariff_history (tariff_id INT, zone STRING, cents_per_kwh DECIMAL(6, 3), valid_from TIMESTAMP(3), previous DECIMAL(6, 3), change_no BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE household_day (household STRING, d TIMESTAMP(3), kwh DOUBLE, euro DECIMAL(38, 4)) WITH ('connector' = 'blackhole');

-- the newest of each tariff, so that it has a key
CREATE TEMPORARY VIEW tariff AS
SELECT tariff_id, zone, cents_per_kwh, changed_at
FROM (
  SELECT t.*, ROW_NUMBER() OVER (PARTITION BY tariff_id ORDER BY changed_at DESC) AS newest
  FROM tariff_change t
)
WHERE newest = 1;

CREATE TEMPORARY VIEW line AS
SELECT c.contract_id, k.household, t.zone, c.read_at, c.kwh, CAST(c.kwh * t.cents_per_kwh / 100 AS DECIMAL(12, 4)) AS euro
FROM consumption c
JOIN contract FOR SYSTEM_TIME AS OF c.read_at AS k ON c.contract_id = k.contract_id
LEFT JOIN tariff FOR SYSTEM_TIME AS OF c.read_at AS t ON k.tariff_id = t.tariff_id;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO bill_line SELECT contract_id, household, COALESCE(zone, 'none'), read_at, kwh, euro FROM line;
INSERT INTO tariff_history
SELECT tariff_id, zone, cents_per_kwh, changed_at,
  LAG(cents_per_kwh, 1) OVER w,
  COUNT(*) OVER w
FROM tariff_change
WINDOW w AS (PARTITION BY tariff_id ORDER BY changed_at);
INSERT INTO household_day
SELECT household, window_start, SUM(kwh), SUM(euro)
FROM TABLE(CUMULATE(TABLE line, DESCRIPTOR(read_at), INTERVAL '1' HOUR, INTERVAL '1' DAY))
GROUP BY household, window_start, window_end;
END;
