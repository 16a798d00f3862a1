package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// inferTypes finds the types of those output columns that are a table's own, a CAST or a count. The engine knows all of
// them; these are the ones that need no engine. NOT NULL is left out.
func (e *emission) inferTypes() map[string]string {
	switch e.Kind {
	case "source":
		return declaredTypes(e.entries("table.columns"))
	case "filter", "sort", "deduplicate", "over", "udf", "unnest", "tableFunction", "window":
		return e.in("in").types()
	case "topN":
		types := maps.Clone(e.in("in").types())
		delete(types, e.text("rowNumber"))
		return types
	case "select":
		types := map[string]string{}
		if e.flag("keep") {
			types = maps.Clone(e.in("in").types())
		}
		return e.typed(types, "columns")
	case "aggregate", "windowAggregate":
		types := map[string]string{}
		for _, column := range e.texts("groupBy") {
			types[column] = e.in("in").types()[column]
		}
		return e.typed(e.typed(types, "dimensions"), "aggregates")
	case "join":
		return e.joinTypes()
	case "union":
		return e.unionTypes()
	}
	return nil
}

// typesOf are the types of a node's columns, as far as they are known without an engine.
func typesOf(doc *graph.Document, id string) map[string]string {
	c := &compilation{doc: doc, nodes: make(map[string]*emission, len(doc.Nodes)), broken: map[string]bool{}}
	c.check()
	c.emit()
	if node := c.nodes[id]; node != nil {
		return node.types()
	}
	return nil
}

// types are those of the output columns, as far as they are known without an engine. Few nodes are asked for theirs, so they
// are found when they are.
func (e *emission) types() map[string]string {
	if e.emitted && !e.typesFound {
		e.foundTypes, e.typesFound = e.inferTypes(), true
	}
	return e.foundTypes
}

func declaredTypes(columns []entry) map[string]string {
	types := map[string]string{}
	for _, column := range columns {
		if column.expression == "" {
			typ, _, _ := strings.Cut(column.typ, " METADATA")
			types[column.name] = withoutNotNull(typ)
		}
	}
	return types
}

func withoutNotNull(typ string) string {
	parsed, fault := flinksql.ParseType(typ)
	if fault != nil || parsed.Null == "" || len(parsed.Suffix) > 0 {
		return typ
	}
	tokens, _ := flinksql.Lex(typ)
	for n := len(tokens) - 1; n >= 0; n-- {
		if !tokens[n].Is(typ, "NULL") && !tokens[n].Is(typ, "NOT") {
			return typ[:tokens[n].End]
		}
	}
	return typ
}

// typed adds the types of a field's named expressions.
func (e *emission) typed(types map[string]string, field string) map[string]string {
	if types == nil {
		types = map[string]string{}
	}
	for _, column := range e.entries(field) {
		types[column.name] = e.typeOf(column.expression)
	}
	return types
}

// typeOf is the type of a column of an input, a CAST or a count; "" of anything else.
func (e *emission) typeOf(sql string) string {
	ports := map[string]string{"LEFT": "left_", "RIGHT": "right_"}
	sql = replaced(sql, flinksql.Span{End: len(sql)}, ported(sql, ports, false))
	parsed, fault := flinksql.ParseExpression(sql)
	if fault != nil {
		return ""
	}
	switch x := parsed.(type) {
	case *flinksql.ColumnRef:
		if len(x.Parts) == 1 && len(e.inputs["in"]) == 1 {
			return e.in("in").types()[x.Parts[0].Text]
		}
		for port, name := range map[string]string{"left": "left_", "right": "right_"} {
			if len(x.Parts) == 2 && x.Parts[0].Text == name && len(e.inputs[port]) == 1 {
				return e.in(port).types()[x.Parts[1].Text]
			}
		}
	case *flinksql.Cast:
		return withoutNotNull(x.Type.Text(sql))
	case *flinksql.Call:
		if x.Over == nil && x.OverName == nil && strings.EqualFold(x.Name.Text(sql), "COUNT") {
			return "BIGINT"
		}
	}
	return ""
}

func (e *emission) joinTypes() map[string]string {
	left, right := e.in("left"), e.in("right")
	switch {
	case e.text("type") == "semi" || e.text("type") == "anti":
		return left.types()
	case len(e.entries("columns")) > 0:
		return e.typed(nil, "columns")
	}
	types := map[string]string{}
	for at, name := range joinedColumns(left.columns, right.columns) {
		if at < len(left.columns) {
			types[name] = left.types()[left.columns[at]]
		} else {
			types[name] = right.types()[right.columns[at-len(left.columns)]]
		}
	}
	return types
}

// unionTypes are those that all inputs have alike; Flink finds a common one of others.
func (e *emission) unionTypes() map[string]string {
	types := map[string]string{}
	left := e.in("left")
	for at, name := range left.columns {
		typ := left.types()[name]
		if !slices.ContainsFunc(e.inputs["right"], func(right *emission) bool {
			return at >= len(right.columns) || right.types()[right.columns[at]] != typ
		}) {
			types[name] = typ
		}
	}
	return types
}

// fitting are the types that Flink writes into others without a CAST (LogicalTypeCasts.supportsImplicitCast). Types made of
// others are left to the engine.
var fitting = map[string][]string{
	"BOOLEAN":       {"BOOLEAN"},
	"TINYINT":       {"TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE"},
	"SMALLINT":      {"SMALLINT", "INT", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE"},
	"INT":           {"INT", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE"},
	"BIGINT":        {"BIGINT", "DECIMAL", "FLOAT", "DOUBLE"},
	"DECIMAL":       {"DECIMAL", "FLOAT", "DOUBLE"},
	"FLOAT":         {"DECIMAL", "FLOAT", "DOUBLE"},
	"DOUBLE":        {"DECIMAL", "DOUBLE"},
	"CHAR":          {"CHAR", "VARCHAR"},
	"VARCHAR":       {"VARCHAR"},
	"BINARY":        {"BINARY", "VARBINARY"},
	"VARBINARY":     {"VARBINARY"},
	"DATE":          {"DATE"},
	"TIME":          {"TIME"},
	"TIMESTAMP":     {"DATE", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ"},
	"TIMESTAMP_LTZ": {"TIMESTAMP", "TIMESTAMP_LTZ"},
}

var typeSynonyms = map[string]string{
	"INTEGER": "INT", "DEC": "DECIMAL", "NUMERIC": "DECIMAL", "DOUBLE PRECISION": "DOUBLE",
	"CHARACTER": "CHAR", "STRING": "VARCHAR", "CHAR VARYING": "VARCHAR", "CHARACTER VARYING": "VARCHAR",
	"BYTES": "VARBINARY", "BINARY VARYING": "VARBINARY",
	"TIME WITHOUT TIME ZONE": "TIME", "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE": "TIMESTAMP_LTZ",
}

// typeRoot is the type without its parameters, by the name that fitting has; "" for one that it has not.
func typeRoot(typ string) string {
	parsed, fault := flinksql.ParseType(typ)
	if fault != nil || parsed.Path != nil || len(parsed.Suffix) > 0 {
		return ""
	}
	root := parsed.Name
	if name, isSynonym := typeSynonyms[root]; isSynonym {
		root = name
	}
	if fitting[root] == nil {
		return ""
	}
	return root
}

// checkFit refuses what Flink refuses to write: a column of an input whose type the table's column cannot take. from are
// the input's columns in the order in which the table's are written.
func (e *emission) checkFit(input *emission, from, written []string) {
	places, types := map[string]int{}, map[string]string{}
	columns := e.entries("table.columns")
	for at, column := range columns {
		places[column.name] = at
	}
	maps.Copy(types, declaredTypes(columns))
	for at, column := range written {
		has, wants := input.types()[from[at]], types[column]
		if root, other := typeRoot(has), typeRoot(wants); root != "" && other != "" && !slices.Contains(fitting[root], other) {
			e.report(graph.Error, fmt.Sprintf("table.columns.%d.type", places[column]), "type-does-not-fit", "Column takes another type",
				fmt.Sprintf("%s of %s is %s, and Flink does not write it into %s without a CAST: put CAST(%s AS %s) into a Select node before, or change the type.",
					from[at], input.Name, has, wants, flinksql.Quote(from[at]), wants))
		}
	}
}
