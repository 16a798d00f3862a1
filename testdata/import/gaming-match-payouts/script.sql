-- Payouts of a betting game. Rows that stand in the script, so that the result can be seen anywhere.
CREATE VIEW bet (bet_id, player, game, stake, odds, placed) AS
SELECT * FROM (VALUES
  (1, 'ann', 'g1', 10.00, 1.5, TIMESTAMP '2024-05-01 10:00:00'),
  (2, 'bob', 'g1', 20.00, 2.8, TIMESTAMP '2024-05-01 10:01:00'),
  (3, 'ann', 'g2', 5.00, 3.1, TIMESTAMP '2024-05-01 10:05:00'),
  (4, 'cid', 'g3', 50.00, 1.1, TIMESTAMP '2024-05-01 10:07:00'),
  (5, 'bob', 'g2', 2.50, 1.9, CAST(NULL AS TIMESTAMP))
);
CREATE VIEW outcome AS SELECT game, won FROM (VALUES ('g1', TRUE), ('g2', FALSE), ('g4', TRUE)) AS v (game, won);
CREATE TABLE payout (player STRING, bets BIGINT, staked DECIMAL(20, 2), paid DECIMAL(38, 4), verdict STRING) WITH ('connector' = 'print');
CREATE TABLE open_game (game STRING, stake DECIMAL(20, 2)) WITH ('connector' = 'print');
CREATE TABLE best (player STRING, game STRING, odds DECIMAL(4, 1), place BIGINT) WITH ('connector' = 'print');

INSERT INTO payout
SELECT player, COUNT(*), SUM(stake), SUM(CASE WHEN o.won THEN stake * odds ELSE 0 END),
  CASE WHEN SUM(CASE WHEN o.won THEN stake * odds ELSE 0 END) >= SUM(stake) THEN 'ahead' ELSE 'behind' END
FROM bet b LEFT JOIN outcome o ON o.game = b.game
GROUP BY player;

INSERT INTO open_game
SELECT game, SUM(stake) FROM bet WHERE game NOT IN (SELECT game FROM outcome) GROUP BY game;

INSERT INTO best
SELECT player, game, odds, place FROM (
  SELECT player, game, odds, ROW_NUMBER() OVER (PARTITION BY player ORDER BY odds DESC) AS place FROM bet
) WHERE place = 1;
