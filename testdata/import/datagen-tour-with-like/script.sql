-- A first tour of Flink SQL that needs nothing but the engine itself.
SET 'parallelism.default' = '1';
SET 'pipeline.name' = 'a first tour';

/* Everything that our generated tables have in common. */
CREATE TABLE base_events (
  event_id  BIGINT NOT NULL,
  `user`    STRING,
  amount    DOUBLE,
  event_ts  TIMESTAMP(3),
  day_of    AS DATE_FORMAT(event_ts, 'yyyy-MM-dd'),
  arrival   AS PROCTIME(),
  WATERMARK FOR event_ts AS event_ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '20',
  'fields.event_id.kind' = 'sequence',
  'fields.event_id.start' = '1',
  'fields.event_id.end' = '100000',
  'fields.amount.min' = '0.5',
  'fields.amount.max' = '250'
);

CREATE TABLE refunds (
  reason STRING COMMENT 'what the customer said',
  WATERMARK FOR event_ts AS event_ts - INTERVAL '1' MINUTE
) WITH (
  'rows-per-second' = '2'
) LIKE base_events (
  INCLUDING ALL
  OVERWRITING WATERMARKS
  OVERWRITING OPTIONS
);

CREATE TABLE out_events (
  PRIMARY KEY (event_id) NOT ENFORCED
) WITH ('connector' = 'print')
LIKE base_events (EXCLUDING ALL);

CREATE TABLE per_user (`user` STRING, spent DOUBLE, refunded DOUBLE, balance DOUBLE) WITH ('connector' = 'print');

INSERT INTO out_events
SELECT event_id, INITCAP(`user`), ROUND(amount, 2), event_ts FROM base_events WHERE MOD(event_id, 2) = 0;

INSERT INTO per_user
SELECT e.`user`, e.spent, COALESCE(r.refunded, 0E0), e.spent - COALESCE(r.refunded, 0E0)
FROM (SELECT `user`, SUM(amount) AS spent FROM base_events GROUP BY `user`) AS e
LEFT JOIN (SELECT `user`, SUM(amount) AS refunded FROM refunds WHERE reason IS NOT NULL GROUP BY `user`) AS r
ON e.`user` = r.`user`;

-- and a look at the last rows
SELECT `user`, day_of, amount FROM refunds WHERE amount > 200;
