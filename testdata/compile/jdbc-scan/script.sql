SET 'execution.runtime-mode' = 'batch';

CREATE TEMPORARY TABLE customers (
  id BIGINT,
  city STRING
) WITH (
  'connector' = 'jdbc',
  'connection.max-retry-timeout' = '30 s',
  'driver' = 'org.postgresql.Driver',
  'password' = 'secret',
  'scan.auto-commit' = 'false',
  'scan.fetch-size' = '500',
  'scan.partition.column' = 'id',
  'scan.partition.lower-bound' = '1',
  'scan.partition.num' = '4',
  'scan.partition.upper-bound' = '1000',
  'table-name' = 'customers',
  'url' = 'jdbc:postgresql://localhost:5432/shop',
  'username' = 'shop'
);

CREATE TEMPORARY VIEW cities AS
SELECT DISTINCT
  city
FROM customers;
