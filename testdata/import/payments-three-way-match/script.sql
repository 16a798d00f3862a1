-- ---------------------------------------------------------------------------
-- Three-way match: our ledger  vs  the acquirer's file  vs  the bank statement
-- ---------------------------------------------------------------------------
-- Rule of the house: nobody "fixes" an amount in this job. Differences go out.
-- Amounts are minor units (cents) as BIGINT until the last step.
-- ---------------------------------------------------------------------------
set 'pipeline.name' = 'recon-3way';
set 'table.exec.state.ttl' = '10 d';
set 'execution.checkpointing.interval' = '5 min';
set 'table.dml-sync' = 'false';

-- #1 ledger, as CDC from Oracle
CREATE TABLE ledger (
   entry_id     BIGINT,
   payment_ref  STRING,
   merchant     STRING,
   direction    STRING,       -- CAPTURE / REFUND / CHARGEBACK
   cents        BIGINT,
   currency     CHAR(3),
   booked       TIMESTAMP(3),
   origin_ts    TIMESTAMP(3) METADATA FROM 'value.source.timestamp' VIRTUAL,
   PRIMARY KEY (entry_id) NOT ENFORCED
) WITH (
   'connector' = 'kafka', 'topic' = 'ora.LEDGER', 'properties.bootstrap.servers' = 'mq1:9092,mq2:9092',
   'scan.startup.mode' = 'earliest-offset', 'value.format' = 'debezium-json'
);

-- #2 acquirer: lines of the settlement file, one message each
CREATE TABLE acquirer_line (
   file_name   STRING,
   line_no     INT,
   arn         STRING,
   payment_ref STRING,
   tx_type     STRING,
   gross       DECIMAL(15, 2),
   fee         DECIMAL(15, 4),
   ccy         STRING,
   settled_on  DATE,
   loaded      AS PROCTIME()
) WITH (
   'connector' = 'kafka', 'topic' = 'acq.settlement', 'properties.bootstrap.servers' = 'mq1:9092,mq2:9092',
   'properties.group.id' = 'recon', 'scan.startup.mode' = 'earliest-offset',
   'format' = 'csv', 'csv.field-delimiter' = '|', 'csv.null-literal' = '', 'csv.ignore-parse-errors' = 'true'
);

-- #3 bank statements, camt.053 turned into JSON
CREATE TABLE bank_entry (
   account  STRING,
   entry    ROW<amount DECIMAL(15, 2), ccy STRING, sign STRING, reference STRING>,
   details  ARRAY<STRING>,
   value_date DATE
) WITH (
   'connector' = 'kafka', 'topic' = 'bank.camt053', 'properties.bootstrap.servers' = 'mq1:9092,mq2:9092',
   'properties.group.id' = 'recon', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json'
);

-- #4 exchange rates of the ECB
CREATE TABLE fx (
   ccy CHAR(3), rate DECIMAL(12, 6), as_of DATE,
   PRIMARY KEY (ccy) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://ref:5432/ref', 'table-name' = 'ecb.fx_latest');

-- #5 merchants
CREATE TABLE merchant (
   merchant STRING, legal_name STRING, fee_bps INT, tolerance_cents BIGINT,
   PRIMARY KEY (merchant) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'ref.merchant', 'properties.bootstrap.servers' = 'mq1:9092',
        'key.format' = 'json', 'value.format' = 'json');

-- ---- step 1: bring them to one shape (ref, kind, cents, ccy) ----------------
CREATE TEMPORARY VIEW l1 AS
SELECT payment_ref AS ref_no
     , CASE direction WHEN 'CAPTURE' THEN 'C' WHEN 'REFUND' THEN 'R' ELSE 'X' END AS kind
     , merchant, cents, currency AS ccy, CAST(booked AS DATE) AS d
FROM ledger
WHERE payment_ref IS NOT NULL;

CREATE TEMPORARY VIEW a0 AS
SELECT arn, payment_ref, tx_type, gross, fee, ccy, settled_on, file_name, line_no
FROM (
   SELECT *, ROW_NUMBER() OVER (PARTITION BY arn, tx_type ORDER BY loaded) AS nth
   FROM acquirer_line
) WHERE nth = 1;   -- files are sent twice now and then

CREATE TEMPORARY VIEW a1 AS
SELECT payment_ref AS ref_no
     , CASE tx_type WHEN '05' THEN 'C' WHEN '06' THEN 'R' WHEN '15' THEN 'X' END AS kind
     , CAST(gross * 100 AS BIGINT) AS cents
     , CAST(fee * 100 AS BIGINT) AS fee_cents
     , ccy, settled_on AS d
FROM a0;

CREATE TEMPORARY VIEW b1 (settlement_ref, cents, ccy, d) AS
SELECT REGEXP_EXTRACT(entry.reference, 'STL-([0-9]{8})', 1)
     , CAST(entry.amount * 100 AS BIGINT) * CASE entry.sign WHEN 'DBIT' THEN -1 ELSE 1 END
     , entry.ccy
     , value_date
FROM bank_entry
WHERE entry.reference LIKE '%STL-%';

-- ---- step 2: one line for each reference and kind ---------------------------
CREATE TEMPORARY VIEW l2 AS
SELECT ref_no, kind, ccy, MAX(merchant) AS merchant, SUM(cents) AS cents, COUNT(*) AS n, MIN(d) AS first_day
FROM l1 GROUP BY ref_no, kind, ccy;

CREATE TEMPORARY VIEW a2 AS
SELECT ref_no, kind, ccy, SUM(cents) AS cents, SUM(fee_cents) AS fee_cents, COUNT(*) AS n, MIN(d) AS first_day
FROM a1 WHERE kind IS NOT NULL GROUP BY ref_no, kind, ccy;

-- ---- step 3: match ----------------------------------------------------------
CREATE TEMPORARY VIEW matched AS
SELECT COALESCE(l2.ref_no, a2.ref_no) AS ref_no
     , COALESCE(l2.kind, a2.kind) AS kind
     , COALESCE(l2.ccy, a2.ccy) AS ccy
     , l2.merchant
     , l2.cents AS ledger_cents
     , a2.cents AS acquirer_cents
     , a2.fee_cents
     , l2.first_day AS ledger_day
     , a2.first_day AS acquirer_day
     , CASE
          WHEN a2.ref_no IS NULL THEN 'NOT_SETTLED'
          WHEN l2.ref_no IS NULL THEN 'UNKNOWN_TO_US'
          WHEN l2.cents <> a2.cents THEN 'AMOUNT'
          WHEN l2.n <> a2.n THEN 'COUNT'
          ELSE 'OK'
       END AS verdict
FROM l2 FULL JOIN a2 ON l2.ref_no = a2.ref_no AND l2.kind = a2.kind AND l2.ccy = a2.ccy;

CREATE TEMPORARY VIEW exception AS
SELECT m.*, mer.legal_name, COALESCE(mer.tolerance_cents, 0) AS tolerance_cents
FROM matched AS m LEFT JOIN merchant AS mer ON m.merchant = mer.merchant
WHERE m.verdict <> 'OK'
  AND ABS(COALESCE(m.ledger_cents, 0) - COALESCE(m.acquirer_cents, 0)) > COALESCE(mer.tolerance_cents, 0);

-- ---- step 4: daily net of the acquirer against the bank ----------------------
CREATE TEMPORARY VIEW net_acquirer AS
SELECT d, ccy, SUM(CASE kind WHEN 'C' THEN cents ELSE -cents END) - SUM(fee_cents) AS net
FROM a1 GROUP BY d, ccy;

CREATE TEMPORARY VIEW net_bank AS
SELECT d, ccy, SUM(cents) AS net FROM b1 GROUP BY d, ccy;

CREATE TEMPORARY VIEW bank_gap AS
SELECT a.d, a.ccy, a.net AS expected, b.net AS paid, COALESCE(b.net, 0) - a.net AS gap
FROM net_acquirer AS a LEFT OUTER JOIN net_bank AS b ON a.d = b.d AND a.ccy = b.ccy;

-- ---- step 5: fee check --------------------------------------------------------
CREATE TEMPORARY VIEW fee_check AS
SELECT m.merchant, mer.fee_bps,
       SUM(m.fee_cents) AS fee_taken,
       SUM(m.acquirer_cents * mer.fee_bps / 10000) AS fee_agreed
FROM matched m JOIN merchant mer USING (merchant)
WHERE m.verdict = 'OK' AND m.kind = 'C'
GROUP BY m.merchant, mer.fee_bps;

-- ---- sinks ---------------------------------------------------------------------
CREATE TABLE recon_exception (
   ref_no STRING, kind STRING, ccy STRING, merchant STRING, legal_name STRING,
   verdict STRING, ledger DECIMAL(15, 2), acquirer DECIMAL(15, 2), `difference` DECIMAL(15, 2),
   PRIMARY KEY (ref_no, kind, ccy) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://recon:5432/recon', 'table-name' = 'exception',
        'sink.buffer-flush.interval' = '5s', 'sink.buffer-flush.max-rows' = '500');

CREATE TABLE recon_summary (
   verdict STRING, kind STRING, items BIGINT, eur DECIMAL(38, 2),
   PRIMARY KEY (verdict, kind) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'recon.summary', 'properties.bootstrap.servers' = 'mq1:9092',
        'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE recon_bank_gap (d DATE, ccy STRING, expected DECIMAL(20, 2), paid DECIMAL(20, 2), gap DECIMAL(20, 2))
WITH ('connector' = 'print', 'print-identifier' = 'GAP');

CREATE TABLE recon_fee (merchant STRING, fee_bps INT, fee_taken BIGINT, fee_agreed BIGINT, too_much BIGINT)
WITH ('connector' = 'print', 'print-identifier' = 'FEE');

-- ---- go ------------------------------------------------------------------------
EXECUTE STATEMENT SET
BEGIN
   INSERT INTO recon_exception
   SELECT ref_no, kind, ccy, merchant, legal_name, verdict
        , CAST(ledger_cents / 100.0 AS DECIMAL(15, 2))
        , CAST(acquirer_cents / 100.0 AS DECIMAL(15, 2))
        , CAST((COALESCE(ledger_cents, 0) - COALESCE(acquirer_cents, 0)) / 100.0 AS DECIMAL(15, 2))
   FROM exception
   ON CONFLICT DO DEDUPLICATE;

   INSERT INTO recon_summary
   SELECT verdict, kind, COUNT(*), CAST(SUM(COALESCE(ledger_cents, acquirer_cents) / f.rate) / 100 AS DECIMAL(38, 2))
   FROM matched JOIN fx AS f ON f.ccy = matched.ccy
   GROUP BY verdict, kind;

   INSERT INTO recon_bank_gap
   SELECT d, ccy, expected / 100.0, paid / 100.0, gap / 100.0
   FROM bank_gap
   WHERE gap <> 0 OR paid IS NULL;

   INSERT INTO recon_fee
   SELECT *, fee_taken - fee_agreed FROM fee_check WHERE fee_taken - fee_agreed > 0;
END;
