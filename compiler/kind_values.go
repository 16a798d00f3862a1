package compiler

import (
	"fmt"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var values = kind{
	Kind: graph.Kind{
		Kind: "values", Title: "Values", Category: "Inputs", Icon: "table-2",
		Help:   "A small table that is written down here: a list to join with, or rows to try something out. Give a NULL its type: CAST(NULL AS STRING).",
		Output: true,
		Fields: []graph.Field{
			{Path: "columns", Title: "Columns", Type: graph.ColumnListField, Required: true, Help: "The names of the columns."},
			{Path: "rows", Title: "Rows", Type: graph.ValueRowsField, Required: true, Help: "Each with one SQL value for each column.", Placeholder: "'text'"},
		},
	},
	emit: emitValues,
}

func emitValues(e *emission) {
	columns, rows := e.texts("columns"), e.lists("rows")
	e.checkDoubles(columns)
	w := e.view(columns)
	w.write("SELECT *\nFROM (VALUES")
	w.list(len(rows), func(i int) {
		if len(rows[i]) != len(columns) {
			e.report(graph.Error, fmt.Sprintf("rows.%d", i), "row-length", "Row does not fit the columns", fmt.Sprintf("Row %d has %d values for %d columns: write one for each.", i+1, len(rows[i]), len(columns)))
		}
		w.write("(")
		for j, value := range rows[i] {
			if j > 0 {
				w.write(", ")
			}
			e.item(w, fmt.Sprintf("rows.%d.%d", i, j), value)
		}
		w.write(")")
	})
	w.write("\n) AS ", flinksql.Quote(e.Name), " (")
	e.nameList(w, "columns", columns)
	w.write(")")
}
