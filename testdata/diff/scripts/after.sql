-- another table first, so that everything behind it is numbered anew
CREATE TABLE sites (
  name STRING
) WITH (
  'connector' = 'datagen'
);

CREATE TABLE readings (
  sensor STRING,
  temperature FLOAT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '25'
);

CREATE TABLE archive (
  sensor STRING,
  temperature DOUBLE,
  PRIMARY KEY (sensor) NOT ENFORCED
) WITH (
  'connector' = 'blackhole'
);

INSERT INTO archive SELECT * FROM readings;
