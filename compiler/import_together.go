package compiler

import (
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// carried finds the joins that have to stay in one FROM. Where a condition behind an aggregate holds a group to a constant,
// Flink puts the constant in the place of the column before the aggregate, behind all joins of the FROM; through joins in
// views of their own it does not carry it.
func (i *importer) carried() map[flinksql.Span]bool {
	t := tracer{importer: i, inputs: i.doc.Inputs(), found: map[flinksql.Span]bool{}, seen: map[traced]bool{}}
	for id, node := range i.doc.Nodes {
		condition, _ := node.Config["condition"].(string)
		for _, column := range constants(condition) {
			port := "in"
			if node.Kind == "join" {
				port = column.port
			}
			t.input(id, port, column.name, false)
		}
	}
	return t.found
}

// portColumn is a column of one of a node's inputs.
type portColumn struct{ port, name string }

// constants are the columns that a condition holds to a constant: x = 1 AND left.y = 'a'.
func constants(condition string) []portColumn {
	ports := map[string]string{"LEFT": "left_", "RIGHT": "right_"}
	parsed, fault := flinksql.ParseExpression(replaced(condition, flinksql.Span{End: len(condition)}, ported(condition, ports, false)))
	if fault != nil {
		return nil
	}
	var list []portColumn
	for _, part := range conjuncts(parsed) {
		equal, isBinary := part.(*flinksql.Binary)
		if !isBinary || equal.Operator != "=" {
			continue
		}
		for _, sides := range [][2]flinksql.Expr{{equal.Left, equal.Right}, {equal.Right, equal.Left}} {
			ref, isRef := sides[0].(*flinksql.ColumnRef)
			if !isRef || !isConstant(sides[1]) {
				continue
			}
			names := names(ref.Parts)
			port := ""
			if len(names) == 2 {
				port = strings.TrimSuffix(names[0], "_")
			}
			list = append(list, portColumn{port, names[len(names)-1]})
		}
	}
	return list
}

// isConstant tells whether an expression names no column and asks nothing.
func isConstant(e flinksql.Expr) bool {
	constant := true
	flinksql.Walk(e, func(n flinksql.Node) bool {
		switch n.(type) {
		case *flinksql.ColumnRef, *flinksql.Query:
			constant = false
		}
		return constant
	})
	return constant
}

// tracer follows a column that is held to a constant towards the sources, as far as Flink pushes the condition down.
type tracer struct {
	*importer
	inputs map[string][]graph.Edge
	found  map[flinksql.Span]bool
	seen   map[traced]bool
}

// traced is a column of a node's output on the way; grouped: an aggregate lies between it and the condition.
type traced struct {
	node, column string
	grouped      bool
}

// input goes on with a column of the nodes at a port.
func (t tracer) input(id, port, column string, grouped bool) {
	for _, edge := range t.inputs[id] {
		if edge.Port == port {
			t.output(edge.From, column, grouped)
		}
	}
}

// output goes on with a column that a node puts out.
func (t tracer) output(id, column string, grouped bool) {
	place := traced{id, column, grouped}
	if t.seen[place] {
		return
	}
	t.seen[place] = true
	node := t.doc.Nodes[id]
	if spans := t.chained[id]; grouped && slices.Contains(t.putsOut[id], column) {
		for _, span := range spans {
			t.found[span] = true
		}
	}
	switch node.Kind {
	case "filter":
		t.input(id, "in", column, grouped)
	case "select":
		if from := chosen(node, "columns", column); from.name != "" {
			t.input(id, "in", from.name, grouped)
		} else if keep, _ := node.Config["keep"].(bool); keep {
			t.input(id, "in", column, grouped)
		}
	case "aggregate", "windowAggregate":
		if slices.Contains(anySlice(node.Config["groupBy"]), any(column)) {
			t.input(id, "in", column, true)
		} else if from := chosen(node, "dimensions", column); from.name != "" {
			t.input(id, "in", from.name, true)
		}
	case "union":
		place := slices.Index(t.putsOut[id], column)
		for _, edge := range t.inputs[id] {
			if columns := t.putsOut[edge.From]; place >= 0 && place < len(columns) {
				t.output(edge.From, columns[place], grouped)
			}
		}
	case "join":
		t.joined(id, column, grouped)
	}
}

func (t tracer) joined(id, column string, grouped bool) {
	node := t.doc.Nodes[id]
	if kind := node.Config["type"]; kind == "semi" || kind == "anti" {
		t.input(id, "left", column, grouped)
		return
	}
	if node.Config["columns"] != nil {
		from := chosen(node, "columns", column)
		t.input(id, from.port, from.name, grouped)
		return
	}
	place := slices.Index(t.putsOut[id], column)
	for _, port := range []string{"left", "right"} {
		for _, edge := range t.inputs[id] {
			if edge.Port != port {
				continue
			}
			columns := t.putsOut[edge.From]
			if place >= 0 && place < len(columns) {
				t.output(edge.From, columns[place], grouped)
			}
			place -= len(columns)
		}
	}
}

// chosen is the input's column that an entry of a node's field puts out under a name; "" for anything else.
func chosen(node *graph.Node, field, name string) portColumn {
	for _, entry := range anySlice(node.Config[field]) {
		entry, _ := entry.(map[string]any)
		if entry["name"] != name {
			continue
		}
		text, _ := entry["expression"].(string)
		path := splitPath(text)
		switch {
		case len(path) == 2 && (path[0] == "left" || path[0] == "right"):
			return portColumn{path[0], path[1]}
		case len(path) == 1 && flinksql.Quote(path[0]) == text:
			return portColumn{"in", path[0]}
		}
	}
	return portColumn{}
}

// joinsTogether makes one SQL node of all joins of a FROM, over the nodes of its tables, which keep the script's aliases.
func (i *importer) joinsTogether(j *flinksql.Join) fromPart {
	var tables []scopeTable
	var all []string
	var inputs []input
	var edits []replacement
	var table func(flinksql.TableExpr)
	table = func(te flinksql.TableExpr) {
		if join, isJoin := te.(*flinksql.Join); isJoin {
			if join.Natural || len(join.Using) > 0 {
				bail(join.Span, "USING gives columns another order")
			}
			table(join.Left)
			table(join.Right)
			return
		}
		p := i.finished(i.single(te, ""))
		if len(p.tables) != 1 || p.columns == nil || p.tables[0].names != nil || p.tables[0].alias == "" {
			bail(te.Range(), "it is no table with an alias and known columns")
		}
		name := i.nameSQL(p.node)
		if alias := flinksql.Quote(p.tables[0].alias); alias != name {
			name += " AS " + alias
		}
		edits = append(edits, replacement{te.Range(), name})
		if in := from(p.relation)[0]; !slices.Contains(inputs, in) {
			inputs = append(inputs, in)
		}
		tables, all = append(tables, p.tables[0]), append(all, p.columns...)
	}
	table(j)
	columns, at := uniquified(all), 0
	for n := range tables {
		count := len(tables[n].columns)
		tables[n].names = columns[at : at+count]
		at += count
	}
	text := "SELECT *\nFROM " + i.rewritten(j.Span, edits)
	name := stepName(i.doc.Nodes[inputs[0].node].Name, "joined")
	r := i.add("sql", target{name: name}, graph.Config{"query": text}, j.Span, columns, inputs...)
	i.keptAsSQL(r.node, j.Span, "a condition behind its groups holds a column to a constant, which Flink carries through the joins of one FROM only")
	return fromPart{relation: r, scope: scope{tables: tables}}
}
