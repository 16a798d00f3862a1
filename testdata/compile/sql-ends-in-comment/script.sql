CREATE TEMPORARY VIEW q AS
SELECT 1 AS n, '--' AS two // no; statement
-- the end
;

CREATE TEMPORARY TABLE `out` (
  n INT,
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
