CREATE TABLE readings (
  sensor STRING,
  temperature DOUBLE
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '10'
);

CREATE TABLE archive (
  sensor STRING,
  temperature DOUBLE
) WITH (
  'connector' = 'blackhole'
);

INSERT INTO archive SELECT * FROM readings;
