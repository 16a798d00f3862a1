package sample

import (
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// lookupTables are the sources that a lookup join asks row by row, each with the id of the node that does.
func lookupTables(doc *graph.Document) map[string]string {
	tables := map[string]string{}
	inputs := doc.Inputs()
	tracer := tracer{doc: doc, inputs: inputs}
	for _, id := range doc.NodeIDs() {
		switch node := doc.Nodes[id]; node.Kind {
		case "join":
			column, _ := node.Config["asOf"].(string)
			left, right := "", ""
			for _, edge := range inputs[id] {
				switch edge.Port {
				case "left":
					left = edge.From
				case "right":
					right = edge.From
				}
			}
			if column != "" && tracer.isProcessingTime(left, column, 0) {
				tracer.sources(right, id, tables, 0)
			}
		case "sql":
			query, _ := node.Config["query"].(string)
			for _, name := range tracer.lookedUp(id, query) {
				for _, edge := range inputs[id] {
					if from := doc.Nodes[edge.From]; from != nil && from.Name == name {
						tracer.sources(edge.From, id, tables, 0)
					}
				}
			}
		}
	}
	return tables
}

// tracer follows columns and rows up the graph.
type tracer struct {
	doc    *graph.Document
	inputs map[string][]graph.Edge
}

// sources puts the node, or the sources behind it, down as tables of the join. The depth ends cycles.
func (t tracer) sources(id, join string, tables map[string]string, depth int) {
	if node := t.doc.Nodes[id]; node != nil && node.Kind == "source" {
		tables[id] = join
	}
	for _, edge := range t.inputs[id] {
		if depth < len(t.doc.Nodes) {
			t.sources(edge.From, join, tables, depth+1)
		}
	}
}

// isProcessingTime tells whether a column of a node's output is made by PROCTIME().
func (t tracer) isProcessingTime(id, column string, depth int) bool {
	node := t.doc.Nodes[id]
	if node == nil || depth > len(t.doc.Nodes) {
		return false
	}
	columns, _ := node.Config.At("table.columns")
	if node.Kind == "select" {
		columns = node.Config["columns"]
	}
	list, _ := columns.([]any)
	for _, item := range list {
		entry, _ := item.(map[string]any)
		expression, _ := entry["expression"].(string)
		if entry["name"] != column || expression == "" {
			continue
		}
		parsed, fault := flinksql.ParseExpression(expression)
		if fault != nil {
			return false
		}
		if reference, ok := parsed.(*flinksql.ColumnRef); ok && node.Kind == "select" {
			return t.inAny(id, reference.Parts[len(reference.Parts)-1].Text, depth)
		}
		return callsProctime(parsed)
	}
	return node.Kind != "source" && t.inAny(id, column, depth)
}

func (t tracer) inAny(id, column string, depth int) bool {
	for _, edge := range t.inputs[id] {
		if t.isProcessingTime(edge.From, column, depth+1) {
			return true
		}
	}
	return false
}

func callsProctime(n flinksql.Node) bool {
	found := false
	flinksql.Walk(n, func(n flinksql.Node) bool {
		if call, ok := n.(*flinksql.Call); ok && strings.EqualFold(call.Name.Parts[0].Text, "PROCTIME") {
			found = true
		}
		return true
	})
	return found
}

// lookedUp are the names of the tables that a query takes as of a processing time.
func (t tracer) lookedUp(id, query string) []string {
	parsed, fault := flinksql.ParseQuery(query)
	if fault != nil {
		return nil
	}
	var names []string
	flinksql.Walk(parsed, func(n flinksql.Node) bool {
		table, ok := n.(*flinksql.TableName)
		if !ok || table.AsOf == nil {
			return true
		}
		reference, isColumn := table.AsOf.(*flinksql.ColumnRef)
		if callsProctime(table.AsOf) || isColumn && t.inAny(id, reference.Parts[len(reference.Parts)-1].Text, 0) {
			names = append(names, table.Path.Parts[len(table.Path.Parts)-1].Text)
		}
		return true
	})
	return names
}
