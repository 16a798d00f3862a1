-- TPC-DS shaped reports
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE date_dim (d_date_sk INT, d_date DATE, d_year INT, d_moy INT, d_qoy INT, d_day_name STRING) WITH ('connector' = 'filesystem', 'path' = '/t/date_dim', 'format' = 'csv');
CREATE TABLE store (s_store_sk INT, s_store_name STRING, s_state STRING, s_gmt_offset INT) WITH ('connector' = 'filesystem', 'path' = '/t/store', 'format' = 'csv');
CREATE TABLE item (i_item_sk INT, i_item_id STRING, i_brand_id INT, i_brand STRING, i_class STRING, i_category STRING, i_manager_id INT, i_current_price DECIMAL(7,2)) WITH ('connector' = 'filesystem', 'path' = '/t/item', 'format' = 'csv');
CREATE TABLE store_sales (ss_sold_date_sk INT, ss_item_sk INT, ss_customer_sk INT, ss_store_sk INT, ss_ticket_number BIGINT, ss_quantity INT, ss_sales_price DECIMAL(7,2), ss_ext_sales_price DECIMAL(7,2), ss_net_profit DECIMAL(7,2)) WITH ('connector' = 'filesystem', 'path' = '/t/store_sales', 'format' = 'csv');
CREATE TABLE store_returns (sr_returned_date_sk INT, sr_item_sk INT, sr_customer_sk INT, sr_store_sk INT, sr_ticket_number BIGINT, sr_return_amt DECIMAL(7,2)) WITH ('connector' = 'filesystem', 'path' = '/t/store_returns', 'format' = 'csv');
CREATE TABLE web_sales (ws_sold_date_sk INT, ws_item_sk INT, ws_bill_customer_sk INT, ws_ext_sales_price DECIMAL(7,2), ws_net_profit DECIMAL(7,2)) WITH ('connector' = 'filesystem', 'path' = '/t/web_sales', 'format' = 'csv');
CREATE TABLE customer (c_customer_sk INT, c_customer_id STRING, c_first_name STRING, c_last_name STRING, c_birth_year INT) WITH ('connector' = 'filesystem', 'path' = '/t/customer', 'format' = 'csv');

-- customers who return more than a fifth above the mean of their store
WITH customer_total_return AS (
  SELECT sr_customer_sk AS ctr_customer_sk, sr_store_sk AS ctr_store_sk, SUM(sr_return_amt) AS ctr_total_return
  FROM store_returns, date_dim
  WHERE sr_returned_date_sk = d_date_sk AND d_year = 2000
  GROUP BY sr_customer_sk, sr_store_sk
)
SELECT c_customer_id
FROM customer_total_return ctr1, store, customer
WHERE ctr1.ctr_total_return > (
    SELECT AVG(ctr_total_return) * 1.2 FROM customer_total_return ctr2 WHERE ctr1.ctr_store_sk = ctr2.ctr_store_sk)
  AND s_store_sk = ctr1.ctr_store_sk AND s_state = 'TN' AND ctr1.ctr_customer_sk = c_customer_sk
ORDER BY c_customer_id
LIMIT 100;

-- brands of one manager in November
SELECT dt.d_year, item.i_brand_id AS brand_id, item.i_brand AS brand, SUM(ss_ext_sales_price) AS sum_agg
FROM date_dim dt, store_sales, item
WHERE dt.d_date_sk = store_sales.ss_sold_date_sk AND store_sales.ss_item_sk = item.i_item_sk AND item.i_manager_id = 28 AND dt.d_moy = 11
GROUP BY dt.d_year, item.i_brand, item.i_brand_id
ORDER BY dt.d_year, sum_agg DESC, brand_id
LIMIT 100;

-- share of an item in its class
SELECT i_item_id, i_class, i_category, i_current_price, SUM(ss_ext_sales_price) AS itemrevenue,
  SUM(ss_ext_sales_price) * 100 / SUM(SUM(ss_ext_sales_price)) OVER (PARTITION BY i_class) AS revenueratio
FROM store_sales, item, date_dim
WHERE ss_item_sk = i_item_sk AND i_category IN ('Sports', 'Books', 'Home') AND ss_sold_date_sk = d_date_sk
  AND d_date BETWEEN CAST('1999-02-22' AS DATE) AND CAST('1999-03-24' AS DATE)
GROUP BY i_item_id, i_class, i_category, i_current_price;

-- rank within category, with sub-totals
SELECT * FROM (
  SELECT i_category, i_class, sumsales, RANK() OVER (PARTITION BY i_category ORDER BY sumsales DESC) AS rk
  FROM (
    SELECT i_category, i_class, SUM(COALESCE(ss_sales_price * ss_quantity, 0)) AS sumsales
    FROM store_sales, date_dim, item
    WHERE ss_sold_date_sk = d_date_sk AND ss_item_sk = i_item_sk AND d_qoy = 1
    GROUP BY ROLLUP (i_category, i_class)
  ) dw1
) dw2
WHERE rk <= 100
ORDER BY i_category, i_class, sumsales, rk
LIMIT 100;

-- store and web side by side, also where only one of them sold
WITH s AS (
  SELECT ss_item_sk AS item_sk, SUM(ss_ext_sales_price) AS store_money FROM store_sales GROUP BY ss_item_sk
), w AS (
  SELECT ws_item_sk AS item_sk, SUM(ws_ext_sales_price) AS web_money FROM web_sales GROUP BY ws_item_sk
)
SELECT COALESCE(s.item_sk, w.item_sk) AS item_sk, COALESCE(store_money, 0) AS store_money, COALESCE(web_money, 0) AS web_money,
  CASE WHEN store_money IS NULL THEN 'web' WHEN web_money IS NULL THEN 'store' ELSE 'both' END AS where_sold
FROM s FULL OUTER JOIN w ON s.item_sk = w.item_sk
ORDER BY item_sk;

-- customers of both channels, not of returns
SELECT COUNT(*) FROM (
  SELECT DISTINCT c_last_name, c_first_name FROM store_sales, customer WHERE ss_customer_sk = c_customer_sk
  INTERSECT
  SELECT DISTINCT c_last_name, c_first_name FROM web_sales, customer WHERE ws_bill_customer_sk = c_customer_sk
  EXCEPT
  SELECT DISTINCT c_last_name, c_first_name FROM store_returns, customer WHERE sr_customer_sk = c_customer_sk
) hot_cust;

-- weekday columns
SELECT s_store_name,
  SUM(CASE WHEN d_day_name = 'Sunday' THEN ss_sales_price ELSE NULL END) AS sun_sales,
  SUM(CASE WHEN d_day_name = 'Monday' THEN ss_sales_price ELSE NULL END) AS mon_sales,
  SUM(CASE WHEN d_day_name = 'Tuesday' THEN ss_sales_price ELSE NULL END) AS tue_sales
FROM date_dim, store_sales, store
WHERE d_date_sk = ss_sold_date_sk AND s_store_sk = ss_store_sk AND s_gmt_offset = -5 AND d_year = 2000
GROUP BY s_store_name
ORDER BY s_store_name, sun_sales
LIMIT 100;

-- two months side by side by self join on running numbers
WITH v1 AS (
  SELECT i_category, d_year, d_moy, SUM(ss_sales_price) AS sum_sales, RANK() OVER (PARTITION BY i_category ORDER BY d_year, d_moy) AS rn
  FROM item, store_sales, date_dim
  WHERE ss_item_sk = i_item_sk AND ss_sold_date_sk = d_date_sk AND (d_year = 1999 OR (d_year = 1998 AND d_moy = 12) OR (d_year = 2000 AND d_moy = 1))
  GROUP BY i_category, d_year, d_moy
)
SELECT v1.i_category, v1.d_year, v1.d_moy, v1.sum_sales, v1_lag.sum_sales AS psum, v1_lead.sum_sales AS nsum
FROM v1, v1 v1_lag, v1 v1_lead
WHERE v1.i_category = v1_lag.i_category AND v1.i_category = v1_lead.i_category AND v1.rn = v1_lag.rn + 1 AND v1.rn = v1_lead.rn - 1
ORDER BY v1.sum_sales DESC
LIMIT 100;
