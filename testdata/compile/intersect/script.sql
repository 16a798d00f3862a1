CREATE TEMPORARY TABLE paid (
  customer BIGINT,
  city STRING
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE subscribed (
  customer BIGINT,
  city STRING
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE trial (
  customer BIGINT,
  city STRING
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW `result` AS
SELECT *
FROM subscribed
INTERSECT
SELECT *
FROM paid
INTERSECT
SELECT *
FROM trial;

CREATE TEMPORARY TABLE `out` (
  customer BIGINT,
  city STRING
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM `result`;
END;
