/* Results of the examinations: pivot, rollup, ranking, failed three times. */
SET 'execution.runtime-mode' = 'batch';
SET 'parallelism.default' = '1';

CREATE TABLE faculty (code STRING, title STRING) WITH ('connector' = 'filesystem', 'path' = '${data}/faculty.csv', 'format' = 'csv');
CREATE TABLE student (
	student_id INT,
	matriculation STRING,
	faculty STRING,
	`year` INT,
	gender CHAR(1)
) WITH ('connector' = 'filesystem', 'path' = '${data}/student.csv', 'format' = 'csv');
CREATE TABLE course (course STRING, title STRING, faculty STRING, credits INT, lecturer_id INT)
WITH ('connector' = 'filesystem', 'path' = '${data}/course.csv', 'format' = 'csv');
CREATE TABLE lecturer (lecturer_id INT, name STRING)
WITH ('connector' = 'filesystem', 'path' = '${data}/lecturer.csv', 'format' = 'csv');
CREATE TABLE exam (student_id INT, course STRING, term STRING, attempt INT, grade DECIMAL(2, 1))
WITH ('connector' = 'filesystem', 'path' = '${data}/exam.csv', 'format' = 'csv');

-- the best attempt counts
CREATE VIEW final_grade (student_id, course, grade, attempts) AS
SELECT student_id, course, MAX(grade), COUNT(*)
FROM exam
GROUP BY student_id, course;

CREATE VIEW transcript AS
SELECT f.student_id, s.matriculation, s.faculty AS home_faculty, s.`year`, c.course, c.title, c.credits, f.grade, f.attempts,
	l.name AS lecturer, c.faculty AS course_faculty
FROM final_grade AS f
INNER JOIN student AS s ON s.student_id = f.student_id
INNER JOIN course AS c ON c.course = f.course
INNER JOIN lecturer AS l ON l.lecturer_id = c.lecturer_id;

CREATE TABLE by_faculty (faculty STRING, `year` STRING, students BIGINT, mean DECIMAL(10, 2), passed BIGINT, failed BIGINT)
WITH ('connector' = 'print');
CREATE TABLE grade_table (course STRING, g6 BIGINT, g5 BIGINT, g4 BIGINT, below BIGINT, mean DECIMAL(10, 2))
WITH ('connector' = 'print');
CREATE TABLE honours (place BIGINT, faculty STRING, matriculation STRING, credits INT, mean DECIMAL(10, 3))
WITH ('connector' = 'print');
CREATE TABLE in_danger (matriculation STRING, reason STRING) WITH ('connector' = 'print');
CREATE TABLE lecturer_check (name STRING, courses BIGINT, mean DECIMAL(10, 2), `difference` DECIMAL(10, 2)) WITH ('connector' = 'print');

INSERT INTO by_faculty
SELECT
	COALESCE(fa.title, 'ALL FACULTIES'),
	COALESCE(CAST(t.`year` AS STRING), 'all years'),
	COUNT(DISTINCT t.student_id),
	CAST(AVG(t.grade) AS DECIMAL(10, 2)),
	COUNT(*) FILTER (WHERE t.grade >= 4),
	COUNT(*) FILTER (WHERE t.grade < 4)
FROM transcript t JOIN faculty fa ON fa.code = t.home_faculty
GROUP BY ROLLUP (fa.title, t.`year`);

INSERT INTO grade_table
SELECT course,
	SUM(CASE WHEN grade > 5.5 THEN 1 ELSE 0 END),
	SUM(CASE WHEN grade > 4.5 AND grade <= 5.5 THEN 1 ELSE 0 END),
	SUM(CASE WHEN grade >= 4 AND grade <= 4.5 THEN 1 ELSE 0 END),
	SUM(CASE WHEN grade < 4 THEN 1 ELSE 0 END),
	CAST(SUM(grade) / COUNT(*) AS DECIMAL(10, 2))
FROM final_grade
GROUP BY course
HAVING COUNT(*) >= 3;

-- three of each faculty, weighted by credits
INSERT INTO honours
SELECT place, home_faculty, matriculation, credits, mean
FROM (
	SELECT *, ROW_NUMBER() OVER (PARTITION BY home_faculty ORDER BY mean DESC, credits DESC, matriculation) AS place
	FROM (
		SELECT home_faculty, matriculation, SUM(credits) AS credits, CAST(SUM(grade * credits) / SUM(credits) AS DECIMAL(10, 3)) AS mean
		FROM transcript
		WHERE grade >= 4
		GROUP BY home_faculty, matriculation
		HAVING SUM(credits) >= 9
	) per_student
) ranked
WHERE place <= 3;

INSERT INTO in_danger
SELECT matriculation, 'failed twice' FROM student
WHERE student_id IN (
	SELECT student_id FROM exam WHERE grade < 4 GROUP BY student_id, course HAVING COUNT(*) >= 2
)
UNION
SELECT s.matriculation, 'no exam at all' FROM student s
WHERE NOT EXISTS (SELECT * FROM exam e WHERE e.student_id = s.student_id)
UNION
SELECT matriculation, 'nothing of the own faculty' FROM student s
WHERE s.student_id IN (SELECT student_id FROM exam)
	AND s.student_id NOT IN (SELECT t.student_id FROM transcript t WHERE t.course_faculty = t.home_faculty);

INSERT INTO lecturer_check
SELECT t.lecturer, COUNT(DISTINCT t.course), CAST(AVG(t.grade) AS DECIMAL(10, 2)),
	CAST(AVG(t.grade) - (SELECT AVG(grade) FROM final_grade) AS DECIMAL(10, 2))
FROM transcript t
GROUP BY t.lecturer;
