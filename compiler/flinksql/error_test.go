package flinksql_test

import (
	"strings"
	"testing"

	"millrace/compiler/flinksql"
)

// TestMistakesAreNamedWithTheirRemedy holds code, the marked characters, and words of the detail.
func TestMistakesAreNamedWithTheirRemedy(t *testing.T) {
	for _, test := range []struct{ text, code, marked, detail string }{
		{"SELECT a FROM t WHERE a != 1", "not-equal", "!=", "Write <>"},
		{"SELECT a FROM t WHERE a == 1", "double-equals", "==", "one ="},
		{`SELECT "a" FROM t`, "double-quote", `"a"`, "back-ticks (`name`)"},
		{"SELECT a, FROM t", "trailing-comma", ",", "before FROM"},
		{"SELECT a, b FROM t GROUP BY a,", "trailing-comma", ",", "the end of the text"},
		{"CREATE TABLE t (a INT,)", "trailing-comma", ",", "Remove the comma"},
		{"CREATE TABLE t (value INT)", "reserved-word", "value", "(`value`)"},
		{"SELECT day, a FROM t", "reserved-word", "day", "(`day`)"},
		{"SELECT t.user FROM t", "reserved-word", "user", "(`user`)"},
		{"SELECT a AS value FROM t", "reserved-word", "value", "(`value`)"},
		{"SELECT a FROM user", "reserved-word", "user", "back-ticks"},
		{"SELECT f(a FROM t", "syntax", "FROM", ") was expected"},
		{"SELECT f(a", "open-bracket", "(", "still open"},
		{"SELECT a) FROM t", "stray-bracket", ")", "Remove the )"},
		{"SELECT CASE WHEN a THEN b FROM t", "missing-end", "CASE", "close CASE with END"},
		{"EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1;", "missing-end", "EXECUTE STATEMENT SET BEGIN", "close the statement set with END"},
		{"CREATE TABLE t (a INT) WITH ('a')", "missing-equals", "'a'", "'key' = 'value'"},
		{"CREATE TABLE t (a INT) WITH ('a' = 'b' 'c' = 'd')", "syntax", "=", ") was expected"},
		{"CREATE TABLE t (a INT) WITH (a = 'b')", "option-without-quotes", "a", "single quotes"},
		{"CREATE TABLE t (a INT) WITH ('a' = 1)", "option-without-quotes", "1", "single quotes"},
		{"CREATE TABLE t (a, b)", "columns-without-types", "(", "a type"},
		{"CREATE TABLE t (a INT UNIQUE)", "unique", "UNIQUE", "PRIMARY KEY"},
		{"CREATE TABLE t (a INT PRIMARY KEY, PRIMARY KEY (a))", "two-keys", "PRIMARY KEY (a)", "one primary key"},
		{"SELECT a FROM t LIMIT 1, 2", "limit-with-comma", ",", "LIMIT count OFFSET start"},
		{"SELECT a FROM t OFFSET 1 LIMIT 2", "limit-behind-offset", "LIMIT", "LIMIT … OFFSET"},
		{"SELECT 1 MINUS SELECT 2", "minus", "MINUS", "EXCEPT"},
		{"SELECT * FROM a LEFT SEMI JOIN b ON a.x = b.x", "semi-join", "SEMI", "EXISTS"},
		{"SELECT * FROM a CROSS APPLY f(x)", "apply", "CROSS APPLY", "LATERAL"},
		{"SELECT * FROM (a JOIN b ON TRUE) AS x", "alias-of-join", "AS", "SELECT * FROM"},
		{"SELECT a AS 'x' FROM t", "text-as-alias", "'x'", "back-ticks"},
		{"SELECT * /*+ OPTIONS('a' = 'b') */ FROM t", "hint-not-read", "/*+", "behind SELECT"},
		{"SELECT 'open FROM t", "open-text", "'open FROM t", "single quote"},
		{"SELEC 1", "unknown-statement", "SELEC", "perhaps SELECT was meant"},
		{"FROM t", "unknown-statement", "FROM", "begins"},
		{"SELECT CAST(a AS) FROM t", "syntax", ")", "a data type"},
		{"INSERT INTO t", "syntax", "t", "a query was expected"},
		{"SELECT a BETWEEN 1 OR 2 FROM t", "syntax", "FROM", "AND"},
		{"END", "stray-end", "END", "BEGIN STATEMENT SET"},
	} {
		script := flinksql.Parse(test.text)
		if len(script.Errors) != 1 || len(script.Statements) > 0 {
			t.Errorf("%s: %d statements, %v", test.text, len(script.Statements), script.Errors)
			continue
		}
		err := script.Errors[0]
		checkError(t, test.text, err)
		if marked := test.text[err.Start:err.End]; err.Code != test.code || marked != test.marked || !strings.Contains(err.Detail, test.detail) {
			t.Errorf("%s: %s at %q: %v", test.text, err.Code, marked, err)
		}
	}
}

func TestAMistakeEndsAtItsSemicolon(t *testing.T) {
	script := flinksql.Parse("SELECT 1;\nSELECT FROM t;\n\nSELECT 2 ; 'é' ; INSERT INTO t SELECT 'é', a!=1;SELECT 3")
	if len(script.Statements) != 3 || len(script.Errors) != 3 {
		t.Fatalf("%d statements, %v", len(script.Statements), script.Errors)
	}
	for i, want := range []string{"line 2, column 8", "line 4, column 12", "line 4, column 45"} {
		if got := script.Errors[i].Error(); !strings.HasPrefix(got, want+": ") {
			t.Errorf("%s is not at %s", got, want)
		}
	}
	if got := script.Errors[2].Statement.Text(script.Source); got != "INSERT INTO t SELECT 'é', a!=1" {
		t.Errorf("the statement is %q", got)
	}
}

// TestAMistakeInAStatementSetTakesTheSet keeps the END of a set from becoming a mistake of its own.
func TestAMistakeInAStatementSetTakesTheSet(t *testing.T) {
	for _, text := range []string{
		"EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO SELECT 2; INSERT INTO c SELECT CASE WHEN x THEN y END; END; SELECT 1",
		"BEGIN STATEMENT SET; INSERT INTO a SELECT 1; INSERT INTO SELECT 2; END; SELECT 1",
	} {
		script := flinksql.Parse(text)
		if len(script.Statements) != 1 || len(script.Errors) != 1 {
			t.Errorf("%s: %d statements, %v", text, len(script.Statements), script.Errors)
		}
	}
}

func TestDeepNestingIsAMistake(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		strings.Repeat("NOT ", 100_000) + "a",
		strings.Repeat("CASE WHEN ", 100_000),
		strings.Repeat("f(", 100_000),
		"CAST(a AS " + strings.Repeat("ARRAY<", 100_000),
		strings.Repeat("a[", 100_000),
		"a" + strings.Repeat(" + a", 100_000),
		"a" + strings.Repeat("[1]", 100_000),
		"f()" + strings.Repeat(" .a", 100_000),
		strings.Repeat("(SELECT ", 100_000),
	} {
		if _, err := flinksql.ParseExpression(text); err == nil || err.Code != "too-deep" && err.Code != "too-long" {
			t.Errorf("%.20s…: %v", text, err)
		}
	}
	for _, text := range []string{
		strings.Repeat("SELECT * FROM (", 100_000),
		"SELECT * FROM " + strings.Repeat("(", 100_000),
		"SELECT * FROM a" + strings.Repeat(" JOIN b", 100_000),
		"SELECT 1" + strings.Repeat(" UNION SELECT 1", 100_000),
		"WITH " + strings.Repeat("a AS (WITH ", 100_000),
		"CREATE TABLE t (a " + strings.Repeat("ROW<a ", 100_000),
		"SELECT * FROM t GROUP BY " + strings.Repeat("GROUPING SETS (", 100_000),
		"SELECT * FROM t MATCH_RECOGNIZE (PATTERN (" + strings.Repeat("(", 100_000),
	} {
		script := flinksql.Parse(text)
		if len(script.Errors) != 1 || script.Errors[0].Code != "too-deep" && script.Errors[0].Code != "too-long" {
			t.Errorf("%.30s…: %v", text, script.Errors)
		}
	}
}
