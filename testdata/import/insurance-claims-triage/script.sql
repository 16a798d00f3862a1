-- claims-triage: from first notice of loss to one of FAST TRACK / ADJUSTER / INVESTIGATE
--
-- author: claims analytics team
-- run as: one application per country (this is the one of Austria)
--
-- Reading order: tables, helper views, features (one view each), score, outputs.

SET 'pipeline.name' = 'claims-triage-at';
SET 'execution.runtime-mode' = 'streaming';
SET 'table.exec.state.ttl' = '400 d';
SET 'table.exec.sink.require-on-conflict' = 'false';
SET 'restart-strategy.type' = 'exponential-delay';
SET 'restart-strategy.exponential-delay.max-backoff' = '2 min';

-- ----------------------------------------------------------------- tables --

-- change data of the policy system
CREATE TABLE policy (
  policy_no BIGINT,
  product VARCHAR(20),
  holder_id BIGINT,
  sum_insured DECIMAL(14, 2),
  deductible DECIMAL(10, 2),
  start_date DATE,
  end_date DATE,
  options MAP<STRING, STRING>,
  PRIMARY KEY (policy_no) NOT ENFORCED
) WITH (
  'connector' = 'kafka', 'topic' = 'cdc.policy', 'properties.bootstrap.servers' = 'k1:9092',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'debezium-json', 'debezium-json.schema-include' = 'false'
);

CREATE TABLE party (
  party_id BIGINT,
  kind STRING,                                    -- PERSON, COMPANY, GARAGE, DOCTOR
  full_name STRING,
  iban STRING,
  phone STRING,
  address ROW<street STRING, zip STRING, city STRING>,
  PRIMARY KEY (party_id) NOT ENFORCED
) WITH (
  'connector' = 'kafka', 'topic' = 'cdc.party', 'properties.bootstrap.servers' = 'k1:9092',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'debezium-json'
);

-- first notice of loss: from the app, the web, the call centre
CREATE TABLE notice (
  notice_id STRING,
  channel STRING,
  policy_no BIGINT,
  loss ROW<cause STRING, happened DATE, zip STRING, estimate DECIMAL(12, 2), injured BOOLEAN>,
  parties ARRAY<ROW<party_id BIGINT, `role` STRING>>,
  free_text STRING,
  reported TIMESTAMP(3),
  WATERMARK FOR reported AS reported - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kafka', 'topic' = 'claims.notice', 'properties.bootstrap.servers' = 'k1:9092',
  'properties.group.id' = 'triage', 'scan.startup.mode' = 'group-offsets', 'format' = 'json'
);

CREATE TABLE invoice (
  invoice_no STRING,
  notice_id STRING,
  garage_id BIGINT,
  positions ARRAY<ROW<part STRING, qty INT, price DECIMAL(10, 2)>>,
  received TIMESTAMP(3),
  WATERMARK FOR received AS received - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka', 'topic' = 'claims.invoice', 'properties.bootstrap.servers' = 'k1:9092',
  'properties.group.id' = 'triage', 'scan.startup.mode' = 'group-offsets', 'format' = 'json'
);

CREATE TABLE hail_warning (
  zip_prefix STRING, level INT, issued TIMESTAMP(3),
  WATERMARK FOR issued AS issued - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka', 'topic' = 'weather.hail', 'properties.bootstrap.servers' = 'k1:9092',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'csv'
);

CREATE TABLE watch_list (
  iban STRING, reason STRING,
  PRIMARY KEY (iban) NOT ENFORCED
) WITH (
  'connector' = 'jdbc', 'url' = 'jdbc:postgresql://fraud-db/lists', 'table-name' = 'watch_list'
);

-- ---------------------------------------------------------------- helpers --

CREATE TEMPORARY VIEW notice_flat (notice_id, channel, policy_no, cause, happened, zip, estimate, injured, free_text, reported) AS
SELECT n.notice_id, n.channel, n.policy_no, LOWER(n.loss.cause), n.loss.happened, n.loss.zip,
       COALESCE(n.loss.estimate, 0), n.loss.injured, n.free_text, n.reported
FROM notice AS n;

-- notice with policy and holder; a notice without policy is dealt with below
CREATE TEMPORARY VIEW claim AS
SELECT n.notice_id, n.channel, n.policy_no, n.cause, n.happened, n.zip, n.estimate, n.injured, n.free_text, n.reported,
       p.product, p.sum_insured, p.deductible, p.start_date, p.end_date, h.party_id AS holder_id, h.iban, h.address.zip AS holder_zip
FROM notice_flat n
JOIN policy p ON p.policy_no = n.policy_no
JOIN party h ON h.party_id = p.holder_id;

CREATE TEMPORARY VIEW involved AS
SELECT notice_id, policy_no, party_id, `role`, reported
FROM notice, UNNEST(parties) AS x (party_id, `role`);

-- --------------------------------------------------------------- features --

-- f1: claims of the same holder, twelve months back
CREATE TEMPORARY VIEW f_history AS
SELECT holder_id, COUNT(*) AS claims, SUM(estimate) AS estimates
FROM claim
WHERE happened > DATE '2024-01-01'
GROUP BY holder_id;

-- f2: other people who turn up in claims of several policies
CREATE TEMPORARY VIEW f_frequent_party AS
SELECT party_id, COUNT(DISTINCT policy_no) AS policies, LISTAGG(DISTINCT `role`) AS roles
FROM involved
WHERE `role` <> 'HOLDER'
GROUP BY party_id
HAVING COUNT(DISTINCT policy_no) >= 3;

CREATE TEMPORARY VIEW f_frequent AS
SELECT i.notice_id, MAX(f.policies) AS most_policies
FROM involved i JOIN f_frequent_party f USING (party_id)
GROUP BY i.notice_id;

-- f3: was there hail where it is said to have hailed?
CREATE TEMPORARY VIEW f_hail AS
SELECT n.notice_id, MAX(w.level) AS hail_level
FROM notice_flat n
JOIN hail_warning w
  ON SUBSTRING(n.zip, 1, 2) = w.zip_prefix
 AND CAST(w.issued AS DATE) = n.happened
WHERE n.cause = 'hail'
GROUP BY n.notice_id;

-- f4: the account is on the list
CREATE TEMPORARY VIEW f_watch AS
SELECT c.notice_id, 1 AS hit
FROM claim c
WHERE c.iban IN (SELECT iban FROM watch_list)
   OR c.iban IN (SELECT g.iban FROM party g WHERE g.kind = 'GARAGE');

-- f5: young policy
CREATE TEMPORARY VIEW f_age AS
SELECT notice_id, TIMESTAMPDIFF(DAY, start_date, happened) AS days_insured,
       happened NOT BETWEEN start_date AND end_date AS outside
FROM claim;

-- ------------------------------------------------------------------ score --

CREATE TEMPORARY VIEW scored AS
SELECT c.*,
       COALESCE(h.claims, 0) AS claims,
       COALESCE(q.most_policies, 0) AS most_policies,
       a.outside,
       (CASE WHEN h.claims > 5 THEN 25 WHEN h.claims > 2 THEN 10 ELSE 0 END
        + CASE WHEN q.most_policies IS NOT NULL THEN 30 ELSE 0 END
        + CASE WHEN c.cause = 'hail' AND COALESCE(l.hail_level, 0) = 0 THEN 25 ELSE 0 END
        + CASE WHEN w.hit = 1 THEN 50 ELSE 0 END
        + CASE WHEN a.days_insured < 14 THEN 20 WHEN a.days_insured < 60 THEN 5 ELSE 0 END
        + CASE WHEN c.free_text LIKE '%cash%' OR REGEXP(c.free_text, '(?i)urgent') THEN 5 ELSE 0 END) AS points
FROM claim c
LEFT JOIN f_history h ON h.holder_id = c.holder_id
LEFT JOIN f_frequent q ON q.notice_id = c.notice_id
LEFT JOIN f_hail l ON l.notice_id = c.notice_id
LEFT JOIN f_watch w ON w.notice_id = c.notice_id
LEFT JOIN f_age a ON a.notice_id = c.notice_id;

CREATE TEMPORARY VIEW triaged AS
SELECT s.notice_id, s.policy_no, s.product, s.estimate, s.points,
       CASE
         WHEN s.outside THEN 'REJECT'
         WHEN s.points >= 50 THEN 'INVESTIGATE'
         WHEN s.injured OR s.estimate > 5000 OR s.estimate > 0.5 * s.sum_insured THEN 'ADJUSTER'
         WHEN s.estimate <= s.deductible THEN 'BELOW DEDUCTIBLE'
         ELSE 'FAST TRACK'
       END AS queue
FROM scored AS s;

-- repair invoices: line total and how far above the estimate
CREATE TEMPORARY VIEW invoice_total AS
SELECT i.invoice_no, i.notice_id, i.garage_id, SUM(p.qty * p.price) AS total, COUNT(*) AS lines
FROM invoice i CROSS JOIN UNNEST(i.positions) AS p (part, qty, price)
GROUP BY i.invoice_no, i.notice_id, i.garage_id;

-- ---------------------------------------------------------------- outputs --

CREATE TABLE out_triage (
  notice_id STRING, policy_no BIGINT, product STRING, estimate DECIMAL(12, 2), points INT, queue STRING,
  PRIMARY KEY (notice_id) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka', 'topic' = 'claims.triage', 'properties.bootstrap.servers' = 'k1:9092',
  'key.format' = 'json', 'value.format' = 'json'
);

CREATE TABLE out_queue_size (
  queue STRING, product STRING, claims BIGINT, estimates DECIMAL(38, 2)
) WITH ('connector' = 'print');

CREATE TABLE out_garage (
  garage_id BIGINT, name STRING, invoices BIGINT, overrun_percent DECIMAL(10, 1), place BIGINT,
  PRIMARY KEY (place) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://dwh/claims', 'table-name' = 'garage_overrun');

CREATE TABLE out_orphan (
  notice_id STRING, policy_no BIGINT, channel STRING
) WITH ('connector' = 'blackhole');

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO out_triage
  SELECT notice_id, policy_no, product, estimate, points, queue FROM triaged;

  INSERT INTO out_queue_size
  SELECT queue, product, COUNT(*), SUM(estimate) FROM triaged GROUP BY ROLLUP (queue, product);

  -- the twenty garages that exceed the estimate most
  INSERT INTO out_garage
  SELECT garage_id, name, invoices, overrun, place
  FROM (
    SELECT g.*, ROW_NUMBER() OVER (ORDER BY overrun DESC) AS place
    FROM (
      SELECT t.garage_id, p.full_name AS name, COUNT(*) AS invoices,
             CAST(100 * SUM(t.total - n.estimate) / SUM(n.estimate) AS DECIMAL(10, 1)) AS overrun
      FROM invoice_total t
      JOIN notice_flat n ON n.notice_id = t.notice_id
      JOIN party p ON p.party_id = t.garage_id
      WHERE n.estimate > 0
      GROUP BY t.garage_id, p.full_name
      HAVING COUNT(*) > 10
    ) AS g
  )
  WHERE place <= 20;

  INSERT INTO out_orphan
  SELECT n.notice_id, n.policy_no, n.channel
  FROM notice_flat n
  WHERE NOT EXISTS (SELECT * FROM policy p WHERE p.policy_no = n.policy_no);
END;
