-- Answers to support tickets: within four hours or not, by team, with the tickets and answers that have no partner.
CREATE TABLE tickets (
  ticket_id BIGINT,
  team STRING,
  priority STRING,
  subject STRING,
  opened_at TIMESTAMP_LTZ(3),
  WATERMARK FOR opened_at AS opened_at - INTERVAL '1' MINUTE
) WITH ('connector' = 'kafka', 'topic' = 'tickets', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE answers (
  ticket_id BIGINT,
  agent STRING,
  answered_at TIMESTAMP_LTZ(3),
  WATERMARK FOR answered_at AS answered_at - INTERVAL '1' MINUTE
) WITH ('connector' = 'kafka', 'topic' = 'answers', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE in_time (ticket_id BIGINT, team STRING, agent STRING, minutes BIGINT) WITH ('connector' = 'print');
CREATE TABLE broken_promises (ticket_id BIGINT, team STRING, priority STRING) WITH ('connector' = 'print');
CREATE TABLE answers_from_nowhere (ticket_id BIGINT, agent STRING, answered_at TIMESTAMP_LTZ(3)) WITH ('connector' = 'print');
CREATE TABLE reconciliation (ticket_id BIGINT, opened_at TIMESTAMP_LTZ(3), answered_at TIMESTAMP_LTZ(3)) WITH ('connector' = 'print');
CREATE TABLE team_day (team STRING, `day` STRING, kept BIGINT, broken BIGINT) WITH ('connector' = 'blackhole');

CREATE VIEW answered AS
SELECT t.ticket_id, t.team, t.priority, t.opened_at, a.agent, a.answered_at
FROM tickets t
LEFT JOIN answers a
ON t.ticket_id = a.ticket_id
AND a.answered_at >= t.opened_at AND a.answered_at < t.opened_at + INTERVAL '4' HOUR;

INSERT INTO in_time
SELECT ticket_id, team, agent, TIMESTAMPDIFF(MINUTE, CAST(opened_at AS TIMESTAMP(3)), CAST(answered_at AS TIMESTAMP(3)))
FROM answered
WHERE answered_at IS NOT NULL;

INSERT INTO broken_promises
SELECT ticket_id, team, priority FROM answered
WHERE answered_at IS NULL AND LOWER(priority) IN ('high', 'urgent');

INSERT INTO answers_from_nowhere
SELECT a.ticket_id, a.agent, a.answered_at
FROM tickets t
RIGHT JOIN answers a
ON t.ticket_id = a.ticket_id AND t.opened_at BETWEEN a.answered_at - INTERVAL '7' DAY AND a.answered_at
WHERE t.ticket_id IS NULL;

INSERT INTO reconciliation
SELECT COALESCE(t.ticket_id, a.ticket_id), t.opened_at, CAST(a.answered_at AS TIMESTAMP_LTZ(3))
FROM tickets t
FULL OUTER JOIN answers a
ON t.ticket_id = a.ticket_id AND a.answered_at BETWEEN t.opened_at - INTERVAL '1' MINUTE AND t.opened_at + INTERVAL '1' DAY;

INSERT INTO team_day
SELECT team, DATE_FORMAT(opened_at, 'yyyy-MM-dd'), COUNT(answered_at), COUNT(*) - COUNT(answered_at)
FROM answered
GROUP BY team, DATE_FORMAT(opened_at, 'yyyy-MM-dd');
