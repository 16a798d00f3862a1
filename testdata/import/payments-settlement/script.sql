-- Settlement of card payments: captures against authorisations, refunds and chargebacks, merchants on hold left out.
CREATE TABLE authorisations (auth_id STRING, merchant BIGINT, card_hash STRING, amount DECIMAL(12, 2), currency CHAR(3), authorised_at TIMESTAMP(3), WATERMARK FOR authorised_at AS authorised_at - INTERVAL '1' MINUTE, PRIMARY KEY (auth_id) NOT ENFORCED) WITH ('connector' = 'kafka', 'topic' = 'auth', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'debezium-json');
CREATE TABLE captures (capture_id STRING, auth_id STRING, amount DECIMAL(12, 2), captured_at TIMESTAMP(3)) WITH ('connector' = 'kafka', 'topic' = 'capture', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE refunds (refund_id STRING, capture_id STRING, amount DECIMAL(12, 2)) WITH ('connector' = 'kafka', 'topic' = 'refund', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE chargebacks (capture_id STRING, code INT) WITH ('connector' = 'kafka', 'topic' = 'chargeback', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE merchants (id BIGINT, name STRING, fee DECIMAL(6, 5), on_hold BOOLEAN, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'merchants', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE settlement (merchant BIGINT, currency CHAR(3), gross DECIMAL(38, 2), refunded DECIMAL(38, 2), fee DECIMAL(38, 2), payments BIGINT, PRIMARY KEY (merchant, currency) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'settlement', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE disputes (capture_id STRING, merchant BIGINT, amount DECIMAL(12, 2)) WITH ('connector' = 'kafka', 'topic' = 'disputes', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'format' = 'debezium-json');
CREATE TABLE uncaptured (auth_id STRING, amount DECIMAL(12, 2)) WITH ('connector' = 'kafka', 'topic' = 'uncaptured', 'properties.bootstrap.servers' = 'k1:9092,k2:9092', 'format' = 'debezium-json');

INSERT INTO settlement
WITH good_captures AS (
  SELECT * FROM captures c
  WHERE c.amount > 0
    AND NOT EXISTS (SELECT 1 FROM chargebacks b WHERE b.capture_id = c.capture_id AND b.code <> 0)
),
active_merchants AS (
  SELECT id, name, fee FROM merchants WHERE NOT on_hold
),
refund_sums AS (
  SELECT capture_id, SUM(amount) AS refunded FROM refunds GROUP BY capture_id
),
payments AS (
  SELECT a.merchant, a.currency, c.amount, COALESCE(r.refunded, 0) AS refunded, m.fee
  FROM good_captures c
  JOIN authorisations a ON a.auth_id = c.auth_id AND c.amount <= a.amount
  JOIN active_merchants m ON m.id = a.merchant
  LEFT JOIN refund_sums r ON r.capture_id = c.capture_id
)
SELECT merchant, currency, SUM(amount), SUM(refunded), CAST(SUM((amount - refunded) * fee) AS DECIMAL(38, 2)), COUNT(*)
FROM payments
GROUP BY merchant, currency;

INSERT INTO disputes
SELECT c.capture_id, a.merchant, c.amount
FROM captures c JOIN authorisations a ON a.auth_id = c.auth_id
WHERE c.capture_id IN (SELECT capture_id FROM chargebacks WHERE code BETWEEN 10 AND 19)
  AND EXISTS (SELECT 1 FROM merchants m WHERE m.id = a.merchant);

-- authorised, never captured
INSERT INTO uncaptured
SELECT a.auth_id, a.amount
FROM authorisations AS a
WHERE a.auth_id NOT IN (SELECT auth_id FROM captures WHERE auth_id IS NOT NULL)
  AND a.currency IN ('EUR', 'USD', 'GBP');
