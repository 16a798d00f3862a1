-- Access logs of a web server: parsed, counted, and what looks like an attack put aside.
CREATE TABLE raw_log (line STRING) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/access.log',
  'format' = 'raw'
);

CREATE TABLE status_counts (host STRING, class STRING, hits BIGINT, `bytes` BIGINT) WITH ('connector' = 'print');
CREATE TABLE slowest (path STRING, millis INT, line_no BIGINT) WITH ('connector' = 'print');
CREATE TABLE attacks (ip STRING, what STRING, hits BIGINT) WITH ('connector' = 'print');

-- host ip "METHOD path" status bytes millis
CREATE VIEW parsed AS
SELECT
  SPLIT_INDEX(line, ' ', 0) AS host,
  SPLIT_INDEX(line, ' ', 1) AS ip,
  REGEXP_EXTRACT(line, '"([A-Z]+) ', 1) AS verb,
  REGEXP_EXTRACT(line, '"[A-Z]+ ([^"?]*)', 1) AS path,
  TRY_CAST(REGEXP_EXTRACT(line, '" (\d{3}) ', 1) AS INT) AS status,
  TRY_CAST(REGEXP_EXTRACT(line, '" \d{3} (\d+)', 1) AS BIGINT) AS `bytes`,
  TRY_CAST(REGEXP_EXTRACT(line, '(\d+)ms$', 1) AS INT) AS millis
FROM raw_log;

CREATE VIEW good AS SELECT * FROM parsed WHERE status IS NOT NULL /* the rest is torn lines */;

INSERT INTO status_counts
SELECT host, CONCAT(LEFT(CAST(status AS STRING), 1), 'xx') AS class, COUNT(*), SUM(COALESCE(`bytes`, 0))
FROM good
GROUP BY host, CONCAT(LEFT(CAST(status AS STRING), 1), 'xx');

INSERT INTO slowest
SELECT path, millis, n
FROM (SELECT path, millis, ROW_NUMBER() OVER (ORDER BY millis DESC, path) AS n FROM good WHERE verb = 'GET')
WHERE n <= 5;

INSERT INTO attacks
SELECT ip, what, COUNT(*)
FROM (
  SELECT ip, 'path traversal' AS what FROM good WHERE path LIKE '%..%'
  UNION ALL
  SELECT ip, 'php scan' FROM good WHERE path LIKE '%.php' AND status = 404
  UNION ALL
  SELECT ip, 'password guessing' FROM good WHERE verb = 'POST' AND path = '/login' AND status IN (401, 403)
) AS found
GROUP BY ip, what;
