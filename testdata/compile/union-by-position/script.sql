CREATE TEMPORARY TABLE a (
  x INT,
  y INT
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE b (
  y INT,
  x INT
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW u AS
SELECT *
FROM a
UNION ALL
SELECT *
FROM b;
