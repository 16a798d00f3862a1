-- A report with more CASE than anything else; from a data mart that was moved from another engine.
SET 'execution.runtime-mode' = 'BATCH';
CREATE TABLE click (click_id BIGINT, campaign_id INT, customer_id INT, device STRING, country STRING, cost DECIMAL(8, 4), clicked_at TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '/m/click', 'format' = 'csv');
CREATE TABLE conversion (click_id BIGINT, amount DECIMAL(10, 2), kind STRING, converted_at TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '/m/conversion', 'format' = 'csv');
CREATE TABLE campaign (campaign_id INT, name STRING, channel STRING, start_day DATE, end_day DATE, budget DECIMAL(12, 2)) WITH ('connector' = 'filesystem', 'path' = '/m/campaign', 'format' = 'csv');
CREATE TABLE report (
  channel STRING, bucket STRING, region STRING, clicks BIGINT, buyers BIGINT, cost DECIMAL(38, 4), revenue DECIMAL(38, 2), roas DECIMAL(20, 2), rating STRING, day_part STRING
) WITH ('connector' = 'filesystem', 'path' = '/m/report', 'format' = 'csv');

INSERT OVERWRITE report
SELECT
  channel, bucket, region, COUNT(*) AS clicks, COUNT(DISTINCT CASE WHEN amount > 0 THEN customer_id END) AS buyers,
  SUM(cost) AS cost, SUM(COALESCE(amount, 0)) AS revenue,
  CAST(CASE WHEN SUM(cost) > 0 THEN SUM(COALESCE(amount, 0)) / SUM(cost) END AS DECIMAL(20, 2)) AS roas,
  CASE
    WHEN SUM(cost) IS NULL OR SUM(cost) = 0 THEN 'free'
    WHEN SUM(COALESCE(amount, 0)) / SUM(cost) >= 4 THEN 'excellent'
    WHEN SUM(COALESCE(amount, 0)) / SUM(cost) >= 1 THEN 'fine'
    ELSE 'poor'
  END AS rating,
  day_part
FROM (
  SELECT
    CASE WHEN LOWER(ca.channel) IN ('fb', 'facebook', 'meta') THEN 'meta' WHEN ca.channel IS NULL THEN 'direct' ELSE LOWER(ca.channel) END AS channel,
    CASE WHEN TIMESTAMPDIFF(DAY, CAST(ca.start_day AS TIMESTAMP(3)), cl.clicked_at) < 7 THEN 'first week'
         WHEN CAST(cl.clicked_at AS DATE) > ca.end_day THEN 'after the end' ELSE 'running' END AS bucket,
    CASE cl.country WHEN 'DE' THEN 'DACH' WHEN 'AT' THEN 'DACH' WHEN 'CH' THEN 'DACH' WHEN 'FR' THEN 'FR' ELSE 'rest' END AS region,
    CASE WHEN HOUR(cl.clicked_at) BETWEEN 6 AND 11 THEN 'morning' WHEN HOUR(cl.clicked_at) < 18 THEN 'day' ELSE 'night' END AS day_part,
    cl.customer_id, cl.cost, co.amount
  FROM click cl
  LEFT JOIN campaign ca ON ca.campaign_id = cl.campaign_id
  LEFT JOIN conversion co ON co.click_id = cl.click_id AND co.converted_at BETWEEN cl.clicked_at AND cl.clicked_at + INTERVAL '7' DAY AND co.kind <> 'test'
  WHERE cl.device IS NULL OR cl.device <> 'bot'
) AS prepared
GROUP BY channel, bucket, region, day_part
HAVING COUNT(*) > 10;
