-- Orders; from everywhere.
-- 'Second' line
CREATE TABLE IF NOT EXISTS orders (
  id BIGINT NOT NULL COMMENT 'the; id -- of it',
  nested ROW<a INT, b ARRAY<STRING>>,
  props MAP<STRING, ROW<x INT, y MAP<STRING, INT>>> NOT NULL,
  tags ARRAY<ROW(a INT, b STRING)>,
  late AS nested.a < 5 AND id > 3,
  less AS CASE WHEN id < 3 THEN 1 ELSE 2 END,
  cost AS CAST(ROW(1, 'a, b') AS ROW<a INT, b STRING>),
  origin_ts TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'file.modification-time' VIRTUAL,
  `day` STRING,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,
  CONSTRAINT pk PRIMARY KEY (id, `day`) NOT ENFORCED
) COMMENT 'not taken: there are lines above'
PARTITIONED BY (`day`)
WITH (
  'connector' = 'filesystem', -- a comment
  'path' = '/tmp/it''s; here--',
  'format' = 'json'
);

/* A table of
   its own */
CREATE TEMPORARY TABLE simple (a INT) COMMENT 'it''s the comment' WITH ('connector' = 'blackhole');
INSERT INTO simple SELECT CAST(id AS INT) FROM orders;
