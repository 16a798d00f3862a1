CREATE TEMPORARY TABLE l (
  id INT,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW j AS
SELECT *
FROM l
JOIN default_catalog.default_database.`my.orders` FOR SYSTEM_TIME AS OF l.ts AS orders
  ON l.id = orders.id;

CREATE TEMPORARY VIEW q AS
SELECT l.id, orders.name FROM l JOIN default_catalog.default_database.`my.orders` /*+ OPTIONS('rows-per-second' = '1') */ FOR SYSTEM_TIME AS OF l.ts AS orders ON l.id = orders.id
UNION ALL SELECT l.id, o.name FROM l JOIN default_catalog.default_database.`my.orders` FOR SYSTEM_TIME AS OF l.ts AS o ON l.id = o.id;

CREATE TEMPORARY VIEW q2 AS
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE default_catalog.default_database.`my.orders`, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;

CREATE TEMPORARY VIEW q3 AS
SELECT orders.id FROM default_catalog.default_database.`my.orders` /*+ OPTIONS('rows-per-second' = '1') */ AS orders;

CREATE TEMPORARY VIEW w AS
SELECT
  window_start,
  window_end,
  COUNT(*) AS n
FROM TABLE(
  TUMBLE(TABLE default_catalog.default_database.`my.orders`, DESCRIPTOR(ts), INTERVAL '10' SECOND)
)
GROUP BY window_start, window_end;
