package graph_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"millrace/graph"
)

const diffBase = `{"format": 1, "name": "orders", "mode": "streaming", "settings": {"parallelism.default": "2"}, "nodes": {
  "o": {"kind": "source", "name": "orders", "position": {"x": 1, "y": 2}, "config": {"table": {
    "columns": [{"name": "id", "type": "INT"}, {"name": "amount", "type": "INT"}, {"name": "tags", "type": "STRING"}],
    "options": {"connector": "filesystem", "csv.ignore-parse-errors": "true"}}}},
  "f": {"kind": "filter", "name": "orders_paid", "description": "paid ones", "config": {"condition": "amount > 0"}},
  "g": {"kind": "aggregate", "name": "totals", "config": {"groupBy": ["id", "tags"], "sets": [["id"], []],
    "aggregates": [{"name": "total", "expression": "SUM(amount)"}, {"name": "n", "expression": "COUNT(*)"}]}},
  "s": {"kind": "sink", "name": "outcome", "config": {"overwrite": true, "limit": 10}},
  "q": {"kind": "sql", "name": "raw", "config": {"sql": "SELECT\n  id,\n  amount\nFROM o"}}
}, "edges": [{"from": "o", "to": "f", "port": "in"}, {"from": "f", "to": "g", "port": "in"}, {"from": "g", "to": "s", "port": "in"}]}`

func decoded(t testing.TB, text string) *graph.Document {
	t.Helper()
	doc, err := graph.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// set and remove are operations with their path in one text.
func set(path string, value any) graph.Operation {
	return graph.Operation{Op: "set", Path: strings.Split(path, " "), Value: raw(value)}
}

func remove(path string) graph.Operation {
	return graph.Operation{Op: "delete", Path: strings.Split(path, " ")}
}

func lines(changes []graph.Change) []string {
	list := []string{}
	for _, change := range changes {
		list = append(list, change.String())
	}
	return list
}

func TestDiffNamesWhatChanged(t *testing.T) {
	totals := func(names ...string) []any {
		list := []any{}
		for _, name := range names {
			list = append(list, map[string]any{"name": name, "expression": map[string]string{"total": "SUM(amount)", "n": "COUNT(*)", "top": "MAX(amount)"}[name]})
		}
		return list
	}
	for _, c := range []struct {
		name string
		edit []graph.Operation
		want []string
	}{
		{"position", []graph.Operation{set("nodes o position", map[string]int{"x": 99, "y": 99})}, nil},
		{"name of the pipeline", []graph.Operation{set("name", "sales")}, []string{"~ pipeline name: orders → sales"}},
		{"mode", []graph.Operation{set("mode", "batch")}, []string{"~ pipeline mode: streaming → batch"}},
		{
			"settings",
			[]graph.Operation{set("settings parallelism.default", "4"), set("settings table.exec.state.ttl", "1 h")},
			[]string{"~ setting parallelism.default: 2 → 4", "+ setting table.exec.state.ttl: 1 h"},
		},
		{"setting gone", []graph.Operation{remove("settings parallelism.default")}, []string{"- setting parallelism.default: 2"}},
		{"text of a field", []graph.Operation{set("nodes f config condition", "amount > 10")}, []string{"~ orders_paid (filter) condition: amount > 0 → amount > 10"}},
		{"field emptied", []graph.Operation{set("nodes f config condition", " ")}, []string{"- orders_paid (filter) condition: amount > 0"}},
		{"field came", []graph.Operation{set("nodes f config hints", []string{"BROADCAST(a)"})}, []string{"+ orders_paid (filter) hints: [BROADCAST(a)]"}},
		{"empty field came", []graph.Operation{set("nodes f config hints", map[string]any{"a": []any{}})}, nil},
		{"config gone", []graph.Operation{set("nodes f config", map[string]any{})}, []string{"- orders_paid (filter) condition: amount > 0"}},
		{"renamed", []graph.Operation{set("nodes f name", "paid")}, []string{"~ paid (filter) name: orders_paid → paid"}},
		{"other kind", []graph.Operation{set("nodes f kind", "sql")}, []string{"~ orders_paid (sql) kind: filter → sql"}},
		{"description", []graph.Operation{set("nodes f description", "")}, []string{"- orders_paid (filter) description: paid ones"}},
		{"option", []graph.Operation{set("nodes o config table options csv.ignore-parse-errors", "false")}, []string{"~ orders (source) table.options.csv.ignore-parse-errors: true → false"}},
		{"flag and number", []graph.Operation{set("nodes s config overwrite", false), set("nodes s config limit", 11)}, []string{"~ outcome (sink) limit: 10 → 11", "~ outcome (sink) overwrite: true → false"}},
		{"other shape", []graph.Operation{set("nodes s config limit", []int{10})}, []string{"~ outcome (sink) limit: 10 → [10]"}},
		{
			"columns",
			[]graph.Operation{set("nodes o config table columns", []any{
				map[string]any{"name": "id", "type": "BIGINT"}, map[string]any{"name": "at", "type": "DATE", "comment": "day"}, map[string]any{"name": "tags", "type": "STRING"},
			})},
			[]string{"- orders (source) table.columns.amount: INT", "~ orders (source) table.columns.id.type: INT → BIGINT", "+ orders (source) table.columns.at: {comment: day, type: DATE}"},
		},
		{"named expressions in another order", []graph.Operation{set("nodes g config aggregates", totals("n", "total"))}, []string{"~ totals (aggregate) aggregates in another order: [total, n] → [n, total]"}},
		{"named expression at the front", []graph.Operation{set("nodes g config aggregates", totals("top", "total", "n"))}, []string{"+ totals (aggregate) aggregates.top: MAX(amount)"}},
		{"texts of a list", []graph.Operation{set("nodes g config groupBy", []string{"tags", "region"})}, []string{"- totals (aggregate) groupBy: id", "+ totals (aggregate) groupBy: region"}},
		{"lists in a list", []graph.Operation{set("nodes g config sets", []any{[]string{"id"}, []string{"tags"}, []string{}})}, []string{"+ totals (aggregate) sets.1: [tags]"}},
		{"list in a list gone", []graph.Operation{set("nodes g config sets", []any{[]string{}})}, []string{"- totals (aggregate) sets.0: [id]"}},
		{"entry twice", []graph.Operation{set("nodes g config groupBy", []string{"id", "id"})}, []string{"~ totals (aggregate) groupBy.1: tags → id"}},
		{"longer text", []graph.Operation{set("nodes q config sql", "SELECT\n  id,\n  amount * 2\nFROM o")}, []string{"~ raw (sql) sql:\n    -   amount\n    +   amount * 2"}},
		{
			"lines between others",
			[]graph.Operation{set("nodes q config sql", "-- all\nSELECT\n  id,\n  COUNT(*) AS n,\n  amount\nFROM orders")},
			[]string{"~ raw (sql) sql:\n    + -- all\n    +   COUNT(*) AS n,\n    - FROM o\n    + FROM orders"},
		},
		{
			"long text on one line",
			[]graph.Operation{set("nodes f config condition", "amount > 0 "+strings.Repeat("AND amount < 99 ", 6))},
			[]string{"~ orders_paid (filter) condition:\n    - amount > 0\n    + amount > 0 " + strings.Repeat("AND amount < 99 ", 6)},
		},
		{"control characters", []graph.Operation{set("nodes f config condition", "\x1b[31mred\u202e\t")}, []string{"~ orders_paid (filter) condition: amount > 0 → \\x1b[31mred\\u202e\t"}},
		{
			"node came",
			[]graph.Operation{set("nodes h", map[string]any{"kind": "filter", "name": "big", "config": map[string]any{"condition": "total > 5"}}), set("edges g->h:in", graph.Edge{From: "g", To: "h", Port: "in"})},
			[]string{"+ node big (filter)", "+ edge totals → big (in)"},
		},
		{"node gone", []graph.Operation{remove("nodes f")}, []string{"- node orders_paid (filter)", "- edge orders_paid → totals (in)", "- edge orders → orders_paid (in)"}},
		{
			"edge to another node",
			[]graph.Operation{remove("edges f->g:in"), set("edges o->g:in", graph.Edge{From: "o", To: "g", Port: "in"})},
			[]string{"- edge orders_paid → totals (in)", "+ edge orders → totals (in)"},
		},
		{"edge to another port", []graph.Operation{remove("edges f->g:in"), set("edges f->g:left", graph.Edge{From: "f", To: "g", Port: "left"})}, []string{"- edge orders_paid → totals (in)", "+ edge orders_paid → totals (left)"}},
		{
			"another id",
			[]graph.Operation{remove("nodes g"), set("nodes z", map[string]any{"kind": "aggregate", "name": "totals"}), set("edges f->z:in", graph.Edge{From: "f", To: "z", Port: "in"}), set("edges z->s:in", graph.Edge{From: "z", To: "s", Port: "in"})},
			[]string{
				"- totals (aggregate) aggregates: [{name: total, expression: SUM(amount)}, {name: n, expression: COUNT(*)}]",
				"- totals (aggregate) groupBy: [id, tags]", "- totals (aggregate) sets: [[id], []]",
			},
		},
		{
			"another id and name",
			[]graph.Operation{remove("nodes q"), set("nodes z", map[string]any{"kind": "sql", "name": "cooked", "config": map[string]any{"sql": "SELECT\n  id,\n  amount\nFROM o"}})},
			[]string{"~ cooked (sql) name: raw → cooked"},
		},
		{
			"another id and kind",
			[]graph.Operation{remove("nodes q"), set("nodes z", map[string]any{"kind": "select", "name": "raw"})},
			[]string{"- node raw (sql)", "+ node raw (select)"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := decoded(t, diffBase)
			b, err := graph.Apply(a, c.edit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append([]string{}, c.want...), lines(graph.Diff(a, b))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDiffByNameMindsNoIDs(t *testing.T) {
	a := decoded(t, diffBase)
	b := decoded(t, diffBase)
	ids := map[string]string{"o": "f", "f": "o", "g": "x1", "s": "g", "q": "q"}
	nodes := map[string]*graph.Node{}
	for old, id := range ids {
		nodes[id] = b.Nodes[old]
	}
	b.Nodes = nodes
	for i, edge := range b.Edges {
		b.Edges[i] = graph.Edge{From: ids[edge.From], To: ids[edge.To], Port: edge.Port}
	}
	if got := graph.DiffByName(a, b); len(got) != 0 {
		t.Errorf("%q", lines(got))
	}
	b.Nodes["x1"].Kind = "sql"
	b.Nodes["q"].Name = "cooked"
	want := []string{"~ cooked (sql) name: raw → cooked", "~ totals (sql) kind: aggregate → sql"}
	got := lines(graph.DiffByName(a, b))
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeIsWholeAsJSON(t *testing.T) {
	a := decoded(t, diffBase)
	b, err := graph.Apply(a, []graph.Operation{set("nodes s config overwrite", false), remove("edges g->s:in")})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(graph.Diff(a, b))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"op":"change","of":"field","node":"s","name":"outcome","kind":"sink","field":"overwrite","before":true,"after":false},` +
		`{"op":"remove","of":"edge","from":"totals","to":"outcome","port":"in"}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if got, err := json.Marshal(graph.Diff(a, a)); err != nil || string(got) != "[]" {
		t.Errorf("%s %v", got, err)
	}
}

func TestADocumentDoesNotDifferFromItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		if changes := graph.Diff(doc, doc.Clone()); len(changes) > 0 {
			t.Fatalf("%q", lines(changes))
		}
		if again, err := graph.Decode(doc.Encode()); err == nil && len(graph.Diff(doc, again)) > 0 {
			t.Fatalf("saved and read again: %q", lines(graph.Diff(doc, again)))
		}
	})
}

// TestADiffBackwardsIsTheOpposite holds that nothing is told in one direction only.
func TestADiffBackwardsIsTheOpposite(t *testing.T) {
	opposite := map[graph.ChangeOp]graph.ChangeOp{graph.Added: graph.Removed, graph.Removed: graph.Added, graph.Changed: graph.Changed, graph.Moved: graph.Moved}
	key := func(c graph.Change) string {
		if c.Of == graph.TestsPart {
			c.Field = "" // their names in the newer document
		}
		return fmt.Sprintf("%s %s %s %s->%s:%s", c.Op, c.Of, c.Field, c.From, c.To, c.Port)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := namedByID(documents().Draw(t, "a"))
		b := namedByID(edited(t, a))
		var there, back []string
		for _, c := range graph.Diff(a, b) {
			there = append(there, key(c))
		}
		for _, c := range graph.Diff(b, a) {
			c.Op = opposite[c.Op]
			back = append(back, key(c))
		}
		slices.Sort(there)
		slices.Sort(back)
		if diff := cmp.Diff(there, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// namedByID gives nodes names that no other id has, so that only ids decide which nodes are the same.
func namedByID(doc *graph.Document) *graph.Document {
	for id, node := range doc.Nodes {
		node.Name = id
		node.Config["own"] = id
	}
	return doc
}

func edited(t *rapid.T, doc *graph.Document) *graph.Document {
	for range rapid.IntRange(0, 6).Draw(t, "operations") {
		if next, err := graph.Apply(doc, []graph.Operation{operations(doc).Draw(t, "operation")}); err == nil {
			doc = next
		}
	}
	return doc
}

// TestADiffNamesTheTouchedNodesAndNoOthers compares with the nodes' canonical forms.
func TestADiffNamesTheTouchedNodesAndNoOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := namedByID(documents().Draw(t, "a"))
		b := namedByID(edited(t, a))
		touched := map[string]bool{}
		for _, id := range slices.Concat(a.NodeIDs(), b.NodeIDs()) {
			if content(t, a.Nodes[id]) != content(t, b.Nodes[id]) {
				touched[id] = true
			}
		}
		named := map[string]bool{}
		for _, c := range graph.Diff(a, b) {
			if c.Node != "" {
				named[c.Node] = true
			}
		}
		if diff := cmp.Diff(touched, named); diff != "" {
			t.Fatalf("(- touched, + named) %s", diff)
		}
	})
}

// content is what a node means, without what is empty.
func content(t *rapid.T, node *graph.Node) string {
	if node == nil {
		return ""
	}
	data, err := json.Marshal([]any{node.Kind, node.Name, node.Description, filled(map[string]any(node.Config))})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func filled(value any) any {
	switch v := value.(type) {
	case string:
		if strings.TrimSpace(v) == "" {
			return nil
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
	case map[string]any:
		object := map[string]any{}
		for key, item := range v {
			if item = filled(item); item != nil {
				object[key] = item
			}
		}
		if len(object) == 0 {
			return nil
		}
		return object
	}
	return value
}

func TestAChangeIsOneLineOrIndented(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := documents().Draw(t, "a"), documents().Draw(t, "b")
		for _, change := range graph.Diff(a, b) {
			for i, line := range strings.Split(change.String(), "\n") {
				if i == 0 != (line[0] != ' ') || strings.ContainsAny(line, "\x00\x1b\r\b") {
					t.Fatalf("%q", change.String())
				}
			}
		}
	})
}
