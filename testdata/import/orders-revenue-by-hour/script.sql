-- Revenue of the shop by hour and country, and the orders that nobody has paid for.
SET 'pipeline.name' = 'revenue by hour';
SET 'table.exec.state.ttl' = '2 d';

-- One line for each order as the shop's export writes it.
CREATE TABLE orders (
  order_id    BIGINT,
  customer_id BIGINT,
  country     STRING,
  amount      DECIMAL(10, 2),
  ordered_at  TIMESTAMP(3),
  WATERMARK FOR ordered_at AS ordered_at - INTERVAL '5' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/orders.csv',
  'format' = 'csv'
);

CREATE TABLE payments (
  payment_id BIGINT,
  order_id   BIGINT,
  `method`   STRING,
  paid       DECIMAL(10, 2),
  paid_at    TIMESTAMP(3),
  WATERMARK FOR paid_at AS paid_at - INTERVAL '5' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/payments.csv',
  'format' = 'csv'
);

CREATE TABLE revenue (
  country    STRING,
  hour_start TIMESTAMP(3),
  orders     BIGINT,
  revenue    DECIMAL(38, 2)
) WITH ('connector' = 'print');

CREATE TABLE unpaid (
  order_id BIGINT,
  country  STRING,
  amount   DECIMAL(10, 2)
) WITH ('connector' = 'print', 'print-identifier' = 'unpaid');

-- Orders with the payment that came within an hour.
CREATE VIEW paid_orders AS
SELECT o.order_id, o.country, o.amount, o.ordered_at, p.`method`
FROM orders AS o
JOIN payments AS p
  ON o.order_id = p.order_id
 AND p.paid_at BETWEEN o.ordered_at AND o.ordered_at + INTERVAL '1' HOUR;

-- Vouchers are no revenue.
CREATE VIEW real_money AS
SELECT * FROM paid_orders WHERE `method` <> 'voucher' AND amount > 0;

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO revenue
  SELECT country, window_start, COUNT(*), SUM(amount)
  FROM TABLE(TUMBLE(TABLE real_money, DESCRIPTOR(ordered_at), INTERVAL '1' HOUR))
  GROUP BY window_start, window_end, country;

  -- What is left over for the reminders.
  INSERT INTO unpaid
  SELECT o.order_id, o.country, o.amount
  FROM orders AS o
  LEFT JOIN payments AS p ON o.order_id = p.order_id
  WHERE p.payment_id IS NULL;
END;
