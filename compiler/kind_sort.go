package compiler

import (
	"strings"

	"millrace/graph"
)

var order = kind{
	Kind: graph.Kind{
		Kind: "sort", Title: "Sort", Category: "Transform", Icon: "arrow-down-wide-narrow",
		Help: "Puts rows in order, or keeps only the first ones. A stream has no end: there it sorts by its time column, ascending, or keeps the first rows of an order up to date. " +
			"For the first rows of each group use Top N.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "orderBy", Title: "Order by", Type: graph.OrderByField, Help: "The first one counts most.", Placeholder: "price"},
			{Path: "limit", Title: "Limit", Type: graph.TextField, Help: "How many rows; empty means all.", Placeholder: "10"},
			{Path: "offset", Title: "Offset", Type: graph.TextField, Help: "How many rows are left out before.", Placeholder: "0"},
		},
	},
	emit: emitSort,
}

func emitSort(e *emission) {
	keys, limit := e.sortKeys("orderBy"), e.text("limit")
	if len(keys) == 0 && limit == "" && e.text("offset") == "" {
		e.report(graph.Error, "orderBy", "missing-value", "Order is missing", "Write what to order by, or how many rows to keep.")
	}
	if limit == "" {
		e.checkEndlessSort(keys)
	}
	w := e.view(e.in("in").columns)
	w.write("SELECT *\nFROM ", e.in("in").from())
	if len(keys) > 0 {
		w.write("\nORDER BY ")
		e.orderBy(w, "orderBy")
	}
	if limit != "" {
		w.write("\nLIMIT ")
		e.number(w, "limit", "0")
	}
	if e.text("offset") != "" {
		w.write("\nOFFSET ")
		e.number(w, "offset", "0")
	}
}

// checkEndlessSort warns where Flink certainly cannot sort without a limit. Which columns are event times is not known here.
func (e *emission) checkEndlessSort(keys []sortKey) {
	if e.text("offset") != "" && (e.streaming || len(keys) > 0) {
		e.report(graph.Warning, "offset", "endless-sort", "Offset needs a limit here", "Flink refuses an offset without a limit in streaming mode, and behind an order in batch mode: write a limit.")
	}
	if e.streaming && len(keys) > 0 && (strings.EqualFold(keys[0].direction, "desc") || len(called(keys[0].expression)) > 0) {
		e.report(graph.Warning, "orderBy.0", "endless-sort", "Stream needs a limit here",
			"Without a limit Flink sorts a stream by its time column only, ascending: order by that first, or write a limit.")
	}
}
