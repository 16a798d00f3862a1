CREATE TEMPORARY FUNCTION delay_band AS 'org.example.DelayBand' LANGUAGE JAVA
USING JAR '/data/it''s/udf.jar';

CREATE TEMPORARY FUNCTION `größe` AS 'org.example.Size' LANGUAGE JAVA
USING JAR '/data/udf.jar';

CREATE TEMPORARY TABLE orders (
  id INT,
  name STRING,
  price DOUBLE,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW u AS
SELECT
  *,
  delay_band(CAST(id AS INT)) AS band
FROM orders;

CREATE TEMPORARY VIEW q AS
SELECT Delay_Band(id) AS a, größe(id) AS b, 'unused(' AS c FROM u;

CREATE TEMPORARY VIEW v AS
SELECT
  *,
  `größe`(id) AS g
FROM orders;
