package compiler

import (
	"slices"

	"millrace/graph"
)

var windowAggregate = kind{
	Kind: graph.Kind{
		Kind: "windowAggregate", Title: "Window aggregate", Category: "Transform", Icon: "timer",
		Help: "Cuts the stream into windows of time and puts out one row a window and group when the watermark has passed the window's end. " +
			"The output has window_start and window_end, the groups and the aggregates. Flink SQL has no windows of a number of rows; see Aggregate and Pattern for those.",
		Inputs: one, Output: true,
		Fields: slices.Concat(windowFields(), groupingFields(), []graph.Field{
			{Path: "aggregates", Title: "Aggregates", Type: graph.NamedExpressionsField, Required: true, Help: "Each with the name of its column.", Placeholder: "AVG(delay)"},
			havingField(),
			{Path: "windowTime", Title: "Add window_time", Type: graph.BooleanField, Help: "Puts out window_time as well: an event time that windows and joins behind this node can use."},
		}),
	},
	emit: emitWindowAggregate,
}

func emitWindowAggregate(e *emission) {
	aggregates := e.entries("aggregates")
	bounds := []string{"window_start", "window_end"}
	if e.flag("windowTime") {
		bounds = append(bounds, "window_time")
	}
	g := e.grouped(bounds...)
	taken := append(slices.Clone(bounds), g.names()...)
	e.names("aggregates", entryNames(aggregates), taken...)
	e.checkWindow(e.text("window") == "hop" || e.text("window") == "cumulate", bounds)
	e.checkSession(g)
	if e.text("window") != "tumble" {
		e.refuseUnmerged(aggregates)
	}
	w := e.view(append(taken, entryNames(aggregates)...))
	from := e.windowTable
	if e.text("window") == "session" && (len(g.columns) > 1 || len(g.dimensions) > 0) {
		from = e.sessionGroups
	}
	from(w, g, bounds, aggregates)
	e.having(w)
}

// windowTable writes the query over the window function.
func (e *emission) windowTable(w *writer, g grouping, bounds []string, aggregates []entry) {
	var items []func()
	for _, bound := range bounds {
		items = append(items, func() { w.write(bound) })
	}
	w.write("SELECT")
	w.lines(slices.Concat(items, e.selected(w, g), e.aggregated(w, aggregates)))
	w.write("\nFROM TABLE(\n  ")
	e.windowFunction(w, "groupBy")
	w.write("\n)")
	e.groupBy(w, g, bounds, "")
}

var sessionBounds = map[string]string{"window_start": "SESSION_START", "window_end": "SESSION_END", "window_time": "SESSION_ROWTIME"}

// sessionGroups writes sessions of several groups with the older group windows: of a view over SESSION with several
// partition columns Flink 2.3 keeps a text that it cannot read again (it drops the brackets around the columns).
func (e *emission) sessionGroups(w *writer, g grouping, bounds []string, aggregates []entry) {
	gap, _ := intervalOf(e.text("size"))
	if gap == "" {
		e.illegalDuration("size")
	}
	session := func(function string) {
		start := w.b.Len()
		w.derived("window", function)
		w.write("(")
		w.name("timeColumn", e.text("timeColumn"))
		w.write(", ")
		w.derived("size", gap)
		w.write(")")
		w.around("timeColumn", start) // what Flink says of the whole call it says of the column
	}
	var items []func()
	for _, bound := range bounds {
		items = append(items, func() {
			session(sessionBounds[bound])
			w.write(" AS ", bound)
		})
	}
	w.write("SELECT")
	w.lines(slices.Concat(items, e.selected(w, g), e.aggregated(w, aggregates)))
	w.write("\nFROM ", e.in("in").from(), "\nGROUP BY ")
	session("SESSION")
	for i := range g.names() {
		w.write(", ")
		e.group(w, g, i, g.place(i))
	}
}

// checkSession refuses sets with sessions, which begin and end for each combination of all groups.
func (e *emission) checkSession(g grouping) {
	if e.text("window") == "session" && g.mode != "" && g.mode != "plain" {
		e.report(graph.Error, "grouping", "session-of-sets", "Sessions take one set of groups", "Each set has sessions of its own: use one Window aggregate for each set, and a Union behind them.")
	}
}
