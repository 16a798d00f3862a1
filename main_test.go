package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"millrace/graph"
)

const fine = `{"format": 1, "name": "fine", "nodes": {
  "source": {"kind": "source", "name": "orders", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "options": {"connector": "datagen"}}}},
  "sink": {"kind": "sink", "name": "outcome", "config": {"table": {"columns": [{"name": "n", "type": "INT"}], "options": {"connector": "print"}}}}
}, "edges": [{"from": "source", "to": "sink", "port": "in"}]}`

const fineScript = `CREATE TEMPORARY TABLE orders (
  id INT
) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE outcome (
  n INT
) WITH (
  'connector' = 'print'
);

EXECUTE STATEMENT SET
BEGIN
INSERT INTO outcome
SELECT *
FROM orders;
END;
`

const wrong = `{"format": 1, "nodes": {
  "a": {"kind": "filter", "name": "a", "config": {"condition": "x > ("}},
  "b": {"kind": "filter", "name": "b", "config": {"condition": "TRUE"}},
  "u": {"kind": "unite", "name": "u"}
}, "edges": [{"from": "a", "to": "b", "port": "in"}, {"from": "b", "to": "a", "port": "in"}]}`

// outcome is what a command leaves behind.
type outcome struct {
	code           int
	stdout, stderr string
}

func millrace(args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := run(args, &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// stdin makes a text the standard input for one test.
func stdin(t *testing.T, text string) {
	t.Helper()
	file, err := os.Open(write(t, "stdin", text))
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = file
	t.Cleanup(func() {
		os.Stdin = before
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestCompilePrintsTheScriptAndWarnings(t *testing.T) {
	got := millrace("compile", write(t, "fine.pipeline.json", fine))
	if got.code != 0 || got.stdout != fineScript {
		t.Errorf("%+v", got)
	}
	if !strings.HasPrefix(got.stderr, "sink.table.columns: Columns are matched by position: ") || strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("standard error: %q", got.stderr)
	}
}

func TestCompileReadsStandardInput(t *testing.T) {
	stdin(t, fine)
	if got := millrace("compile", "-"); got.code != 0 || got.stdout != fineScript {
		t.Errorf("%+v", got)
	}
}

func TestCompilePrintsEachMistakeAndNoScript(t *testing.T) {
	file := write(t, "wrong.pipeline.json", wrong)
	for _, command := range []string{"compile", "check"} {
		got := millrace(command, file)
		if got.code != 1 || got.stdout != "" {
			t.Errorf("%s: %+v", command, got)
		}
		for _, want := range []string{
			"u.kind: Unknown kind of node: There is no kind \"unite\". Use one of aggregate,",
			"a: Node stands in a cycle: ", "b: Node stands in a cycle: ",
		} {
			if !strings.Contains("\n"+got.stderr, "\n"+want) {
				t.Errorf("%s: no line %q in\n%s", command, want, got.stderr)
			}
		}
	}
}

func TestCheckTellsOfSamplesWhichTheScriptDoesNotMind(t *testing.T) {
	sampled := strings.TrimSuffix(fine, "}") + `, "samples": {"source": {"columns": ["id"], "rows": [{"values": [1, 2]}]}}}`
	file := write(t, "sampled.pipeline.json", sampled)
	want := "source.samples.source.rows.0: Row does not fit its columns: Row 1 has 2 values for 1 column: "
	if got := millrace("check", file); got.code != 0 || !strings.Contains(got.stderr, want) {
		t.Errorf("%+v", got)
	}
	if got := millrace("compile", file); got.code != 0 || got.stdout != fineScript {
		t.Errorf("%+v", got)
	}
}

func TestJSONHoldsScriptStatementsAndDiagnostics(t *testing.T) {
	got := millrace("compile", "--json", write(t, "fine.pipeline.json", fine))
	var out struct {
		Script     string
		Statements []struct {
			Node, SQL  string
			Start, End int
		}
		Diagnostics []graph.Diagnostic
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil || got.code != 0 || got.stderr != "" {
		t.Fatalf("%v %+v", err, got)
	}
	if out.Script != fineScript || len(out.Statements) != 3 || len(out.Diagnostics) != 1 {
		t.Errorf("%+v", out)
	}
	for _, s := range out.Statements {
		if out.Script[s.Start:s.End] != s.SQL {
			t.Errorf("%+v", s)
		}
	}
	got = millrace("check", "--json", write(t, "wrong.pipeline.json", wrong))
	var diagnostics []graph.Diagnostic
	if err := json.Unmarshal([]byte(got.stdout), &diagnostics); err != nil || got.code != 1 || got.stderr != "" || len(diagnostics) < 3 {
		t.Errorf("%v %+v", err, got)
	}
	got = millrace("check", "--json", write(t, "empty.pipeline.json", `{"format":1}`))
	if got.code != 0 || got.stdout != "[]\n" {
		t.Errorf("no diagnostics are []: %+v", got)
	}
	got = millrace("compile", "--json", write(t, "wrong.pipeline.json", wrong))
	if got.code != 1 || !json.Valid([]byte(got.stdout)) || !strings.Contains(got.stdout, `"statements": []`) {
		t.Errorf("%+v", got)
	}
}

func TestWhatCannotBeReadIsAMistakeOfTheUsers(t *testing.T) {
	dir := t.TempDir()
	broken := write(t, "broken.pipeline.json", "{\n  \"format\": 1,\n  \"name\": oops\n}")
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no such file", []string{"compile", filepath.Join(dir, "none")}, filepath.Join(dir, "none") + " cannot be read: no such file or directory"},
		{"a folder", []string{"check", dir}, dir + " cannot be read: is a directory"},
		{"broken JSON", []string{"compile", broken}, broken + ": line 3: invalid character"},
		{"broken JSON for fmt", []string{"fmt", broken}, broken + ": line 3: invalid character"},
		{"unknown field", []string{"check", write(t, "f", "{\"format\": 1,\n\"nods\": {}}")}, `line 2: unknown field "nods"`},
		{"higher format", []string{"check", write(t, "f", `{"format": 2}`)}, "format 2; this version reads format 1"},
		{"script that is not there", []string{"import", filepath.Join(dir, "none.sql")}, "cannot be read: no such file or directory"},
		{"unknown command", []string{"destroy"}, "unexpected argument destroy"},
		{"unknown flag", []string{"compile", "--fast", broken}, "unknown flag --fast"},
		{"no file", []string{"compile"}, `expected "<file>"`},
		{"no command", nil, "expected one of"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := millrace(c.args...)
			if got.code != 1 || got.stdout != "" || !strings.HasPrefix(got.stderr, "millrace: ") || !strings.Contains(got.stderr, c.want) {
				t.Errorf("%+v, want %q", got, c.want)
			}
			if strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("not one line: %q", got.stderr)
			}
		})
	}
}

func TestImportWritesThePipeline(t *testing.T) {
	script := write(t, "script.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'datagen');\nCREATE VIEW v AS SELECT a FROM t;\n")
	got := millrace("import", script)
	if got.code != 0 || got.stderr != "" {
		t.Fatalf("%+v", got)
	}
	doc, err := graph.Decode([]byte(got.stdout))
	if err != nil || len(doc.Nodes) != 2 || len(doc.Edges) != 1 {
		t.Errorf("%v: %s", err, got.stdout)
	}
	file := filepath.Join(t.TempDir(), "out.pipeline.json")
	if to := millrace("import", script, "-o", file); to.code != 0 || to.stdout != "" {
		t.Errorf("%+v", to)
	}
	if written, err := os.ReadFile(file); err != nil || string(written) != got.stdout {
		t.Errorf("%v: wrote %s", err, written)
	}
	if again := millrace("fmt", file); again.code != 0 || again.stdout != got.stdout {
		t.Errorf("not canonical: %+v", again)
	}
	if compiled := millrace("compile", file); compiled.code != 0 || !strings.Contains(compiled.stdout, "CREATE TEMPORARY VIEW v AS\nSELECT *\nFROM t;") {
		t.Errorf("%+v", compiled)
	}
}

func TestImportTakesWhatItCanAndTellsTheRest(t *testing.T) {
	stdin(t, "CREATE VIEW v AS SELECT 1 AS a;\nDROP TABLE x;\nCREATE VIEW w AS SELECT;")
	got := millrace("import", "-")
	want := "001-sql: Kept as an SQL node: Line 1: it reads no table.\n" +
		"document: Statement was not taken in: Line 2: it changes nothing that a pipeline holds. The text was: DROP TABLE x\n" +
		"document: Expected an expression: Line 3, column 24: Found the semicolon where an expression was expected. The text was: CREATE VIEW w AS SELECT\n"
	if got.code != 1 || got.stderr != want {
		t.Errorf("%+v", got)
	}
	if doc, err := graph.Decode([]byte(got.stdout)); err != nil || len(doc.Nodes) != 1 {
		t.Errorf("%v: %s", err, got.stdout)
	}
	stdin(t, "DROP TABLE x")
	got = millrace("import", "--json", "-")
	var out struct {
		Document    json.RawMessage
		Diagnostics []graph.Diagnostic
	}
	if err := json.Unmarshal([]byte(got.stdout), &out); err != nil || len(out.Diagnostics) != 1 {
		t.Errorf("%v %+v", err, got)
	}
	if _, err := graph.Decode(out.Document); err != nil {
		t.Error(err)
	}
}

func TestImportThatCannotWriteIsAFailure(t *testing.T) {
	got := millrace("import", write(t, "s.sql", "CREATE VIEW v AS SELECT 1;"), "-o", filepath.Join(t.TempDir(), "no", "folder"))
	if got.code != 2 || !strings.HasPrefix(got.stderr, "millrace: write pipeline: ") {
		t.Errorf("%+v", got)
	}
}

func TestFmtWritesInPlace(t *testing.T) {
	file := write(t, "fine.pipeline.json", fine)
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	printed := millrace("fmt", file)
	if got := millrace("fmt", "-w", file); got.code != 0 || got.stdout != "" {
		t.Errorf("%+v", got)
	}
	written, err := os.ReadFile(file)
	if err != nil || string(written) != printed.stdout || string(written) == fine {
		t.Errorf("%v: %s", err, written)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != fs.FileMode(0o640) {
		t.Errorf("%v: mode %v", err, info.Mode())
	}
}

func TestExamplesCompileWithoutAWord(t *testing.T) {
	files, err := filepath.Glob("examples/*.pipeline.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if got := millrace("compile", file); got.code != 0 || got.stderr != "" || !strings.HasSuffix(got.stdout, "END;\n") {
			t.Errorf("%s: %+v", file, got)
		}
	}
}
