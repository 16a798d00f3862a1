-- Who gets the letter: chains of CTEs and set operations (batch)
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE subscriber (email STRING, list STRING, since DATE, bounced INT) WITH ('connector' = 'filesystem', 'path' = '/d/subscriber', 'format' = 'csv');
CREATE TABLE buyer (email STRING, bought DATE, cents INT) WITH ('connector' = 'filesystem', 'path' = '/d/buyer', 'format' = 'csv');
CREATE TABLE blocked (email STRING, reason STRING) WITH ('connector' = 'filesystem', 'path' = '/d/blocked', 'format' = 'csv');
CREATE TABLE letter (email STRING, reason STRING, weight INT) WITH ('connector' = 'filesystem', 'path' = '/d/letter', 'format' = 'csv');
CREATE TABLE summary (what STRING, n BIGINT) WITH ('connector' = 'filesystem', 'path' = '/d/summary', 'format' = 'csv');

INSERT INTO letter
WITH
  active AS (SELECT email FROM subscriber WHERE bounced < 3 AND list IN ('news', 'offers')),
  recent AS (SELECT email FROM buyer WHERE bought >= DATE '2024-01-01' GROUP BY email HAVING SUM(cents) > 5000),
  both_of_them AS (SELECT email FROM active INTERSECT SELECT email FROM recent),
  either AS (SELECT email FROM active UNION SELECT email FROM recent),
  allowed AS (SELECT email FROM either EXCEPT SELECT email FROM blocked),
  weighted AS (
    SELECT f.email, CASE WHEN b.email IS NULL THEN 'one' ELSE 'both' END AS reason, CASE WHEN b.email IS NULL THEN 1 ELSE 2 END AS weight
    FROM allowed f LEFT JOIN both_of_them b ON b.email = f.email
  )
SELECT email, reason, weight FROM weighted
UNION ALL
(SELECT email, 'newest', 3 FROM (SELECT email, MAX(since) AS s FROM subscriber GROUP BY email) ORDER BY s DESC, email LIMIT 10);

INSERT INTO summary
SELECT 'subscribers', COUNT(DISTINCT email) FROM subscriber
UNION ALL SELECT 'buyers', COUNT(DISTINCT email) FROM buyer
UNION ALL SELECT 'blocked', COUNT(*) FROM (SELECT email FROM blocked INTERSECT ALL SELECT email FROM subscriber)
UNION ALL SELECT 'lost', COUNT(*) FROM (SELECT email FROM buyer EXCEPT ALL SELECT email FROM subscriber);
