CREATE TEMPORARY VIEW f AS
SELECT *
FROM default_catalog.default_database.`my.orders` AS orders
WHERE orders.id > 1;

CREATE TEMPORARY VIEW q AS
SELECT orders.id, o.name FROM default_catalog.default_database.`my.orders` AS orders, default_catalog.default_database.`my.orders` AS o WHERE orders.id = o.id;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO archive
SELECT *
FROM q;

-- Rows for
-- the archive.
INSERT INTO default_database.archive (id, name)
SELECT *
FROM q;
END;
