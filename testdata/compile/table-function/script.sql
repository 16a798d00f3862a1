CREATE TEMPORARY FUNCTION words AS 'com.example.Words' LANGUAGE JAVA
USING JAR '/data/words.jar';

CREATE TEMPORARY TABLE tickets (
  id BIGINT,
  text STRING
) WITH (
  'connector' = 'datagen'
);

-- One row a word
CREATE TEMPORARY VIEW of_tickets AS
SELECT *
FROM tickets
CROSS JOIN LATERAL TABLE(words(text)) AS of_tickets (word, length);

CREATE TEMPORARY VIEW counts AS
SELECT
  word,
  COUNT(*) AS n
FROM of_tickets
GROUP BY word;

CREATE TEMPORARY TABLE `out` (
  word STRING,
  n BIGINT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM counts;
END;
