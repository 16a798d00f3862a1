package compiler

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var udf = kind{
	Kind: graph.Kind{
		Kind: "udf", Title: "UDF", Category: "Code", Icon: "square-function",
		Help:   "Calls a function once a row and adds its result as a column. Upload a JAR under Functions to bring your own.",
		Inputs: one, Output: true,
		Fields: []graph.Field{
			{Path: "function", Title: "Function", Type: graph.FunctionField, Required: true, Help: "A function of an uploaded JAR, or one that Flink has."},
			{Path: "arguments", Title: "Arguments", Type: graph.ExpressionListField, Help: "One expression for each parameter.", Placeholder: "delay"},
			{Path: "output", Title: "Output column", Type: graph.TextField, Required: true, Help: "The name of the column that holds the result.", Placeholder: "delay_band"},
		},
	},
	emit: emitUDF,
}

var functionName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*){0,2}$`)

func emitUDF(e *emission) {
	output, input := e.text("output"), e.in("in")
	e.newColumn("output", output, input.columns)
	w := e.view(with(input.columns, output))
	w.write("SELECT\n  *,\n  ")
	e.call(w)
	w.write(" AS ")
	w.name("output", output)
	w.write("\nFROM ", input.from())
}

// call writes the call of the field "function" with the field "arguments".
func (e *emission) call(w *writer) {
	function, start, before := e.text("function"), w.b.Len(), len(e.diagnostics)
	if !functionName.MatchString(function) {
		e.illegalFunction(fmt.Sprintf("%q is not the name of a function: write a name, or catalog.database.name.", function))
	}
	if strings.ContainsFunc(function, func(r rune) bool { return r > unicode.MaxASCII }) {
		w.derived("function", quotedPath(strings.Split(function, ".")))
	} else { // many of Flink's own functions are reserved words, which back-ticks would turn into unknown ones
		w.field("function", function)
	}
	w.write("(")
	e.expressions(w, "arguments")
	w.write(")")
	if len(e.diagnostics) > before {
		return
	}
	if _, fault := flinksql.ParseExpression(w.b.String()[start:]); fault != nil {
		e.illegalFunction(fmt.Sprintf("%s cannot be called like this; a word of SQL that has a form of its own, such as CAST, belongs into a Select node. %s", function, fault.Detail))
	}
}

func (e *emission) illegalFunction(detail string) {
	e.report(graph.Error, "function", "illegal-function", "Illegal function name", detail)
}
