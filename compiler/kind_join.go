package compiler

import (
	"strconv"
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
				Help: "Inner keeps only rows that find a partner; left keeps every row of the left input.",
				Values: []graph.Value{
					{Value: "inner", Title: "Inner"},
					{Value: "left", Title: "Left"},
					{Value: "right", Title: "Right"},
					{Value: "full", Title: "Full"},
				},
			},
			{
				Path: "condition", Title: "Condition", Type: graph.ExpressionField, Required: true,
				Help: "A Boolean expression over both inputs' columns.", Placeholder: "left.origin = right.iata",
			},
			{
				Path: "asOf", Title: "As of", Type: graph.ColumnField,
				Help: "Temporal join: take the version of the right row that was valid at this event time column of the left input. " +
					"The right input needs a primary key and a watermark; the left input's event time stays usable in windows.",
			},
		},
	},
	emit: emitJoin,
}

var joinWords = map[string]string{"inner": "JOIN", "left": "LEFT JOIN", "right": "RIGHT JOIN", "full": "FULL JOIN"}

func emitJoin(e *emission) {
	left, right := e.in("left"), e.in("right")
	leftName, rightName := left.Name, right.Name
	leftFrom, rightFrom := left.from(), right.from()
	if left == right {
		leftName, rightName = left.Name+"_left", right.Name+"_right"
		leftFrom, rightFrom = left.reference+" AS "+flinksql.Quote(leftName), right.reference+" AS "+flinksql.Quote(rightName)
	}
	kind, asOf := e.text("type"), e.text("asOf")
	if asOf != "" {
		e.legal("asOf", asOf)
		if kind == "right" || kind == "full" {
			e.report(graph.Error, "type", "temporal-outer-join", "Temporal join is inner or left", "Choose inner or left, or remove the column in \"As of\".")
		}
		rightFrom = right.reference + " FOR SYSTEM_TIME AS OF " + flinksql.Quote(leftName) + "." + flinksql.Quote(asOf)
		if right.reference != flinksql.Quote(rightName) || left == right {
			rightFrom += " AS " + flinksql.Quote(rightName)
		}
	}
	w := e.view(joinedColumns(left.columns, right.columns))
	w.write("SELECT *\nFROM ", leftFrom, "\n", joinWords[kind], " ", rightFrom, "\n  ON ")
	e.condition(w, e.text("condition"), map[string]string{"LEFT": leftName, "RIGHT": rightName})
}

// condition writes the join condition with the port names left and right replaced by the inputs' names; both are
// reserved words, so that nothing else can be meant by left.x.
func (e *emission) condition(w *writer, sql string, ports map[string]string) {
	e.checked("condition", checkExpression(sql))
	tokens, _ := flinksql.Lex(sql)
	var b strings.Builder
	at := 0
	for i, t := range tokens {
		name, isPort := ports[strings.ToUpper(sql[t.Start:t.End])]
		if t.Kind != flinksql.Word || !isPort || i+1 == len(tokens) || !tokens[i+1].Is(sql, ".") {
			continue
		}
		b.WriteString(sql[at:t.Start] + flinksql.Quote(name))
		at = t.End
	}
	w.piece("condition", b.String()+sql[at:], at == 0)
}

// joinedColumns are the names that Flink gives to SELECT * over a join: a name that is taken gets the first free number
// behind it (Calcite's SqlValidatorUtil.uniquify).
func joinedColumns(left, right []string) []string {
	if left == nil || right == nil {
		return nil
	}
	taken := map[string]bool{}
	columns := make([]string, 0, len(left)+len(right))
	for _, name := range append(append([]string{}, left...), right...) {
		unique := name
		for n := 0; taken[unique]; n++ {
			unique = name + strconv.Itoa(n)
		}
		taken[unique] = true
		columns = append(columns, unique)
	}
	return columns
}
