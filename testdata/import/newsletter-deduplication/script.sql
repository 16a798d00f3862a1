/* Newsletter sign-ups come in twice and thrice. The first one of an address counts,
   the last one of its preferences counts. */
CREATE TABLE signups (
  email STRING NOT NULL,
  source STRING,
  `language` STRING,
  topics ARRAY<STRING>,
  arrived AS PROCTIME()
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '5',
  'fields.email.length' = '12'
);

CREATE TABLE preferences (
  email STRING,
  topic STRING,
  wanted BOOLEAN,
  set_at TIMESTAMP(3),
  WATERMARK FOR set_at AS set_at - INTERVAL '10' SECOND
) WITH ('connector' = 'datagen');

CREATE TABLE subscribers (
  email_hash STRING,
  domain STRING,
  `language` STRING,
  source STRING
) WITH ('connector' = 'blackhole');

CREATE TABLE topic_subscribers (
  topic STRING PRIMARY KEY NOT ENFORCED,
  subscribers BIGINT
) WITH ('connector' = 'upsert-kafka', 'topic' = 'topic-subscribers', 'properties.bootstrap.servers' = 'localhost:9092', 'key.format' = 'json', 'value.format' = 'json');

CREATE VIEW valid_signups AS
  SELECT LOWER(TRIM(email)) AS email, source, COALESCE(NULLIF(TRIM(`language`), ''), 'en') AS `language`, topics, arrived
  FROM signups
  WHERE REGEXP(email, '^[^@ ]+@[^@ ]+$') -- good enough
    AND email NOT LIKE '%@example.%' ESCAPE '!';

CREATE VIEW first_signup AS
  SELECT email, source, `language`, topics
  FROM (SELECT email, source, `language`, topics, ROW_NUMBER() OVER (PARTITION BY email ORDER BY arrived) AS n FROM valid_signups) AS s
  WHERE s.n = 1;

CREATE VIEW last_preference AS
  SELECT email, topic, wanted
  FROM (SELECT p.*, ROW_NUMBER() OVER (PARTITION BY email, topic ORDER BY set_at DESC) AS n FROM preferences AS p)
  WHERE n = 1;

INSERT INTO subscribers
SELECT SHA256(email), SUBSTRING(email FROM POSITION('@' IN email) + 1), `language`, source FROM first_signup;

INSERT INTO topic_subscribers
SELECT topic, COUNT(*)
FROM (
  SELECT s.email, t.topic FROM first_signup AS s CROSS JOIN UNNEST(s.topics) AS t (topic)
  UNION
  SELECT LOWER(email), topic FROM last_preference WHERE wanted
)
GROUP BY topic;
