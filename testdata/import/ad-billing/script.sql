-- Billing of clicks: prices come from the booking database, budgets are watched, fraud is left out.
SET 'table.exec.mini-batch.enabled' = 'true';
SET 'table.exec.mini-batch.allow-latency' = '2 s';
SET 'table.exec.mini-batch.size' = '1000';
SET 'table.optimizer.agg-phase-strategy' = 'TWO_PHASE';

CREATE TABLE clicks (
  click_id STRING, ad_id BIGINT, publisher_id BIGINT, ip STRING, fraud_score DOUBLE,
  click_time TIMESTAMP(3), proc_time AS PROCTIME(),
  WATERMARK FOR click_time AS click_time - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka', 'topic' = 'clicks', 'properties.bootstrap.servers' = 'kafka:9092',
  'scan.startup.mode' = 'earliest-offset', 'format' = 'csv'
);

CREATE TABLE ads (
  ad_id BIGINT, campaign_id BIGINT, advertiser_id BIGINT, bid DECIMAL(10, 4), state STRING,
  PRIMARY KEY (ad_id) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/booking', 'table-name' = 'ads', 'username' = 'reader', 'password' = 'reader');

CREATE TABLE publishers (
  publisher_id BIGINT, share DECIMAL(5, 4), blocked BOOLEAN,
  PRIMARY KEY (publisher_id) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/booking', 'table-name' = 'publishers', 'username' = 'reader', 'password' = 'reader');

CREATE TABLE advertiser_bill (
  advertiser_id BIGINT, bill_day STRING, clicks BIGINT, amount DECIMAL(38, 4),
  PRIMARY KEY (advertiser_id, bill_day) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/billing', 'table-name' = 'advertiser_bill', 'username' = 'writer', 'password' = 'writer');

CREATE TABLE publisher_payout (
  publisher_id BIGINT, bill_day STRING, amount DECIMAL(38, 4),
  PRIMARY KEY (publisher_id, bill_day) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/billing', 'table-name' = 'publisher_payout', 'username' = 'writer', 'password' = 'writer');

CREATE TABLE rejected_clicks (click_id STRING, reason STRING, click_time TIMESTAMP(3)) WITH ('connector' = 'print');

CREATE VIEW first_clicks AS
  -- the same browser clicks twice
  SELECT click_id, ad_id, publisher_id, ip, fraud_score, click_time, proc_time
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY click_id ORDER BY proc_time ASC) AS rn FROM clicks
  )
  WHERE rn = 1;

CREATE VIEW priced_clicks AS
  SELECT c.click_id, c.click_time, c.publisher_id, c.fraud_score, a.advertiser_id, a.campaign_id, a.bid, p.share, p.blocked
  FROM first_clicks AS c
  JOIN ads FOR SYSTEM_TIME AS OF c.proc_time AS a ON c.ad_id = a.ad_id AND a.state = 'running'
  LEFT JOIN publishers FOR SYSTEM_TIME AS OF c.proc_time AS p ON c.publisher_id = p.publisher_id;

CREATE VIEW billable AS
  SELECT * FROM priced_clicks WHERE fraud_score < 0.8 AND blocked IS NOT TRUE;

BEGIN STATEMENT SET;

INSERT INTO advertiser_bill
SELECT advertiser_id, DATE_FORMAT(click_time, 'yyyy-MM-dd'), COUNT(*), SUM(bid)
FROM billable
GROUP BY advertiser_id, DATE_FORMAT(click_time, 'yyyy-MM-dd');

INSERT INTO publisher_payout
SELECT publisher_id, DATE_FORMAT(click_time, 'yyyy-MM-dd'), SUM(bid * COALESCE(share, 0.5))
FROM billable
GROUP BY publisher_id, DATE_FORMAT(click_time, 'yyyy-MM-dd');

INSERT INTO rejected_clicks
SELECT click_id, CASE WHEN fraud_score >= 0.8 THEN 'fraud' ELSE 'publisher is blocked' END, click_time
FROM priced_clicks
WHERE fraud_score >= 0.8 OR blocked;

END;
