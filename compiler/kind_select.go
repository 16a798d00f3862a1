package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var selection = kind{
	Kind: graph.Kind{
		Kind: "select", Title: "Select", Category: "Transform", Icon: "table-properties",
		Help:   "Chooses, renames and computes columns: each output column is a name and an expression.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{
				Path: "columns", Title: "Columns", Type: graph.NamedExpressionsField,
				Help: "The output's columns, in order.", Placeholder: "distance * 1.609",
			},
			{Path: "keep", Title: "Keep all columns", Type: graph.BooleanField, Help: "Puts out all columns of the input, and those above behind them."},
			{Path: "distinct", Title: "Distinct", Type: graph.BooleanField, Help: "Puts out each combination of values once. State is kept for every one of them."},
			hintsField("Such as STATE_TTL('in' = '1d'): how long distinct rows are remembered; in means the input."),
		},
	},
	emit: emitSelect,
}

func emitSelect(e *emission) {
	input, columns, keep := e.in("in"), e.entries("columns"), e.flag("keep")
	names := entryNames(columns)
	output := names
	if keep {
		output = with(input.columns, names...)
		e.names("columns", names, input.columns...)
	} else {
		e.names("columns", names)
	}
	if len(columns) == 0 && !keep {
		e.report(graph.Error, "columns", "missing-value", "Columns are missing", "Add a column, or keep those of the input.")
	}
	w := e.view(output)
	w.write("SELECT")
	e.hints(w, map[string]string{"IN": input.Name})
	if e.flag("distinct") {
		w.write(" DISTINCT")
	}
	var items []func()
	if keep {
		items = append(items, func() { w.write(flinksql.Quote(input.Name), ".*") })
	}
	for i, column := range columns {
		items = append(items, func() { e.namedExpression(w, "columns", i, column) })
	}
	if keep && len(columns) == 0 {
		w.write(" *")
	} else {
		w.lines(items)
	}
	w.write("\nFROM ", input.from())
}

// namedExpression writes "expression AS name", or the bare column where it keeps its name.
func (e *emission) namedExpression(w *writer, field string, i int, column entry) {
	path := fmt.Sprintf("%s.%d.expression", field, i)
	if strings.TrimSpace(column.expression) == "" {
		e.report(graph.Error, path, "missing-value", "Expression is missing", fmt.Sprintf("Write what column %q holds.", column.name))
		return
	}
	if e.keepsName(column) {
		w.column(path, column)
		return
	}
	e.expression(w, path, column.expression)
	w.write(" AS ")
	w.name(fmt.Sprintf("%s.%d.name", field, i), column.name)
}

// keepsName tells whether the expression is nothing but the column of that name. A name that is no plain word is a column
// only where the input is known to have it: price * 2 may be called just that.
func (e *emission) keepsName(column entry) bool {
	if column.expression != column.name {
		return column.expression == flinksql.Quote(column.name)
	}
	if columns := e.in("in").columns; columns != nil {
		return slices.Contains(columns, column.name)
	}
	tokens, fault := flinksql.Lex(column.name)
	return fault == nil && len(tokens) == 1 && tokens[0].Kind == flinksql.Word
}

func entryNames(entries []entry) []string {
	names := make([]string, 0, len(entries))
	for _, column := range entries {
		names = append(names, column.name)
	}
	return names
}
