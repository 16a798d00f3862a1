-- A changelog of orders (Debezium) out of a file: rows are inserted, changed, deleted.
-- What is left at the end is the answer.

SET 'table.exec.source.cdc-events-duplicate' = 'false';

CREATE TABLE orders (
  id INT,
  customer STRING,
  state STRING,
  amount INT,
  city STRING
) WITH ('connector' = 'filesystem', 'path' = '${data}/orders.json', 'format' = 'debezium-json');

CREATE TABLE customer (customer STRING, name STRING, status STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/customer.csv', 'format' = 'csv');
CREATE TABLE visit (visit_id INT, customer STRING, via STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem', 'path' = '${data}/visit.csv', 'format' = 'csv');

CREATE TABLE city_total (city STRING, orders BIGINT, amount INT, open_share DECIMAL(5, 2), PRIMARY KEY (city) NOT ENFORCED) WITH ('connector' = 'print');
CREATE TABLE customer_total (customer STRING, name STRING, orders BIGINT, amount INT, `rank` BIGINT) WITH ('connector' = 'print');
CREATE TABLE histogram (orders_per_customer BIGINT, customers BIGINT) WITH ('connector' = 'print');
CREATE TABLE watch_only (customer STRING, visits BIGINT) WITH ('connector' = 'print');
CREATE TABLE state_change (state STRING, `now` BIGINT) WITH ('connector' = 'print');

CREATE VIEW live_order AS SELECT id, customer, state, amount, city, state NOT IN ('SENT', 'DONE') AS is_open FROM orders;

CREATE VIEW per_customer AS
SELECT customer, COUNT(*) AS orders, SUM(amount) AS amount FROM live_order GROUP BY customer;

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO city_total
  SELECT city, COUNT(*), SUM(amount), CAST(COUNT(*) FILTER (WHERE is_open) * 1.0 / COUNT(*) AS DECIMAL(5, 2))
  FROM live_order
  GROUP BY city;

  INSERT INTO customer_total
  SELECT customer, name, orders, amount, rn
  FROM (
    SELECT p.customer, COALESCE(c.name, '(unknown)') AS name, p.orders, p.amount, ROW_NUMBER() OVER (ORDER BY p.amount DESC, p.customer) AS rn
    FROM per_customer p LEFT JOIN customer c ON c.customer = p.customer
  )
  WHERE rn <= 3;

  -- an aggregate of an aggregate: retractions all the way
  INSERT INTO histogram
  SELECT orders, COUNT(*) FROM per_customer GROUP BY orders;

  INSERT INTO watch_only
  SELECT v.customer, v.visits
  FROM (SELECT customer, COUNT(*) AS visits FROM visit GROUP BY customer) v
  WHERE v.customer NOT IN (SELECT customer FROM orders WHERE customer IS NOT NULL);

  INSERT INTO state_change
  SELECT state, COUNT(id) FROM orders GROUP BY state;
END;
