-- Purchases in many currencies, each at the rate of its moment. Runs as a stream over files.
CREATE TABLE purchases (id INT, currency STRING, cents BIGINT, bought TIMESTAMP(3), WATERMARK FOR bought AS bought - INTERVAL '1' MINUTE)
WITH ('connector' = 'filesystem', 'path' = '${data}/purchases.csv', 'format' = 'csv');
CREATE TABLE rates (currency STRING, rate DECIMAL(10, 4), since TIMESTAMP(3), WATERMARK FOR since AS since - INTERVAL '1' MINUTE, PRIMARY KEY (currency) NOT ENFORCED)
WITH ('connector' = 'filesystem', 'path' = '${data}/rates.csv', 'format' = 'csv');
CREATE TABLE in_euro (id INT, currency STRING, euros DECIMAL(38, 6), rate_since TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE per_ten_minutes (currency STRING, from_time TIMESTAMP(3), euros DECIMAL(38, 6), n BIGINT) WITH ('connector' = 'print');
CREATE TABLE without_rate (id INT, currency STRING) WITH ('connector' = 'print');

CREATE VIEW priced AS
SELECT p.id, p.currency, CAST(p.cents AS DECIMAL(20, 2)) / 100 * r.rate AS euros, p.bought, CAST(r.since AS TIMESTAMP(3)) AS rate_since
FROM purchases AS p
LEFT JOIN rates FOR SYSTEM_TIME AS OF p.bought AS r ON p.currency = r.currency;

INSERT INTO in_euro SELECT id, currency, euros, rate_since FROM priced WHERE euros IS NOT NULL;

INSERT INTO per_ten_minutes
SELECT currency, window_start, SUM(euros), COUNT(*)
FROM TABLE(TUMBLE(TABLE priced, DESCRIPTOR(bought), INTERVAL '10' MINUTE))
GROUP BY currency, window_start, window_end;

INSERT INTO without_rate SELECT id, currency FROM priced WHERE rate_since IS NULL;
