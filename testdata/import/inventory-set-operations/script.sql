-- Stock-taking: what is where, what is missing, what should not be there.
SET 'execution.runtime-mode' = 'batch';

CREATE TABLE booked (sku STRING, bin STRING, qty INT) WITH ('connector' = 'filesystem', 'path' = '${data}/booked.csv', 'format' = 'csv');
CREATE TABLE counted (sku STRING, bin STRING, qty INT) WITH ('connector' = 'filesystem', 'path' = '${data}/counted.csv', 'format' = 'csv');
CREATE TABLE blocked (sku STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/blocked.csv', 'format' = 'csv');

CREATE TABLE agreed (sku STRING, bin STRING) WITH ('connector' = 'print');
CREATE TABLE missing (sku STRING, bin STRING) WITH ('connector' = 'print');
CREATE TABLE all_places (sku STRING, bin STRING) WITH ('connector' = 'print');
CREATE TABLE to_check (sku STRING, reason STRING) WITH ('connector' = 'print');
CREATE TABLE doubles (sku STRING, bin STRING, qty INT) WITH ('connector' = 'print');

INSERT INTO agreed
SELECT sku, bin FROM booked INTERSECT SELECT sku, bin FROM counted;

INSERT INTO missing
(SELECT sku, bin FROM booked WHERE qty > 0)
EXCEPT
(SELECT sku, bin FROM counted WHERE qty > 0);

INSERT INTO all_places
SELECT sku, bin FROM booked
UNION
SELECT sku, bin FROM counted
UNION
SELECT sku, 'blocked' FROM blocked;

INSERT INTO to_check
SELECT b.sku, 'counted less than booked'
FROM (SELECT sku, SUM(qty) AS qty FROM booked GROUP BY sku) AS b
JOIN (SELECT sku, SUM(qty) AS qty FROM counted GROUP BY sku) AS c ON b.sku = c.sku AND c.qty < b.qty
UNION ALL
SELECT sku, 'blocked but counted' FROM counted WHERE sku IN (SELECT sku FROM blocked)
UNION ALL
SELECT sku, 'larger than the mean' FROM counted WHERE qty > (SELECT AVG(qty) FROM counted) * 2;

-- lines that were booked twice, each as often as it is there
INSERT INTO doubles
SELECT sku, bin, qty FROM booked
INTERSECT ALL
SELECT sku, bin, qty FROM counted
EXCEPT ALL
SELECT DISTINCT sku, bin, qty FROM booked;
