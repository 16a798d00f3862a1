package graph_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"millrace/graph"
)

func raw(value any) json.RawMessage {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return data
}

// operations are edits of a document, most of which fit it.
func operations(doc *graph.Document) *rapid.Generator[graph.Operation] {
	node := ids
	if len(doc.Nodes) > 0 {
		node = rapid.OneOf(rapid.SampledFrom(doc.NodeIDs()), rapid.SampledFrom(doc.NodeIDs()), ids)
	}
	text := rapid.Map(rapid.String(), func(s string) json.RawMessage { return raw(s) })
	key := rapid.SampledFrom([]string{"a", "b", "c", "aa", ""})
	deep := rapid.SliceOfN(key, 1, 3)
	return rapid.Custom(func(t *rapid.T) graph.Operation {
		op := graph.Operation{Op: rapid.SampledFrom([]string{"set", "set", "delete"}).Draw(t, "op")}
		switch rapid.IntRange(0, 11).Draw(t, "what") {
		case 0:
			op.Path, op.Value = []string{"name"}, text.Draw(t, "name")
		case 1:
			op.Path, op.Value = []string{"mode"}, raw(rapid.SampledFrom([]string{"streaming", "batch", "nope"}).Draw(t, "mode"))
		case 2:
			op.Path, op.Value = []string{"settings", rapid.String().Draw(t, "key")}, text.Draw(t, "setting")
		case 3:
			op.Path, op.Value = []string{"nodes", node.Draw(t, "id")}, raw(nodes().Draw(t, "node"))
		case 4:
			field := rapid.SampledFrom([]string{"kind", "name", "description", "nope"}).Draw(t, "field")
			op.Path, op.Value = []string{"nodes", node.Draw(t, "id"), field}, text.Draw(t, "text")
		case 5:
			op.Path, op.Value = []string{"nodes", node.Draw(t, "id"), "position"}, raw(map[string]float64{"x": 1, "y": 2.5})
		case 6:
			op.Path = append([]string{"nodes", node.Draw(t, "id"), "config"}, deep.Draw(t, "path")...)
			op.Value = raw(values(2).Draw(t, "value"))
		case 7:
			edge := graph.Edge{From: node.Draw(t, "from"), To: node.Draw(t, "to"), Port: ports.Draw(t, "port")}
			op.Path, op.Value = []string{"edges", edge.Key()}, raw(edge)
		case 8:
			op.Path, op.Value = []string{"samples", node.Draw(t, "id")}, raw(samples().Draw(t, "sample"))
		case 9:
			op.Path, op.Value = []string{"samples", node.Draw(t, "id"), "live"}, raw(rapid.Bool().Draw(t, "live"))
		case 10:
			op.Path, op.Value = []string{"tests", key.Draw(t, "id")}, raw(tests().Draw(t, "test"))
		default:
			op.Path, op.Value = rapid.SliceOfN(rapid.OneOf(key, node, rapid.SampledFrom([]string{"nodes", "edges", "config", "format", "samples", "tests"})), 0, 4).Draw(t, "path"), raw(values(1).Draw(t, "value"))
		}
		return op
	})
}

func TestOperationsAreAllOrNothingAndLeaveTheirInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		before := doc.Encode()
		list := rapid.SliceOfN(operations(doc), 1, 6).Draw(t, "operations")
		edited, err := graph.Apply(doc, list)
		if !bytes.Equal(before, doc.Encode()) {
			t.Fatalf("the given document changed:\n%s\n%s", before, doc.Encode())
		}
		if err != nil {
			if edited != nil {
				t.Fatal("a document and an error")
			}
			if !strings.HasPrefix(err.Error(), "operation ") {
				t.Fatalf("which operation? %v", err)
			}
			return
		}
		again, err := graph.Decode(edited.Encode())
		if err != nil {
			t.Fatalf("the edited document cannot be read again: %v\n%s", err, edited.Encode())
		}
		if !bytes.Equal(again.Encode(), edited.Encode()) {
			t.Fatal("the edited document is not canonical")
		}
	})
}

func TestOperationsOneByOneAndTogetherAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		list := rapid.SliceOfN(operations(doc), 1, 6).Draw(t, "operations")
		together, err := graph.Apply(doc, list)
		if err != nil {
			return
		}
		step := doc
		for _, operation := range list {
			if step, err = graph.Apply(step, []graph.Operation{operation}); err != nil {
				t.Fatalf("%v alone: %v", operation, err)
			}
		}
		if !bytes.Equal(step.Encode(), together.Encode()) {
			t.Fatalf("one by one:\n%s\ntogether:\n%s", step.Encode(), together.Encode())
		}
	})
}

// inverse undoes an operation that fits the document.
func inverse(doc *graph.Document, operation graph.Operation) []graph.Operation {
	path := operation.Path
	set := func(value any) []graph.Operation {
		return []graph.Operation{{Op: "set", Path: path, Value: raw(value)}}
	}
	gone := []graph.Operation{{Op: "delete", Path: path}}
	switch path[0] {
	case "name":
		return set(doc.Name)
	case "mode":
		return set(doc.Mode)
	case "settings":
		if old, was := doc.Settings[path[1]]; was {
			return set(old)
		}
		return gone
	case "edges":
		edge, err := graph.ParseEdgeKey(path[1])
		if err != nil {
			panic(err)
		}
		if !slices.Contains(doc.Edges, edge) {
			return gone
		}
		return set(edge)
	case "samples":
		path = path[:2]
		if old := doc.Samples[path[1]]; old != nil {
			return set(old)
		}
		return gone
	case "tests":
		if old := doc.Tests[path[1]]; old != nil {
			return set(old)
		}
		return gone
	}
	node, was := doc.Nodes[path[1]]
	if !was {
		return gone
	}
	back := []graph.Operation{{Op: "set", Path: path[:2], Value: raw(node)}}
	if sample := doc.Samples[path[1]]; sample != nil && operation.Op == "delete" {
		back = append(back, graph.Operation{Op: "set", Path: []string{"samples", path[1]}, Value: raw(sample)})
	}
	if len(path) == 2 && operation.Op == "delete" {
		for _, edge := range doc.Edges {
			if edge.From == path[1] || edge.To == path[1] {
				back = append(back, graph.Operation{Op: "set", Path: []string{"edges", edge.Key()}, Value: raw(edge)})
			}
		}
	}
	return back
}

func TestOperationAndInverseEndWhereTheyBegan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		doc.Edges = slices.DeleteFunc(slices.Compact(sortedEdges(doc)), func(e graph.Edge) bool { return doc.Nodes[e.From] == nil || doc.Nodes[e.To] == nil })
		before := doc.Encode()
		operation := operations(doc).Draw(t, "operation")
		edited, err := graph.Apply(doc, []graph.Operation{operation})
		if err != nil {
			return
		}
		back, err := graph.Apply(edited, inverse(doc, operation))
		if err != nil {
			t.Fatalf("undo %v: %v", operation, err)
		}
		if !bytes.Equal(before, back.Encode()) {
			t.Fatalf("began:\n%s\nended:\n%s", before, back.Encode())
		}
	})
}

func sortedEdges(doc *graph.Document) []graph.Edge {
	edges := slices.Clone(doc.Edges)
	slices.SortFunc(edges, func(a, b graph.Edge) int { return strings.Compare(a.Key(), b.Key()) })
	return edges
}

func TestDeletingANodeDeletesItsEdges(t *testing.T) {
	doc := chain(t, "a", "b", "c")
	edited, err := graph.Apply(doc, []graph.Operation{{Op: "delete", Path: []string{"nodes", "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(edited.Edges) != 0 || len(edited.Nodes) != 2 || len(doc.Edges) != 2 {
		t.Errorf("left: %v, given: %v", edited.Edges, doc.Edges)
	}
}

func TestDeletingANodeDeletesItsSampleAndNoTest(t *testing.T) {
	doc := chain(t, "a", "b")
	doc.Samples = map[string]*graph.Sample{"a": {}, "b": {}}
	doc.Tests = map[string]*graph.Test{"t": {Samples: map[string]*graph.Sample{"a": {}}}}
	edited, err := graph.Apply(doc, []graph.Operation{{Op: "delete", Path: []string{"nodes", "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(edited.Samples) != 1 || edited.Samples["b"] == nil || edited.Tests["t"].Samples["a"] == nil || len(doc.Samples) != 2 {
		t.Errorf("left: %s", edited.Encode())
	}
}

func TestDeletingAnEdgeWorksWhateverItIsCalled(t *testing.T) {
	doc := chain(t, "a")
	doc.Edges = []graph.Edge{{From: "gone one", To: "a", Port: "IN-1"}, {From: "a", To: "a", Port: ""}}
	for _, edge := range doc.Edges {
		edited, err := graph.Apply(doc, []graph.Operation{{Op: "delete", Path: []string{"edges", edge.Key()}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(edited.Edges) != 1 || edited.Edges[0] == edge {
			t.Errorf("after deleting %v: %v", edge, edited.Edges)
		}
	}
}

func TestOperationsAreRefusedWithASentence(t *testing.T) {
	deep := append([]string{"nodes", "a", "config"}, strings.Split(strings.Repeat("x", 30), "")...)
	cases := []struct {
		name, op  string
		path      []string
		value     string
		wantError string
	}{
		{"empty path", "set", nil, `1`, "the path is empty"},
		{"other op", "replace", []string{"name"}, `"x"`, "op is set or delete"},
		{"no value", "set", []string{"name"}, ``, "a set needs a value"},
		{"format", "set", []string{"format"}, `2`, "there is nothing to set at this path"},
		{"delete name", "delete", []string{"name"}, ``, "there is nothing to delete at this path"},
		{"name is null", "set", []string{"name"}, `null`, "null is no text"},
		{"name is number", "set", []string{"name"}, `1`, "the number 1 is no text"},
		{"mode", "set", []string{"mode"}, `"turbo"`, `mode "turbo" is neither`},
		{"mode is empty", "set", []string{"mode"}, `""`, `mode "" is neither`},
		{"setting is number", "set", []string{"settings", "parallelism.default"}, `4`, "the number 4 is no text"},
		{"setting is null", "set", []string{"settings", "parallelism.default"}, `null`, "null is no text"},
		{"node id", "set", []string{"nodes", "a b"}, `{}`, `node id "a b"`},
		{"node is null", "set", []string{"nodes", "b"}, `null`, "null is no node"},
		{"node with unknown field", "set", []string{"nodes", "b"}, `{"kid":""}`, `unknown field "kid"`},
		{"node with doubled field", "set", []string{"nodes", "b"}, `{"kind":"a","kind":"b"}`, `key "kind" stands twice`},
		{"node and more", "set", []string{"nodes", "b"}, `{} {}`, "a node ends here, and more text follows"},
		{"field of a missing node", "set", []string{"nodes", "z", "name"}, `"x"`, `there is no node "z"`},
		{"unknown field", "set", []string{"nodes", "a", "id"}, `"x"`, `a node has no "id"`},
		{"delete a field", "delete", []string{"nodes", "a", "name"}, ``, "which can be set"},
		{"position is null", "set", []string{"nodes", "a", "position"}, `null`, "null is no position"},
		{"position with unknown field", "set", []string{"nodes", "a", "position"}, `{"z":1}`, `unknown field "z"`},
		{"config is null", "set", []string{"nodes", "a", "config"}, `null`, "null is no config"},
		{"config is a list", "set", []string{"nodes", "a", "config"}, `[]`, "a list is no config"},
		{"below a text", "set", []string{"nodes", "a", "config", "text", "x"}, `1`, `"text" holds a value, not an object`},
		{"doubled key", "set", []string{"nodes", "a", "config", "x"}, `{"y":1,"y":2}`, `key "y" stands twice`},
		{"path too deep", "set", deep, `1`, "nested deeper than 32 levels"},
		{"value too deep", "set", []string{"nodes", "a", "config", "x"}, strings.Repeat("[", 29) + strings.Repeat("]", 29), "nested deeper than 32 levels"},
		{"edge key", "set", []string{"edges", "a-b"}, `{}`, "is not of the form from->to:port"},
		{"delete edge key", "delete", []string{"edges", "a-b"}, ``, "is not of the form from->to:port"},
		{"edge to nowhere", "set", []string{"edges", "a->z:in"}, `{"from":"a","to":"z","port":"in"}`, `there is no node "z"`},
		{"sample id", "set", []string{"samples", "a b"}, `{}`, `node id "a b"`},
		{"sample is null", "set", []string{"samples", "a"}, `null`, "null is no sample"},
		{"sample with unknown field", "set", []string{"samples", "a"}, `{"row":[]}`, `unknown field "row": a sample has columns, live, rows`},
		{"live of no sample", "set", []string{"samples", "a", "live"}, `true`, `there is no sample of "a"`},
		{"rows alone", "set", []string{"samples", "a", "rows"}, `[]`, `of a sample, "live" can be set`},
		{"row kind", "set", []string{"samples", "a"}, `{"rows":[{"kind":"+X","values":[]}]}`, `row kind "+X" is none of +I, -U, +U, -D`},
		{"test with half a row", "set", []string{"tests", "t"}, `{"expect":{"a":{"count":1.5}}}`, "the number 1.5 is no count"},
		{"test id", "set", []string{"tests", ""}, `{}`, `test id ""`},
		{"into a test", "set", []string{"tests", "t", "name"}, `"x"`, "there is nothing to set at this path"},
		{"another edge", "set", []string{"edges", "a->a:in"}, `{"from":"a","to":"a","port":"left"}`, "the value is edge a->a:left"},
	}
	doc := chain(t, "a")
	doc.Nodes["a"].Config = graph.Config{"text": "x"}
	before := doc.Encode()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := graph.Apply(doc, []graph.Operation{
				{Op: "set", Path: []string{"name"}, Value: raw("changed")},
				{Op: c.op, Path: c.path, Value: json.RawMessage(c.value)},
			})
			if err == nil {
				t.Fatal("was done")
			}
			if !strings.HasPrefix(err.Error(), "operation 2 (") || !strings.Contains(err.Error(), c.wantError) {
				t.Errorf("got %q, want %q", err, c.wantError)
			}
			if !bytes.Equal(before, doc.Encode()) {
				t.Error("the document changed")
			}
		})
	}
}

func TestConfigCanBeFilledAgainAfterItWasEmptied(t *testing.T) {
	doc := chain(t, "a")
	edited, err := graph.Apply(doc, []graph.Operation{
		{Op: "set", Path: []string{"nodes", "b"}, Value: json.RawMessage(`{"kind":"filter","config":null}`)},
		{Op: "set", Path: []string{"nodes", "b", "config", "table", "watermark", "column"}, Value: raw("ts")},
		{Op: "delete", Path: []string{"nodes", "b", "config", "nothing", "here"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if value, _ := edited.Nodes["b"].Config.At("table.watermark.column"); value != "ts" {
		t.Errorf("config is %v", edited.Nodes["b"].Config)
	}
}

func FuzzApply(f *testing.F) {
	f.Add("set", "nodes\x00a\x00config\x00x", `{"y":[1]}`)
	f.Add("delete", "edges\x00a->b:in", ``)
	f.Add("set", "nodes\x00a", `null`)
	f.Fuzz(func(t *testing.T, op, path, value string) {
		doc := chain(t, "a", "b")
		edited, err := graph.Apply(doc, []graph.Operation{{Op: op, Path: strings.Split(path, "\x00"), Value: json.RawMessage(value)}})
		if err != nil {
			return
		}
		if _, err := graph.Decode(edited.Encode()); err != nil {
			t.Fatalf("the edited document cannot be read again: %v", err)
		}
	})
}
