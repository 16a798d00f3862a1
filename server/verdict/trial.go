package verdict

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/preview"
)

// trial is a test with the document that it runs: what its expectations stand on, and a query for each condition.
type trial struct {
	id    string
	test  *graph.Test
	doc   *graph.Document
	holds map[string]string // expectation's node to the node of its condition's query
}

func newTrial(given *graph.Document, id string) *trial {
	doc := given.Clone()
	t := &trial{id: id, test: doc.Tests[id], doc: doc, holds: map[string]string{}}
	doc.Tests = nil
	if doc.Samples == nil {
		doc.Samples = map[string]*graph.Sample{}
	}
	maps.Copy(doc.Samples, t.test.Samples)
	wanted := map[string]bool{}
	for _, node := range slices.Sorted(maps.Keys(t.test.Expect)) {
		wanted[node] = true
		if query := t.test.Expect[node].Holds; query != "" {
			t.addQuery(node, query)
			wanted[t.holds[node]] = true
		}
	}
	t.prune(wanted)
	return t
}

// addQuery adds a node for a condition, behind the nodes that it names.
func (t *trial) addQuery(node, query string) {
	id := "holds-" + node
	for t.doc.Nodes[id] != nil {
		id += "-"
	}
	taken := map[string]bool{}
	for _, other := range t.doc.Nodes {
		taken[other.Name] = true
	}
	name := "holds_" + strings.NewReplacer("-", "_").Replace(node)
	for taken[name] {
		name += "_"
	}
	t.holds[node] = id
	words := map[string]bool{}
	tokens, _ := flinksql.Lex(query)
	for _, token := range tokens {
		words[token.Name(query)] = true
	}
	for _, other := range t.doc.NodeIDs() {
		if n := t.doc.Nodes[other]; words[n.Name] && n.Kind != "sink" {
			t.doc.Edges = append(t.doc.Edges, graph.Edge{From: other, To: id, Port: "in"})
		}
	}
	t.doc.Nodes[id] = &graph.Node{Kind: "sql", Name: name, Config: graph.Config{"query": query}}
}

// prune leaves only what the wanted nodes stand on: the rest costs time, and may need what is not there.
func (t *trial) prune(wanted map[string]bool) {
	inputs := t.doc.Inputs()
	var keep func(id string)
	kept := map[string]bool{}
	keep = func(id string) {
		if kept[id] {
			return
		}
		kept[id] = true
		for _, edge := range inputs[id] {
			keep(edge.From)
		}
	}
	for id := range wanted {
		keep(id)
	}
	for _, id := range t.doc.NodeIDs() {
		if !kept[id] {
			delete(t.doc.Nodes, id)
			delete(t.doc.Samples, id)
		}
	}
	t.doc.Edges = slices.DeleteFunc(t.doc.Edges, func(e graph.Edge) bool { return !kept[e.From] || !kept[e.To] })
}

// placed is a diagnostic of the run at its place in the document: samples and conditions stand in the test.
func (t *trial) placed(d graph.Diagnostic) graph.Diagnostic {
	place := "tests." + t.id
	if rest, ok := strings.CutPrefix(d.Field, "samples."); ok {
		if source, _, _ := strings.Cut(rest, "."); t.test.Samples[source] != nil {
			d.Field = place + "." + d.Field
		}
	}
	for node, query := range t.holds {
		if d.Node == query {
			d.Node, d.Field = node, place+".expect."+node+".holds"
		}
	}
	return d
}

// judge holds one expectation against what the run gave.
func (t *trial) judge(id string, p preview.Preview) Outcome {
	expectation := t.test.Expect[id]
	o := Outcome{Node: id, Name: t.doc.Nodes[id].Name, Columns: []string{}, Missing: []graph.SampleRow{}, Unexpected: []graph.SampleRow{}, Changed: []ChangedRow{}}
	var wrong []string
	node, ran := p.Nodes[id]
	if expectation.Rows != nil || expectation.Count != nil {
		switch {
		case !ran:
			wrong = append(wrong, "The node does not run"+t.whyAbsent(id, p))
		default:
			wrong = append(wrong, o.compare(expectation, node, t.comparison(id, expectation, node))...)
		}
	}
	if expectation.Holds != "" {
		if problem := t.judgeCondition(t.holds[id], p); problem != "" {
			wrong = append(wrong, problem)
		}
	}
	o.Passed, o.Message = len(wrong) == 0, strings.Join(wrong, " ")
	return o
}

// whyAbsent says why a node has no rows at all: what is wrong with it, or with what it stands on.
func (t *trial) whyAbsent(id string, p preview.Preview) string {
	inputs := t.doc.Inputs()
	seen := map[string]bool{id: true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		for _, d := range p.Diagnostics {
			if d.Severity == graph.Error && d.Node == queue[0] {
				return fmt.Sprintf(": %s.", strings.TrimSuffix(t.placed(d).String(), "."))
			}
		}
		for _, edge := range inputs[queue[0]] {
			if !seen[edge.From] {
				seen[edge.From] = true
				queue = append(queue, edge.From)
			}
		}
	}
	return "."
}

// judgeCondition wants one row with one boolean that is true.
func (t *trial) judgeCondition(id string, p preview.Preview) string {
	node, ran := p.Nodes[id]
	if !ran {
		return "The condition does not run" + t.whyAbsent(id, p)
	}
	if len(node.Columns) != 1 || node.Columns[0].Type != "BOOLEAN" {
		var columns []string
		for _, c := range node.Columns {
			columns = append(columns, c.Name+" "+c.Type)
		}
		return fmt.Sprintf("The condition must give one BOOLEAN; it gives %s.", strings.Join(columns, ", "))
	}
	rows := final(node.Rows)
	switch {
	case len(rows) == 0:
		return "The condition gave no row: a query over no rows gives none in streaming mode; expect no rows instead."
	case len(rows) > 1:
		return fmt.Sprintf("The condition gave %d rows; it must give one.", len(rows))
	case rows[0].Values[0] == nil:
		return "The condition gave NULL."
	case rows[0].Values[0] != true:
		return "The condition does not hold: it gave FALSE."
	}
	return ""
}
