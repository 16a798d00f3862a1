-- Several writers into one wide table, each with its own columns (partial updates), and a dead letter.
CREATE TABLE signup (user_id BIGINT, email STRING, country STRING, ts TIMESTAMP_LTZ(3)) WITH ('connector' = 'kafka', 'topic' = 'signup', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE login (user_id BIGINT, ip STRING, ts TIMESTAMP_LTZ(3)) WITH ('connector' = 'kafka', 'topic' = 'login', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE erasure (user_id BIGINT, ts TIMESTAMP_LTZ(3)) WITH ('connector' = 'kafka', 'topic' = 'erasure', 'properties.bootstrap.servers' = 'k:9092', 'format' = 'json', 'scan.startup.mode' = 'earliest-offset');
CREATE TABLE user_profile (
  user_id BIGINT, email STRING, country STRING, last_login TIMESTAMP_LTZ(3), last_ip STRING, logins BIGINT, erased BOOLEAN,
  PRIMARY KEY (user_id) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://h/d', 'table-name' = 'user_profile');
CREATE TABLE dead_letter (source STRING, body STRING) WITH ('connector' = 'print');

INSERT INTO user_profile (user_id, email, country)
SELECT user_id, MAX(email), MAX(UPPER(country)) FROM signup WHERE user_id IS NOT NULL AND email LIKE '%@%' GROUP BY user_id;

INSERT INTO user_profile (user_id, last_login, logins, last_ip)
SELECT user_id, MAX(ts), COUNT(*), LAST_VALUE(ip) FROM login GROUP BY user_id;

INSERT INTO user_profile (user_id, erased)
SELECT DISTINCT user_id, TRUE FROM erasure;

INSERT INTO dead_letter SELECT 'signup', CAST(user_id AS STRING) || ':' || email FROM signup WHERE email NOT LIKE '%@%' OR email IS NULL;
INSERT INTO dead_letter SELECT 'login', ip FROM login WHERE user_id IS NULL;
