-- Year against year, store against web. The usual questions of January.

SET 'execution.runtime-mode' = 'batch';
SET 'table.optimizer.reuse-sub-plan-enabled' = 'true';

CREATE TABLE dim_day (d DATE, yr INT, quarter_no INT, month_no INT, weekday INT) WITH ('connector' = 'filesystem', 'path' = '${data}/day.csv', 'format' = 'csv');
CREATE TABLE dim_item (item_id INT, item STRING, category STRING, brand STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/item.csv', 'format' = 'csv');
CREATE TABLE dim_store (store_id INT, store STRING, canton STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/store.csv', 'format' = 'csv');
CREATE TABLE dim_person (person_id INT, name STRING, canton STRING, born INT) WITH ('connector' = 'filesystem', 'path' = '${data}/person.csv', 'format' = 'csv');
CREATE TABLE fact_store (d DATE, item_id INT, store_id INT, person_id INT, pieces INT, amount DECIMAL(9, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/store_sale.csv', 'format' = 'csv');
CREATE TABLE fact_web (d DATE, item_id INT, site CHAR(2), person_id INT, pieces INT, amount DECIMAL(9, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/web_sale.csv', 'format' = 'csv');
CREATE TABLE fact_refund (channel STRING, d DATE, item_id INT, amount DECIMAL(9, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/refund.csv', 'format' = 'csv');

CREATE TABLE r_growth (category STRING, before_that DECIMAL(38, 2), now_it_is DECIMAL(38, 2), growth DECIMAL(10, 1)) WITH ('connector' = 'print', 'print-identifier' = '1');
CREATE TABLE r_web_people (name STRING, canton STRING) WITH ('connector' = 'print', 'print-identifier' = '2');
CREATE TABLE r_weekday (canton STRING, store STRING, mon DECIMAL(38, 2), tue DECIMAL(38, 2), wed DECIMAL(38, 2), thu DECIMAL(38, 2), fri DECIMAL(38, 2), sat DECIMAL(38, 2), sun DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = '3');
CREATE TABLE r_net (channel STRING, category STRING, brand STRING, net DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = '4');
CREATE TABLE r_travel (home STRING, shop_canton STRING, people BIGINT, amount DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = '5');
CREATE TABLE r_slow (item STRING, brand STRING, pieces INT) WITH ('connector' = 'print', 'print-identifier' = '6');

CREATE VIEW sale AS
  SELECT 'store' AS channel, d, item_id, person_id, pieces, amount FROM fact_store
  UNION ALL
  SELECT 'web' AS channel, d, item_id, person_id, pieces, amount FROM fact_web;

CREATE VIEW sale_net (channel, yr, quarter_no, category, brand, net) AS
  SELECT x.channel, dd.yr, dd.quarter_no, i.category, i.brand, SUM(x.amount)
  FROM (
    SELECT channel, d, item_id, amount FROM sale
    UNION ALL
    SELECT channel, d, item_id, -amount FROM fact_refund
  ) x
  JOIN dim_day dd ON dd.d = x.d
  JOIN dim_item i ON i.item_id = x.item_id
  GROUP BY x.channel, dd.yr, dd.quarter_no, i.category, i.brand;

-- 1. growth, category by category
INSERT INTO r_growth
WITH by_year AS (
  SELECT category, yr, SUM(net) AS net FROM sale_net GROUP BY category, yr
)
SELECT c.category, l.net AS before_that, c.net AS now_it_is, CAST(100 * (c.net - l.net) / l.net AS DECIMAL(10, 1)) AS growth
FROM by_year c, by_year l
WHERE c.category = l.category AND c.yr = 2024 AND l.yr = c.yr - 1
ORDER BY growth DESC, category;

-- 2. web grows faster than the stores for these people
INSERT INTO r_web_people
WITH person_year AS (
  SELECT s.channel, s.person_id, dd.yr, SUM(s.amount) AS amount
  FROM sale s JOIN dim_day dd ON dd.d = s.d
  GROUP BY s.channel, s.person_id, dd.yr
)
SELECT p.name, p.canton
FROM dim_person p
JOIN person_year s1 ON s1.person_id = p.person_id AND s1.channel = 'store' AND s1.yr = 2023
JOIN person_year s2 ON s2.person_id = p.person_id AND s2.channel = 'store' AND s2.yr = 2024
JOIN person_year w1 ON w1.person_id = p.person_id AND w1.channel = 'web' AND w1.yr = 2023
JOIN person_year w2 ON w2.person_id = p.person_id AND w2.channel = 'web' AND w2.yr = 2024
WHERE w2.amount / w1.amount > s2.amount / s1.amount
ORDER BY p.name
LIMIT 20;

-- 3. weekdays side by side, store by store
INSERT INTO r_weekday
SELECT st.canton, st.store,
       SUM(CASE WHEN dd.weekday = 1 THEN f.amount END) AS mon,
       SUM(CASE WHEN dd.weekday = 2 THEN f.amount END) AS tue,
       SUM(CASE WHEN dd.weekday = 3 THEN f.amount END) AS wed,
       SUM(CASE WHEN dd.weekday = 4 THEN f.amount END) AS thu,
       SUM(CASE WHEN dd.weekday = 5 THEN f.amount END) AS fri,
       SUM(CASE WHEN dd.weekday = 6 THEN f.amount END) AS sat,
       SUM(CASE WHEN dd.weekday = 7 THEN f.amount END) AS sun
FROM fact_store f, dim_day dd, dim_store st
WHERE f.d = dd.d AND f.store_id = st.store_id AND dd.yr = 2024
GROUP BY st.canton, st.store;

-- 4. channel, category, brand with sub-totals; the refunds are in it
INSERT INTO r_net
SELECT channel, category, brand, SUM(net) AS net
FROM sale_net
WHERE yr = 2024
GROUP BY ROLLUP (channel, category, brand)
HAVING SUM(net) <> 0;

-- 5. people who bought in a store of a canton that is not theirs, but never more than 280 at once on the web
INSERT INTO r_travel
SELECT p.canton AS home, st.canton AS shop_canton, COUNT(DISTINCT p.person_id) AS people, SUM(f.amount) AS amount
FROM fact_store f
INNER JOIN dim_person p ON p.person_id = f.person_id
INNER JOIN dim_store st ON st.store_id = f.store_id
WHERE p.canton <> st.canton
  AND NOT EXISTS (SELECT 1 FROM fact_web w WHERE w.person_id = f.person_id AND w.amount > 280)
GROUP BY p.canton, st.canton;

-- 6. items of which both channels sold less than half of the best item
INSERT INTO r_slow
SELECT i.item, i.brand, t.pieces
FROM (SELECT item_id, SUM(pieces) AS pieces FROM sale GROUP BY item_id) t
JOIN dim_item i ON i.item_id = t.item_id
WHERE t.pieces < 0.5 * (SELECT MAX(pieces) FROM (SELECT SUM(pieces) AS pieces FROM sale GROUP BY item_id) AS m)
ORDER BY t.pieces, i.item;

-- 7. the same person, both channels, same day
SELECT person_id, d FROM fact_store
INTERSECT
SELECT person_id, d FROM fact_web;
