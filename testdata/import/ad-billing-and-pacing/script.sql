-- Billing and pacing of advertisement campaigns. v14.
--   * an impression counts once per auction (de-dup by auction id)
--   * a click counts once per impression, and only within one hour
--   * invalid traffic is taken out BEFORE anything is billed
--   * prices are micros (1/1 000 000 of the currency of the account)
-- NB: statement order matters for the humans only.
SET 'pipeline.name' = 'ad-billing-v14';
SET 'execution.checkpointing.interval' = '30 s';
SET 'table.exec.state.ttl' = '26 h';
SET 'table.exec.sink.require-on-conflict' = 'false';
RESET 'table.exec.mini-batch.enabled';

CREATE TABLE impression (auction_id STRING, campaign_id BIGINT, creative_id BIGINT, publisher STRING, price_micros BIGINT, ip STRING, agent STRING, viewable BOOLEAN, event_time TIMESTAMP_LTZ(3), WATERMARK FOR event_time AS event_time - INTERVAL '20' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'ads.impression', 'properties.bootstrap.servers' = 'k:9092', 'properties.group.id' = 'billing', 'scan.startup.mode' = 'group-offsets', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');

CREATE TABLE click (auction_id STRING, click_id STRING, landing STRING, ip STRING, event_time TIMESTAMP_LTZ(3), WATERMARK FOR event_time AS event_time - INTERVAL '20' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'ads.click', 'properties.bootstrap.servers' = 'k:9092', 'properties.group.id' = 'billing', 'scan.startup.mode' = 'group-offsets', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');

-- the same shape as the clicks, but another topic and one more column
CREATE TABLE conversion (amount_micros BIGINT) WITH ('topic' = 'ads.conversion') LIKE click (OVERWRITING OPTIONS);

CREATE TABLE campaign (campaign_id BIGINT, account_id BIGINT, model STRING, bid_micros BIGINT, daily_budget_micros BIGINT, starts DATE, ends DATE, geo ARRAY<STRING>, paused BOOLEAN, PRIMARY KEY (campaign_id) NOT ENFORCED)
WITH ('connector' = 'kafka', 'topic' = 'cdc.campaign', 'properties.bootstrap.servers' = 'k:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'maxwell-json');

CREATE TABLE account (account_id BIGINT, currency CHAR(3), discount_percent DECIMAL(4, 1), agency STRING, PRIMARY KEY (account_id) NOT ENFORCED)
WITH ('connector' = 'kafka', 'topic' = 'cdc.account', 'properties.bootstrap.servers' = 'k:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'maxwell-json');

CREATE TABLE blocked_ip (ip STRING, reason STRING, until TIMESTAMP(3), PRIMARY KEY (ip) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://ivt/lists', 'table-name' = 'blocked_ip', 'lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '100000', 'lookup.partial-cache.expire-after-write' = '5 min', 'lookup.partial-cache.cache-missing-key' = 'true');

-- == valid traffic ==
CREATE TEMPORARY VIEW impression_unique AS
SELECT auction_id, campaign_id, creative_id, publisher, price_micros, ip, agent, viewable, event_time
FROM (SELECT i.*, ROW_NUMBER() OVER (PARTITION BY i.auction_id ORDER BY i.event_time) AS r FROM impression AS i)
WHERE r = 1;

-- too many from one address in ten seconds: a robot
CREATE TEMPORARY VIEW impression_rate AS
SELECT *, COUNT(*) OVER (PARTITION BY ip ORDER BY event_time RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS burst, PROCTIME() AS p
FROM impression_unique;

CREATE TEMPORARY VIEW impression_valid AS
SELECT r.auction_id, r.campaign_id, r.creative_id, r.publisher, r.price_micros, r.viewable, r.event_time
FROM impression_rate AS r
LEFT JOIN blocked_ip FOR SYSTEM_TIME AS OF r.p AS b ON r.ip = b.ip
WHERE r.burst <= 20 AND b.ip IS NULL AND r.agent IS NOT NULL AND LOWER(r.agent) NOT LIKE '%bot%';

CREATE TEMPORARY VIEW impression_invalid AS
SELECT r.publisher, r.ip, r.event_time, CASE WHEN b.ip IS NOT NULL THEN b.reason WHEN r.burst > 20 THEN 'burst' ELSE 'robot' END AS reason
FROM impression_rate AS r
LEFT JOIN blocked_ip FOR SYSTEM_TIME AS OF r.p AS b ON r.ip = b.ip
WHERE NOT (r.burst <= 20 AND b.ip IS NULL AND r.agent IS NOT NULL AND LOWER(r.agent) NOT LIKE '%bot%');

CREATE TEMPORARY VIEW click_unique AS
SELECT auction_id, click_id, event_time FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction_id ORDER BY event_time) AS r FROM click) WHERE r = 1;

CREATE TEMPORARY VIEW click_valid AS
SELECT i.auction_id, i.campaign_id, i.creative_id, i.publisher, c.click_id, c.event_time
FROM click_unique AS c JOIN impression_valid AS i ON c.auction_id = i.auction_id AND c.event_time BETWEEN i.event_time AND i.event_time + INTERVAL '1' HOUR;

CREATE TEMPORARY VIEW conversion_attributed AS
SELECT k.campaign_id, k.creative_id, k.publisher, v.amount_micros, v.event_time
FROM conversion AS v JOIN click_valid AS k ON v.click_id = k.click_id AND v.event_time BETWEEN k.event_time AND k.event_time + INTERVAL '1' DAY;

-- == what is billed ==
-- CPM: per mille of viewable impressions, CPC: per click, CPA: per conversion
CREATE TEMPORARY VIEW event_all AS
SELECT campaign_id, publisher, 'CPM' AS model, 1 AS n, price_micros / 1000 AS cost_micros, event_time FROM impression_valid WHERE viewable
UNION ALL
SELECT campaign_id, publisher, 'CPC', 1, CAST(NULL AS BIGINT), event_time FROM click_valid
UNION ALL
SELECT campaign_id, publisher, 'CPA', 1, CAST(NULL AS BIGINT), event_time FROM conversion_attributed;

CREATE TEMPORARY VIEW billable AS
SELECT e.campaign_id, c.account_id, e.publisher, e.model, e.n, COALESCE(e.cost_micros, c.bid_micros) * (100 - a.discount_percent) / 100 AS micros, a.currency, CAST(e.event_time AS DATE) AS `day`
FROM event_all e, campaign c, account a
WHERE e.campaign_id = c.campaign_id AND e.model = c.model AND c.account_id = a.account_id AND NOT c.paused;

CREATE TEMPORARY VIEW spend_today AS
SELECT campaign_id, `day`, SUM(micros) AS spent, SUM(n) AS events FROM billable GROUP BY campaign_id, `day`;

CREATE TEMPORARY VIEW pace AS
SELECT s.campaign_id, s.`day`, s.spent, c.daily_budget_micros, s.spent / c.daily_budget_micros AS used_share, s.spent >= c.daily_budget_micros AS exhausted
FROM spend_today s JOIN campaign c ON s.campaign_id = c.campaign_id WHERE c.daily_budget_micros > 0;

-- == sinks ==
CREATE TABLE invoice_line (account_id BIGINT, campaign_id BIGINT, publisher STRING, model STRING, `day` DATE, currency STRING, events BIGINT, amount DECIMAL(20, 2), PRIMARY KEY (account_id, campaign_id, publisher, model, `day`) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://billing/b', 'table-name' = 'invoice_line');
CREATE TABLE stop_list (campaign_id BIGINT, `day` DATE, spent DECIMAL(30, 1), PRIMARY KEY (campaign_id) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'ads.stop', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE publisher_hour (window_start TIMESTAMP(3), publisher STRING, impressions BIGINT, viewable BIGINT, view_rate DECIMAL(5, 2)) WITH ('connector' = 'print');
CREATE TABLE invalid_hour (window_start TIMESTAMP(3), publisher STRING, reason STRING, n BIGINT, addresses BIGINT) WITH ('connector' = 'print');
CREATE TABLE creative_winner (window_end TIMESTAMP(3), campaign_id BIGINT, creative_id BIGINT, clicks BIGINT) WITH ('connector' = 'blackhole');

BEGIN STATEMENT SET;
INSERT INTO invoice_line SELECT account_id, campaign_id, publisher, model, `day`, currency, SUM(n), CAST(SUM(micros) / 1000000 AS DECIMAL(20, 2)) FROM billable GROUP BY account_id, campaign_id, publisher, model, `day`, currency;
INSERT INTO stop_list SELECT campaign_id, `day`, spent FROM pace WHERE exhausted;
INSERT INTO publisher_hour SELECT window_start, publisher, COUNT(*), COUNT(*) FILTER (WHERE viewable), CAST(COUNT(*) FILTER (WHERE viewable) * 1.0 / COUNT(*) AS DECIMAL(5, 2)) FROM TABLE(TUMBLE(TABLE impression_valid, DESCRIPTOR(event_time), INTERVAL '1' HOUR)) GROUP BY publisher, window_start, window_end;
INSERT INTO invalid_hour SELECT window_start, publisher, reason, COUNT(*), COUNT(DISTINCT ip) FROM TABLE(TUMBLE(TABLE impression_invalid, DESCRIPTOR(event_time), INTERVAL '1' HOUR)) GROUP BY publisher, reason, window_start, window_end;
INSERT INTO creative_winner SELECT window_end, campaign_id, creative_id, clicks FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, campaign_id ORDER BY clicks DESC) AS rk FROM (SELECT window_start, window_end, campaign_id, creative_id, COUNT(*) AS clicks FROM TABLE(HOP(TABLE click_valid, DESCRIPTOR(event_time), INTERVAL '15' MINUTE, INTERVAL '1' HOUR)) GROUP BY window_start, window_end, campaign_id, creative_id)) WHERE rk <= 1;
END;
