-- UNION, INTERSECT, EXCEPT, IN, EXISTS and common table expressions, over the cards of two libraries.

CREATE TABLE city_reader (card INT, name STRING, joined DATE) WITH ('connector' = 'datagen', 'number-of-rows' = '500', 'fields.card.min' = '1', 'fields.card.max' = '400');
CREATE TABLE university_reader (card INT, name STRING, joined DATE) WITH ('connector' = 'datagen', 'number-of-rows' = '500', 'fields.card.min' = '1', 'fields.card.max' = '400');
CREATE TABLE loan (card INT, isbn STRING, fee DOUBLE, returned BOOLEAN) WITH ('connector' = 'datagen', 'number-of-rows' = '900', 'fields.card.min' = '1', 'fields.card.max' = '400');
CREATE TABLE card_list (what STRING, card INT) WITH ('connector' = 'print');
CREATE TABLE fee_list (card INT, fee DOUBLE, share DOUBLE) WITH ('connector' = 'print');

-- every card once
INSERT INTO card_list
SELECT 'any', card FROM (SELECT card FROM city_reader UNION SELECT card FROM university_reader);

-- cards of both, once, and as often as in both
INSERT INTO card_list
(SELECT 'both', card FROM city_reader INTERSECT SELECT 'both', card FROM university_reader)
UNION ALL
(SELECT 'both, all', card FROM city_reader INTERSECT ALL SELECT 'both, all', card FROM university_reader);

-- cards of the city only
INSERT INTO card_list
SELECT 'city only', card FROM (
  (SELECT card FROM city_reader)
  EXCEPT
  (SELECT card FROM university_reader)
);

INSERT INTO card_list
SELECT 'surplus', card FROM ((SELECT card FROM city_reader) EXCEPT ALL (SELECT card FROM university_reader));

-- IN and EXISTS
INSERT INTO card_list
SELECT 'owes a book', card FROM city_reader
WHERE card IN (SELECT card FROM loan WHERE NOT returned);

INSERT INTO card_list
SELECT 'never borrowed', c.card FROM city_reader AS c
WHERE NOT EXISTS (SELECT 1 FROM loan AS l WHERE l.card = c.card);

-- one expression used twice
INSERT INTO fee_list
WITH fee_by_card (card, fee) AS (
  SELECT card, SUM(fee) FROM loan WHERE returned GROUP BY card
),
everybody AS (
  SELECT SUM(fee) AS fee FROM fee_by_card
)
SELECT f.card, f.fee, f.fee / e.fee
FROM fee_by_card AS f CROSS JOIN everybody AS e
WHERE f.fee > 0;
