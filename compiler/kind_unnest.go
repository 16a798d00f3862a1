package compiler

import (
	"fmt"
	"slices"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var unnest = kind{
	Kind: graph.Kind{
		Kind: "unnest", Title: "Unnest", Category: "Transform", Icon: "ungroup",
		Help: "Makes a row of each element of an array, a map or a multiset, beside the columns of the row that holds it. " +
			"An array of rows gives a column for each of their fields, a map gives keys and values.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "expression", Title: "Collection", Type: graph.ExpressionField, Required: true, Help: "The column, or an expression that gives an array, a map or a multiset.", Placeholder: "items"},
			{Path: "columns", Title: "Columns", Type: graph.ColumnListField, Help: "The names of the elements' columns; the place in the collection comes last. Empty means Flink's own names."},
			unnestType("Inner leaves out rows whose collection is empty; left keeps them, with NULLs."),
			{Path: "ordinality", Title: "With place", Type: graph.BooleanField, Help: "Adds the element's place in the collection, from 1 (WITH ORDINALITY)."},
		},
	},
	emit: func(e *emission) {
		e.expanded(func(w *writer) {
			w.write("UNNEST(")
			e.expression(w, "expression", e.text("expression"))
			w.write(")")
			if e.flag("ordinality") {
				w.derived("ordinality", " WITH ORDINALITY")
			}
		})
	},
}

var tableFunction = kind{
	Kind: graph.Kind{
		Kind: "tableFunction", Title: "Table function", Category: "Code", Icon: "split",
		Help:   "Calls a function that gives any number of rows for each row, and puts them beside the row's columns. Upload a JAR under Functions to bring your own.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "function", Title: "Function", Type: graph.FunctionField, Required: true, Help: "A table function of an uploaded JAR, or one that a catalog knows."},
			{Path: "arguments", Title: "Arguments", Type: graph.ExpressionListField, Help: "One expression for each parameter.", Placeholder: "text"},
			{Path: "columns", Title: "Columns", Type: graph.ColumnListField, Help: "The names of the columns that the function gives. Empty means its own names."},
			unnestType("Inner leaves out rows for which the function gives none; left keeps them, with NULLs."),
		},
	},
	emit: func(e *emission) {
		e.expanded(func(w *writer) {
			w.write("LATERAL TABLE(")
			e.call(w)
			w.write(")")
		})
	},
}

// qualified are the edits that put the input's name before the rows whose fields an expression over the row that is being
// expanded names. There Flink finds a field only behind it: orders.buyer.emails, not buyer.emails.
func (e *emission) qualified(sql string) []replacement {
	parsed, fault := flinksql.ParseExpression(sql)
	if fault != nil {
		return nil // that is said elsewhere
	}
	input := e.in("in")
	var edits []replacement
	flinksql.Walk(parsed, func(n flinksql.Node) bool {
		ref, isRef := n.(*flinksql.ColumnRef)
		if isRef && input.hasField(ref.Path) {
			row := ref.Parts[0].Span
			edits = append(edits, replacement{row, flinksql.Quote(input.Name) + "." + row.Text(sql)})
		}
		return !isRef
	})
	return edits
}

// hasField tells whether a path is a column of the node and a field in it.
func (e *emission) hasField(path flinksql.Path) bool {
	switch {
	case len(path.Parts) < 2:
		return false
	case e.columns == nil:
		return path.Parts[0].Text != e.Name
	case path.Parts[0].Text == e.Name && slices.Contains(e.columns, path.Parts[1].Text):
		return false
	}
	return slices.Contains(e.columns, path.Parts[0].Text)
}

func unnestType(help string) graph.Field {
	return graph.Field{
		Path: "type", Title: "Type", Type: graph.EnumField, Required: true, Default: "inner", Help: help,
		Values: []graph.Value{{Value: "inner", Title: "Inner"}, {Value: "left", Title: "Left"}},
	}
}

// expanded joins each row of the input with the rows that something makes of it. The node's own name is their alias: no
// input can bear it.
func (e *emission) expanded(rows func(*writer)) {
	e.expands = true
	input, names := e.in("in"), e.texts("columns")
	var columns []string
	if len(names) > 0 {
		columns = joinedColumns(input.columns, names)
	}
	w := e.view(columns)
	w.write("SELECT *\nFROM ", input.from(), "\n")
	left := e.text("type") == "left"
	if left {
		w.derived("type", "LEFT JOIN")
	} else {
		w.derived("type", "CROSS JOIN")
	}
	w.write(" ")
	rows(w)
	w.write(" AS ", flinksql.Quote(e.Name))
	if len(names) > 0 {
		w.write(" (")
		e.nameList(w, "columns", names)
		w.write(")")
		e.checkDoubles(names)
	}
	if left {
		w.write(" ON TRUE")
	}
}

// checkDoubles reports a column name that stands twice in the field "columns".
func (e *emission) checkDoubles(names []string) {
	for i, name := range names {
		if name != "" && slices.Contains(names[:i], name) {
			e.report(graph.Error, fmt.Sprintf("columns.%d", i), "duplicate-column", "Column stands twice", fmt.Sprintf("%q is there already: choose another name.", name))
		}
	}
}
