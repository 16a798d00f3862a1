-- Invoices as nested JSON, taken apart to lines and taxes.
CREATE TABLE invoice_raw (
  id STRING,
  issued TIMESTAMP_LTZ(3),
  seller ROW<id STRING, address ROW<street STRING, zip STRING, country STRING>>,
  buyer ROW<id STRING, name STRING, emails ARRAY<STRING>>,
  `lines` ARRAY<ROW<pos INT, sku STRING, qty INT, net DECIMAL(10, 2), taxes MAP<STRING, DECIMAL(10, 2)>, tags ARRAY<STRING>>>,
  attributes MAP<STRING, STRING>,
  payload STRING
) WITH ('connector' = 'kafka', 'topic' = 'invoices', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601', 'scan.startup.mode' = 'earliest-offset');

CREATE TABLE invoice_line (invoice STRING, pos INT, sku STRING, qty INT, net DECIMAL(10, 2), country STRING) WITH ('connector' = 'blackhole');
CREATE TABLE tax_sum (country STRING, tax STRING, amount DECIMAL(38, 2), PRIMARY KEY (country, tax) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'tax', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE tag_top (tag STRING, pieces BIGINT, place BIGINT, PRIMARY KEY (place) NOT ENFORCED) WITH ('connector' = 'upsert-kafka', 'topic' = 'tags', 'properties.bootstrap.servers' = 'k:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE mail_queue (invoice STRING, email STRING, nr INT, channel STRING, discount DOUBLE) WITH ('connector' = 'blackhole');

CREATE VIEW invoice_lines AS
SELECT i.id AS invoice, i.seller.address.country AS country, l.pos, l.sku, l.qty, l.net, l.taxes, l.tags
FROM invoice_raw AS i
CROSS JOIN UNNEST(i.`lines`) AS l (pos, sku, qty, net, taxes, tags);

INSERT INTO invoice_line SELECT invoice, pos, UPPER(TRIM(sku)), qty, net, country FROM invoice_lines WHERE qty > 0;

INSERT INTO tax_sum
SELECT COALESCE(country, '??'), t.tax, SUM(t.amount)
FROM invoice_lines, UNNEST(taxes) AS t (tax, amount)
GROUP BY COALESCE(country, '??'), t.tax;

INSERT INTO tag_top
SELECT tag, pieces, place FROM (
  SELECT tag, pieces, ROW_NUMBER() OVER (ORDER BY pieces DESC, tag) AS place FROM (
    SELECT g.tag, SUM(CAST(il.qty AS BIGINT)) AS pieces FROM invoice_lines il LEFT JOIN UNNEST(il.tags) AS g (tag) ON TRUE GROUP BY g.tag
  ) WHERE tag IS NOT NULL
) WHERE place <= 10;

INSERT INTO mail_queue
SELECT r.id, e.email, e.nr,
       COALESCE(r.attributes['channel'], JSON_VALUE(r.payload, '$.channel'), 'mail'),
       CAST(JSON_VALUE(r.payload, '$.discount.percent' RETURNING DOUBLE DEFAULT 0 ON EMPTY NULL ON ERROR) AS DOUBLE)
FROM invoice_raw r
CROSS JOIN UNNEST(r.buyer.emails) WITH ORDINALITY AS e (email, nr)
WHERE CARDINALITY(r.`lines`) > 0 AND r.buyer.name IS NOT NULL;
