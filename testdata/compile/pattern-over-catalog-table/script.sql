CREATE TEMPORARY VIEW failed_twice AS
SELECT *
FROM default_catalog.default_database.all_logins AS logins
MATCH_RECOGNIZE (
  ORDER BY `at`
  MEASURES
    FIRST(F.who) AS who
  ONE ROW PER MATCH
  PATTERN (F G)
  DEFINE
    F AS NOT F.good,
    G AS NOT G.good
);
