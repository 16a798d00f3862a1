CREATE TEMPORARY TABLE tickets (
  id BIGINT,
  text STRING
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW w AS
SELECT *
FROM tickets
LEFT JOIN LATERAL TABLE(cat.db.`wörter`(LOWER(text), 3)) AS w ON TRUE;
