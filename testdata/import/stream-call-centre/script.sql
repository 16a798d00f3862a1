-- Call centre: how long callers wait, who gives up, who is sent on.

CREATE TABLE call_event (
  call_no INT,
  customer INT,
  queue STRING,
  step STRING,            -- enter, answer, transfer, end, hang up
  agent STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${data}/call.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE survey (call_no INT, stars INT, answered TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${data}/survey.csv', 'format' = 'csv');

CREATE TABLE o_answered (queue STRING, window_start TIMESTAMP(3), calls BIGINT, mean_wait BIGINT, within_a_minute DECIMAL(5, 1)) WITH ('connector' = 'print');
CREATE TABLE o_lost (call_no INT, customer INT, queue STRING, waited BIGINT) WITH ('connector' = 'print');
CREATE TABLE o_agent (agent STRING, calls BIGINT, talk_seconds BIGINT, transfers BIGINT, stars DECIMAL(5, 2)) WITH ('connector' = 'print');
CREATE TABLE o_again (customer INT, first_queue STRING, next_queue STRING, minutes_between BIGINT) WITH ('connector' = 'print');

-- one row for each call that was answered
CREATE TEMPORARY VIEW answered AS
SELECT call_no, customer, queue, agent, entered, picked_up, ended, transfers, TIMESTAMPDIFF(SECOND, entered, picked_up) AS wait_s, rt
FROM call_event
MATCH_RECOGNIZE (
  PARTITION BY call_no
  ORDER BY ts
  MEASURES
    FIRST(E.customer) AS customer,
    FIRST(E.queue) AS queue,
    FIRST(A.agent) AS agent,
    FIRST(E.ts) AS entered,
    FIRST(A.ts) AS picked_up,
    LAST(X.ts) AS ended,
    COUNT(T.step) AS transfers,
    MATCH_ROWTIME() AS rt
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (E A T* X) WITHIN INTERVAL '1' HOUR
  DEFINE
    E AS E.step = 'enter',
    A AS A.step = 'answer',
    T AS T.step = 'transfer',
    X AS X.step = 'end'
);

-- and for each that was not
CREATE TEMPORARY VIEW lost AS
SELECT e.call_no, e.customer, e.queue, TIMESTAMPDIFF(SECOND, e.ts, h.ts) AS waited
FROM call_event e JOIN call_event h
  ON e.call_no = h.call_no AND h.ts BETWEEN e.ts AND e.ts + INTERVAL '10' MINUTE
WHERE e.step = 'enter' AND h.step = 'hang up';

CREATE TEMPORARY VIEW again AS
SELECT customer, queue, ts,
  LAG(queue) OVER (PARTITION BY customer ORDER BY ts) AS queue_before,
  LAG(ts) OVER (PARTITION BY customer ORDER BY ts) AS ts_before
FROM call_event
WHERE step = 'enter';

EXECUTE STATEMENT SET
BEGIN

INSERT INTO o_answered
SELECT queue, window_start, COUNT(*), SUM(wait_s) / COUNT(*), CAST(100.0 * COUNT(*) FILTER (WHERE wait_s <= 60) / COUNT(*) AS DECIMAL(5, 1))
FROM TABLE(TUMBLE(TABLE answered, DESCRIPTOR(rt), INTERVAL '30' MINUTE))
GROUP BY queue, window_start, window_end;

INSERT INTO o_lost SELECT call_no, customer, queue, waited FROM lost WHERE waited > 30;

INSERT INTO o_agent
SELECT a.agent, COUNT(*), SUM(TIMESTAMPDIFF(SECOND, a.picked_up, a.ended)), SUM(a.transfers), CAST(AVG(CAST(s.stars AS DECIMAL(5, 2))) AS DECIMAL(5, 2))
FROM answered a LEFT JOIN survey s ON s.call_no = a.call_no
GROUP BY a.agent;

INSERT INTO o_again
SELECT customer, queue_before, queue, TIMESTAMPDIFF(MINUTE, ts_before, ts)
FROM again
WHERE ts_before > ts - INTERVAL '30' MINUTE;

END;
