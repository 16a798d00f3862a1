/* ============================================================================
   CREDIT FEATURE STORE -- point-in-time features of current-account customers

   Each insert at the end writes one "feature group". A feature group has
   customer_id, event_ts and then its features; the store keeps the history,
   so the streams are append-only wherever that can be had.
   ============================================================================ */

SET 'pipeline.name' = 'credit-feature-store';
SET 'execution.checkpointing.interval' = '2 min';
SET 'table.exec.state.ttl' = '92 d';
SET 'table.local-time-zone' = 'Europe/Zurich';

-- booking of the core banking system
CREATE TABLE booking (
    booking_id    BIGINT,
    account_no    STRING,
    amount        DECIMAL(13, 2),          -- negative: money goes out
    balance_after DECIMAL(13, 2),
    counterparty  ROW<name STRING, iban STRING, mcc SMALLINT>,
    purpose       STRING,
    booked_ts     TIMESTAMP(3),
    WATERMARK FOR booked_ts AS booked_ts - INTERVAL '1' MINUTE
) WITH (
    'connector' = 'kafka',
    'topic' = 'core.booking',
    'properties.bootstrap.servers' = 'bank-kafka:9093',
    'properties.security.protocol' = 'SSL',
    'properties.group.id' = 'feature-store',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json'
);

-- who owns the account, with history
CREATE TABLE account_owner (
    account_no  STRING,
    customer_id BIGINT,
    opened      DATE,
    segment     STRING,
    change_ts   TIMESTAMP(3),
    WATERMARK FOR change_ts AS change_ts - INTERVAL '1' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'core.account-owner',
    'properties.bootstrap.servers' = 'bank-kafka:9093',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json'
);

-- instalments of loans
CREATE TABLE instalment (
    loan_id     BIGINT,
    customer_id BIGINT,
    number_in_plan INT,
    due_ts      TIMESTAMP(3),
    amount      DECIMAL(13, 2),
    WATERMARK FOR due_ts AS due_ts
) WITH (
    'connector' = 'kafka', 'topic' = 'loan.instalment', 'properties.bootstrap.servers' = 'bank-kafka:9093',
    'scan.startup.mode' = 'earliest-offset', 'format' = 'json'
);

CREATE TABLE loan_payment (
    loan_id BIGINT, number_in_plan INT, paid DECIMAL(13, 2), paid_ts TIMESTAMP(3),
    WATERMARK FOR paid_ts AS paid_ts
) WITH (
    'connector' = 'kafka', 'topic' = 'loan.payment', 'properties.bootstrap.servers' = 'bank-kafka:9093',
    'scan.startup.mode' = 'earliest-offset', 'format' = 'json'
);

-- merchants' category codes: a handful of lines, kept in the script
CREATE TEMPORARY VIEW mcc_group (mcc, category) AS
SELECT CAST(code AS SMALLINT), label
FROM (VALUES
    (5411, 'groceries'),
    (5812, 'restaurants'),
    (7995, 'gambling'),
    (6011, 'cash'),
    (4900, 'utilities'),
    (6513, 'rent')
) AS t (code, label);

-- the versioned view: the last owner of an account at any time
CREATE TEMPORARY VIEW owner_version AS
SELECT account_no, customer_id, opened, segment, change_ts
FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY account_no ORDER BY change_ts DESC) AS rownum
    FROM account_owner
)
WHERE rownum = 1;

CREATE TEMPORARY VIEW booking_of_customer AS
SELECT o.customer_id, b.account_no, b.amount, b.balance_after, b.counterparty.mcc AS mcc, b.counterparty.name AS counterparty,
       b.purpose, b.booked_ts, o.segment
FROM booking AS b
JOIN owner_version FOR SYSTEM_TIME AS OF b.booked_ts AS o
  ON b.account_no = o.account_no;

CREATE TEMPORARY VIEW outgoing AS
SELECT customer_id, -amount AS spent, mcc, counterparty, booked_ts FROM booking_of_customer WHERE amount < 0;

CREATE TEMPORARY VIEW incoming AS
SELECT customer_id, amount AS got, purpose, counterparty, booked_ts,
       UPPER(purpose) SIMILAR TO '%(SALARY|LOHN|SALAIRE)%' AS looks_like_salary
FROM booking_of_customer
WHERE amount > 0;

-- G1: rolling balance features at each booking
CREATE TEMPORARY VIEW g_balance AS
SELECT customer_id, booked_ts,
       balance_after,
       MIN(balance_after) OVER w30 AS min_30d,
       MAX(balance_after) OVER w30 AS max_30d,
       AVG(balance_after) OVER w30 AS avg_30d,
       COUNT(*) OVER w30 AS bookings_30d,
       SUM(CASE WHEN balance_after < 0 THEN 1 ELSE 0 END) OVER w30 AS overdrafts_30d
FROM booking_of_customer
WINDOW w30 AS (PARTITION BY customer_id ORDER BY booked_ts RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND CURRENT ROW);

-- G2: spending by category and day; the join with the short list is a plain one
CREATE TEMPORARY VIEW spend_category AS
SELECT o.customer_id, COALESCE(m.category, 'other') AS category, CAST(o.booked_ts AS DATE) AS d, SUM(o.spent) AS spent, COUNT(*) AS n
FROM outgoing AS o
LEFT JOIN mcc_group AS m ON o.mcc = m.mcc
GROUP BY o.customer_id, COALESCE(m.category, 'other'), CAST(o.booked_ts AS DATE);

CREATE TEMPORARY VIEW spend_pivot AS
SELECT customer_id, d,
       SUM(spent) AS total,
       SUM(CASE category WHEN 'groceries' THEN spent ELSE 0 END) AS groceries,
       SUM(CASE category WHEN 'restaurants' THEN spent ELSE 0 END) AS restaurants,
       SUM(CASE category WHEN 'gambling' THEN spent ELSE 0 END) AS gambling,
       SUM(CASE category WHEN 'cash' THEN spent ELSE 0 END) AS cash,
       SUM(CASE category WHEN 'rent' THEN spent ELSE 0 END) AS rent,
       MAX(n) AS most_in_one
FROM spend_category
GROUP BY customer_id, d;

-- G3: salary, month by month
CREATE TEMPORARY VIEW salary_month AS
SELECT window_start, window_end, window_time, customer_id, SUM(got) AS salary, COUNT(DISTINCT counterparty) AS employers
FROM TABLE(TUMBLE(TABLE incoming, DESCRIPTOR(booked_ts), INTERVAL '30' DAY))
WHERE looks_like_salary
GROUP BY window_start, window_end, window_time, customer_id;

CREATE TEMPORARY VIEW g_salary AS
SELECT customer_id, window_time AS event_ts, salary, employers,
       salary - LAG(salary, 1) OVER (PARTITION BY customer_id ORDER BY window_time) AS salary_change
FROM salary_month;

-- G4: instalments not paid on time (seven days of grace)
CREATE TEMPORARY VIEW instalment_outcome AS
SELECT i.customer_id, i.loan_id, i.number_in_plan, i.due_ts, i.amount, p.paid_ts,
       CASE WHEN p.loan_id IS NULL THEN 1 ELSE 0 END AS missed
FROM instalment AS i
LEFT JOIN loan_payment AS p
  ON p.loan_id = i.loan_id AND p.number_in_plan = i.number_in_plan
 AND p.paid_ts BETWEEN i.due_ts - INTERVAL '14' DAY AND i.due_ts + INTERVAL '7' DAY;

-- G5: gambling right after the salary
CREATE TEMPORARY VIEW salary_then_gambling AS
SELECT s.customer_id, s.booked_ts AS salary_ts, g.booked_ts AS gambling_ts, g.spent
FROM (SELECT * FROM incoming WHERE looks_like_salary) s, (SELECT * FROM outgoing WHERE mcc = 7995) g
WHERE s.customer_id = g.customer_id AND g.booked_ts >= s.booked_ts AND g.booked_ts < s.booked_ts + INTERVAL '2' DAY;

-- feature groups --------------------------------------------------------------
CREATE TABLE fg_balance (
    customer_id BIGINT, event_ts TIMESTAMP(3),
    features ROW<balance DECIMAL(13, 2), min_30d DECIMAL(13, 2), max_30d DECIMAL(13, 2), avg_30d DECIMAL(38, 2), bookings_30d BIGINT, overdrafts_30d INT>
) WITH ('connector' = 'kafka', 'topic' = 'fg.balance', 'properties.bootstrap.servers' = 'bank-kafka:9093', 'format' = 'json');

CREATE TABLE fg_spend (
    customer_id BIGINT, d DATE, total DECIMAL(38, 2), shares MAP<STRING, DECIMAL(38, 2)>,
    PRIMARY KEY (customer_id, d) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'fg.spend', 'properties.bootstrap.servers' = 'bank-kafka:9093', 'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE fg_salary (
    customer_id BIGINT, event_ts TIMESTAMP(3), salary DECIMAL(38, 2), employers BIGINT, salary_change DECIMAL(38, 2)
) WITH ('connector' = 'kafka', 'topic' = 'fg.salary', 'properties.bootstrap.servers' = 'bank-kafka:9093', 'format' = 'json');

CREATE TABLE fg_loan (
    customer_id BIGINT, instalments BIGINT, missed INT, missed_amount DECIMAL(38, 2), last_due TIMESTAMP(3), PRIMARY KEY (customer_id) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'fg.loan', 'properties.bootstrap.servers' = 'bank-kafka:9093', 'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE fg_flag (
    customer_id BIGINT, flag STRING, event_ts TIMESTAMP(3)
) WITH ('connector' = 'print', 'print-identifier' = 'flag');

EXECUTE STATEMENT SET
BEGIN
INSERT INTO fg_balance
SELECT customer_id, booked_ts, ROW(balance_after, min_30d, max_30d, avg_30d, bookings_30d, overdrafts_30d)
FROM g_balance;

INSERT INTO fg_spend
SELECT customer_id, d, total,
       MAP['groceries', groceries / total, 'restaurants', restaurants / total, 'gambling', gambling / total, 'cash', cash / total, 'rent', rent / total]
FROM spend_pivot
WHERE total > 0;

INSERT INTO fg_salary
SELECT customer_id, event_ts, salary, employers, salary_change FROM g_salary;

INSERT INTO fg_loan
SELECT customer_id, COUNT(*), SUM(missed), SUM(amount) FILTER (WHERE missed = 1), MAX(due_ts)
FROM instalment_outcome
GROUP BY customer_id;

INSERT INTO fg_flag
SELECT customer_id, 'missed instalment', due_ts FROM instalment_outcome WHERE missed = 1
UNION ALL
SELECT customer_id, 'gambles the salary', gambling_ts FROM salary_then_gambling WHERE spent > 200;
END;
