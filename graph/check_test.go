package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"millrace/graph"
)

// one input, two inputs, any number, none.
var testKinds = map[string]graph.Kind{
	"source": {Kind: "source", Output: true},
	"step":   {Kind: "step", Output: true, Inputs: []graph.Port{{Name: "in", Title: "Input", Required: true}}},
	"join":   {Kind: "join", Output: true, Inputs: []graph.Port{{Name: "left", Title: "Left", Required: true}, {Name: "right", Title: "Right", Required: true}}},
	"free":   {Kind: "free", Output: true, Inputs: []graph.Port{{Name: "in", Title: "Inputs", Many: true}}},
	"sink":   {Kind: "sink", Inputs: []graph.Port{{Name: "in", Title: "Input", Required: true}}},
	"shapes": {Kind: "shapes", Output: true, Fields: []graph.Field{
		{Path: "must", Title: "Must", Type: graph.ExpressionField, Required: true, Help: "Needed."},
		{Path: "flag", Title: "Flag", Type: graph.BooleanField},
		{Path: "deep.names", Title: "Names", Type: graph.ColumnListField},
		{Path: "pairs", Title: "Pairs", Type: graph.NamedExpressionsField},
		{Path: "columns", Title: "Columns", Type: graph.TableColumnsField},
		{Path: "options", Title: "Options", Type: graph.OptionsField},
		{Path: "lists", Title: "Lists", Type: graph.ColumnListsField},
		{Path: "order", Title: "Order", Type: graph.OrderByField},
		{Path: "rows", Title: "Rows", Type: graph.ValueRowsField},
		{Path: "hints", Title: "Hints", Type: graph.HintListField},
		{Path: "choice", Title: "Choice", Type: graph.EnumField, Values: []graph.Value{{Value: "a"}, {Value: "b"}}},
		{Path: "onlyB", Title: "Only for b", Type: graph.TextField, Required: true, ShowWhen: &graph.Condition{Path: "choice", Values: []string{"b"}}},
	}},
}

// chain is a source, steps and the edges between them.
func chain(tb testing.TB, ids ...string) *graph.Document {
	tb.Helper()
	doc := graph.New("chain")
	for i, id := range ids {
		kind := "step"
		if i == 0 {
			kind = "source"
		} else {
			doc.Edges = append(doc.Edges, graph.Edge{From: ids[i-1], To: id, Port: "in"})
		}
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: "n_" + id, Config: graph.Config{}}
	}
	return doc
}

func codes(found []graph.Diagnostic) []string {
	list := []string{}
	for _, d := range found {
		list = append(list, d.Node+"."+d.Field+" "+d.Code)
	}
	return list
}

func TestAChainIsFine(t *testing.T) {
	if found := graph.Check(chain(t, "a", "b", "c"), testKinds); len(found) != 0 {
		t.Error(found)
	}
}

func TestCheckFindsEachMistake(t *testing.T) {
	cases := []struct {
		name  string
		plant func(*graph.Document)
		want  []string
	}{
		{"unknown kind", func(d *graph.Document) { d.Nodes["c"].Kind = "stepp" }, []string{"c.kind unknown-kind"}},
		{"empty name", func(d *graph.Document) { d.Nodes["b"].Name = "" }, []string{"b.name illegal-name"}},
		{"name begins with a digit", func(d *graph.Document) { d.Nodes["b"].Name = "1st" }, []string{"b.name illegal-name"}},
		{"name with a space", func(d *graph.Document) { d.Nodes["b"].Name = "two words" }, []string{"b.name illegal-name"}},
		{"name with a back-tick", func(d *graph.Document) { d.Nodes["b"].Name = "a`b" }, []string{"b.name illegal-name"}},
		{"name with a line break at its end", func(d *graph.Document) { d.Nodes["b"].Name = "ab\n" }, []string{"b.name illegal-name"}},
		{"name of 129", func(d *graph.Document) { d.Nodes["b"].Name = strings.Repeat("ä", 129) }, []string{"b.name illegal-name"}},
		{"name of 128", func(d *graph.Document) { d.Nodes["b"].Name = strings.Repeat("ä", 128) }, []string{}},
		{"name with - and $", func(d *graph.Document) { d.Nodes["b"].Name = "größe-1$x" }, []string{}},
		{"doubled name", func(d *graph.Document) { d.Nodes["c"].Name = "n_a" }, []string{"c.name duplicate-name"}},
		{"names differ in case", func(d *graph.Document) { d.Nodes["c"].Name = "N_A" }, []string{}},
		{"unconnected port", func(d *graph.Document) { d.Edges = d.Edges[:1] }, []string{"c. unconnected-port"}},
		{"doubly fed port", func(d *graph.Document) {
			d.Edges = append(d.Edges, graph.Edge{From: "a", To: "c", Port: "in"})
		}, []string{"c. doubly-fed-port"}},
		{"many edges into one port that takes many", func(d *graph.Document) {
			d.Nodes["c"].Kind = "free"
			d.Edges = append(d.Edges, graph.Edge{From: "a", To: "c", Port: "in"})
		}, []string{}},
		{"edge stands twice", func(d *graph.Document) {
			d.Nodes["c"].Kind = "free"
			d.Edges = append(d.Edges, d.Edges[1])
		}, []string{"c. duplicate-edge"}},
		{"dangling start", func(d *graph.Document) { d.Edges[1].From = "gone" }, []string{"c. dangling-edge"}},
		{"dangling end", func(d *graph.Document) {
			d.Edges = append(d.Edges, graph.Edge{From: "a", To: "gone", Port: "in"})
		}, []string{"a. dangling-edge"}},
		{"dangling at both ends", func(d *graph.Document) {
			d.Edges = append(d.Edges, graph.Edge{From: "gone", To: "lost", Port: "in"})
		}, []string{". dangling-edge"}},
		{"behind a sink", func(d *graph.Document) { d.Nodes["b"].Kind = "sink" }, []string{"b. no-output"}},
		{"unknown port", func(d *graph.Document) {
			d.Edges = append(d.Edges, graph.Edge{From: "a", To: "c", Port: "left"})
		}, []string{"c. unknown-port"}},
		{"into a source", func(d *graph.Document) {
			d.Nodes["s"] = &graph.Node{Kind: "source", Name: "s"}
			d.Edges = append(d.Edges, graph.Edge{From: "a", To: "s", Port: "in"})
		}, []string{"s. unknown-port"}},
		{"half a join", func(d *graph.Document) {
			d.Nodes["c"].Kind = "join"
			d.Edges[1].Port = "right"
		}, []string{"c. unconnected-port"}},
		{"cycle", func(d *graph.Document) {
			d.Nodes["b"].Kind = "free"
			d.Edges = append(d.Edges, graph.Edge{From: "c", To: "b", Port: "in"})
		}, []string{"b. cycle", "c. cycle"}},
		{"cycle of one", func(d *graph.Document) {
			d.Nodes["b"].Kind = "free"
			d.Edges = append(d.Edges, graph.Edge{From: "b", To: "b", Port: "in"})
		}, []string{"b. cycle"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := chain(t, "a", "b", "c")
			c.plant(doc)
			if got := codes(graph.Check(doc, testKinds)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCheckHoldsFieldsAgainstTheirTypes(t *testing.T) {
	cases := []struct {
		name   string
		config graph.Config
		want   []string
	}{
		{"only what is required", graph.Config{"must": "x"}, []string{}},
		{"missing", graph.Config{}, []string{"a.must missing-value"}},
		{"blank", graph.Config{"must": " \n"}, []string{"a.must missing-value"}},
		{"null", graph.Config{"must": nil}, []string{"a.must missing-value"}},
		{"list for an expression", graph.Config{"must": []any{"x"}}, []string{"a.must wrong-shape"}},
		{"text for a boolean", graph.Config{"must": "x", "flag": "true"}, []string{"a.flag wrong-shape"}},
		{"text for a list", graph.Config{"must": "x", "deep": map[string]any{"names": "a"}}, []string{"a.deep.names wrong-shape"}},
		{"number in a list", graph.Config{"must": "x", "deep": map[string]any{"names": []any{"a", 1}}}, []string{"a.deep.names wrong-shape"}},
		{"pair without expression", graph.Config{"must": "x", "pairs": []any{map[string]any{"name": "a"}}}, []string{"a.pairs wrong-shape"}},
		{"pair with a list", graph.Config{"must": "x", "pairs": []any{map[string]any{"name": "a", "expression": "b", "more": []any{}}}}, []string{"a.pairs wrong-shape"}},
		{"columns of both sorts", graph.Config{"must": "x", "columns": []any{map[string]any{"name": "a", "type": "INT"}, map[string]any{"name": "b", "expression": "a"}}}, []string{}},
		{"column without either", graph.Config{"must": "x", "columns": []any{map[string]any{"name": "a"}}}, []string{"a.columns wrong-shape"}},
		{"options are a list", graph.Config{"must": "x", "options": []any{"a"}}, []string{"a.options wrong-shape"}},
		{"option is a number", graph.Config{"must": "x", "options": map[string]any{"a": 1}}, []string{"a.options wrong-shape"}},
		{"lists of columns, one of none", graph.Config{"must": "x", "lists": []any{[]any{"a", "b"}, []any{}}}, []string{}},
		{"column beside a list", graph.Config{"must": "x", "lists": []any{[]any{"a"}, "b"}}, []string{"a.lists wrong-shape"}},
		{"number in a list of lists", graph.Config{"must": "x", "lists": []any{[]any{1}}}, []string{"a.lists wrong-shape"}},
		{"sort keys", graph.Config{"must": "x", "order": []any{map[string]any{"expression": "a"}, map[string]any{"expression": "b", "direction": "desc", "nulls": "last"}}}, []string{}},
		{"sort key is a text", graph.Config{"must": "x", "order": []any{"a"}}, []string{"a.order wrong-shape"}},
		{"sort key without expression", graph.Config{"must": "x", "order": []any{map[string]any{"direction": "asc"}}}, []string{"a.order wrong-shape"}},
		{"no such direction", graph.Config{"must": "x", "order": []any{map[string]any{"expression": "a", "direction": "up"}}}, []string{"a.order wrong-shape"}},
		{"no such place of nulls", graph.Config{"must": "x", "order": []any{map[string]any{"expression": "a", "nulls": "none"}}}, []string{"a.order wrong-shape"}},
		{"rows", graph.Config{"must": "x", "rows": []any{[]any{"1", "'a'"}}}, []string{}},
		{"row is an object", graph.Config{"must": "x", "rows": []any{map[string]any{"a": "1"}}}, []string{"a.rows wrong-shape"}},
		{"hints are a text", graph.Config{"must": "x", "hints": "LOOKUP()"}, []string{"a.hints wrong-shape"}},
		{"no such choice", graph.Config{"must": "x", "choice": "c"}, []string{"a.choice wrong-shape"}},
		{"choice is a number", graph.Config{"must": "x", "choice": 1}, []string{"a.choice wrong-shape"}},
		{"hidden field is not asked for", graph.Config{"must": "x", "choice": "a"}, []string{}},
		{"shown field is asked for", graph.Config{"must": "x", "choice": "b"}, []string{"a.onlyB missing-value"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := graph.New("shapes")
			doc.Nodes["a"] = &graph.Node{Kind: "shapes", Name: "a", Config: c.config}
			if got := codes(graph.Check(doc, testKinds)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// reachable tells what can be reached from each node along the edges.
func reachable(doc *graph.Document) map[string]map[string]bool {
	next := map[string][]string{}
	for _, edge := range doc.Edges {
		if doc.Nodes[edge.From] != nil && doc.Nodes[edge.To] != nil {
			next[edge.From] = append(next[edge.From], edge.To)
		}
	}
	reach := map[string]map[string]bool{}
	for id := range doc.Nodes {
		seen := map[string]bool{}
		for todo := slices.Clone(next[id]); len(todo) > 0; todo = todo[1:] {
			if !seen[todo[0]] {
				seen[todo[0]] = true
				todo = append(todo, next[todo[0]]...)
			}
		}
		reach[id] = seen
	}
	return reach
}

func TestOrderRespectsEdgesAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		ordered, cyclic := doc.Order()
		shuffled := doc.Clone()
		shuffled.Edges = rapid.Permutation(doc.Edges).Draw(t, "edges")
		if again, _ := shuffled.Order(); !slices.Equal(ordered, again) {
			t.Fatalf("%v, and with shuffled edges %v", ordered, again)
		}
		place := map[string]int{}
		for i, id := range ordered {
			place[id] = i
		}
		if len(place) != len(ordered) {
			t.Fatalf("a node stands twice: %v", ordered)
		}
		for _, edge := range doc.Edges {
			if _, behind := place[edge.To]; behind && doc.Nodes[edge.From] != nil && place[edge.From] >= place[edge.To] {
				t.Fatalf("%s in %v", edge.Key(), ordered)
			}
		}
		reach := reachable(doc)
		for id := range doc.Nodes {
			inCycle, behindCycle, beforeCycle := reach[id][id], false, false
			for other := range doc.Nodes {
				behindCycle = behindCycle || reach[other][other] && reach[other][id]
				beforeCycle = beforeCycle || reach[other][other] && reach[id][other]
			}
			if _, isOrdered := place[id]; isOrdered == behindCycle {
				t.Fatalf("%s: ordered %v, in or behind a cycle %v", id, isOrdered, behindCycle)
			}
			if want := inCycle || behindCycle && beforeCycle; slices.Contains(cyclic, id) != want {
				t.Fatalf("%s: in a cycle or between two: %v, said %v", id, want, cyclic)
			}
		}
	})
}

func TestCheckNeverPanicsAndSaysTheSameTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		first := graph.Check(doc, testKinds)
		if second := graph.Check(doc.Clone(), testKinds); fmt.Sprint(first) != fmt.Sprint(second) {
			t.Fatalf("%v\n%v", first, second)
		}
		for _, d := range first {
			if words := len(strings.Fields(d.Summary)); words > 8 || d.Detail == "" || d.Code == "" {
				t.Fatalf("%+v", d)
			}
		}
	})
}

func TestEdgeKeysAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := graph.Edge{From: ids.Draw(t, "from"), To: ids.Draw(t, "to"), Port: ports.Draw(t, "port")}
		if back, err := graph.ParseEdgeKey(edge.Key()); err != nil || back != edge {
			t.Fatalf("%v became %v, %v", edge, back, err)
		}
	})
}
