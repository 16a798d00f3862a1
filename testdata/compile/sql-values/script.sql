CREATE TEMPORARY VIEW q AS
VALUES (1, 'a'), (2, 'b;');

CREATE TEMPORARY TABLE `out` (
  `one` INT,
  two STRING
) WITH (
  'connector' = 'blackhole'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM q;
END;
