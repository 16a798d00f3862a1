package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var overAggregate = kind{
	Kind: graph.Kind{
		Kind: "over", Title: "Over", Category: "Transform", Icon: "rows-3",
		Help: "Adds columns that are worked out over the rows around each row: running totals, moving averages, the value before, a row's number. " +
			"A frame of rows (ROWS BETWEEN 99 PRECEDING AND CURRENT ROW) looks back over a number of rows, which no window of time does.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "partitionBy", Title: "Partition by", Type: graph.ExpressionListField, Help: "Each combination of these is worked out for itself; empty means all rows together.", Placeholder: "customer"},
			{Path: "orderBy", Title: "Order by", Type: graph.OrderByField, Help: "In a stream one time column, ascending; numbers of rows (ROW_NUMBER() and the like) take any order.", Placeholder: "event_time"},
			{
				Path: "frame", Title: "Frame", Type: graph.TextField,
				Help:        "Which rows count, up to the current one; empty means all so far. A number of rows or a span of time: RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW.",
				Placeholder: "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW",
			},
			{Path: "columns", Title: "Columns", Type: graph.NamedExpressionsField, Required: true, Help: "Each is one call of a function, without OVER. Compute with it in a Select node behind.", Placeholder: "LAG(price)"},
		},
	},
	emit: emitOver,
}

func emitOver(e *emission) {
	input, columns := e.in("in"), e.entries("columns")
	e.names("columns", entryNames(columns), input.columns...)
	e.checkOver(columns)
	w := e.view(with(input.columns, entryNames(columns)...))
	w.write("SELECT\n  *,")
	w.list(len(columns), func(i int) {
		place := fmt.Sprintf("columns.%d", i)
		e.item(w, place+".expression", columns[i].expression)
		w.write(" OVER w AS ")
		w.name(place+".name", columns[i].name)
	})
	w.write("\nFROM ", input.from(), "\nWINDOW w AS (")
	e.overWindow(w)
	w.write("\n)")
}

func (e *emission) overWindow(w *writer) {
	if len(e.texts("partitionBy")) > 0 {
		w.write("\n  PARTITION BY ")
		e.expressions(w, "partitionBy")
	}
	if len(e.sortKeys("orderBy")) > 0 {
		w.write("\n  ORDER BY ")
		e.orderBy(w, "orderBy")
	}
	if frame := e.text("frame"); strings.TrimSpace(frame) != "" {
		e.checked("frame", checkFrame(frame))
		w.write("\n  ")
		w.field("frame", frame)
	}
}

// Functions that number rows or look at neighbours take no frame; some of them a stream can work out in any order, and some
// not at all.
var (
	numbering      = []string{"ROW_NUMBER", "RANK", "DENSE_RANK"}
	frameless      = []string{"ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD", "NTILE", "PERCENT_RANK", "CUME_DIST"}
	notInStreaming = []string{"LEAD", "NTILE", "PERCENT_RANK", "CUME_DIST"}
)

func (e *emission) checkOver(columns []entry) {
	keys := e.sortKeys("orderBy")
	framed := strings.TrimSpace(e.text("frame")) != ""
	ordered := len(keys) == 1 && !strings.EqualFold(keys[0].direction, "desc")
	for i, column := range columns {
		place := fmt.Sprintf("columns.%d.expression", i)
		if problems := checkCall(column.expression); len(problems) > 0 {
			e.checked(place, problems)
			continue
		}
		names := called(column.expression)
		if len(names) == 0 {
			continue
		}
		function := strings.ToUpper(names[0])
		switch {
		case framed && slices.Contains(frameless, function):
			e.report(graph.Error, place, "frame-not-allowed", "Function takes no frame", fmt.Sprintf("%s looks at all rows of its partition: empty the frame, or use another Over node for the other columns.", function))
		case e.streaming && slices.Contains(notInStreaming, function):
			e.report(graph.Error, place, "not-in-streaming", "Not in streaming mode", fmt.Sprintf("Flink has %s in batch mode only. In a stream, LAG looks back; what is to come is not known yet.", function))
		case e.streaming && !ordered && !slices.Contains(numbering, function):
			ordered = true // said once
			e.report(graph.Error, "orderBy", "over-order", "Order by one time column", fmt.Sprintf("A stream works %s out in the order of one time column, ascending: order by that alone.", function))
		}
	}
}

// checkCall refuses what is not one call of a function.
func checkCall(sql string) []problem {
	if strings.TrimSpace(sql) == "" || len(checkExpression(sql)) > 0 {
		return nil // reported where it is written
	}
	tokens, _ := flinksql.Lex(sql)
	end := callEnd(sql, tokens)
	if rest := tokens[end:]; end > 0 && (len(rest) == 0 || len(rest) == 2 && (rest[0].Is(sql, "IGNORE") || rest[0].Is(sql, "RESPECT")) && rest[1].Is(sql, "NULLS")) {
		return nil
	}
	return []problem{{
		graph.Span{Start: 0, End: len(sql)},
		"not-a-call", "Not one call of a function",
		"Write one call, such as SUM(price), without OVER and FILTER; a condition fits inside: SUM(CASE WHEN paid THEN price END). Compute with the result in a Select node behind.",
	}}
}

// checkFrame refuses what is no frame of rows.
func checkFrame(sql string) []problem {
	if found := checkOneExpression(sql); len(found) > 0 {
		return found
	}
	tokens, _ := flinksql.Lex(sql)
	if len(tokens) == 0 || !tokens[0].Is(sql, "ROWS") && !tokens[0].Is(sql, "RANGE") || len(checkIn("SELECT SUM(a) OVER (ORDER BY b ", sql, ") FROM t")) > 0 {
		return []problem{{
			graph.Span{Start: 0, End: len(sql)},
			"illegal-frame", "Not a frame of rows",
			"Write ROWS or RANGE and its bounds, such as ROWS BETWEEN 2 PRECEDING AND CURRENT ROW.",
		}}
	}
	return nil
}
