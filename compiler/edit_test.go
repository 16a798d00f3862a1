package compiler

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/graph"
)

// flights is a small pipeline: a source, a filter, an SQL node, a sink, and a filter with a mistake.
const flights = `{
  "format": 1, "name": "flights", "mode": "streaming", "settings": {"table.exec.state.ttl": "1 d"},
  "nodes": {
    "a1": {"kind": "source", "name": "flights", "config": {"table": {"columns": [{"name": "id", "type": "INT"}, {"name": "delay", "type": "INT"}], "options": {"connector": "datagen"}}}, "position": {"x": 10, "y": 20}, "description": "Every flight"},
    "b2": {"kind": "filter", "name": "late", "config": {"condition": "delay > 15"}, "position": {"x": 330, "y": 20}, "description": "More than a quarter of an hour"},
    "c3": {"kind": "sql", "name": "counted", "config": {"query": "SELECT id, COUNT(*) AS n -- by flight\nFROM late\nGROUP BY id"}, "position": {"x": 650, "y": 20}, "description": ""},
    "d4": {"kind": "sink", "name": "done", "config": {"table": {"columns": [{"name": "id", "type": "INT"}, {"name": "n", "type": "BIGINT"}], "options": {"connector": "blackhole"}}}, "position": {"x": 970, "y": 20}, "description": ""},
    "e5": {"kind": "filter", "name": "broken", "config": {"condition": "delay >"}, "position": {"x": 330, "y": 300}, "description": ""}
  },
  "edges": [{"from": "a1", "to": "b2", "port": "in"}, {"from": "b2", "to": "c3", "port": "in"}, {"from": "c3", "to": "d4", "port": "in"}, {"from": "a1", "to": "e5", "port": "in"}]
}`

func decoded(tb testing.TB, text string) *graph.Document {
	tb.Helper()
	doc, err := graph.Decode([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func TestEditOfTheScriptEditsTheDocument(t *testing.T) {
	for _, c := range []struct {
		name      string
		old, new  string // replaced in the script
		want      []string
		findings  []string
		unchanged []string // nodes that stay byte for byte
	}{
		{name: "nothing"},
		{name: "only white space", old: "SELECT *\nFROM flights", new: "SELECT  *   FROM\tflights"},
		{
			name: "a condition", old: "delay > 15", new: "delay > 30",
			want: []string{`set nodes/b2/config/condition "delay > 30"`}, unchanged: []string{"a1", "c3", "d4", "e5"},
		},
		{
			name: "a description", old: "-- More than a quarter of an hour", new: "-- Late",
			want: []string{`set nodes/b2/description "Late"`},
		},
		{
			name: "a setting", old: "SET 'table.exec.state.ttl' = '1 d'", new: "SET 'table.exec.state.ttl' = '2 d'",
			want: []string{`set settings/table.exec.state.ttl "2 d"`},
		},
		{
			name: "a column's type", old: "delay INT", new: "delay BIGINT",
			want: []string{`set nodes/a1/config/table/columns [{"name":"id","type":"INT"},{"name":"delay","type":"BIGINT"}]`},
		},
		{
			name: "a new view in between", old: "CREATE TEMPORARY VIEW counted AS\nSELECT id, COUNT(*) AS n -- by flight\nFROM late",
			new: "CREATE TEMPORARY VIEW very_late AS SELECT * FROM late WHERE delay > 60;\nCREATE TEMPORARY VIEW counted AS\nSELECT id, COUNT(*) AS n\nFROM very_late",
			want: []string{
				"delete edges/b2->c3:in",
				`set nodes/c3/kind "aggregate"`, "delete nodes/c3/config/query",
				`set nodes/c3/config/aggregates [{"expression":"COUNT(*)","name":"n"}]`, `set nodes/c3/config/groupBy ["id"]`,
				`set nodes/filter-1 {"kind":"filter","name":"very_late","config":{"condition":"delay > 60"},"position":{"x":650,"y":196},"description":""}`,
				"set edges/b2->filter-1:in {\"from\":\"b2\",\"to\":\"filter-1\",\"port\":\"in\"}", "set edges/filter-1->c3:in {\"from\":\"filter-1\",\"to\":\"c3\",\"port\":\"in\"}",
			},
			unchanged: []string{"a1", "b2", "d4", "e5"},
		},
		{
			name: "another name for the filter", old: "late", new: "delayed",
			want: []string{`set nodes/b2/name "delayed"`, `set nodes/c3/kind "aggregate"`},
		},
		{
			name: "a second INSERT", old: "FROM counted;\nEND;", new: "FROM counted;\nINSERT INTO done SELECT id, CAST(1 AS BIGINT) AS n FROM late;\nEND;",
			want: []string{`set nodes/select-1 {"kind":"select","name":"done_rows"`, `set edges/select-1->d4:in`}, unchanged: []string{"a1", "b2", "c3", "d4", "e5"},
		},
		{
			name: "a syntax mistake", old: "delay > 15", new: "delay > > 15",
			findings: []string{`syntax ">"`},
		},
		{
			name: "an open name", old: "delay > 15", new: "delay > `x",
			findings: []string{"open-name \"`x"},
		},
		{
			name: "a join that no node can hold", old: "FROM flights\nWHERE delay > 15", new: "FROM flights\nWHERE delay > (SELECT AVG(delay) FROM flights AS g WHERE g.id = flights.id)",
			want: []string{`set nodes/b2/kind "sql"`}, findings: []string{"kept-as-sql"},
		},
		{
			name: "an SQL node's text", old: "COUNT(*) AS n -- by flight", new: "COUNT(*) + 0 AS n -- by flight",
			want: []string{`set nodes/c3/kind "aggregate"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := decoded(t, flights)
			script := Compile(doc, Options{}).Text
			if !strings.Contains(script, c.old) {
				t.Fatalf("no %q in\n%s", c.old, script)
			}
			script = strings.ReplaceAll(script, c.old, c.new)
			operations, findings := Edit(doc, script, Options{})
			got := []string{}
			for _, operation := range operations {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", operation.Op, strings.Join(operation.Path, "/"), strings.ReplaceAll(string(operation.Value), `\u003e`, ">"))))
			}
			checkListed(t, script, got, c.want, findings, c.findings)
			after, err := graph.Apply(doc, operations)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range c.unchanged {
				if diff := cmp.Diff(doc.Nodes[id], after.Nodes[id]); diff != "" {
					t.Errorf("%s changed:\n%s", id, diff)
				}
			}
			if again, _ := Edit(after, Compile(after, Options{}).Text, Options{}); len(again) > 0 {
				t.Errorf("the script of the result edits it once more: %s", mustJSON(t, again))
			}
		})
	}
}

// checkListed wants every listed operation and finding; where none is listed there may be none.
func checkListed(t *testing.T, script string, got, want []string, findings []Finding, listed []string) {
	t.Helper()
	all := strings.Join(got, "\n")
	for _, operation := range want {
		if !strings.Contains(all, operation) {
			t.Errorf("no %q in\n%s", operation, all)
		}
	}
	if len(want) == 0 && len(got) > 0 {
		t.Errorf("operations where none was expected:\n%s", all)
	}
	var told []string
	for _, finding := range findings {
		told = append(told, fmt.Sprintf("%s %q", finding.Code, script[finding.Start:finding.End]))
	}
	for _, finding := range listed {
		if !strings.Contains(strings.Join(told, "\n"), finding) {
			t.Errorf("no finding %s in %q", finding, told)
		}
	}
	if len(listed) == 0 && len(told) > 0 {
		t.Errorf("findings where none was expected: %q", told)
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestScriptThatWasNotEditedChangesNothing holds it for every case of the corpus, with what people wrote by hand as well as
// with what an import made.
func TestScriptThatWasNotEditedChangesNothing(t *testing.T) {
	for _, corpus := range []string{"compile", "import"} {
		for _, folder := range cases(t, corpus) {
			doc := decoded(t, string(read(t, folder, "pipeline.json")))
			options := optionsOf(t, folder)
			script := Compile(doc, options)
			operations, findings := Edit(doc, script.Text, options)
			if len(operations) > 0 {
				t.Errorf("%s/%s: %s\n%s", corpus, filepath.Base(folder), mustJSON(t, operations), script.Text)
			}
			for _, finding := range findings {
				if finding.Severity != graph.Info {
					t.Errorf("%s/%s: %v", corpus, filepath.Base(folder), finding.Diagnostic)
				}
			}
		}
	}
}

func TestEditingTheScriptLeavesSamplesAndTests(t *testing.T) {
	doc := decoded(t, `{"format": 1, "nodes": {
  "o": {"kind": "source", "name": "orders", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "options": {"connector": "datagen"}}}},
  "c": {"kind": "source", "name": "customers", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "options": {"connector": "datagen"}}}},
  "f": {"kind": "filter", "name": "late", "config": {"condition": "id > 0"}}
}, "edges": [{"from": "o", "to": "f", "port": "in"}],
"samples": {"o": {"columns": ["id"], "rows": [{"values": [1]}]}, "c": {"columns": ["id"], "rows": []}},
"tests": {"t": {"name": "one", "samples": {}, "expect": {"f": {"count": 1}}}}}`)
	script := Compile(doc, Options{}).Text
	if operations, _ := Edit(doc, strings.Replace(script, "id > 0", "id > 1", 1), Options{}); len(operations) != 1 {
		t.Errorf("got %s", mustJSON(t, operations))
	}
	start := strings.Index(script, "CREATE TEMPORARY TABLE customers")
	end := start + strings.Index(script[start:], ";") + 1
	operations, _ := Edit(doc, script[:start]+script[end:], Options{})
	edited, err := graph.Apply(doc, operations)
	if err != nil {
		t.Fatal(err)
	}
	if edited.Nodes["c"] != nil || edited.Samples["c"] != nil || edited.Samples["o"] == nil || edited.Tests["t"] == nil {
		t.Errorf("%s makes\n%s", mustJSON(t, operations), edited.Encode())
	}
}
