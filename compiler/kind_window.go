package compiler

import (
	"fmt"
	"slices"

	"millrace/graph"
)

var window = kind{
	Kind: graph.Kind{
		Kind: "window", Title: "Window", Category: "Transform", Icon: "calendar-range",
		Help: "Adds to each row the windows of time that it falls into: window_start, window_end and window_time, the window's last moment as an event time. " +
			"Behind it, nodes that work by window_start and window_end work window by window: joins, Aggregate, Deduplicate, Top N.",
		Inputs: one, Output: true,
		Fields: append(windowFields(), graph.Field{
			Path: "partitionBy", Title: "Partition by", Type: graph.ColumnListField,
			Help:     "Sessions of their own for each value of this column; for several columns use a Window aggregate.",
			ShowWhen: &graph.Condition{Path: "window", Values: []string{"session"}},
		}),
	},
	emit: func(e *emission) {
		input := e.in("in")
		bounds := []string{"window_start", "window_end", "window_time"}
		e.checkWindow(e.text("window") == "cumulate", bounds)
		if e.text("window") == "session" && len(e.texts("partitionBy")) > 1 {
			e.report(graph.Error, "partitionBy", "session-of-several", "Sessions take one column here",
				"Flink cannot read a view with sessions of several columns again: put them into one column in a Select node before, or use a Window aggregate.")
		}
		w := e.view(with(input.columns, bounds...))
		w.write("SELECT *\nFROM TABLE(\n  ")
		e.windowFunction(w, "partitionBy")
		w.write("\n)")
	},
}

// windowFields describe a window function (Flink's "windowing table-valued functions").
func windowFields() []graph.Field {
	return []graph.Field{
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
		{
			Path: "offset", Title: "Offset", Type: graph.TextField, Help: "By how much the windows' starts are moved from full hours, days and so on; may be negative.", Placeholder: "-8 HOUR",
			ShowWhen: &graph.Condition{Path: "window", Values: []string{"tumble", "hop", "cumulate"}},
		},
	}
}

var windowFunctions = map[string]string{"tumble": "TUMBLE", "hop": "HOP", "cumulate": "CUMULATE", "session": "SESSION"}

// checkWindow finds what Flink refuses in a window function; bounds are the columns of its that are put out.
func (e *emission) checkWindow(multiples bool, bounds []string) {
	e.legal("timeColumn", e.text("timeColumn"))
	for _, name := range bounds {
		if slices.Contains(e.in("in").columns, name) {
			e.report(graph.Error, "window", "window-in-window", "Input has windows already",
				fmt.Sprintf("The input has a column %q, which this window adds: rename it in a Select node before.", name))
		}
	}
	if e.text("window") == "session" && !e.streaming {
		e.report(graph.Error, "window", "session-in-batch", "No session windows in batch mode", "Flink has session windows in streaming mode only: set the pipeline's mode to streaming, or choose another window.")
	}
	if _, slide := intervalOf(e.text("slide")); multiples && slide > 0 {
		if _, size := intervalOf(e.text("size")); size%slide != 0 {
			e.report(graph.Error, "slide", "no-multiple", "Size is no multiple of the slide", "Flink needs windows whose size is a whole number of slides, such as 1 HOUR by 15 MINUTE.")
		}
	}
}

// windowFunction writes the window function over the input; partition is the field with a session's columns.
func (e *emission) windowFunction(w *writer, partition string) {
	kind := e.text("window")
	w.derived("window", windowFunctions[kind])
	w.write("(TABLE ", e.in("in").reference)
	if columns := e.texts(partition); kind == "session" && len(columns) > 0 {
		w.write(" PARTITION BY ")
		e.nameList(w, partition, columns)
	}
	w.write(", DESCRIPTOR(")
	w.name("timeColumn", e.text("timeColumn"))
	w.write(")")
	if kind == "hop" || kind == "cumulate" {
		w.write(", ")
		e.interval(w, "slide")
	}
	w.write(", ")
	e.interval(w, "size")
	if kind != "session" && e.text("offset") != "" {
		w.write(", ")
		e.interval(w, "offset")
	}
	w.write(")")
}
