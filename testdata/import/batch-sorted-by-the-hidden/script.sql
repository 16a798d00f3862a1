-- Lists for the buyers: sorted by what does not stand in them, and the best of each supplier.
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE purchase (purchase_id BIGINT, supplier INT, article STRING, amount DECIMAL(10, 2), pieces INT, state STRING, bought TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '/buyers/purchase', 'format' = 'csv');
CREATE TABLE supplier (id INT, name STRING, town STRING) WITH ('connector' = 'filesystem', 'path' = '/buyers/supplier', 'format' = 'csv');
CREATE TABLE watch_list (article STRING) WITH ('connector' = 'filesystem', 'path' = '/buyers/watch', 'format' = 'csv');
CREATE TABLE first_purchase (place BIGINT, article STRING, pieces INT) WITH ('connector' = 'print');

-- the dearest articles, without the money
INSERT INTO watch_list SELECT article FROM purchase GROUP BY article ORDER BY SUM(amount) DESC LIMIT 5;

SELECT supplier AS s, article FROM purchase ORDER BY amount DESC, s LIMIT 3;

SELECT UPPER(article) AS article FROM purchase WHERE pieces > 1 ORDER BY pieces * 2, 1 LIMIT 3;

SELECT s.name FROM purchase p JOIN supplier s ON p.supplier = s.id ORDER BY p.amount, s.town FETCH FIRST 5 ROWS ONLY;

-- the number stands first: the columns keep the order of the query inside
INSERT INTO first_purchase
SELECT * FROM (SELECT ROW_NUMBER() OVER (PARTITION BY supplier ORDER BY bought) AS place, article, pieces FROM purchase WHERE state <> 'LOST') WHERE place <= 3;

-- moving sums, of which few columns are wanted
SELECT article, SUM(amount) OVER w AS so_far, COUNT(*) OVER w AS purchases
FROM purchase
WINDOW w AS (PARTITION BY supplier ORDER BY bought ROWS BETWEEN 2 PRECEDING AND CURRENT ROW);

-- only the suppliers of one year, of a view of all years
CREATE TEMPORARY VIEW year_of_town AS
SELECT EXTRACT(YEAR FROM p.bought) AS y, s.town, x.state, SUM(p.amount) AS amount
FROM supplier s
JOIN purchase p ON p.supplier = s.id
JOIN (SELECT DISTINCT state FROM purchase) x ON x.state = p.state
GROUP BY EXTRACT(YEAR FROM p.bought), s.town, x.state;

SELECT y, state, amount FROM year_of_town WHERE town = 'Bern';
