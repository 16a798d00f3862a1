-- For each state the two biggest cities (the documentation's lateral join), and split words of their names.
CREATE TABLE states (name STRING, capital STRING) WITH ('connector' = 'datagen');
CREATE TABLE cities (name STRING, `state` STRING, pop BIGINT, aliases STRING) WITH ('connector' = 'datagen');
CREATE FUNCTION split_words AS 'com.example.SplitWords';
CREATE TABLE big (`state` STRING, city STRING, pop BIGINT) WITH ('connector' = 'print');
CREATE TABLE alike (`state` STRING, capital STRING, bigger BIGINT) WITH ('connector' = 'print');

INSERT INTO big
SELECT s.name, t.name, t.pop
FROM (SELECT DISTINCT `state` AS name FROM cities) s,
LATERAL (SELECT name, pop FROM cities c WHERE c.`state` = s.name ORDER BY pop DESC LIMIT 2) AS t;

INSERT INTO alike
SELECT s.name, s.capital, c.n
FROM states AS s
JOIN cities AS x ON x.name = s.capital
LEFT JOIN LATERAL (SELECT COUNT(*) AS n FROM cities y WHERE y.`state` = s.name) AS c ON TRUE
WHERE s.name IS NOT NULL;
