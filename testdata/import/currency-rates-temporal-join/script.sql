-- Orders of all countries in euros, at the rate that held when the order came, with the customer's status of that time.
CREATE TABLE orders (
  order_id BIGINT,
  customer_id BIGINT,
  currency STRING,
  amount DECIMAL(15, 2),
  order_time TIMESTAMP(3),
  WATERMARK FOR order_time AS order_time - INTERVAL '30' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'orders', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE currency_rates (
  currency STRING,
  rate DECIMAL(18, 6),
  valid_from TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
  WATERMARK FOR valid_from AS valid_from - INTERVAL '30' SECOND,
  PRIMARY KEY (currency) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'rates', 'properties.bootstrap.servers' = 'kafka:9092', 'key.format' = 'raw', 'value.format' = 'json');

-- An append-only log of status changes; the versioned view below makes a table of it.
CREATE TABLE status_log (
  customer_id BIGINT,
  status STRING,
  changed_at TIMESTAMP(3),
  WATERMARK FOR changed_at AS changed_at
) WITH ('connector' = 'kafka', 'topic' = 'status', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE revenue_in_euro (order_id BIGINT, status STRING, euros DECIMAL(38, 6), order_time TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE revenue_by_status (status STRING, hour_end TIMESTAMP(3), euros DECIMAL(38, 6)) WITH ('connector' = 'print');

CREATE VIEW customer_status AS
SELECT customer_id, status, changed_at
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY changed_at DESC) AS rn
  FROM status_log
)
WHERE rn = 1;

CREATE VIEW in_euro AS
SELECT
  o.order_id,
  o.customer_id,
  o.amount * COALESCE(r.rate, 1) AS euros,
  o.order_time
FROM orders AS o
LEFT JOIN currency_rates FOR SYSTEM_TIME AS OF o.order_time AS r
ON o.currency = r.currency;

CREATE VIEW with_status AS
SELECT e.order_id, s.status, e.euros, e.order_time
FROM in_euro AS e
JOIN customer_status FOR SYSTEM_TIME AS OF e.order_time AS s
ON e.customer_id = s.customer_id;

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO revenue_in_euro SELECT order_id, status, euros, order_time FROM with_status;
  INSERT INTO revenue_by_status
  SELECT status, window_end, SUM(euros)
  FROM TABLE(TUMBLE(TABLE with_status, DESCRIPTOR(order_time), INTERVAL '1' HOUR))
  GROUP BY status, window_start, window_end;
END;
