CREATE TEMPORARY TABLE currencies (
  code STRING,
  rate DECIMAL(10, 4)
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE products (
  sku STRING,
  price DECIMAL(10, 2)
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW offers AS
SELECT
  products.sku,
  currencies.code AS currency,
  products.price * currencies.rate AS price
FROM products
CROSS JOIN currencies;

CREATE TEMPORARY TABLE `out` (
  sku STRING,
  currency STRING,
  price DECIMAL(21, 6)
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO `out`
SELECT *
FROM offers;
END;
