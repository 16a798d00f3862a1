package compiler

import "millrace/graph"

var filter = kind{
	Kind: graph.Kind{
		Kind: "filter", Title: "Filter", Category: "Transform", Icon: "filter",
		Help:   "Keeps the rows for which a condition holds; all columns pass as they are.",
		Inputs: one, Output: true,
		Fields: []graph.Field{{
			Path: "condition", Title: "Condition", Type: graph.ExpressionField, Required: true,
			Help: "A Boolean expression over the input's columns.", Placeholder: "delay > 15",
		}},
	},
	emit: func(e *emission) {
		w := e.view(e.in("in").columns)
		w.write("SELECT *\nFROM ", e.in("in").from(), "\nWHERE ")
		e.expression(w, "condition", e.text("condition"))
	},
}
