-- Lookup joins and the hints that steer them.

CREATE TABLE scan (
  scan_id BIGINT,
  article_no STRING,
  branch INT,
  payload STRING,
  proc_time AS PROCTIME()
) WITH ('connector' = 'datagen', 'rows-per-second' = '10');

CREATE TABLE article (article_no STRING, title STRING, price DECIMAL(8, 2), supplier INT, PRIMARY KEY (article_no) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/shop', 'table-name' = 'article');

CREATE TABLE supplier (supplier INT, name STRING, country STRING, PRIMARY KEY (supplier) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/shop', 'table-name' = 'supplier');

CREATE TABLE branch (branch INT, city STRING, opened DATE, PRIMARY KEY (branch) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/shop', 'table-name' = 'branch');

CREATE TABLE enriched (scan_id BIGINT, title STRING, price DECIMAL(8, 2), supplier STRING, city STRING) WITH ('connector' = 'blackhole');
CREATE TABLE unknown_article (scan_id BIGINT, article_no STRING) WITH ('connector' = 'print');

-- try again when the row is not there yet
INSERT INTO enriched
SELECT /*+ LOOKUP('table'='a', 'retry-predicate'='lookup_miss', 'retry-strategy'='fixed_delay', 'fixed-delay'='10s', 'max-attempts'='3') */
  s.scan_id, a.title, a.price, CAST(a.supplier AS STRING), CAST(NULL AS STRING)
FROM scan AS s
JOIN article FOR SYSTEM_TIME AS OF s.proc_time AS a ON s.article_no = a.article_no;

-- a chain of three look-ups; the key is hashed so that the caches of the tasks hold different rows
INSERT INTO enriched
SELECT /*+ LOOKUP('table'='a', 'shuffle'='true'), LOOKUP('table'='b', 'async'='false') */
  s.scan_id, a.title, a.price, p.name, b.city
FROM scan AS s
LEFT JOIN article FOR SYSTEM_TIME AS OF s.proc_time AS a ON a.article_no = s.article_no
LEFT JOIN supplier FOR SYSTEM_TIME AS OF s.proc_time AS p ON p.supplier = a.supplier AND p.country = 'CH'
LEFT JOIN branch /*+ OPTIONS('lookup.cache' = 'PARTIAL', 'lookup.partial-cache.max-rows' = '500') */ FOR SYSTEM_TIME AS OF s.proc_time AS b
  ON b.branch = s.branch AND b.opened <= DATE '2025-01-01';

-- a regular join of the same tables, with the state kept for different times
INSERT INTO enriched
SELECT /*+ STATE_TTL('s' = '1h', 'a' = '3d') */ s.scan_id, a.title, a.price, CAST(NULL AS STRING), CAST(NULL AS STRING)
FROM scan s
JOIN article a ON s.article_no = a.article_no
WHERE s.branch > 100;

INSERT INTO unknown_article
SELECT s.scan_id, s.article_no
FROM scan AS s
LEFT JOIN article FOR SYSTEM_TIME AS OF s.proc_time AS a ON a.article_no = s.article_no
WHERE a.article_no IS NULL;
