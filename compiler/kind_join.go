package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var join = kind{
	Kind: graph.Kind{
		Kind: "join", Title: "Join", Category: "Transform", Icon: "combine",
		Help: "Puts rows of two inputs together where a condition holds. Qualify columns with the inputs' names, or with left and right. " +
			"Where both inputs have a column of one name, the right one's gets a 0 behind it.",
		Inputs: []graph.Port{{Name: "left", Title: "Left", Required: true}, {Name: "right", Title: "Right", Required: true}},
		Output: true,
		Fields: []graph.Field{
			{
				Path: "type", Title: "Type", Type: graph.EnumField, Required: true, Default: "inner",
				Help: "Inner keeps only rows that find a partner; left keeps every row of the left input. " +
					"Semi puts out the left rows that have a partner, anti those that have none, both with the left input's columns only.",
				Values: []graph.Value{
					{Value: "inner", Title: "Inner"},
					{Value: "left", Title: "Left"},
					{Value: "right", Title: "Right"},
					{Value: "full", Title: "Full"},
					{Value: "cross", Title: "Cross"},
					{Value: "semi", Title: "Semi"},
					{Value: "anti", Title: "Anti"},
				},
			},
			{
				Path: "condition", Title: "Condition", Type: graph.ExpressionField, Required: true,
				Help: "A Boolean expression over both inputs' columns. Bounds on both event times (right.ts BETWEEN left.ts AND left.ts + INTERVAL '1' HOUR) let Flink forget old rows; " +
					"behind two Window nodes, equal window_start and window_end join window by window.",
				Placeholder: "left.origin = right.iata",
				ShowWhen:    &graph.Condition{Path: "type", Values: []string{"inner", "left", "right", "full", "semi", "anti"}},
			},
			{
				Path: "asOf", Title: "As of", Type: graph.ColumnField,
				Help: "Temporal join: take the version of the right row that was valid at this event time column of the left input. " +
					"The right input needs a primary key and a watermark; the left input's event time stays usable in windows. " +
					"With a processing time column it is a lookup join: the right input is a table that is asked row by row, such as one of JDBC.",
			},
			{
				Path: "columns", Title: "Columns", Type: graph.NamedExpressionsField,
				Help: "The output's columns; empty means all of both inputs.", Placeholder: "right.city",
				ShowWhen: &graph.Condition{Path: "type", Values: []string{"inner", "left", "right", "full", "cross"}},
			},
			hintsField("Such as STATE_TTL('left' = '1d', 'right' = '12h'), BROADCAST(right) or LOOKUP('table' = 'right', 'async' = 'true'); left and right mean the inputs."),
		},
	},
	emit: emitJoin,
}

var joinWords = map[string]string{"inner": "JOIN", "left": "LEFT JOIN", "right": "RIGHT JOIN", "full": "FULL JOIN", "cross": "CROSS JOIN"}

func emitJoin(e *emission) {
	left, right := e.in("left"), e.in("right")
	in := e.joined()
	kind := e.text("type")
	if kind == "semi" || kind == "anti" {
		e.emitExists(in)
		return
	}
	columns := e.entries("columns")
	names := joinedColumns(left.columns, right.columns)
	if len(columns) > 0 {
		names = entryNames(columns)
		e.names("columns", names)
	}
	w := e.view(names)
	w.write("SELECT")
	e.hints(w, in.ports)
	e.joinColumns(w, columns, in.ports)
	w.write("\nFROM ", in.left, "\n")
	w.derived("type", joinWords[kind])
	w.write(" ")
	in.right(w)
	if kind != "cross" {
		w.write("\n  ON ")
		e.portedExpression(w, "condition", e.text("condition"), in.ports)
	}
}

// emitExists writes semi and anti joins: the left rows that have, or have not, a partner.
func (e *emission) emitExists(in joined) {
	w := e.view(e.in("left").columns)
	w.write("SELECT")
	e.hints(w, in.ports)
	w.write(" *\nFROM ", in.left, "\nWHERE ")
	w.derived("type", map[string]string{"semi": "EXISTS", "anti": "NOT EXISTS"}[e.text("type")])
	w.write(" (\n  SELECT 1\n  FROM ")
	in.right(w)
	w.write("\n  WHERE ")
	e.portedExpression(w, "condition", e.text("condition"), in.ports)
	w.write("\n)")
}

// joined are the two inputs as the statement names them.
type joined struct {
	left  string
	right func(*writer)
	ports map[string]string // left and right to the inputs' names
}

func (e *emission) joined() joined {
	left, right := e.in("left"), e.in("right")
	leftName, rightName := left.Name, right.Name
	in := joined{left: left.from(), right: func(w *writer) { w.write(right.from()) }}
	if left == right {
		leftName, rightName = left.Name+"_left", right.Name+"_right"
		in.left = left.reference + " AS " + flinksql.Quote(leftName)
		in.right = func(w *writer) { w.write(right.reference, " AS ", flinksql.Quote(rightName)) }
	}
	in.ports = map[string]string{"LEFT": leftName, "RIGHT": rightName}
	asOf := e.text("asOf")
	if asOf == "" {
		return in
	}
	e.legal("asOf", asOf)
	if kind := e.text("type"); kind != "inner" && kind != "left" {
		e.report(graph.Error, "type", "temporal-outer-join", "Temporal join is inner or left", "Choose inner or left, or remove the column in \"As of\".")
	}
	in.right = func(w *writer) {
		w.write(right.reference, " FOR SYSTEM_TIME AS OF ", flinksql.Quote(leftName), ".")
		w.name("asOf", asOf)
		if name := flinksql.Quote(rightName); right.reference != name {
			w.write(" AS ", name)
		}
	}
	return in
}

// joinColumns writes the chosen columns, * when there are none.
func (e *emission) joinColumns(w *writer, columns []entry, ports map[string]string) {
	if len(columns) == 0 {
		w.write(" *")
		return
	}
	w.list(len(columns), func(i int) {
		place, column := fmt.Sprintf("columns.%d", i), columns[i]
		if strings.TrimSpace(column.expression) == "" {
			e.report(graph.Error, place+".expression", "missing-value", "Expression is missing", fmt.Sprintf("Write what column %q holds.", column.name))
			return
		}
		e.portedExpression(w, place+".expression", column.expression, ports)
		if !isColumn(column) {
			w.write(" AS ")
			w.name(place+".name", column.name)
		}
	})
}

// isColumn tells whether the expression is a column of the name that it gets: id or left.id.
func isColumn(column entry) bool {
	sql := column.expression
	tokens, fault := flinksql.Lex(sql)
	qualified := len(tokens) == 3 && tokens[0].Name(sql) != "" && tokens[1].Is(sql, ".")
	if fault != nil || len(tokens) != 1 && !qualified {
		return false
	}
	last := tokens[len(tokens)-1]
	return sql[last.Start:last.End] == flinksql.Quote(column.name)
}

// portedExpression writes an expression with the port names left and right replaced by the inputs' names.
func (e *emission) portedExpression(w *writer, field, sql string, ports map[string]string) {
	e.checked(field, checkPorted(sql))
	w.edited(field, sql, flinksql.Span{End: len(sql)}, ported(sql, ports, false))
}

// joinedColumns are the names that Flink gives to SELECT * over a join.
func joinedColumns(left, right []string) []string {
	if left == nil || right == nil {
		return nil
	}
	return uniquified(slices.Concat(left, right))
}
