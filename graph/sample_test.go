package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"millrace/graph"
)

const sampled = `{"format": 1, "nodes": {
  "o": {"kind": "source", "name": "orders"}, "c": {"kind": "source", "name": "customers"}, "f": {"kind": "filter", "name": "paid"}
}, "samples": {"o": {"columns": ["id", "amount"], "rows": [{"values": [1, "2.50"]}]}},
"tests": {"t": {"name": "paid only", "samples": {}, "expect": {"f": {"count": 1}}}}}`

func TestCheckSamplesFindsEachMistake(t *testing.T) {
	many := make([]map[string]any, graph.MaxSampleRows+1)
	for i := range many {
		many[i] = map[string]any{"values": []any{i}}
	}
	cases := []struct {
		name string
		edit graph.Operation
		want string // node, field and code
	}{
		{"fine", set("name", "x"), ""},
		{"no source", set("samples z", map[string]any{}), " samples.z sample-without-source"},
		{"a filter", set("samples f", map[string]any{}), "f samples.f sample-without-source"},
		{"value missing", set("samples o", map[string]any{"columns": []string{"a", "b"}, "rows": []any{
			map[string]any{"values": []any{1, 2}}, map[string]any{"values": []any{1}},
		}}), "o samples.o.rows.1 value-count"},
		{"column twice", set("samples o", map[string]any{"columns": []string{"a", "a"}}), "o samples.o.columns.1 duplicate-column"},
		{"too many rows", set("samples o", map[string]any{"columns": []string{"a"}, "rows": many}), "o samples.o.rows large-sample"},
		{"too many bytes", set("samples o", map[string]any{"columns": []string{"a"}, "rows": []any{
			map[string]any{"values": []any{strings.Repeat("x", graph.MaxSampleBytes)}},
		}}), "o samples.o large-sample"},
		{"test of nothing", set("tests t", map[string]any{}), " tests.t test-of-nothing"},
		{"expectation says nothing", set("tests t", map[string]any{"expect": map[string]any{"f": map[string]any{}}}), "f tests.t.expect.f test-of-nothing"},
		{"expectation of no node", set("tests t", map[string]any{"expect": map[string]any{"z": map[string]any{"count": 1}}}), " tests.t.expect.z expectation-without-node"},
		{"expected row", set("tests t", map[string]any{"expect": map[string]any{"f": map[string]any{"columns": []string{"a"}, "rows": []any{map[string]any{"values": []any{}}}}}}), "f tests.t.expect.f.rows.0 value-count"},
		{"sample of a test", set("tests t", map[string]any{"samples": map[string]any{"z": map[string]any{}}, "expect": map[string]any{"f": map[string]any{"rows": []any{}}}}), " tests.t.samples.z sample-without-source"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := graph.Apply(decoded(t, sampled), []graph.Operation{c.edit})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range graph.CheckSamples(doc) {
				got = append(got, fmt.Sprintf("%s %s %s", d.Node, d.Field, d.Code))
				if len(strings.Fields(d.Summary)) > 8 || d.Detail == "" || d.Severity != graph.Warning {
					t.Errorf("%+v", d)
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckSamplesCountsTests(t *testing.T) {
	doc := decoded(t, sampled)
	for i := range graph.MaxTests {
		doc.Tests[fmt.Sprint(i)] = doc.Tests["t"]
	}
	if found := graph.CheckSamples(doc); len(found) != 1 || found[0].Code != "too-many-tests" {
		t.Errorf("got %v", found)
	}
}

func TestCheckSamplesNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		before := string(doc.Encode())
		graph.CheckSamples(doc)
		if string(doc.Encode()) != before {
			t.Fatal("the check changed the document")
		}
	})
}

func TestDiffNamesSamplesAndTestsInOneLineEach(t *testing.T) {
	doc := decoded(t, sampled)
	cases := []struct {
		name       string
		operations []graph.Operation
		want       []string
	}{
		{"nothing", []graph.Operation{set("samples o", doc.Samples["o"])}, []string{}},
		{"two samples", []graph.Operation{set("samples o live", true), set("samples c", map[string]any{})}, []string{"~ samples customers, orders"}},
		{"no sample left", []graph.Operation{remove("samples o")}, []string{"- samples orders"}},
		{"the source goes", []graph.Operation{remove("nodes o")}, []string{"- node orders (source)", "- samples orders"}},
		{"a test", []graph.Operation{set("tests u", map[string]any{"name": "none"}), remove("tests t")}, []string{"~ tests none, paid only"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			edited, err := graph.Apply(doc, c.operations)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, lines(graph.Diff(doc, edited))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDiffByNameMindsNoSamples(t *testing.T) {
	a, b := decoded(t, sampled), decoded(t, sampled)
	b.Samples, b.Tests = nil, nil
	if changes := graph.DiffByName(a, b); len(changes) > 0 {
		t.Errorf("got %v", changes)
	}
}
