package compiler

import (
	"fmt"
	"regexp"
	"strings"

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
	var columns []string
	if input.columns != nil {
		columns = append(append(columns, input.columns...), output)
		for _, name := range input.columns {
			if name == output {
				e.report(graph.Error, "output", "duplicate-column", "Column stands twice", fmt.Sprintf("The input has a column %q already: choose another name.", output))
			}
		}
	}
	e.legal("output", output)
	w := e.view(columns)
	w.write("SELECT\n  *,\n  ")
	e.function(w)
	w.write("(")
	for i, argument := range e.texts("arguments") {
		if i > 0 {
			w.write(", ")
		}
		path := fmt.Sprintf("arguments.%d", i)
		if strings.TrimSpace(argument) == "" {
			e.report(graph.Error, path, "missing-value", "Argument is empty", fmt.Sprintf("Write argument %d or remove it.", i+1))
		}
		e.expression(w, path, argument)
	}
	w.write(") AS ")
	w.name("output", output)
	w.write("\nFROM ", input.from())
}
