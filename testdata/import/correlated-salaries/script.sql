-- Correlated queries of every kind (batch)
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE emp (id INT, name STRING, dept INT, boss INT, salary DECIMAL(9, 2), hired DATE) WITH ('connector' = 'filesystem', 'path' = '/c/emp', 'format' = 'csv');
CREATE TABLE dept (id INT, name STRING, city STRING, budget DECIMAL(12, 2)) WITH ('connector' = 'filesystem', 'path' = '/c/dept', 'format' = 'csv');
CREATE TABLE bonus (emp INT, y INT, amount DECIMAL(9, 2)) WITH ('connector' = 'filesystem', 'path' = '/c/bonus', 'format' = 'csv');

SELECT e.name, e.salary FROM emp e WHERE e.salary > (SELECT AVG(x.salary) FROM emp x WHERE x.dept = e.dept);

SELECT e.name, (SELECT MAX(b.amount) FROM bonus b WHERE b.emp = e.id) AS best_bonus, d.name AS dept
FROM emp e JOIN dept d ON d.id = e.dept;

SELECT d.name FROM dept d
WHERE EXISTS (SELECT 1 FROM emp e WHERE e.dept = d.id AND e.salary > 5000 AND EXISTS (SELECT 1 FROM bonus b WHERE b.emp = e.id AND b.y = 2024));

SELECT d.name, d.budget FROM dept d
WHERE d.city IN ('Bern', 'Basel')
  AND d.id IN (SELECT dept FROM emp WHERE hired > DATE '2020-01-01')
  AND d.id NOT IN (SELECT dept FROM emp WHERE dept IS NOT NULL AND boss IS NULL);

SELECT e.name FROM emp e WHERE (e.dept, e.salary) IN (SELECT dept, MAX(salary) FROM emp GROUP BY dept) ORDER BY e.name;

SELECT b.y, SUM(b.amount) AS total FROM bonus b
WHERE NOT EXISTS (SELECT 1 FROM emp e WHERE e.id = b.emp AND e.boss IS NULL)
  AND b.emp IN (SELECT id FROM emp WHERE dept IN (SELECT id FROM dept WHERE city = 'Bern'))
GROUP BY b.y HAVING SUM(b.amount) > (SELECT MIN(budget) / 100 FROM dept);

SELECT e.name, e.salary, e.salary - (SELECT AVG(salary) FROM emp) AS above FROM emp e ORDER BY above DESC LIMIT 5;

SELECT a.name, b.name AS colleague FROM emp a INNER JOIN emp b ON a.dept = b.dept AND a.id < b.id AND a.hired = b.hired
WHERE a.salary >= ALL (SELECT salary FROM emp WHERE dept = 3) OR b.boss IS NOT NULL;

SELECT CASE WHEN EXISTS (SELECT 1 FROM bonus WHERE amount > 10000) THEN 'generous' ELSE 'thrifty' END AS style, COUNT(*) AS n FROM emp;
