CREATE TEMPORARY TABLE rates (
  id INT,
  rate DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW j AS
SELECT *
FROM rates AS rates_left
JOIN rates FOR SYSTEM_TIME AS OF rates_left.ts AS rates_right
  ON rates_left.id = rates_right.id;
