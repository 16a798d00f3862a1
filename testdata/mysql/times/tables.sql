CREATE TEMPORARY TABLE shifts (
  d DATE NOT NULL,
  t TIME(0),
  t3 TIME(3),
  t6 TIME(3) NOT NULL,
  dt TIMESTAMP(0),
  dt3 TIMESTAMP(3) NOT NULL,
  dt6 TIMESTAMP(6),
  ts TIMESTAMP_LTZ(0) NOT NULL,
  ts3 TIMESTAMP_LTZ(3),
  ts6 TIMESTAMP_LTZ(6) NOT NULL,
  zero TIMESTAMP(0),
  since INT NOT NULL
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'shifts',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

