-- The nightly archive: yesterday's events, cleaned, into folders by day and country; reruns overwrite.
SET 'execution.runtime-mode' = 'batch';
SET 'table.dml-sync' = 'false';
RESET 'table.dml-sync';

CREATE TABLE landing (
  event_id STRING,
  country STRING,
  kind STRING,
  body STRING,
  `at` TIMESTAMP(6),
  file_name STRING NOT NULL METADATA FROM 'file.name' VIRTUAL
) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace/landing',
  'format' = 'json',
  'json.ignore-parse-errors' = 'true'
);

CREATE TABLE archive (
  event_id STRING,
  kind STRING,
  body STRING,
  `at` TIMESTAMP(6),
  `day` STRING,
  country STRING
) PARTITIONED BY (`day`, country) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace/archive',
  'format' = 'csv'
);

CREATE TABLE quarantine (
  event_id STRING,
  file_name STRING,
  reason STRING,
  `day` STRING
) PARTITIONED BY (`day`) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/millrace/quarantine',
  'format' = 'json'
);

CREATE VIEW yesterday AS
SELECT event_id, UPPER(country) AS country, kind, body, `at`, file_name
FROM landing
WHERE CAST(`at` AS DATE) = DATE '2025-06-30';

-- two agents may send one event
CREATE VIEW distinct_events AS
SELECT event_id, country, kind, body, `at`, file_name
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY `at`, file_name) AS n FROM yesterday)
WHERE n = 1;

CREATE VIEW judged AS
SELECT *, CASE
  WHEN country IS NULL OR CHAR_LENGTH(country) <> 2 THEN 'no country'
  WHEN body IS NULL THEN 'no body'
  WHEN NOT (body IS JSON OBJECT) THEN 'no JSON'
END AS reason
FROM distinct_events;

EXECUTE STATEMENT SET
BEGIN
  INSERT OVERWRITE archive
  SELECT event_id, kind, body, `at`, DATE_FORMAT(`at`, 'yyyy-MM-dd'), country
  FROM judged
  WHERE reason IS NULL;

  INSERT OVERWRITE quarantine PARTITION (`day` = '2025-06-30')
  SELECT event_id, file_name, reason FROM judged WHERE reason IS NOT NULL;
END;
