CREATE TEMPORARY TABLE budgets (
  city STRING,
  category STRING,
  amount DECIMAL(12, 2)
) WITH (
  'connector' = 'datagen'
);

-- Orders as the shop writes them
CREATE TEMPORARY TABLE orders (
  id BIGINT,
  customer BIGINT,
  category STRING,
  city STRING,
  price DECIMAL(10, 2),
  status STRING,
  tags MAP<STRING, STRING>,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY VIEW j AS
SELECT *
FROM orders
LEFT JOIN budgets
  ON orders.city = budgets.city AND orders.category = budgets.category AND orders.price <= budgets.amount;
