CREATE TEMPORARY TABLE tickets (
  id BIGINT,
  text STRING
) WITH (
  'connector' = 'datagen'
);
