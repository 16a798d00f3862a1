-- Loans of a library: versions of the catalogue and of the fees at the time of the loan.
SET 'table.local-time-zone' = 'UTC';

CREATE TABLE loan (loan_no INT, reader INT, book STRING, lent TIMESTAMP(3), WATERMARK FOR lent AS lent)
WITH ('connector' = 'filesystem', 'path' = '${data}/loan.csv', 'format' = 'csv');

CREATE TABLE give_back (loan_no INT, given_back TIMESTAMP(3), WATERMARK FOR given_back AS given_back)
WITH ('connector' = 'filesystem', 'path' = '${data}/give_back.csv', 'format' = 'csv');

CREATE TABLE medium_history (book STRING, kind STRING, title STRING, changed TIMESTAMP(3), WATERMARK FOR changed AS changed)
WITH ('connector' = 'filesystem', 'path' = '${data}/medium.csv', 'format' = 'csv');

CREATE TABLE fee_history (kind STRING, per_day DECIMAL(5, 2), valid_from TIMESTAMP(3), WATERMARK FOR valid_from AS valid_from)
WITH ('connector' = 'filesystem', 'path' = '${data}/fee.csv', 'format' = 'csv');

CREATE VIEW medium AS
SELECT book, kind, title, changed FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY book ORDER BY changed DESC) AS rn FROM medium_history
) WHERE rn = 1;

CREATE VIEW fee AS
SELECT kind, per_day, valid_from FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY valid_from DESC) AS rn FROM fee_history
) WHERE rn = 1;

-- what kind was it when it was lent, and what did that kind cost then
CREATE VIEW priced_loan AS
SELECT l.loan_no, l.reader, l.book, m.title, m.kind, l.lent, f.per_day
FROM loan AS l
JOIN medium FOR SYSTEM_TIME AS OF l.lent AS m ON l.book = m.book
JOIN fee FOR SYSTEM_TIME AS OF l.lent AS f ON m.kind = f.kind;

CREATE TABLE invoice (loan_no INT, reader INT, title STRING, days BIGINT, amount DECIMAL(20, 2)) WITH ('connector' = 'print');
CREATE TABLE overdue (loan_no INT, reader INT, title STRING) WITH ('connector' = 'print');
CREATE TABLE first_of_day (window_start TIMESTAMP(3), reader INT, book STRING) WITH ('connector' = 'print');
CREATE TABLE reader_state (reader INT, loans BIGINT, last_book STRING, books STRING, PRIMARY KEY (reader) NOT ENFORCED) WITH ('connector' = 'print');
CREATE TABLE kind_day (window_start TIMESTAMP(3), kind STRING, loans BIGINT, income DECIMAL(38, 2)) WITH ('connector' = 'print');

EXECUTE STATEMENT SET
BEGIN

INSERT INTO invoice
SELECT p.loan_no, p.reader, p.title, TIMESTAMPDIFF(DAY, p.lent, g.given_back) + 1, p.per_day * (TIMESTAMPDIFF(DAY, p.lent, g.given_back) + 1)
FROM priced_loan p, give_back g
WHERE p.loan_no = g.loan_no AND g.given_back BETWEEN p.lent AND p.lent + INTERVAL '30' DAY;

INSERT INTO overdue
SELECT p.loan_no, p.reader, p.title
FROM priced_loan p
LEFT JOIN give_back g ON g.loan_no = p.loan_no AND g.given_back BETWEEN p.lent AND p.lent + INTERVAL '2' DAY
WHERE g.loan_no IS NULL;

INSERT INTO first_of_day
SELECT window_start, reader, book
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, reader ORDER BY lent) AS rn
  FROM TABLE(TUMBLE(TABLE loan, DESCRIPTOR(lent), INTERVAL '1' DAY))
)
WHERE rn = 1;

INSERT INTO reader_state
SELECT c.reader, c.loans, b.book, c.books
FROM (SELECT reader, COUNT(*) AS loans, MIN(book) || '..' || MAX(book) AS books FROM loan GROUP BY reader) AS c
JOIN (SELECT reader, book FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY reader ORDER BY lent DESC) AS rn FROM loan) WHERE rn = 1) AS b
  ON b.reader = c.reader;

INSERT INTO kind_day
SELECT window_start, kind, COUNT(*), SUM(per_day)
FROM TABLE(TUMBLE(TABLE priced_loan, DESCRIPTOR(lent), INTERVAL '1' DAY, INTERVAL '6' HOUR))
GROUP BY window_start, window_end, kind;

END;
