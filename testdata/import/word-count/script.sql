CREATE TABLE poems (poem STRING, line STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/poems.csv', 'format' = 'csv', 'csv.field-delimiter' = '|');
CREATE TABLE word_counts (word STRING, n BIGINT, poems BIGINT) WITH ('connector' = 'print');

INSERT INTO word_counts
SELECT word, COUNT(*) AS n, COUNT(DISTINCT poem)
FROM (
  SELECT poem, LOWER(REGEXP_REPLACE(w, '[^A-Za-z]', '')) AS word
  FROM poems
  CROSS JOIN UNNEST(SPLIT(line, ' ')) AS t (w)
)
WHERE word <> '' AND word NOT IN ('the', 'a', 'and', 'of')
GROUP BY word
HAVING COUNT(*) > 1;

-- The five longest words, for the poster.
SELECT DISTINCT word, CHAR_LENGTH(word) AS letters
FROM (
  SELECT LOWER(REGEXP_REPLACE(w, '[^A-Za-z]', '')) AS word
  FROM poems
  CROSS JOIN UNNEST(SPLIT(line, ' ')) AS t (w)
)
ORDER BY letters DESC, word
LIMIT 5;
