package compiler

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var topN = kind{
	Kind: graph.Kind{
		Kind: "topN", Title: "Top N", Category: "Transform", Icon: "trophy",
		Help: "Keeps the first rows of each group in an order, and keeps them up to date. Behind a Window node, partition by window_start and window_end as well: " +
			"then each window gives its rows once, when it is over.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "partitionBy", Title: "Partition by", Type: graph.ColumnListField, Help: "The groups; empty means the first rows of all."},
			{Path: "orderBy", Title: "Order by", Type: graph.OrderByField, Required: true, Help: "What comes first.", Placeholder: "price"},
			{Path: "limit", Title: "Rows", Type: graph.TextField, Required: true, Default: "3", Help: "How many rows of each group are kept.", Placeholder: "3"},
			{Path: "rowNumber", Title: "Rank column", Type: graph.TextField, Help: "The name of a column with the row's place, from 1; empty means none.", Placeholder: "place"},
		},
	},
	emit: func(e *emission) {
		e.ranked(ranking{partition: "partitionBy", order: e.orderOfTop, number: e.text("rowNumber"), limit: func(w *writer) {
			if strings.TrimSpace(e.text("limit")) == "1" {
				w.write(" = ") // which batch plans tell from <= 1
			} else {
				w.write(" <= ")
			}
			e.number(w, "limit", "1")
		}})
	},
}

// orderOfTop writes what comes first. An aggregate there would be one over all rows, beside columns of single ones: Flink says
// so of the columns.
func (e *emission) orderOfTop(w *writer) {
	for i, key := range e.sortKeys("orderBy") {
		parsed, fault := flinksql.ParseExpression(key.expression)
		if fault == nil && holdsAggregate(parsed) {
			e.checked(fmt.Sprintf("orderBy.%d.expression", i), []problem{{
				graph.Span{End: len(key.expression)},
				"aggregate-in-order", "Aggregate in an order of rows", "Put an Aggregate node before, and order by its column.",
			}})
		}
	}
	e.orderBy(w, "orderBy")
}

var deduplicate = kind{
	Kind: graph.Kind{
		Kind: "deduplicate", Title: "Deduplicate", Category: "Transform", Icon: "copy-minus",
		Help: "Keeps one row of those with the same keys: the first or the last by time. The first one is never changed again; the last one is updated. " +
			"With window_start and window_end among the keys, behind a Window node, each window gives its first or last row.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "keys", Title: "Keys", Type: graph.ColumnListField, Required: true, Help: "Rows with the same values in these columns are the same."},
			{Path: "orderBy", Title: "Time column", Type: graph.ColumnField, Required: true, Help: "The event time or processing time that says which row is first."},
			{
				Path: "keep", Title: "Keep", Type: graph.EnumField, Required: true, Default: "first", Help: "Which of the rows is kept.",
				Values: []graph.Value{{Value: "first", Title: "First"}, {Value: "last", Title: "Last"}},
			},
		},
	},
	emit: func(e *emission) {
		order := func(w *writer) {
			e.legal("orderBy", e.text("orderBy"))
			w.name("orderBy", e.text("orderBy"))
			w.derived("keep", map[string]string{"first": " ASC", "last": " DESC"}[e.text("keep")])
		}
		e.ranked(ranking{partition: "keys", order: order, limit: func(w *writer) { w.write(" = 1") }})
	},
}

// ranking is a query for the first rows of each partition, in the form that Flink knows as deduplication and Top-N.
type ranking struct {
	partition string        // field of a column list
	order     func(*writer) // writes what stands behind ORDER BY
	limit     func(*writer) // writes the condition on the row's number
	number    string        // name of the column with the row's number; "" when it is not put out
}

func (e *emission) ranked(r ranking) {
	input := e.in("in")
	number, columns := r.number, with(input.columns, r.number)
	if r.number != "" {
		e.newColumn("rowNumber", r.number, input.columns)
	} else {
		number, columns = freeName("row_num", input.columns), input.columns
		if columns == nil {
			e.report(graph.Info, "", "row-number-kept", "Row number stays in the output",
				fmt.Sprintf("The columns of %s are not known here, so %s cannot be left out: a Select node behind can.", input.Name, number))
		}
	}
	w := e.view(columns)
	w.write("SELECT")
	if r.number == "" && columns != nil {
		w.list(len(columns), func(i int) { w.write(flinksql.Quote(columns[i])) })
	} else {
		w.write(" *")
	}
	w.write("\nFROM (\n  SELECT\n    *,\n    ROW_NUMBER() OVER (")
	if names := e.texts(r.partition); len(names) > 0 {
		w.write("\n      PARTITION BY ")
		e.nameList(w, r.partition, names)
	}
	w.write("\n      ORDER BY ")
	r.order(w)
	w.write("\n    ) AS ")
	e.rowNumber(w, r, number)
	w.write("\n  FROM ", input.from(), "\n)\nWHERE ")
	e.rowNumber(w, r, number)
	r.limit(w)
}

func (e *emission) rowNumber(w *writer, r ranking, number string) {
	if r.number == "" {
		w.write(number)
		return
	}
	w.name("rowNumber", number)
}

// freeName is the name, or the first one with a number behind it that no column has in any case.
func freeName(name string, taken []string) string {
	has := func(name string) bool {
		return slices.ContainsFunc(taken, func(column string) bool { return strings.EqualFold(column, name) })
	}
	free := name
	for n := 2; has(free); n++ {
		free = name + "_" + strconv.Itoa(n)
	}
	return free
}
