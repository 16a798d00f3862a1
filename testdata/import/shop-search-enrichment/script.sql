-- Searches of the shop with what the databases know about user and product, asynchronously and with care for state.
CREATE TABLE searches (
  search_id STRING, user_id BIGINT, term STRING, hits ARRAY<BIGINT>, proc AS PROCTIME()
) WITH ('connector' = 'kafka', 'topic' = 'searches', 'properties.bootstrap.servers' = 'k:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'json');
CREATE TABLE baskets (
  user_id BIGINT, product_id BIGINT, put_at TIMESTAMP(3)
) WITH ('connector' = 'kafka', 'topic' = 'baskets', 'properties.bootstrap.servers' = 'k:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'json');
CREATE TABLE users (
  id BIGINT, segment STRING, country STRING, PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://pg:5432/shop', 'table-name' = 'public.users');
CREATE TABLE products (
  id BIGINT, title STRING, category STRING, price DECIMAL(9, 2), PRIMARY KEY (id) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://pg:5432/shop', 'table-name' = 'public.products', 'lookup.max-retries' = '1');
CREATE TABLE search_facts (
  search_id STRING, term STRING, segment STRING, product_id BIGINT, title STRING, price DECIMAL(9, 2), `position` INT
) WITH ('connector' = 'kafka', 'topic' = 'search-facts', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json');
CREATE TABLE search_to_basket (
  term STRING, category STRING, baskets BIGINT
) WITH ('connector' = 'print');

-- The first ten hits of a search, one a row.
CREATE TEMPORARY VIEW hits AS
SELECT s.search_id, s.user_id, LOWER(s.term) AS term, h.product_id, h.pos, s.proc
FROM searches AS s CROSS JOIN UNNEST(s.hits) WITH ORDINALITY AS h (product_id, pos)
WHERE h.pos <= 10;

CREATE TEMPORARY VIEW facts AS
SELECT /*+ LOOKUP('table' = 'u', 'async' = 'false'), LOOKUP('table' = 'p', 'retry-predicate' = 'lookup_miss', 'retry-strategy' = 'fixed_delay', 'fixed-delay' = '200 ms', 'max-attempts' = '2') */
  h.search_id, h.user_id, h.term, u.segment, h.product_id, p.title, p.category, p.price, h.pos
FROM hits AS h
LEFT JOIN users FOR SYSTEM_TIME AS OF h.proc AS u ON u.id = h.user_id
LEFT JOIN products FOR SYSTEM_TIME AS OF h.proc AS p ON p.id = h.product_id AND p.price > 0;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO search_facts /*+ OPTIONS('sink.partitioner' = 'round-robin') */
SELECT search_id, term, segment, product_id, title, price, pos FROM facts;

INSERT INTO search_to_basket
SELECT f.term, f.category, COUNT(*) AS baskets
FROM (
  SELECT /*+ STATE_TTL('x' = '1h', 'b' = '10min') */ x.term, x.category, b.product_id
  FROM facts AS x JOIN baskets AS b ON x.user_id = b.user_id AND x.product_id = b.product_id
) AS f
GROUP BY f.term, f.category;
END;
