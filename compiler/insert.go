package compiler

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// emitInserts writes an INSERT for each input; Flink unites them before its one writer. What is said of the sink itself is
// said once.
func (e *emission) emitInserts() {
	for _, input := range e.inputs["in"] {
		e.inserts = append(e.inserts, &writer{})
		e.emitInsert(e.inserts[len(e.inserts)-1], input)
	}
	var once []graph.Diagnostic
	for _, d := range e.diagnostics {
		if !slices.ContainsFunc(once, func(said graph.Diagnostic) bool { return reflect.DeepEqual(said, d) }) {
			once = append(once, d)
		}
	}
	e.diagnostics = once
}

// emitInsert writes the INSERT of one input. Where the input's columns are known and bear the table's names they are chosen by
// name, so that their order does not matter.
func (e *emission) emitInsert(w *writer, input *emission) {
	w.write("INSERT ")
	if e.flag("overwrite") {
		w.derived("overwrite", "OVERWRITE")
		if e.streaming {
			e.report(graph.Warning, "overwrite", "overwrite-in-streaming", "No overwriting in streaming mode", "Flink overwrites tables in batch mode only: set the pipeline's mode to batch, or append.")
		}
	} else {
		w.write("INTO")
	}
	w.write(" ")
	if e.text("catalogTable") != "" {
		w.derived("catalogTable", e.reference)
	} else {
		w.write(e.reference)
	}
	e.optionsHint(w)
	e.insertPartition(w)
	written := e.texts("columns")
	if len(written) > 0 {
		w.write(" (")
		e.nameList(w, "columns", written)
		w.write(")")
	}
	w.write("\nSELECT ", e.insertedColumns(input, written), "\nFROM ", input.reference)
	if answer := e.choice("onConflict"); answer != "" {
		w.write("\nON CONFLICT DO ")
		w.derived("onConflict", strings.ToUpper(answer))
	}
}

func (e *emission) insertedColumns(input *emission, written []string) string {
	if e.text("catalogTable") != "" && len(written) == 0 || input.columns == nil {
		return "*"
	}
	if len(written) == 0 {
		fixed := e.options("partition")
		for _, column := range e.entries("table.columns") {
			if _, isFixed := fixed[column.name]; column.expression == "" && !isFixed && !isVirtual(column.typ) {
				written = append(written, column.name)
			}
		}
	}
	has := map[string]bool{}
	for _, name := range input.columns {
		has[name] = true
	}
	var quoted, missing []string
	for _, name := range written {
		quoted = append(quoted, flinksql.Quote(name))
		if !has[name] {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) == 0:
		e.checkFit(input, written, written)
		if slices.Equal(written, input.columns) {
			return "*"
		}
		return strings.Join(quoted, ", ")
	case len(written) == len(input.columns):
		e.checkFit(input, input.columns, written)
		e.report(graph.Warning, "table.columns", "columns-by-position", "Columns are matched by position",
			fmt.Sprintf("%s has no column %s, so the columns are written in their order. Rename them if that is not meant.", input.Name, strings.Join(missing, ", ")))
		return "*"
	}
	e.report(graph.Error, "table.columns", "missing-column", "Input lacks a column",
		fmt.Sprintf("%s has no column %s. It has %s.", input.Name, strings.Join(missing, ", "), strings.Join(input.columns, ", ")))
	return "*"
}

// insertPartition writes PARTITION (…) with the partition that all rows go to.
func (e *emission) insertPartition(w *writer) {
	partition := e.options("partition")
	if len(partition) == 0 {
		return
	}
	known := map[string]bool{}
	for _, column := range e.entries("table.columns") {
		known[column.name] = true
	}
	w.write(" PARTITION (")
	for i, column := range sorted(partition) {
		place := "partition." + column
		if i > 0 {
			w.write(", ")
		}
		if e.legal(place, column) && e.text("catalogTable") == "" {
			e.checkKnown(place, column, known)
		}
		w.write(flinksql.Quote(column), " = ")
		e.checked(place, checkLiteral(partition[column]))
		w.field(place, partition[column])
	}
	w.write(")")
}

// checkLiteral refuses what is not one text or number: Flink takes no expressions and no dates as a partition's value.
func checkLiteral(sql string) []problem {
	if found := checkExpression(sql); len(found) > 0 {
		return found
	}
	tokens, _ := flinksql.Lex(sql)
	negative := len(tokens) == 2 && tokens[0].Is(sql, "-") && tokens[1].Kind == flinksql.Number
	if len(tokens) == 1 || negative {
		t := tokens[len(tokens)-1]
		if t.Kind == flinksql.Text || t.Kind == flinksql.Number || t.Is(sql, "TRUE") || t.Is(sql, "FALSE") {
			return nil
		}
	}
	return []problem{{
		graph.Span{Start: 0, End: len(sql)},
		"not-a-literal", "Not a value",
		"Write a text in single quotes, such as '2024-01-01', or a number.",
	}}
}

// optionsHint writes the field "hints" behind a table's name.
func (e *emission) optionsHint(w *writer) {
	options := e.options("hints")
	if len(options) == 0 {
		return
	}
	w.write(" /*+ OPTIONS(")
	for i, key := range sorted(options) {
		if i > 0 {
			w.write(", ")
		}
		if strings.Contains(key+options[key], "*/") || strings.Contains(key+options[key], "/*") {
			e.report(graph.Error, "hints."+key, "illegal-hint", "Not a hint", "Remove /* and */: they begin and end the hint itself.")
		}
		w.write(flinksql.Literal(key), " = ")
		w.derived("hints."+key, flinksql.Literal(options[key]))
	}
	w.write(") */")
}

// checkDistribution refuses what is not [BY [HASH|RANGE] (columns)] [INTO n BUCKETS].
func checkDistribution(sql string) []problem {
	if found := checkFragment(sql, false); len(found) > 0 {
		return found
	}
	tokens, _ := flinksql.Lex(sql)
	at := 0
	is := func(words ...string) bool {
		return at < len(tokens) && slices.ContainsFunc(words, func(word string) bool { return tokens[at].Is(sql, word) })
	}
	take := func(words ...string) bool {
		found := is(words...)
		if found {
			at++
		}
		return found
	}
	formed := true
	if take("BY") {
		_ = take("HASH", "RANGE")
		formed = take("(") && !is(")")
		for formed && !take(")") {
			formed = at < len(tokens) && tokens[at].Name(sql) != ""
			at++
			formed = formed && (is(")") || take(","))
		}
	}
	if formed && take("INTO") {
		formed = at < len(tokens) && tokens[at].Kind == flinksql.Number
		at++
		formed = formed && take("BUCKETS")
	}
	if formed && at > 0 && at == len(tokens) && len(checkIn("CREATE TABLE t (c INT) DISTRIBUTED ", sql, " WITH ('connector' = 'x')")) == 0 {
		return nil
	}
	return []problem{{
		graph.Span{Start: 0, End: len(sql)},
		"illegal-distribution", "Not a distribution",
		"Write BY, HASH or RANGE if it is to be one of them, columns in brackets, and INTO with a number of BUCKETS.",
	}}
}
