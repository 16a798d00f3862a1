package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

var union = kind{
	Kind: graph.Kind{
		Kind: "union", Title: "Union", Category: "Transform", Icon: "merge",
		Help: "Puts the rows of inputs with the same columns into one: all of them, each one once, those that all have (intersect), " +
			"or the left one's that no other has (except). Columns are matched by their place, not by name. All but \"Union all\" keep every row in state.",
		Inputs: []graph.Port{{Name: "left", Title: "Left", Required: true}, {Name: "right", Title: "Others", Required: true, Many: true}},
		Output: true,
		Fields: []graph.Field{{
			Path: "operation", Title: "Operation", Type: graph.EnumField, Required: true, Default: "unionAll",
			Help: "With \"all\", a row that stands several times counts several times.",
			Values: []graph.Value{
				{Value: "unionAll", Title: "Union all"},
				{Value: "union", Title: "Union"},
				{Value: "intersect", Title: "Intersect"},
				{Value: "intersectAll", Title: "Intersect all"},
				{Value: "except", Title: "Except"},
				{Value: "exceptAll", Title: "Except all"},
			},
		}},
	},
	emit: emitUnion,
}

var unionWords = map[string]string{
	"unionAll": "UNION ALL", "union": "UNION", "intersect": "INTERSECT", "intersectAll": "INTERSECT ALL", "except": "EXCEPT", "exceptAll": "EXCEPT ALL",
}

func emitUnion(e *emission) {
	left := e.in("left")
	w := e.view(left.columns)
	w.write("SELECT *\nFROM ", left.reference)
	for _, right := range e.inputs["right"] {
		e.checkSameColumns(left, right)
		w.write("\n")
		w.derived("operation", unionWords[e.text("operation")])
		w.write("\nSELECT *\nFROM ", right.reference)
	}
}

func (e *emission) checkSameColumns(left, right *emission) {
	switch {
	case left.columns == nil || right.columns == nil || slices.Equal(left.columns, right.columns):
	case len(left.columns) != len(right.columns):
		e.report(graph.Error, "", "column-count", "Inputs differ in their columns",
			fmt.Sprintf("%s has %d columns (%s) and %s has %d (%s): choose the same ones in a Select node before.",
				left.Name, len(left.columns), strings.Join(left.columns, ", "), right.Name, len(right.columns), strings.Join(right.columns, ", ")))
	case slices.Equal(slices.Sorted(slices.Values(left.columns)), slices.Sorted(slices.Values(right.columns))):
		e.report(graph.Warning, "", "columns-by-position", "Columns are matched by position",
			fmt.Sprintf("%s has the columns of %s in another order. Put them into one order in a Select node if that is not meant.", right.Name, left.Name))
	}
}
