package compiler

import (
	"fmt"

	"millrace/graph"
)

var selection = kind{
	Kind: graph.Kind{
		Kind: "select", Title: "Select", Category: "Transform", Icon: "table-properties",
		Help:   "Chooses, renames and computes columns: each output column is a name and an expression.",
		Inputs: one, Output: true,
		Fields: []graph.Field{{
			Path: "columns", Title: "Columns", Type: graph.NamedExpressionsField, Required: true,
			Help: "The output's columns, in order.", Placeholder: "distance * 1.609",
		}},
	},
	emit: func(e *emission) {
		columns := e.entries("columns")
		names := entryNames(columns)
		e.names("columns", names)
		w := e.view(names)
		w.write("SELECT")
		w.list(len(columns), func(i int) { e.namedExpression(w, "columns", i, columns[i]) })
		w.write("\nFROM ", e.in("in").from())
	},
}

// namedExpression writes "expression AS name", or the bare column where it keeps its name.
func (e *emission) namedExpression(w *writer, field string, i int, column entry) {
	path := fmt.Sprintf("%s.%d.expression", field, i)
	if column.expression == "" {
		e.report(graph.Error, path, "missing-value", "Expression is missing", fmt.Sprintf("Write what column %q holds.", column.name))
		return
	}
	if column.expression == column.name || column.expression == Quote(column.name) {
		w.name(path, column.name)
		return
	}
	e.expression(w, path, column.expression)
	w.write(" AS ")
	w.name(fmt.Sprintf("%s.%d.name", field, i), column.name)
}

func entryNames(entries []entry) []string {
	names := make([]string, 0, len(entries))
	for _, column := range entries {
		names = append(names, column.name)
	}
	return names
}
