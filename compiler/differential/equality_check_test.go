package differential_test

import (
	"strings"
	"testing"

	"millrace/server/flink/flinktest"
)

// planTables are what the queries of TestPlansAreComparedByMeaning read.
var planTables = []string{
	"CREATE TABLE a (id BIGINT, k BIGINT, name STRING, v INT, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen')",
	"CREATE TABLE b (id BIGINT, k BIGINT, name STRING, v INT, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen')",
	"CREATE TABLE late_b (id BIGINT, k BIGINT, name STRING, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '9' SECOND) WITH ('connector' = 'datagen')",
	"CREATE TABLE wide (id BIGINT, list ARRAY<ROW<x INT, y STRING>>, m MAP<STRING, INT>) WITH ('connector' = 'datagen')",
	"CREATE TABLE dim (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost:5432/db', 'table-name' = 'dim')",
}

const tumbled = "SELECT k, window_start, COUNT(*) AS n, SUM(v) AS s FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY k, window_start, window_end"

// TestPlansAreComparedByMeaning: names may differ, anything else may not.
func TestPlansAreComparedByMeaning(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	for _, sql := range planTables {
		if _, err := session.Run(t.Context(), sql, nil); err != nil {
			t.Fatal(short(err))
		}
	}
	joined := "SELECT a.id, b.v, b.name FROM a JOIN b ON a.id = b.k WHERE a.v > 3"
	ranked := "SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) AS n FROM a) WHERE n <= 3"
	for _, c := range []struct {
		rule, one, other string
		same             bool
	}{
		{"other aliases", joined, "SELECT x.id AS i, y.v AS w, y.name AS t FROM a AS x JOIN b AS y ON x.id = y.k WHERE x.v > 3", true},
		{"through a view's names", joined, "SELECT p, r, s FROM (SELECT a.id AS p, a.v AS q, b.v AS r, b.name AS s FROM a JOIN b ON a.id = b.k) WHERE q > 3", true},
		{"other names of aggregates", tumbled, strings.NewReplacer("AS n", "AS num", "AS s", "AS total").Replace(tumbled), true},
		{"names with blanks", tumbled, strings.NewReplacer("AS n", "AS `how many`", "AS s", "AS `größte 1`").Replace(tumbled), true},
		{"other name of the rank", ranked, strings.ReplaceAll(ranked, " n ", " place "), true},
		{"other names of unnested columns", "SELECT w.id, t.x FROM wide AS w, UNNEST(list) AS t (x, y) WHERE t.y = 'x'", "SELECT v.id AS i, u.p FROM wide AS v CROSS JOIN UNNEST(v.list) AS u (p, q) WHERE u.q = 'x'", true},
		{"other names in a lookup", "SELECT a.id, d.name FROM a JOIN dim FOR SYSTEM_TIME AS OF a.pt AS d ON d.id = a.k", "SELECT l.i, r.name AS d FROM (SELECT id AS i, k AS dim_id, pt AS p FROM a) AS l JOIN dim FOR SYSTEM_TIME AS OF l.p AS r ON r.id = l.dim_id", true},
		{"other order of columns inside", "SELECT k, COUNT(*), MAX(v) FROM a GROUP BY k, TUMBLE(ts, INTERVAL '1' HOUR)", "SELECT k, COUNT(*), MAX(v) FROM a GROUP BY TUMBLE(ts, INTERVAL '1' HOUR), k", true},
		{"other order of group keys", "SELECT n FROM (SELECT k, id, COUNT(*) AS n FROM a GROUP BY k, id) WHERE k > id", "SELECT n FROM (SELECT k, id, COUNT(*) AS n FROM a GROUP BY id, k) WHERE k > id", true},

		{"join type", joined, strings.Replace(joined, "JOIN", "FULL JOIN", 1), false},
		{"semi and anti", "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k)", "SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.k = a.k)", false},
		{"swapped columns of a condition", joined, strings.Replace(joined, "a.id = b.k", "a.k = b.id", 1), false},
		{"swapped operands", "SELECT id - k FROM a", "SELECT k - id FROM a", false},
		{"swapped columns of a result", "SELECT id, k FROM a WHERE v > 1", "SELECT k AS id, id AS k FROM a WHERE v > 1", false},
		{"swapped columns below an aggregate", "SELECT k, SUM(id) FROM a GROUP BY k", "SELECT id, SUM(k) FROM a GROUP BY id", false},
		{"missing filter", joined, strings.Replace(joined, " WHERE a.v > 3", "", 1), false},
		{"other constant", joined, strings.Replace(joined, "> 3", "> 4", 1), false},
		{"other text", "SELECT id FROM a WHERE name = 'x'", "SELECT id FROM a WHERE name = 'y'", false},
		{"window size", tumbled, strings.Replace(tumbled, "'5'", "'6'", 1), false},
		{"window offset", tumbled, strings.Replace(tumbled, "MINUTE))", "MINUTE, INTERVAL '1' MINUTE))", 1), false},
		{"window's time", tumbled, strings.Replace(tumbled, "(ts)", "(pt)", 1), false},
		{"aggregate's function", tumbled, strings.Replace(tumbled, "SUM", "MAX", 1), false},
		{"aggregate's column", tumbled, strings.Replace(tumbled, "SUM(v)", "SUM(id)", 1), false},
		{"distinct", tumbled, strings.Replace(tumbled, "COUNT(*)", "COUNT(DISTINCT v)", 1), false},
		{"filter of an aggregate", tumbled, strings.Replace(tumbled, "COUNT(*)", "COUNT(*) FILTER (WHERE v > 1)", 1), false},
		{"group keys", "SELECT k, COUNT(*) FROM a GROUP BY k", "SELECT k, COUNT(*) FROM a GROUP BY k, v", false},
		{"rank's limit", ranked, strings.Replace(ranked, "<= 3", "<= 4", 1), false},
		{"rank's order", ranked, strings.Replace(ranked, " DESC", "", 1), false},
		{"rank's partition", ranked, strings.Replace(ranked, "PARTITION BY k", "PARTITION BY id", 1), false},
		{"kept row", "SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY pt) AS n FROM a) WHERE n = 1", "SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY pt DESC) AS n FROM a) WHERE n = 1", false},
		{"frame", "SELECT SUM(v) OVER (PARTITION BY k ORDER BY ts ROWS 2 PRECEDING) FROM a", "SELECT SUM(v) OVER (PARTITION BY k ORDER BY ts ROWS 3 PRECEDING) FROM a", false},
		{"set operation", "SELECT id FROM a INTERSECT SELECT id FROM b", "SELECT id FROM a EXCEPT SELECT id FROM b", false},
		{"order of a union", "SELECT id FROM a UNION ALL SELECT k FROM b", "SELECT k FROM b UNION ALL SELECT id FROM a", false},
		{"cast", "SELECT CAST(v AS BIGINT) FROM a", "SELECT CAST(v AS DOUBLE) FROM a", false},
		{"bounds of an interval join", "SELECT a.id FROM a, b WHERE a.id = b.id AND a.ts BETWEEN b.ts - INTERVAL '1' HOUR AND b.ts", "SELECT a.id FROM a, b WHERE a.id = b.id AND a.ts BETWEEN b.ts - INTERVAL '2' HOUR AND b.ts", false},
		{"hint", "SELECT a.id FROM a JOIN b ON a.id = b.id", "SELECT /*+ STATE_TTL('a' = '1h') */ a.id FROM a JOIN b ON a.id = b.id", false},
		{"other table", "SELECT id FROM a", "SELECT id FROM b", false},
		{"other watermark", strings.ReplaceAll(tumbled, "TABLE a", "TABLE b"), strings.ReplaceAll(tumbled, "TABLE a", "TABLE late_b"), false},
		{"sub-query once or twice", "WITH q AS (SELECT k, SUM(v) AS s FROM a GROUP BY k) SELECT x.k FROM q AS x JOIN q AS y ON x.k = y.s", "WITH q AS (SELECT k, SUM(v) AS s FROM a GROUP BY k), p AS (SELECT k, MAX(v) AS s FROM a GROUP BY k) SELECT x.k FROM q AS x JOIN p AS y ON x.k = y.s", false},
	} {
		difference, err := samePlan(explain(t, session, c.one), explain(t, session, c.other))
		if err != nil {
			t.Fatal(err)
		}
		if same := difference == ""; same != c.same {
			t.Errorf("%s: same is %t\n%s\n%s\n%s", c.rule, same, difference, optimized(explain(t, session, c.one)), optimized(explain(t, session, c.other)))
		}
	}
}
