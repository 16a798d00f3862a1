-- Orders as nested JSON documents: flattened into lines, labels and addresses.
CREATE TABLE order_documents (
  id INT,
  customer ROW<name STRING, address ROW<street STRING, city STRING, `zip code` STRING>>,
  `lines` ARRAY<ROW<sku STRING, quantity INT, price DOUBLE>>,
  labels ARRAY<STRING>,
  attributes MAP<STRING, STRING>
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/orders.json',
  'format' = 'json'
);

CREATE TABLE order_lines (order_id INT, city STRING, line_no INT, sku STRING, quantity INT, amount DOUBLE) WITH ('connector' = 'print');
CREATE TABLE labels_used (label STRING, orders BIGINT) WITH ('connector' = 'print');
CREATE TABLE attributes_flat (order_id INT, k STRING, v STRING) WITH ('connector' = 'print');
CREATE TABLE summaries (order_id INT, title STRING, line_count INT, first_sku STRING, gift BOOLEAN, colour STRING) WITH ('connector' = 'print');

-- One row for each line of an order, numbered as in the document.
CREATE VIEW numbered AS
SELECT d.id, d.customer.address.city AS city, l.n, l.sku, l.quantity, l.price
FROM order_documents AS d
CROSS JOIN UNNEST(d.`lines`) WITH ORDINALITY AS l (sku, quantity, price, n);

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO order_lines
  SELECT id, city, n, sku, quantity, quantity * price FROM numbered WHERE quantity > 0;

  INSERT INTO labels_used
  SELECT UPPER(label), COUNT(DISTINCT id)
  FROM (SELECT id, label FROM order_documents, UNNEST(labels) AS t (label)) AS x
  GROUP BY UPPER(label);

  INSERT INTO attributes_flat
  SELECT d.id, a.k, a.v
  FROM order_documents AS d
  LEFT JOIN UNNEST(d.attributes) AS a (k, v) ON TRUE;

  INSERT INTO summaries
  SELECT
    id,
    customer.name || ', ' || COALESCE(customer.address.`zip code`, '-') AS title,
    CARDINALITY(`lines`),
    `lines`[1].sku,
    ARRAY_CONTAINS(labels, 'gift'),
    attributes['colour']
  FROM order_documents;
END;
