-- Quarterly reports of a wholesaler for fine food: eight tables, six reports.
-- Runs once, over files, and ends.

SET 'execution.runtime-mode' = 'batch';
SET 'table.optimizer.join-reorder-enabled' = 'true';

CREATE TABLE region (region_id INT, region_name STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/region.csv', 'format' = 'csv');
CREATE TABLE country (country_id INT, country_name STRING, region_id INT) WITH ('connector' = 'filesystem', 'path' = '${data}/country.csv', 'format' = 'csv');
CREATE TABLE customer (customer_id INT, customer_name STRING, country_id INT, segment STRING, balance INT) WITH ('connector' = 'filesystem', 'path' = '${data}/customer.csv', 'format' = 'csv');
CREATE TABLE supplier (supplier_id INT, supplier_name STRING, country_id INT) WITH ('connector' = 'filesystem', 'path' = '${data}/supplier.csv', 'format' = 'csv');
CREATE TABLE product (product_id INT, product_name STRING, product_group STRING, list_price DECIMAL(8, 2)) WITH ('connector' = 'filesystem', 'path' = '${data}/product.csv', 'format' = 'csv');
CREATE TABLE supplier_product (supplier_id INT, product_id INT, cost DECIMAL(8, 2), available INT) WITH ('connector' = 'filesystem', 'path' = '${data}/supplier_product.csv', 'format' = 'csv');
CREATE TABLE orders (order_id INT, customer_id INT, ordered_on DATE, state CHAR(1), priority STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/orders.csv', 'format' = 'csv');
CREATE TABLE line (
  order_id INT, line_no INT, product_id INT, supplier_id INT, quantity INT, discount DECIMAL(3, 2), shipped_on DATE, promised_on DATE
) WITH ('connector' = 'filesystem', 'path' = '${data}/line.csv', 'format' = 'csv');

CREATE TABLE trade_flow (supplier_region STRING, customer_region STRING, `year` BIGINT, revenue DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = 'flow');
CREATE TABLE market_share (product_group STRING, home_share DECIMAL(10, 4), revenue DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = 'share');
CREATE TABLE late_priority (priority STRING, orders_late BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'late');
CREATE TABLE top_customer (customer_name STRING, country_name STRING, revenue DECIMAL(38, 2), orders BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'top');
CREATE TABLE sleeping_money (country_name STRING, customers BIGINT, balance INT) WITH ('connector' = 'print', 'print-identifier' = 'sleep');
CREATE TABLE profit (country_name STRING, `year` BIGINT, profit DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = 'profit');

-- one line with all that hangs on it: the centre of the star
CREATE VIEW sale AS
SELECT l.order_id, l.line_no, o.ordered_on, o.state, c.customer_id, c.customer_name, c.segment,
       cc.country_name AS customer_country, cr.region_name AS customer_region,
       s.supplier_name, sc.country_name AS supplier_country, sr.region_name AS supplier_region,
       p.product_name, p.product_group,
       l.quantity * p.list_price * (1 - l.discount) AS revenue,
       l.quantity * sp.cost AS cost
FROM line l, orders o, customer c, country cc, region cr, supplier s, country sc, region sr, product p, supplier_product sp
WHERE l.order_id = o.order_id
  AND o.customer_id = c.customer_id
  AND c.country_id = cc.country_id
  AND cc.region_id = cr.region_id
  AND l.supplier_id = s.supplier_id
  AND s.country_id = sc.country_id
  AND sc.region_id = sr.region_id
  AND l.product_id = p.product_id
  AND sp.supplier_id = l.supplier_id AND sp.product_id = l.product_id
  AND o.state <> 'X';

EXECUTE STATEMENT SET
BEGIN

INSERT INTO trade_flow
SELECT supplier_region, customer_region, EXTRACT(YEAR FROM ordered_on) AS `year`, SUM(revenue)
FROM sale
WHERE supplier_region <> customer_region
GROUP BY supplier_region, customer_region, EXTRACT(YEAR FROM ordered_on);

INSERT INTO market_share
SELECT product_group,
       CAST(SUM(CASE WHEN supplier_country = customer_country THEN revenue ELSE 0 END) / SUM(revenue) AS DECIMAL(10, 4)),
       SUM(revenue)
FROM sale
GROUP BY product_group;

-- orders with at least one line that left after the promised day
INSERT INTO late_priority
SELECT o.priority, COUNT(*)
FROM orders AS o
WHERE o.ordered_on >= DATE '2025-01-01' AND o.ordered_on < DATE '2025-01-01' + INTERVAL '3' MONTH
  AND EXISTS (SELECT * FROM line AS l WHERE l.order_id = o.order_id AND l.promised_on < l.shipped_on)
GROUP BY o.priority;

INSERT INTO top_customer
SELECT customer_name, customer_country, SUM(revenue) AS revenue, COUNT(DISTINCT order_id) AS orders
FROM sale
GROUP BY customer_id, customer_name, customer_country
HAVING SUM(revenue) > 400
ORDER BY revenue DESC, customer_name
LIMIT 10;

-- money with us, above the mean of those who have any, and no order at all
INSERT INTO sleeping_money
SELECT country_name, COUNT(*), SUM(balance)
FROM customer INNER JOIN country USING (country_id)
WHERE balance > (SELECT AVG(balance) FROM customer WHERE balance > 0) / 2
  AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = customer.customer_id)
GROUP BY country_name;

INSERT INTO profit
SELECT supplier_country, y, SUM(amount)
FROM (SELECT supplier_country, EXTRACT(YEAR FROM ordered_on) AS y, revenue - cost AS amount FROM sale WHERE product_name LIKE '%rice%' OR product_name LIKE '%oil%') AS x
GROUP BY supplier_country, y;

END;
