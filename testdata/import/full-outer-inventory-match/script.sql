-- What the shelf says and what the book says: FULL and RIGHT joins with coalesced keys.
CREATE TABLE shelf_count (store INT, sku STRING, pieces INT, PRIMARY KEY (store, sku) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'shelf', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE book_stock (store INT, sku STRING, pieces INT, updated TIMESTAMP_LTZ(3), PRIMARY KEY (store, sku) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'book', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE article (sku STRING, name STRING, price DECIMAL(8, 2), PRIMARY KEY (sku) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'article', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE difference (store INT, sku STRING, name STRING, shelf INT, book INT, diff INT, money DECIMAL(20, 2), verdict STRING, PRIMARY KEY (store, sku) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'diff', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE store_score (store INT, articles BIGINT, wrong BIGINT, loss DECIMAL(38, 2), grade STRING, PRIMARY KEY (store) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'score', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE unsold (sku STRING, name STRING, stores BIGINT, PRIMARY KEY (sku) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'unsold', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');

CREATE VIEW matched AS
SELECT COALESCE(s.store, b.store) AS store, COALESCE(s.sku, b.sku) AS sku, s.pieces AS shelf, b.pieces AS book,
       COALESCE(s.pieces, 0) - COALESCE(b.pieces, 0) AS diff
FROM shelf_count s
FULL OUTER JOIN book_stock b ON s.store = b.store AND s.sku = b.sku;

CREATE VIEW valued AS
SELECT m.store, m.sku, a.name, m.shelf, m.book, m.diff, CAST(m.diff * a.price AS DECIMAL(20, 2)) AS money,
  CASE
    WHEN m.shelf IS NULL THEN 'not counted'
    WHEN m.book IS NULL THEN 'not booked'
    WHEN m.diff = 0 THEN 'ok'
    WHEN ABS(m.diff) <= 2 AND a.price < 10 THEN 'minor'
    ELSE CASE SIGN(m.diff) WHEN 1 THEN 'too many' ELSE 'missing' END
  END AS verdict
FROM matched m LEFT JOIN article a USING (sku);

INSERT INTO difference SELECT * FROM valued WHERE verdict <> 'ok' ON CONFLICT DO DEDUPLICATE;

INSERT INTO store_score
SELECT store, COUNT(*), COUNT(CASE WHEN verdict NOT IN ('ok', 'minor') THEN 1 END), SUM(money),
  CASE WHEN COUNT(CASE WHEN verdict NOT IN ('ok', 'minor') THEN 1 END) * 100 / COUNT(*) < 2 THEN 'A' ELSE 'B' END
FROM valued GROUP BY store;

INSERT INTO unsold
SELECT a.sku, MAX(a.name), COUNT(b.store)
FROM book_stock b RIGHT JOIN article a ON a.sku = b.sku AND b.pieces > 0
GROUP BY a.sku
HAVING COUNT(b.store) = 0;
