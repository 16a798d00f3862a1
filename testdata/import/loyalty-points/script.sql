-- Loyalty points of a supermarket: booked from receipts, with bonus campaigns, levels, and customers without any.
CREATE TABLE receipts (receipt INT, card_no INT, branch STRING, total DECIMAL(8, 2), `when` TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '${data}/receipts.csv', 'format' = 'csv');
CREATE TABLE members (card_no INT, name STRING, born DATE, referred_by INT) WITH ('connector' = 'filesystem', 'path' = '${data}/members.csv', 'format' = 'csv');
CREATE TABLE campaigns (branch STRING, starts TIMESTAMP(3), ends TIMESTAMP(3), factor INT) WITH ('connector' = 'filesystem', 'path' = '${data}/campaigns.csv', 'format' = 'csv');

CREATE TABLE points (card_no INT, name STRING, points BIGINT, `level` STRING, rank_no BIGINT) WITH ('connector' = 'print');
CREATE TABLE above_branch_mean (receipt INT, branch STRING, total DECIMAL(8, 2)) WITH ('connector' = 'print');
CREATE TABLE referrers (name STRING, recruited STRING) WITH ('connector' = 'print');
CREATE TABLE sleepers (card_no INT, name STRING) WITH ('connector' = 'print');

-- A receipt gives a point for each euro, times the factor of a campaign that runs.
CREATE VIEW booked AS
SELECT r.receipt, r.card_no, CAST(FLOOR(r.total) AS BIGINT) * COALESCE(c.factor, 1) AS points
FROM receipts AS r
LEFT JOIN campaigns AS c ON c.branch = r.branch AND r.`when` >= c.starts AND r.`when` < c.ends;

INSERT INTO points
SELECT m.card_no, m.name, t.points,
  CASE WHEN t.points >= 300 THEN 'gold' WHEN t.points BETWEEN 100 AND 299 THEN 'silver' ELSE 'green' END,
  t.rank_no
FROM (
  SELECT card_no, points, ROW_NUMBER() OVER (ORDER BY points DESC, card_no) AS rank_no
  FROM (SELECT card_no, SUM(points) AS points FROM booked GROUP BY card_no) AS sums
) AS t
JOIN members AS m USING (card_no)
WHERE t.rank_no <= 8;

-- more than the mean of its branch
INSERT INTO above_branch_mean
SELECT r.receipt, r.branch, r.total
FROM receipts AS r
WHERE r.total > (SELECT AVG(x.total) FROM receipts AS x WHERE x.branch = r.branch);

INSERT INTO referrers
SELECT a.name, b.name FROM members AS a, members AS b
WHERE b.referred_by = a.card_no AND a.card_no <> b.card_no;

INSERT INTO sleepers
SELECT m.card_no, m.name
FROM members AS m
LEFT JOIN (SELECT DISTINCT card_no FROM receipts) AS active ON active.card_no = m.card_no
WHERE active.card_no IS NULL AND m.born > DATE '1970-01-01';
