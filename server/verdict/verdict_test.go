package verdict_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/preview"
	"millrace/server/verdict"
)

// given is an Evaluator that knows what comes of each node.
type given struct {
	nodes map[string]preview.Node // by name
	err   error
	state preview.State
	said  []graph.Diagnostic

	mu   sync.Mutex
	docs []*graph.Document // that were run
}

func (g *given) Evaluate(_ context.Context, doc *graph.Document, mode graph.Mode) (preview.Preview, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	doc = doc.Clone()
	doc.Mode = mode
	g.docs = append(g.docs, doc)
	p := preview.Preview{State: preview.Finished, Nodes: map[string]preview.Node{}, Diagnostics: g.said}
	if g.state != "" {
		p.State, p.Message = g.state, "Division by zero"
	}
	for id, node := range doc.Nodes {
		if rows, ok := g.nodes[node.Name]; ok {
			p.Nodes[id] = rows
		}
	}
	return p, g.err
}

func decoded(t *testing.T, text string) *graph.Document {
	t.Helper()
	doc, err := graph.Decode([]byte(text))
	require.NoError(t, err)
	return doc
}

const pipeline = `{"format": 1, "name": "Totals", "nodes": {
  "o": {"kind": "source", "name": "orders", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "primaryKey": ["id"], "options": {"connector": "kafka"}}}},
  "x": {"kind": "source", "name": "other", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "options": {"connector": "kafka"}}}},
  "t": {"kind": "aggregate", "name": "totals", "config": {"groupBy": ["id"], "aggregates": [{"name": "amount", "expression": "SUM(v)"}]}},
  "f": {"kind": "filter", "name": "large_ones", "config": {"condition": "amount > 1"}},
  "u": {"kind": "filter", "name": "unused", "config": {"condition": "TRUE"}},
  "s": {"kind": "sink", "name": "outcome", "config": {}}
}, "edges": [{"from": "o", "to": "t", "port": "in"}, {"from": "t", "to": "f", "port": "in"}, {"from": "f", "to": "s", "port": "in"}, {"from": "x", "to": "u", "port": "in"}],
"samples": {"o": {"columns": ["id"], "rows": [{"values": [1]}]}, "x": {"columns": [], "rows": []}},
"tests": {"a": {"name": "first", "samples": {"o": {"columns": ["id"], "rows": []}}, "expect": {"t": EXPECT}}}}`

func withExpectation(t *testing.T, expectation string) *graph.Document {
	t.Helper()
	return decoded(t, strings.Replace(pipeline, "EXPECT", expectation, 1))
}

// changelog is what the fake gives for totals.
var changelog = preview.Node{
	Columns: []preview.Column{{Name: "id", Type: "INT"}, {Name: "amount", Type: "DECIMAL(10, 2)"}, {Name: "share", Type: "DOUBLE"}, {Name: "at", Type: "TIMESTAMP(3)"}, {Name: "tags", Type: "ARRAY<STRING>"}},
	Rows: []preview.Row{
		{Kind: "+I", Values: []any{number("1"), "1.00", number("0.1"), "2024-01-01 00:00:00.000", []any{"a"}}},
		{Kind: "+I", Values: []any{number("2"), "2.00", number("0.30000000000000004"), nil, nil}},
		{Kind: "-U", Values: []any{number("1"), "1.00", number("0.1"), "2024-01-01 00:00:00.000", []any{"a"}}},
		{Kind: "+U", Values: []any{number("1"), "3.00", number("0.5"), "2024-01-01 00:00:01.000", []any{"a", "b"}}},
		{Kind: "+I", Values: []any{number("3"), "9.00", number("NaN"), nil, []any{}}},
		{Kind: "-D", Values: []any{number("3"), "9.00", number("NaN"), nil, []any{}}},
	},
}

func number(text string) any {
	if text == "NaN" {
		return text
	}
	return json.Number(text)
}

func TestExpectationsAreHeldAgainstTheRows(t *testing.T) {
	const both = `{"values": [1, "3", 0.5, "2024-01-01T00:00:01", ["a", "b"]]}, {"values": [2, 2.0, 0.3, null, null]}`
	cases := []struct{ name, expectation, want string }{
		{"the table", `{"rows": [` + both + `]}`, ""},
		{"in any order", `{"rows": [{"values": [2, 2]}, {"values": [1, "3.00"]}], "columns": ["id", "amount"]}`, ""},
		{"in order", `{"ordered": true, "rows": [{"values": [1]}, {"values": [2]}], "columns": ["id"]}`, ""},
		{"out of order", `{"ordered": true, "rows": [{"values": [2]}, {"values": [1]}], "columns": ["id"]}`, "The rows are right, their order is not: row 1 is +I 1, and +I 2 was expected there."},
		{"columns in another order", `{"rows": [{"values": ["3", 1]}, {"values": ["2", 2]}], "columns": ["amount", "id"]}`, ""},
		{"count", `{"count": 2}`, ""},
		{"wrong count", `{"count": 1}`, "2 rows instead of 1."},
		{"count of changes", `{"view": "changelog", "count": 6}`, ""},
		{"no rows", `{"rows": []}`, "The rows differ: 2 unexpected."},
		{"the changelog", `{"view": "changelog", "columns": ["id"], "ordered": true, "rows": [
			{"values": [1]}, {"values": [2]}, {"kind": "-U", "values": [1]}, {"kind": "+U", "values": [1]}, {"values": [3]}, {"kind": "-D", "values": [3]}]}`, ""},
		{"a kind too few", `{"view": "changelog", "columns": ["id"], "rows": [{"values": [1]}, {"values": [2]}, {"kind": "+U", "values": [1]}, {"values": [3]}, {"kind": "-D", "values": [3]}]}`, "The rows differ: 1 unexpected."},
		{"a value by the group's key", `{"columns": ["id", "amount"], "rows": [{"values": [1, "3.01"]}, {"values": [2, 2]}]}`, "The rows differ: 1 changed."},
		{"a value, missing and unexpected", `{"columns": ["id", "amount"], "rows": [{"values": [1, "3.01"]}, {"values": [4, 2]}]}`, "The rows differ: 1 missing, 1 unexpected, 1 changed."},
		{"a value without a key", `{"columns": ["amount"], "rows": [{"values": ["3.01"]}, {"values": [2]}]}`, "The rows differ: 1 changed."},
		{"a row too often", `{"columns": ["id"], "rows": [{"values": [1]}, {"values": [2]}, {"values": [2]}]}`, "The rows differ: 1 missing."},
		{"another last digit", `{"columns": ["id", "share"], "rows": [{"values": [1, 0.5]}, {"values": [2, 0.3000000000001]}]}`, ""},
		{"another digit", `{"columns": ["id", "share"], "rows": [{"values": [1, 0.5]}, {"values": [2, 0.3001]}]}`, "The rows differ: 1 changed."},
		{"unknown column", `{"columns": ["nope"], "rows": []}`, `The node has no column "nope".`},
		{"unknown key", `{"columns": ["id"], "keys": ["amount"], "rows": []}`, `The key "amount" is none of the compared columns.`},
		{"wrong type", `{"columns": ["id", "amount"], "rows": [{"values": [1, "abc"]}]}`, `Expected row 1, column amount: "abc" is no DECIMAL(10, 2); write a number such as 12.50.`},
		{"too few values", `{"rows": [{"values": [1]}]}`, "Expected row 1 has 1 value for 5 columns: id, amount, share, at, tags."},
		{"count and rows", `{"count": 5, "rows": []}`, "2 rows instead of 5. The rows differ: 2 unexpected."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			results, err := verdict.Run(t.Context(), &given{nodes: map[string]preview.Node{"totals": changelog}}, withExpectation(t, c.expectation), nil, nil)
			require.NoError(t, err)
			require.Len(t, results, 1)
			require.Empty(t, results[0].Message)
			require.Len(t, results[0].Expectations, 1)
			outcome := results[0].Expectations[0]
			require.Equal(t, c.want, outcome.Message)
			require.Equal(t, c.want == "", outcome.Passed)
			require.Equal(t, c.want == "", results[0].Passed)
			require.Equal(t, "totals", outcome.Name)
		})
	}
}

func TestADifferenceNamesKeyAndCells(t *testing.T) {
	doc := withExpectation(t, `{"columns": ["id", "amount", "tags"], "rows": [{"values": [1, "3.01", ["a"]]}, {"values": [5, 2, null]}]}`)
	results, err := verdict.Run(t.Context(), &given{nodes: map[string]preview.Node{"totals": changelog}}, doc, nil, nil)
	require.NoError(t, err)
	o := results[0].Expectations[0]
	require.Equal(t, 3, o.Differing)
	require.Equal(t, []graph.SampleRow{{Values: []any{json.Number("5"), "2.00", nil}}}, o.Missing)
	require.Equal(t, []graph.SampleRow{{Values: []any{json.Number("2"), "2.00", nil}}}, o.Unexpected)
	require.Equal(t, []verdict.ChangedRow{{
		Key: []any{json.Number("1")}, Row: []any{json.Number("1"), "3.00", []any{"a", "b"}},
		Cells: []verdict.ChangedCell{{Column: 1, Expected: "3.01", Actual: "3.00"}, {Column: 2, Expected: []any{"a"}, Actual: []any{"a", "b"}}},
	}}, o.Changed)
}

func TestNestedValuesThatCameAsTextAreComparedAsText(t *testing.T) {
	node := preview.Node{Columns: []preview.Column{{Name: "tags", Type: "ARRAY<STRING>"}}, Rows: []preview.Row{{Kind: "+I", Values: []any{"[a, NULL]"}}}}
	for expected, passes := range map[string]bool{`["a", null]`: true, `"[a, NULL]"`: true, `["a"]`: false} {
		doc := withExpectation(t, `{"rows": [{"values": [`+expected+`]}]}`)
		results, err := verdict.Run(t.Context(), &given{nodes: map[string]preview.Node{"totals": node}}, doc, nil, nil)
		require.NoError(t, err)
		require.Equal(t, passes, results[0].Passed, expected)
	}
}

func TestOnlyWhatIsExpectedRunsOnTheTestsSamples(t *testing.T) {
	g := &given{nodes: map[string]preview.Node{"totals": changelog}}
	doc := withExpectation(t, `{"count": 2}`)
	before := string(doc.Encode())
	_, err := verdict.Run(t.Context(), g, doc, nil, nil)
	require.NoError(t, err)
	require.Equal(t, before, string(doc.Encode()))
	ran := g.docs[0]
	require.Equal(t, []string{"o", "t"}, ran.NodeIDs())
	require.Len(t, ran.Edges, 1)
	require.Equal(t, []string{"o"}, slices.Collect(maps.Keys(ran.Samples)))
	require.Empty(t, ran.Samples["o"].Rows, "the test's own sample")
	require.Empty(t, ran.Tests)
}

func TestAConditionIsAQueryBehindTheNodesThatItNames(t *testing.T) {
	boolean := preview.Column{Name: "EXPR$0", Type: "BOOLEAN"}
	row := func(kind string, value any) preview.Row { return preview.Row{Kind: kind, Values: []any{value}} }
	cases := []struct {
		name string
		node preview.Node
		want string
	}{
		{"true", preview.Node{Columns: []preview.Column{boolean}, Rows: []preview.Row{row("+I", false), row("-U", false), row("+U", true)}}, ""},
		{"false", preview.Node{Columns: []preview.Column{boolean}, Rows: []preview.Row{row("+I", false)}}, "The condition does not hold: it gave FALSE."},
		{"null", preview.Node{Columns: []preview.Column{boolean}, Rows: []preview.Row{row("+I", nil)}}, "The condition gave NULL."},
		{"nothing", preview.Node{Columns: []preview.Column{boolean}}, "The condition gave no row: a query over no rows gives none in streaming mode; expect no rows instead."},
		{"two rows", preview.Node{Columns: []preview.Column{boolean}, Rows: []preview.Row{row("+I", true), row("+I", true)}}, "The condition gave 2 rows; it must give one."},
		{"a number", preview.Node{Columns: []preview.Column{{Name: "n", Type: "BIGINT"}}, Rows: []preview.Row{row("+I", "1")}}, "The condition must give one BOOLEAN; it gives n BIGINT."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := &given{nodes: map[string]preview.Node{"totals": changelog, "holds_t": c.node}}
			results, err := verdict.Run(t.Context(), g, withExpectation(t, `{"holds": "SELECT COUNT(*) > 0 FROM totals JOIN other ON TRUE"}`), nil, nil)
			require.NoError(t, err)
			require.Equal(t, c.want, results[0].Expectations[0].Message)
			ran := g.docs[0]
			require.Equal(t, []string{"holds-t", "o", "t", "x"}, ran.NodeIDs())
			require.Contains(t, ran.Edges, graph.Edge{From: "t", To: "holds-t", Port: "in"})
			require.Contains(t, ran.Edges, graph.Edge{From: "x", To: "holds-t", Port: "in"})
		})
	}
}

func TestEachModeIsARunOfItsOwn(t *testing.T) {
	g := &given{nodes: map[string]preview.Node{"totals": changelog}}
	doc := withExpectation(t, `{"count": 2}`)
	doc.Tests["b"] = &graph.Test{Name: "second", Modes: []graph.Mode{graph.Batch, graph.Streaming}, Expect: doc.Tests["a"].Expect}
	order := func(ids []string, modes []graph.Mode) string {
		results, err := verdict.Run(t.Context(), g, doc, ids, modes)
		require.NoError(t, err)
		var list []string
		for _, r := range results {
			list = append(list, fmt.Sprintf("%s %s", r.Test, r.Mode))
		}
		return strings.Join(list, ", ")
	}
	require.Equal(t, "a streaming, b batch, b streaming", order(nil, nil))
	require.Equal(t, "b batch", order([]string{"b", "gone"}, []graph.Mode{graph.Batch}))
}

func TestWhatKeepsATestFromRunningIsSaid(t *testing.T) {
	diagnostic := graph.Diagnostic{Node: "o", Field: "samples.o.rows.1", Severity: graph.Error, Summary: "Sample does not fit its source", Detail: "Row 2, column id: …"}
	t.Run("a sample of its own", func(t *testing.T) {
		results, err := verdict.Run(t.Context(), &given{err: &compiler.Invalid{Diagnostics: []graph.Diagnostic{diagnostic}}}, withExpectation(t, `{"count": 1}`), nil, nil)
		require.NoError(t, err)
		require.False(t, results[0].Passed)
		require.Equal(t, "The test cannot run: Row 2, column id: …", results[0].Message)
		require.Equal(t, "tests.a.samples.o.rows.1", results[0].Diagnostics[0].Field)
	})
	t.Run("a mistake that is plain", func(t *testing.T) {
		g := &given{}
		results, err := verdict.Run(t.Context(), g, withExpectation(t, `{"columns": ["id"], "rows": [{"values": []}]}`), nil, nil)
		require.NoError(t, err)
		require.Contains(t, results[0].Message, "The test cannot run: Row 1 has 0 values for 1 column")
		require.Empty(t, g.docs)
	})
	t.Run("a node that Flink refuses", func(t *testing.T) {
		refused := graph.Diagnostic{Node: "o", Field: "table", Severity: graph.Error, Summary: "Flink refuses this node", Detail: "no."}
		results, err := verdict.Run(t.Context(), &given{said: []graph.Diagnostic{refused}}, withExpectation(t, `{"count": 1}`), nil, nil)
		require.NoError(t, err)
		require.Equal(t, "The node does not run: o.table: Flink refuses this node: no.", results[0].Expectations[0].Message)
	})
	t.Run("a run that fails", func(t *testing.T) {
		results, err := verdict.Run(t.Context(), &given{state: preview.Failed, nodes: map[string]preview.Node{"totals": changelog}}, withExpectation(t, `{"count": 2}`), nil, nil)
		require.NoError(t, err)
		require.False(t, results[0].Passed)
		require.Equal(t, "The run failed: Division by zero", results[0].Message)
	})
	t.Run("an engine that is gone", func(t *testing.T) {
		gone := errors.New("gone")
		_, err := verdict.Run(t.Context(), &given{err: gone}, withExpectation(t, `{"count": 2}`), nil, nil)
		require.ErrorIs(t, err, gone)
	})
}

func TestTextIsATableThatATerminalCanShow(t *testing.T) {
	doc := withExpectation(t, `{"columns": ["id", "amount", "tags"], "rows": [{"values": [1, "3.01", ["a"]]}, {"values": [5, 2, null]}]}`)
	doc.Tests["a"].Name = "first\x1b[31m"
	results, err := verdict.Run(t.Context(), &given{nodes: map[string]preview.Node{"totals": changelog}}, doc, nil, nil)
	require.NoError(t, err)
	results[0].Seconds = 1.26
	want := `FAIL  first\x1b[31m (streaming) 1.3 s
      totals: The rows differ: 1 missing, 1 unexpected, 1 changed.
          id  amount       tags
        ~ 1   3.01 → 3.00  ["a"] → ["a","b"]
        - 5   2.00         NULL
        + 2   2.00         NULL
`
	require.Empty(t, cmp.Diff(want, results[0].Text()))
}

func TestALongDifferenceIsCut(t *testing.T) {
	var rows []string
	for i := range 150 {
		rows = append(rows, fmt.Sprintf(`{"kind": "-D", "values": [%d]}`, 1000+i))
	}
	doc := withExpectation(t, `{"view": "changelog", "columns": ["id"], "rows": [`+strings.Join(rows, ",")+`]}`)
	results, err := verdict.Run(t.Context(), &given{nodes: map[string]preview.Node{"totals": changelog}}, doc, nil, nil)
	require.NoError(t, err)
	require.Len(t, results[0].Expectations[0].Missing, verdict.MaxTold)
	lines := strings.Split(strings.TrimSpace(results[0].Text()), "\n")
	require.Len(t, lines, 2+1+20+1)
	require.Equal(t, "- -D  1000", strings.TrimSpace(lines[3]))
	require.Equal(t, "… 136 more", strings.TrimSpace(lines[len(lines)-1]))
}

func TestJUnitIsXMLThatBuildServersRead(t *testing.T) {
	suites := []verdict.Suite{{File: "a.pipeline.json", Pipeline: "Tot<als>", Results: []verdict.Result{
		{Test: "a", Name: "fine", Mode: graph.Streaming, Passed: true, Seconds: 0.5},
		{Test: "b", Mode: graph.Batch, Seconds: 1, Message: "it said ]]> and \x00 \"&\""},
	}}}
	var b bytes.Buffer
	require.NoError(t, verdict.WriteJUnit(&b, suites))
	var read struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
					Text    string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &read), b.String())
	require.Equal(t, 2, read.Tests)
	require.Equal(t, 1, read.Failures)
	require.Equal(t, "Tot<als>", read.Suites[0].Name)
	require.Nil(t, read.Suites[0].Cases[0].Failure)
	require.Equal(t, "b (batch)", read.Suites[0].Cases[1].Name)
	require.Contains(t, read.Suites[0].Cases[1].Failure.Text, `it said ]]> and \x00 "&"`)
}
