package compiler

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var pattern = kind{
	Kind: graph.Kind{
		Kind: "pattern", Title: "Pattern", Category: "Transform", Icon: "regex",
		Help: "Finds rows that follow each other in a pattern (MATCH_RECOGNIZE) and puts out one row a match. " +
			"The pattern A{100} with A defined as TRUE, skipping past the last row, makes groups of a hundred rows each, which Flink SQL has no window for.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "partitionBy", Title: "Partition by", Type: graph.ColumnListField, Help: "Matches are looked for in each combination of these columns; empty means in all rows, on one task."},
			{Path: "orderBy", Title: "Order by", Type: graph.OrderByField, Required: true, Help: "A time column, ascending; further columns may follow.", Placeholder: "event_time"},
			{Path: "measures", Title: "Measures", Type: graph.NamedExpressionsField, Required: true, Help: "The output's columns, behind those of \"Partition by\".", Placeholder: "LAST(B.price)"},
			{Path: "afterMatch", Title: "After a match", Type: graph.TextField, Default: "SKIP PAST LAST ROW", Help: "Where to go on: SKIP PAST LAST ROW, SKIP TO NEXT ROW, SKIP TO FIRST A or SKIP TO LAST A. Empty means the next row.", Placeholder: "SKIP PAST LAST ROW"},
			{Path: "pattern", Title: "Pattern", Type: graph.TextField, Required: true, Help: "Variables in their order, with *, +, ? and {2,5} as in regular expressions. The last one may not be greedy.", Placeholder: "A B+ C"},
			{Path: "within", Title: "Within", Type: graph.TextField, Help: "How long a match may take: state is kept no longer. A number and SECOND, MINUTE, HOUR or DAY.", Placeholder: "1 HOUR"},
			{Path: "define", Title: "Define", Type: graph.NamedExpressionsField, Required: true, Help: "What makes a row a variable's; a variable without a definition takes any row.", Placeholder: "B.price < A.price"},
		},
	},
	emit: emitPattern,
}

func emitPattern(e *emission) {
	groups, measures := e.texts("partitionBy"), e.entries("measures")
	e.names("measures", entryNames(measures), groups...)
	e.names("define", entryNames(e.entries("define")))
	w := e.view(append(slices.Clone(groups), entryNames(measures)...))
	w.write("SELECT *\nFROM ", e.in("in").from(), "\nMATCH_RECOGNIZE (")
	if len(groups) > 0 {
		w.write("\n  PARTITION BY ")
		e.nameList(w, "partitionBy", groups)
	}
	w.write("\n  ORDER BY ")
	e.orderBy(w, "orderBy")
	w.write("\n  MEASURES")
	e.indented(w, "measures", func(path string, column entry) {
		e.item(w, path+".expression", column.expression)
		w.write(" AS ")
		w.name(path+".name", column.name)
	})
	w.write("\n  ONE ROW PER MATCH")
	e.afterMatch(w)
	w.write("\n  PATTERN (")
	e.checked("pattern", checkPattern(e.text("pattern")))
	w.field("pattern", e.text("pattern"))
	w.write(")")
	if strings.TrimSpace(e.text("within")) != "" {
		w.write(" WITHIN ")
		e.interval(w, "within")
	}
	w.write("\n  DEFINE")
	e.indented(w, "define", func(path string, variable entry) {
		w.name(path+".name", variable.name)
		w.write(" AS ")
		e.item(w, path+".expression", variable.expression)
	})
	w.write("\n)")
}

// indented writes the entries of a list inside brackets, one a line.
func (e *emission) indented(w *writer, field string, item func(path string, entry entry)) {
	for i, one := range e.entries(field) {
		if i > 0 {
			w.write(",")
		}
		w.write("\n    ")
		item(fmt.Sprintf("%s.%d", field, i), one)
	}
}

var skip = regexp.MustCompile(`(?i)^\s*SKIP\s+(PAST\s+LAST\s+ROW|TO\s+NEXT\s+ROW|TO(\s+(FIRST|LAST))?\s+[A-Za-z_][A-Za-z0-9_]*)\s*$`)

func (e *emission) afterMatch(w *writer) {
	text := e.text("afterMatch")
	if strings.TrimSpace(text) == "" {
		return
	}
	if !skip.MatchString(text) || len(checkIn("SELECT * FROM t MATCH_RECOGNIZE (ORDER BY a MEASURES b AS c AFTER MATCH ", text, " PATTERN (d) DEFINE d AS TRUE)")) > 0 {
		e.report(graph.Error, "afterMatch", "illegal-skip", "Not a place to go on", "Write SKIP PAST LAST ROW, SKIP TO NEXT ROW, SKIP TO FIRST or SKIP TO LAST and a variable.")
	}
	w.write("\n  AFTER MATCH ")
	w.field("afterMatch", text)
}

// checkPattern refuses what is no row pattern: variables, brackets and quantifiers.
func checkPattern(sql string) []problem {
	if found := checkFragment(sql, false); len(found) > 0 {
		return found
	}
	tokens, _ := flinksql.Lex(sql)
	for _, t := range tokens {
		piece := sql[t.Start:t.End]
		if t.Kind == flinksql.Text || t.Kind == flinksql.Symbol && !strings.Contains("()*+?{},|-^$", piece) {
			return []problem{{
				graph.Span{Start: t.Start, End: t.End},
				"illegal-pattern", "Not a row pattern",
				fmt.Sprintf("%s cannot stand here: write variables with *, +, ? or {2,5} behind them.", piece),
			}}
		}
	}
	if strings.TrimSpace(sql) == "" {
		return nil // that it is missing is said elsewhere
	}
	return checkIn("SELECT * FROM t MATCH_RECOGNIZE (ORDER BY a MEASURES b AS c PATTERN (", sql, ") DEFINE d AS TRUE)")
}
