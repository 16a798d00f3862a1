CREATE TEMPORARY TABLE readings (
  meter STRING,
  state INT
) WITH (
  'connector' = 'datagen'
);
