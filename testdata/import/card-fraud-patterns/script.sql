-- Card fraud: a small test payment, then a large one within an hour; and cards that jump between countries.

CREATE TABLE `transactions` (
  `tx_id`    BIGINT,
  `card`     STRING,
  `merchant` STRING,
  `country`  STRING,
  `amount`   DECIMAL(12, 2),
  `tx_time`  TIMESTAMP(3),
  WATERMARK FOR `tx_time` AS `tx_time`
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/transactions.csv',
  'format' = 'csv'
);

CREATE TABLE `alarms` (
  `card`      STRING,
  `rule`      STRING,
  `first_tx`  BIGINT,
  `last_tx`   BIGINT,
  `amount`    DECIMAL(12, 2),
  `raised_at` TIMESTAMP(3)
) WITH ('connector' = 'print');

-- small, then large
CREATE VIEW `test_then_drain` AS
SELECT *
FROM `transactions`
MATCH_RECOGNIZE (
  PARTITION BY `card`
  ORDER BY `tx_time`
  MEASURES
    FIRST(`small`.`tx_id`) AS `first_tx`,
    `large`.`tx_id` AS `last_tx`,
    `large`.`amount` AS `amount`,
    `large`.`tx_time` AS `raised_at`
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (`small`+ `large`) WITHIN INTERVAL '1' HOUR
  DEFINE
    `small` AS `small`.`amount` < 2,
    `large` AS `large`.`amount` > 400
);

CREATE VIEW `country_jumps` AS
SELECT `T`.`card`, `T`.`from_tx`, `T`.`to_tx`, `T`.`amount`, `T`.`jumped_at`
FROM (
  SELECT `card`, `tx_id`, `country`, `amount`, `tx_time` FROM `transactions` WHERE `amount` > 0
)
MATCH_RECOGNIZE (
  PARTITION BY `card`
  ORDER BY `tx_time`
  MEASURES
    A.`tx_id` AS `from_tx`,
    B.`tx_id` AS `to_tx`,
    B.`amount` AS `amount`,
    B.`tx_time` AS `jumped_at`
  AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B)
  DEFINE
    B AS B.`country` <> A.`country` AND B.`tx_time` < A.`tx_time` + INTERVAL '20' MINUTE
) AS `T`;

INSERT INTO `alarms`
SELECT `card`, 'test then drain', `first_tx`, `last_tx`, `amount`, `raised_at` FROM `test_then_drain`
UNION ALL
SELECT `card`, 'country jump', `from_tx`, `to_tx`, `amount`, `jumped_at` FROM `country_jumps`;
