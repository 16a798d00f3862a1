CREATE TEMPORARY VIEW newest AS
SELECT *
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY meter, kind
      ORDER BY ts DESC
    ) AS row_num
  FROM default_catalog.default_database.all_readings AS readings
)
WHERE row_num = 1;

CREATE TEMPORARY VIEW `without` AS
SELECT
  meter,
  state
FROM newest;
