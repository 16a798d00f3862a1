CREATE TEMPORARY TABLE `table` (
  `some` INT,
  `value` STRING,
  `user` STRING,
  `day` INT,
  `date` STRING,
  `timestamp` TIMESTAMP(3),
  `hour` AS `day` * 24,
  WATERMARK FOR `timestamp` AS `timestamp`,
  PRIMARY KEY (`user`) NOT ENFORCED
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW `day` AS
SELECT *
FROM `table`
WHERE `some` > 1;

CREATE TEMPORARY VIEW `value` AS
SELECT
  `user`,
  `value`,
  `day` AS `some`,
  `timestamp`
FROM `day`;

CREATE TEMPORARY VIEW `join` AS
SELECT *
FROM `day`
JOIN `value`
  ON `day`.`user` = `value`.`user`;

CREATE TEMPORARY VIEW `window` AS
SELECT
  window_start,
  window_end,
  `user`,
  COUNT(*) AS `count`
FROM TABLE(
  TUMBLE(TABLE `value`, DESCRIPTOR(`timestamp`), INTERVAL '1' MINUTE)
)
GROUP BY window_start, window_end, `user`;

CREATE TEMPORARY TABLE `select` (
  `count` BIGINT,
  `user` STRING
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `select`
SELECT `count`, `user`
FROM `window`;
END;
