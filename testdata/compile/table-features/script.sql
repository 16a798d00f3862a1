CREATE TEMPORARY TABLE s (
  id BIGINT NOT NULL,
  tags ARRAY<STRING>,
  props MAP<STRING, ROW<a INT, b ARRAY<STRING>>>,
  nested ROW<a INT NOT NULL 'it''s; a', b ROW<c DECIMAL(10, 2)>>,
  bag MULTISET<INT>,
  `raw` BYTES,
  `at` TIMESTAMP_LTZ(3),
  a AS nested.a,
  late AS nested.a < 5 AND id > 3,
  proc AS PROCTIME(),
  dt STRING,
  WATERMARK FOR `at` AS `at` - INTERVAL '1' MINUTE,
  PRIMARY KEY (id, dt) NOT ENFORCED
) PARTITIONED BY (dt) WITH (
  'connector' = 'filesystem',
  'path' = '/tmp/none',
  'format' = 'json'
);

CREATE TEMPORARY VIEW sel AS
SELECT
  nested.b.c AS c,
  tags[1] AS t,
  props['k'].b[1] AS p,
  EXTRACT(DAY FROM `at`) AS m,
  TRIM(BOTH ' ' FROM dt) AS s,
  CAST(ROW(1, 'x') AS ROW<a INT, b STRING>) AS k,
  id IN (1, 2) AND id BETWEEN 1 AND 2 OR id = ANY (SELECT 1) AS w
FROM s;
