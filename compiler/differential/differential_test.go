// Package differential_test holds what the compiler writes and infers against a real Flink.
package differential_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	flinktest.Main(m)
}

// plans runs a script's statements as they stand, all but its INSERTs, describes what they made and explains the rest.
func plans(t *testing.T, session *flink.Session, script compiler.Script) {
	t.Helper()
	ctx := t.Context()
	for _, statement := range script.Statements {
		if statement.Insert {
			continue
		}
		if _, err := session.Run(ctx, statement.SQL, nil); err != nil {
			t.Errorf("%s\n%v", statement.SQL, short(err))
		}
	}
	describes(t, session, script)
	if at := strings.Index(script.Text, "EXECUTE STATEMENT SET\n"); at >= 0 { // with the comments inside
		set := strings.TrimSuffix(strings.TrimPrefix(script.Text[at:], "EXECUTE "), ";\n")
		if _, err := session.Run(ctx, "EXPLAIN "+set, nil); err != nil {
			t.Errorf("%s\n%v", set, short(err))
		}
	}
}

// describes holds the columns that the compiler infers against those that Flink does.
func describes(t *testing.T, session *flink.Session, script compiler.Script) {
	t.Helper()
	for id, reference := range script.References {
		columns, err := session.Describe(t.Context(), reference)
		if err != nil {
			t.Errorf("%s: %v", id, short(err))
			continue
		}
		if want, known := script.Columns[id]; known {
			got := make([]string, len(columns))
			for i, column := range columns {
				got[i] = column.Name
			}
			if !slices.Equal(got, want) {
				t.Errorf("columns of %s are %q, the compiler says %q", id, got, want)
			}
		}
	}
}

// plansEnds explains what nothing reads, so that no INSERT plans it.
func plansEnds(t *testing.T, session *flink.Session, script compiler.Script) {
	t.Helper()
	for _, diagnostic := range script.Diagnostics {
		if reference := script.References[diagnostic.Node]; diagnostic.Code == "unused-output" && reference != "" {
			if _, err := session.Run(t.Context(), "EXPLAIN SELECT * FROM "+reference, nil); err != nil {
				t.Errorf("%s: %v", diagnostic.Node, short(err))
			}
		}
	}
}

func short(err error) string {
	var sql *flink.SQLError
	if errors.As(err, &sql) {
		return sql.Message
	}
	return err.Error()
}

func document(t *testing.T, parts ...string) *graph.Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := graph.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// runFile runs the statements of a file, each of which stands on one line; without the file it does nothing.
func runFile(t *testing.T, session *flink.Session, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if _, err := session.Run(t.Context(), strings.TrimSuffix(strings.TrimSpace(line), ";"), nil); err != nil {
			t.Fatalf("%s%v", line, short(err))
		}
	}
}

// onFlink tells whether a case can be planned: its script has no errors and it needs nothing that is not there.
func onFlink(t *testing.T, folder string) bool {
	t.Helper()
	reason, err := os.ReadFile(filepath.Join(folder, "not-on-flink.txt"))
	if err == nil {
		t.Skip(strings.TrimSpace(string(reason)))
	}
	return errors.Is(err, os.ErrNotExist)
}

func folders(t *testing.T, corpus string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("..", "..", "testdata", corpus, "*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return found
}

func TestGoldenScriptsPlanOnFlink(t *testing.T) {
	flinktest.Start(t)
	for _, folder := range folders(t, "compile") {
		name := filepath.Base(folder)
		script := compiler.Compile(document(t, folder, "pipeline.json"), compiler.Options{})
		if graph.HasErrors(script.Diagnostics) && name != "draft" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			if !onFlink(t, folder) {
				return
			}
			_, session := flinktest.Session(t, nil)
			runFile(t, session, filepath.Join(folder, "before.sql"))
			plans(t, session, script)
			plansEnds(t, session, script)
		})
	}
}

func TestExamplesPlanOnFlink(t *testing.T) {
	flinktest.Start(t)
	files, err := filepath.Glob("../../examples/*.pipeline.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, session := flinktest.Session(t, nil)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := graph.Decode([]byte(strings.ReplaceAll(string(data), "${data}", t.TempDir())))
			if err != nil {
				t.Fatal(err)
			}
			script := compiler.Compile(doc, compiler.Options{})
			if graph.HasErrors(script.Diagnostics) {
				t.Fatal(script.Diagnostics)
			}
			plans(t, session, script)
		})
	}
}

// TestReservedWordsAreNamesOnFlink uses every reserved word as a column, as a view, and as a column of a query.
func TestReservedWordsAreNamesOnFlink(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	words := flinksql.ReservedWords()
	if len(words) < 400 {
		t.Fatalf("only %d reserved words", len(words))
	}
	columns, selected := make([]any, len(words)), make([]any, len(words))
	for i, word := range words {
		columns[i] = map[string]any{"name": word, "type": "INT"}
		selected[i] = map[string]any{"name": strings.ToLower(word), "expression": flinksql.Quote(word)}
	}
	doc := graph.New("reserved words")
	doc.Nodes["all"] = &graph.Node{Kind: "source", Name: "everything", Config: graph.Config{"table": map[string]any{
		"columns": columns, "options": map[string]any{"connector": "datagen"}, "primaryKey": []any{words[0], words[1]},
	}}}
	doc.Nodes["lower"] = &graph.Node{Kind: "select", Name: "lowered", Config: graph.Config{"columns": selected}}
	doc.Edges = []graph.Edge{{From: "all", To: "lower", Port: "in"}}
	for _, word := range words {
		id := "view-" + word
		doc.Nodes[id] = &graph.Node{Kind: "filter", Name: strings.ToLower(word), Config: graph.Config{"condition": flinksql.Quote(word) + " > 1"}}
		doc.Edges = append(doc.Edges, graph.Edge{From: "all", To: id, Port: "in"})
	}
	script := compiler.Compile(doc, compiler.Options{})
	if graph.HasErrors(script.Diagnostics) {
		t.Fatal(script.Diagnostics)
	}
	plans(t, session, script)
}

// TestOddNamesAreNamesOnFlink takes names from the edges of what Flink reads bare.
func TestOddNamesAreNamesOnFlink(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	names := []string{"a$b", "$a", "_a", "_", "a1", "größe", "ÄÖ", "名前", "한글", "a-b", "e", "E", "u", "n", "x", "d", "a", "c", "g", "fn", "ts", "utf8", "_utf8", "İ", "ſ", "K"}
	doc := graph.New("odd names")
	columns := []any{}
	for _, name := range names {
		columns = append(columns, map[string]any{"name": name, "type": "INT"})
	}
	doc.Nodes["all"] = &graph.Node{Kind: "source", Name: "everything", Config: graph.Config{"table": map[string]any{"columns": columns, "options": map[string]any{"connector": "datagen"}}}}
	for i, name := range names {
		id := fmt.Sprintf("n%d", i)
		if strings.HasPrefix(name, "$") {
			continue // no node's name
		}
		doc.Nodes[id] = &graph.Node{Kind: "join", Name: name, Config: graph.Config{"type": "inner", "condition": "left." + flinksql.Quote(name) + " = right." + flinksql.Quote(name)}}
		doc.Edges = append(doc.Edges, graph.Edge{From: "all", To: id, Port: "left"}, graph.Edge{From: "all", To: id, Port: "right"})
	}
	script := compiler.Compile(doc, compiler.Options{})
	if graph.HasErrors(script.Diagnostics) {
		t.Fatal(script.Diagnostics)
	}
	plans(t, session, script)
}

// TestTakenExpressionsAreTakenByFlink holds that the checks of a text do not refuse what is right.
func TestTakenExpressionsAreTakenByFlink(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	ctx := context.WithoutCancel(t.Context())
	for _, expression := range []string{
		"a > 1 AND b IS DISTINCT FROM 'x'", "EXTRACT(DAY FROM ts) = 1", "TRIM(BOTH ' ' FROM b) <> ''", "SUBSTRING(b FROM 1 FOR 2) = 'x'",
		"b LIKE 'a!_%' ESCAPE '!'", "a IN (SELECT 1)", "EXISTS (SELECT 1)", "b = E'it\\'s'", "b = U&'\\0041'", "b = _UTF16'ä'", "x'ab' = x'cd'",
		"CASE WHEN a > 1 THEN TRUE ELSE FALSE END", "CAST(ROW(1, 'x') AS ROW<a INT, b STRING>).a = 1", "a BETWEEN 1 AND 2", "ARRAY[1, 2][1] = a",
		"MAP['a', 1]['a'] = a", "ts > TIMESTAMP '2020-01-01 00:00:00'", "a = -1 OR a - -1 = 2", "JSON_VALUE(b, '$.x' NULL ON EMPTY) = 'y'",
		"LEFT(b, 1) = 'a' AND RIGHT(b, 1) = 'b'", "1.5e3 > a", "a = .5", "POSITION('a' IN b) = 1", "a % 2 = 0", "(a, b) IN ((1, 'x'))",
		"ts BETWEEN CURRENT_TIMESTAMP - INTERVAL '1' DAY AND CURRENT_TIMESTAMP", "b || 'x' = 'yx'", "a <> 1", "NOT a IS NULL", "FLOOR(ts TO DAY) = ts",
		"TIMESTAMPADD(DAY, 1, ts) > ts", "`some` = 1",
	} {
		doc := graph.New("expression")
		doc.Nodes["s"] = &graph.Node{Kind: "source", Name: "s", Config: graph.Config{"table": map[string]any{
			"columns": []any{
				map[string]any{"name": "a", "type": "INT"},
				map[string]any{"name": "b", "type": "STRING"},
				map[string]any{"name": "ts", "type": "TIMESTAMP(3)"},
				map[string]any{"name": "some", "type": "INT"},
			}, "options": map[string]any{"connector": "datagen"},
		}}}
		doc.Nodes["f"] = &graph.Node{Kind: "filter", Name: "f", Config: graph.Config{"condition": expression}}
		doc.Edges = []graph.Edge{{From: "s", To: "f", Port: "in"}}
		script := compiler.Compile(doc, compiler.Options{})
		if graph.HasErrors(script.Diagnostics) {
			t.Errorf("%s: the compiler says %v", expression, script.Diagnostics)
			continue
		}
		for _, statement := range script.Statements {
			if _, err := session.Run(ctx, statement.SQL, nil); err != nil {
				t.Errorf("%s: Flink says %v", expression, short(err))
			}
		}
		for _, drop := range []string{"DROP TEMPORARY VIEW IF EXISTS f", "DROP TEMPORARY TABLE IF EXISTS s"} {
			if _, err := session.Run(ctx, drop, nil); err != nil {
				t.Fatal(short(err))
			}
		}
	}
}
