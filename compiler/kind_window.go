package compiler

import (
	"fmt"
	"regexp"
	"strings"

	"millrace/graph"
)

var windowAggregate = kind{
	Kind: graph.Kind{
		Kind: "windowAggregate", Title: "Window aggregate", Category: "Transform", Icon: "timer",
		Help: "Cuts the stream into windows of time and puts out one row a window and group when the watermark has passed the window's end. " +
			"The output has window_start and window_end, the groups and the aggregates.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{
				Path: "window", Title: "Window", Type: graph.EnumField, Required: true, Default: "tumble",
				Help: "Tumbling windows do not overlap, hopping ones do, cumulating ones grow by steps, sessions end after a gap.",
				Values: []graph.Value{
					{Value: "tumble", Title: "Tumbling"},
					{Value: "hop", Title: "Hopping"},
					{Value: "cumulate", Title: "Cumulating"},
					{Value: "session", Title: "Session"},
				},
			},
			{Path: "timeColumn", Title: "Time column", Type: graph.ColumnField, Required: true, Help: "The event time (a column with a watermark) or processing time."},
			{Path: "size", Title: "Size", Type: graph.TextField, Required: true, Default: "1 HOUR", Help: "How long a window is; of a session, the gap that ends it. A number and SECOND, MINUTE, HOUR or DAY.", Placeholder: "1 HOUR"},
			{
				Path: "slide", Title: "Slide", Type: graph.TextField, Required: true, Help: "How far apart hopping windows start, or by how much cumulating ones grow.", Placeholder: "15 MINUTE",
				ShowWhen: &graph.Condition{Path: "window", Values: []string{"hop", "cumulate"}},
			},
			{Path: "groupBy", Title: "Group by", Type: graph.ColumnListField, Help: "One row a window for each combination of these columns; empty means one row a window."},
			{Path: "aggregates", Title: "Aggregates", Type: graph.NamedExpressionsField, Required: true, Help: "Each with the name of its column.", Placeholder: "AVG(delay)"},
		},
	},
	emit: emitWindow,
}

var (
	windowFunctions = map[string]string{"tumble": "TUMBLE", "hop": "HOP", "cumulate": "CUMULATE", "session": "SESSION"}
	duration        = regexp.MustCompile(`(?i)^\s*(?:INTERVAL\s+)?'?([0-9]{1,9})'?\s*(SECOND|MINUTE|HOUR|DAY)S?\s*$`)
)

func emitWindow(e *emission) {
	groups, aggregates := e.texts("groupBy"), e.entries("aggregates")
	columns := append(append([]string{"window_start", "window_end"}, groups...), entryNames(aggregates)...)
	e.groups(groups)
	e.names("aggregates", entryNames(aggregates), columns[:2+len(groups)]...)
	e.legal("timeColumn", e.text("timeColumn"))
	w := e.view(columns)
	w.write("SELECT\n  window_start,\n  window_end")
	for i, group := range groups {
		w.write(",\n  ")
		w.name(fmt.Sprintf("groupBy.%d", i), group)
	}
	w.write(",")
	w.list(len(aggregates), func(i int) { e.namedExpression(w, "aggregates", i, aggregates[i]) })
	w.write("\nFROM TABLE(\n  ")
	e.windowFunction(w, groups)
	w.write("\n)\nGROUP BY window_start, window_end")
	for i, group := range groups {
		w.write(", ")
		w.name(fmt.Sprintf("groupBy.%d", i), group)
	}
}

// groups checks the grouping columns for gaps and doubles.
func (e *emission) groups(groups []string) {
	seen := map[string]bool{"window_start": true, "window_end": true}
	for i, group := range groups {
		place := fmt.Sprintf("groupBy.%d", i)
		if e.legal(place, group) && seen[group] {
			e.report(graph.Error, place, "duplicate-column", "Column stands twice", fmt.Sprintf("The output has %q already: remove this one.", group))
		}
		seen[group] = true
	}
}

func (e *emission) windowFunction(w *writer, groups []string) {
	kind := e.text("window")
	w.write(windowFunctions[kind], "(TABLE ", e.in("in").reference)
	if kind == "session" && len(groups) > 0 {
		w.write(" PARTITION BY ")
		for i, group := range groups {
			if i > 0 {
				w.write(", ")
			}
			w.name(fmt.Sprintf("groupBy.%d", i), group)
		}
	}
	w.write(", DESCRIPTOR(")
	w.name("timeColumn", e.text("timeColumn"))
	w.write(")")
	if kind == "hop" || kind == "cumulate" {
		e.interval(w, "slide")
	}
	e.interval(w, "size")
	w.write(")")
}

func (e *emission) interval(w *writer, field string) {
	m := duration.FindStringSubmatch(e.text(field))
	if m == nil {
		e.report(graph.Error, field, "illegal-duration", "Not a length of time", fmt.Sprintf("%q is no length of time: write a number and a unit, such as 15 MINUTE.", e.text(field)))
		return
	}
	interval := "INTERVAL '" + m[1] + "' " + strings.ToUpper(m[2])
	if len(m[1]) > 2 { // two digits are what Flink reads without being told
		interval += fmt.Sprintf("(%d)", len(m[1]))
	}
	w.write(", ")
	w.derived(field, interval)
}
