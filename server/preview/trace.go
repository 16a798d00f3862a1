package preview

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Trace is a run on samples whose rows tell which rows of the samples they are made of.
type Trace struct {
	Nodes       map[string]TracedNode `json:"nodes"`
	Diagnostics []graph.Diagnostic    `json:"diagnostics"` // why nodes are absent
}

// TracedNode are the rows of one node.
type TracedNode struct {
	Columns []Column    `json:"columns"`
	Traced  bool        `json:"traced"` // false: rows cannot be followed through this node or one before it
	Set     bool        `json:"set"`    // the rows are made of sets: of all rows of their group or window
	Rows    []TracedRow `json:"rows"`
}

// TracedRow is a row with its origins.
type TracedRow struct {
	Row
	From map[string][]int `json:"from"` // by source: places in the rows of its sample, from 0, in order
}

// Trace runs the document on its samples with a number hidden in each sample row, and follows the numbers through filters,
// projections, joins and unions exactly, through aggregates and windows as the set of their group. See Evaluate for its errors.
func (m *Manager) Trace(ctx context.Context, doc *graph.Document) (Trace, error) {
	t := newTracing(doc, compiler.Compile(doc, compiler.Options{Functions: m.options.Functions()}))
	p, err := m.Evaluate(ctx, t.doc, doc.Mode)
	if err != nil {
		return Trace{}, err
	}
	if p.State == Failed {
		return Trace{}, &compiler.Invalid{Diagnostics: append([]graph.Diagnostic{{Severity: graph.Error, Code: "flink", Summary: "The run failed", Detail: p.Message}}, p.Diagnostics...)}
	}
	trace := Trace{Nodes: map[string]TracedNode{}, Diagnostics: p.Diagnostics}
	for id, node := range p.Nodes {
		if doc.Nodes[id] != nil {
			trace.Nodes[id] = t.node(id, node)
		}
	}
	return trace, nil
}

// hiddenPrefix begins the names of the columns that hold origins: texts of "source#place" with blanks between.
const hiddenPrefix = "millrace row:"

// tracing makes the document whose rows tell where they are from.
type tracing struct {
	doc     *graph.Document
	columns map[string][]string // what each node of the document as it was puts out
	inputs  map[string][]graph.Edge
	hidden  map[string][]string // names of the columns with origins, by node
	set     map[string]bool
}

func newTracing(doc *graph.Document, script compiler.Script) *tracing {
	t := &tracing{doc: doc.Clone(), columns: script.Columns, inputs: doc.Inputs(), hidden: map[string][]string{}, set: map[string]bool{}}
	order, _ := doc.Order()
	for _, id := range order {
		for _, edge := range t.inputs[id] {
			t.set[id] = t.set[id] || t.set[edge.From]
		}
		t.add(id, t.doc.Nodes[id])
	}
	return t
}

// add lets the origins through one node.
func (t *tracing) add(id string, node *graph.Node) {
	switch node.Kind {
	case "source":
		t.number(id, node)
	case "select":
		t.project(id, node)
	case "join":
		t.join(id, node)
	case "union":
		t.union(id, node)
	case "aggregate", "windowAggregate":
		t.collect(id, node)
	case "filter", "sort", "topN", "deduplicate", "window", "over", "unnest", "tableFunction", "udf":
		if len(t.inputs[id]) == 1 {
			t.hidden[id] = t.hidden[t.inputs[id][0].From]
		}
	}
}

// number hides each row's place in the sample in a column of its own. What takes a row back has the place of the row that it
// takes back, or no two would be equal.
func (t *tracing) number(id string, node *graph.Node) {
	columns, _ := node.Config.At("table.columns")
	list, isOwn := columns.([]any)
	sample := t.doc.Samples[id]
	if sample == nil || sample.Live || !isOwn {
		return
	}
	name := hiddenPrefix + id
	node.Config["table"].(map[string]any)["columns"] = append(list, map[string]any{"name": name, "type": "STRING"})
	sample.Columns = append(sample.Columns, name)
	for i, row := range sample.Rows {
		place := i
		if strings.HasPrefix(row.Kind, "-") {
			for back := i - 1; back >= 0; back-- {
				if earlier := sample.Rows[back]; strings.HasPrefix(earlier.Sign(), "+") && reflect.DeepEqual(earlier.Values[:len(row.Values)], row.Values) {
					place = back
					break
				}
			}
		}
		sample.Rows[i].Values = append(row.Values, id+"#"+strconv.Itoa(place))
	}
	t.hidden[id] = []string{name}
}

func (t *tracing) project(id string, node *graph.Node) {
	if node.Config["distinct"] == true || len(t.inputs[id]) != 1 {
		t.withhold(id)
		return
	}
	t.hidden[id] = t.hidden[t.inputs[id][0].From]
	if node.Config["keep"] == true {
		return
	}
	for _, name := range t.hidden[id] {
		addEntry(node, "columns", name, flinksql.Quote(name))
	}
}

// withhold keeps origins from a node that would count rows apart because of them.
func (t *tracing) withhold(id string) {
	for _, edge := range t.inputs[id] {
		if len(t.hidden[edge.From]) > 0 {
			t.between(edge, t.columns[edge.From], nil)
		}
	}
}

// between puts a projection on an edge: of the columns that there were, and of others by their expressions.
func (t *tracing) between(edge graph.Edge, columns []string, added [][2]string) {
	id := fmt.Sprintf("millrace-%s-%s-%s", edge.From, edge.To, edge.Port)
	node := &graph.Node{Kind: "select", Name: id, Config: graph.Config{}}
	for _, name := range columns {
		addEntry(node, "columns", name, flinksql.Quote(name))
	}
	for _, entry := range added {
		addEntry(node, "columns", entry[0], entry[1])
	}
	t.doc.Nodes[id] = node
	t.doc.Edges = slices.DeleteFunc(t.doc.Edges, func(other graph.Edge) bool { return other == edge })
	t.doc.Edges = append(t.doc.Edges, graph.Edge{From: edge.From, To: id, Port: "in"}, graph.Edge{From: id, To: edge.To, Port: edge.Port})
}

func addEntry(node *graph.Node, field, name, expression string) {
	entries, _ := node.Config[field].([]any)
	node.Config[field] = append(entries, map[string]any{"name": name, "expression": expression})
}

func (t *tracing) join(id string, node *graph.Node) {
	origins := map[string][]string{}
	for _, edge := range t.inputs[id] {
		origins[edge.Port] = t.hidden[edge.From]
	}
	if kind := node.Config["type"]; kind == "semi" || kind == "anti" {
		t.hidden[id] = origins["left"]
		return
	}
	own, _ := node.Config["columns"].([]any)
	for _, port := range []string{"left", "right"} {
		for _, name := range origins[port] {
			put := name
			for n := 0; slices.Contains(t.hidden[id], put); n++ {
				put = name + strconv.Itoa(n) // as Flink names them in SELECT *
			}
			t.hidden[id] = append(t.hidden[id], put)
			if len(own) > 0 {
				addEntry(node, "columns", put, port+"."+flinksql.Quote(name))
			}
		}
	}
}

func (t *tracing) union(id string, node *graph.Node) {
	operation, _ := node.Config["operation"].(string)
	if operation != "unionAll" && operation != "" {
		t.withhold(id)
		return
	}
	name := hiddenPrefix + id
	for _, edge := range t.inputs[id] {
		if t.columns[edge.From] == nil {
			return // whose columns only Flink knows; the union will be missing where they differ
		}
	}
	for _, edge := range t.inputs[id] {
		t.between(edge, t.columns[edge.From], [][2]string{{name, together(t.hidden[edge.From])}})
	}
	t.hidden[id] = []string{name}
}

// together is one text of all origins; those of an outer join's missing side are NULL.
func together(names []string) string {
	list := []string{"' '"}
	for _, name := range names {
		list = append(list, flinksql.Quote(name))
	}
	if len(names) == 0 {
		return "CAST(NULL AS STRING)"
	}
	return "CONCAT_WS(" + strings.Join(list, ", ") + ")"
}

func (t *tracing) collect(id string, node *graph.Node) {
	if len(t.inputs[id]) != 1 || len(t.hidden[t.inputs[id][0].From]) == 0 {
		return
	}
	name := hiddenPrefix + id
	addEntry(node, "aggregates", name, "LISTAGG("+together(t.hidden[t.inputs[id][0].From])+", ' ')")
	t.hidden[id], t.set[id] = []string{name}, true
}

// node takes the origins out of a node's rows again.
func (t *tracing) node(id string, shown Node) TracedNode {
	node := TracedNode{Columns: []Column{}, Rows: make([]TracedRow, len(shown.Rows))}
	for _, column := range shown.Columns {
		if strings.HasPrefix(column.Name, hiddenPrefix) {
			node.Traced = true
			continue
		}
		node.Columns = append(node.Columns, column)
	}
	node.Set = node.Traced && t.set[id]
	for i, row := range shown.Rows {
		traced := TracedRow{Row: Row{Kind: row.Kind, Values: []any{}}, From: map[string][]int{}}
		for at, value := range row.Values {
			if strings.HasPrefix(shown.Columns[at].Name, hiddenPrefix) {
				note(traced.From, value)
				continue
			}
			if size, cut := row.Cut[at]; cut {
				if traced.Cut == nil {
					traced.Cut = map[int]int64{}
				}
				traced.Cut[len(traced.Values)] = size
			}
			traced.Values = append(traced.Values, value)
		}
		for source := range traced.From {
			slices.Sort(traced.From[source])
			traced.From[source] = slices.Compact(traced.From[source])
		}
		node.Rows[i] = traced
	}
	return node
}

func note(from map[string][]int, origins any) {
	list, _ := origins.(string)
	for _, origin := range strings.Fields(list) {
		source, place, _ := strings.Cut(origin, "#")
		if at, err := strconv.Atoi(place); err == nil {
			from[source] = append(from[source], at)
		}
	}
}
