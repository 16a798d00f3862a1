-- Features for the recommender, kept up to date for every customer.
CREATE TABLE events (
  customer_id BIGINT,
  kind STRING,
  item_id BIGINT,
  category STRING,
  price DOUBLE,
  properties MAP<STRING, STRING>,
  happened TIMESTAMP_LTZ(3),
  WATERMARK FOR happened AS happened - INTERVAL '30' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'events', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE TABLE profile (
  customer_id BIGINT,
  events_total BIGINT,
  buys BIGINT,
  spent DOUBLE,
  dearest DOUBLE,
  last_category STRING,
  first_seen TIMESTAMP_LTZ(3),
  categories STRING,
  items_bought MULTISET<STRING>,
  document STRING,
  PRIMARY KEY (customer_id) NOT ENFORCED
) WITH ('connector' = 'upsert-kafka', 'topic' = 'profile', 'properties.bootstrap.servers' = 'kafka:9092', 'key.format' = 'json', 'value.format' = 'json');

CREATE TABLE category_affinity (
  customer_id BIGINT,
  category STRING,
  score DOUBLE,
  place BIGINT
) WITH ('connector' = 'print');

CREATE TABLE hourly_activity (
  customer_id BIGINT,
  hour_start TIMESTAMP(3),
  events BIGINT,
  std_price DOUBLE,
  devices BIGINT
) WITH ('connector' = 'blackhole');

CREATE VIEW weighted AS
SELECT *, CASE kind WHEN 'buy' THEN 5.0E0 WHEN 'basket' THEN 2.0E0 WHEN 'view' THEN 0.5E0 ELSE 0E0 END AS weight
FROM events;

CREATE VIEW aggregated AS
SELECT
  customer_id,
  COUNT(*) AS events_total,
  COUNT(*) FILTER (WHERE kind = 'buy') AS buys,
  SUM(price) FILTER (WHERE kind = 'buy') AS spent,
  MAX(CASE WHEN kind = 'buy' THEN price END) AS dearest,
  LAST_VALUE(category) AS last_category,
  MIN(happened) AS first_seen,
  LISTAGG(DISTINCT category, '|') AS categories,
  COLLECT(CAST(item_id AS STRING)) FILTER (WHERE kind = 'buy') AS items_bought
FROM events
GROUP BY customer_id;

EXECUTE STATEMENT SET BEGIN
  INSERT INTO profile
  SELECT customer_id, events_total, buys, spent, dearest, last_category, first_seen, categories, items_bought,
    JSON_OBJECT('buys' VALUE buys, 'spent' VALUE spent, 'last' VALUE last_category NULL ON NULL)
  FROM aggregated;

  INSERT INTO category_affinity
  SELECT customer_id, category, score, place
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY score DESC) AS place
    FROM (SELECT customer_id, category, SUM(weight) AS score FROM weighted GROUP BY customer_id, category)
  )
  WHERE place <= 3;

  INSERT INTO hourly_activity
  SELECT customer_id, window_start, COUNT(*), STDDEV_POP(price), COUNT(DISTINCT properties['device'])
  FROM TABLE(HOP(TABLE events, DESCRIPTOR(happened), INTERVAL '15' MINUTE, INTERVAL '1' HOUR))
  GROUP BY customer_id, window_start, window_end;
END;
