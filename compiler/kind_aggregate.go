package compiler

import (
	"slices"
	"strings"

	"millrace/graph"
)

var aggregate = kind{
	Kind: graph.Kind{
		Kind: "aggregate", Title: "Aggregate", Category: "Transform", Icon: "sigma",
		Help: "Puts out one row a group and updates it whenever a row of the group comes. State is kept for every group: set table.exec.state.ttl where groups go out of use. " +
			"Without aggregates it gives the distinct groups. Flink SQL has no windows of a number of rows: " +
			"number the rows with an Over node (ROW_NUMBER()) and group by the dimension (row_number - 1) / 100, or use a Pattern node.",
		Inputs: one, Output: true,
		Fields: slices.Concat(groupingFields(), []graph.Field{
			{
				Path: "alsoBy", Title: "Also group by", Type: graph.ExpressionListField,
				Help: "Groups that are not put out, such as the windows of older scripts.", Placeholder: "TUMBLE(event_time, INTERVAL '1' HOUR)",
			},
			{Path: "aggregates", Title: "Aggregates", Type: graph.NamedExpressionsField, Help: "Each with the name of its column. DISTINCT and FILTER (WHERE …) may stand in and behind a call.", Placeholder: "COUNT(DISTINCT carrier)"},
			havingField(),
			hintsField("Such as STATE_TTL('in' = '1d'): how long the groups' state is kept; in means the input."),
		}),
	},
	emit: emitAggregate,
}

func hintsField(help string) graph.Field {
	return graph.Field{Path: "hints", Title: "Hints", Type: graph.HintListField, Help: help, Placeholder: "NAME(arguments)"}
}

func emitAggregate(e *emission) {
	g, aggregates := e.grouped(), e.entries("aggregates")
	columns := append(g.names(), entryNames(aggregates)...)
	if len(columns) == 0 {
		e.report(graph.Error, "aggregates", "missing-value", "Aggregates are missing", "Add an aggregate, or a group whose values are wanted.")
	}
	e.names("aggregates", entryNames(aggregates), g.names()...)
	if e.mergesWindows(g) {
		e.refuseUnmerged(aggregates)
	}
	w := e.view(columns)
	w.write("SELECT")
	e.hints(w, map[string]string{"IN": e.in("in").Name})
	items := append(e.selected(w, g), e.aggregated(w, aggregates)...)
	w.lines(items)
	w.write("\nFROM ", e.in("in").from())
	e.groupBy(w, g, nil, "alsoBy")
	e.having(w)
}

// mergesWindows tells whether the groups hold one of the older windows that share rows.
func (e *emission) mergesWindows(g grouping) bool {
	texts := e.texts("alsoBy")
	for _, dimension := range g.dimensions {
		texts = append(texts, dimension.expression)
	}
	return slices.ContainsFunc(texts, func(sql string) bool {
		names := called(sql)
		return len(names) > 0 && (strings.EqualFold(names[0], "HOP") || strings.EqualFold(names[0], "SESSION"))
	})
}
