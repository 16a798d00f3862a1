CREATE TEMPORARY TABLE a (
  x INT,
  y INT
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE b (
  x INT
) WITH (
  'connector' = 'datagen'
);
