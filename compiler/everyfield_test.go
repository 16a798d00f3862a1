package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"millrace/graph"
)

type object = map[string]any

func named(name, expression string) []any {
	return []any{object{"name": name, "expression": expression}}
}

// everyField is a pipeline that compiles, with nodes of the kinds in which the fields are filled in.
func everyField() *graph.Document {
	doc := graph.New("every field")
	node := func(id, kind string, config graph.Config, inputs ...string) {
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: id, Config: config, Description: "About " + id}
		for i, input := range inputs {
			port := "in"
			if kind == "join" || kind == "union" {
				port = []string{"left", "right"}[i]
			}
			doc.Edges = append(doc.Edges, graph.Edge{From: input, To: id, Port: port})
		}
	}
	inputNodes(node)
	joinNodes(node)
	aggregateNodes(node)
	rowNodes(node)
	node("udf", "udf", graph.Config{"function": "abs", "arguments": []any{"id", "1"}, "output": "o"}, "select")
	node("sql", "sql", graph.Config{"query": "SELECT * FROM cat, `window`"}, "window", "cat")
	node("tableFunction", "tableFunction", graph.Config{"function": "split_up", "arguments": []any{"v"}, "columns": []any{"part"}, "type": "left"}, "filter")
	node("sink", "sink", graph.Config{"columns": []any{"id"}, "table": object{
		"columns": []any{object{"name": "id", "type": "INT"}, object{"name": "day", "type": "STRING"}}, "options": object{"connector": "print"},
		"primaryKey": []any{"id"}, "partitionedBy": []any{"day"}, "distribution": "INTO 4 BUCKETS",
	}, "partition": object{"day": "'2024-01-01'"}, "hints": object{"sink.parallelism": "1"}, "overwrite": true}, "sql")
	node("archive", "sink", graph.Config{"catalogTable": "a.b.d"}, "sql")
	return doc
}

type nodeMaker func(id, kind string, config graph.Config, inputs ...string)

func inputNodes(node nodeMaker) {
	node("source", "source", graph.Config{"table": object{
		"columns": []any{
			object{"name": "id", "type": "INT", "comment": "the number"},
			object{"name": "v", "type": "STRING"},
			object{"name": "ts", "type": "TIMESTAMP(3)"},
			object{"name": "c", "expression": "id + 1", "comment": "one more"},
		},
		"watermark":     object{"column": "ts", "expression": "ts - INTERVAL '1' SECOND"},
		"primaryKey":    []any{"id"},
		"partitionedBy": []any{"id"},
		"distribution":  "BY HASH (id) INTO 4 BUCKETS",
		"options":       object{"connector": "other", "topic": "x"},
	}})
	node("cat", "source", graph.Config{"catalogTable": "a.b.c"})
	node("options", "source", graph.Config{"catalogTable": "a.b.c", "hints": object{"rows-per-second": "5"}})
	node("values", "values", graph.Config{"columns": []any{"code", "title"}, "rows": []any{[]any{"1", "'one'"}, []any{"2", "'two'"}}})
}

func joinNodes(node nodeMaker) {
	node("filter", "filter", graph.Config{"condition": "id > 1"}, "source")
	node("join", "join", graph.Config{"type": "left", "condition": "left.id = right.id", "asOf": "ts"}, "filter", "cat")
	node("lookup", "join", graph.Config{
		"type": "inner", "condition": "left.id = right.code", "asOf": "ts", "columns": named("number", "left.id + 1"),
		"hints": []any{"LOOKUP('table' = 'right')", "STATE_TTL('left' = '1d')"},
	}, "filter", "values")
	node("cross", "join", graph.Config{"type": "cross", "columns": named("number", "left.id + right.code")}, "filter", "values")
	node("semi", "join", graph.Config{"type": "semi", "condition": "left.id = right.code", "hints": []any{"BROADCAST(right)"}}, "filter", "values")
	node("union", "union", graph.Config{"operation": "exceptAll"}, "filter", "source")
	node("select", "select", graph.Config{"columns": []any{object{"name": "ts", "expression": "`filter`.ts"}, object{"name": "id", "expression": "id + 0"}}}, "join")
	node("keep", "select", graph.Config{"columns": named("twice", "id * 2"), "keep": true, "distinct": true, "hints": []any{"STATE_TTL('in' = '1d')"}}, "filter")
}

func aggregateNodes(node nodeMaker) {
	node("aggregate", "aggregate", graph.Config{
		"groupBy": []any{"v"}, "dimensions": named("half", "id / 2"), "alsoBy": []any{"id * 3"}, "having": "COUNT(*) > 1",
		"aggregates": named("n", "COUNT(*)"), "hints": []any{"STATE_TTL('in' = '1d')"},
	}, "filter")
	node("sets", "aggregate", graph.Config{
		"groupBy": []any{"v"}, "dimensions": named("half", "id / 2"), "aggregates": named("n", "COUNT(*)"),
		"grouping": "sets", "sets": []any{[]any{"v", "half"}, []any{"half"}, []any{}},
	}, "filter")
	node("window", "windowAggregate", graph.Config{
		"window": "hop", "timeColumn": "ts", "size": "10 MINUTE", "slide": "1 MINUTE", "offset": "-1 HOUR", "windowTime": true,
		"groupBy": []any{"id"}, "dimensions": named("half", "id / 2"), "having": "COUNT(*) > 1", "aggregates": named("n", "COUNT(*)"),
	}, "udf")
	node("windowSets", "windowAggregate", graph.Config{
		"window": "tumble", "timeColumn": "ts", "size": "10 MINUTE", "groupBy": []any{"id"}, "dimensions": named("half", "id / 2"),
		"grouping": "sets", "sets": []any{[]any{"id", "half"}, []any{}}, "aggregates": named("n", "COUNT(*)"),
	}, "udf")
	node("sessions", "windowAggregate", graph.Config{
		"window": "session", "timeColumn": "ts", "size": "10 MINUTE", "groupBy": []any{"id", "v"}, "windowTime": true, "aggregates": named("n", "COUNT(*)"),
	}, "filter")
	node("windows", "window", graph.Config{"window": "session", "timeColumn": "ts", "size": "10 MINUTE", "partitionBy": []any{"v"}}, "filter")
	node("cumulated", "window", graph.Config{"window": "cumulate", "timeColumn": "ts", "size": "1 DAY", "slide": "1 HOUR", "offset": "1 HOUR"}, "filter")
}

func rowNodes(node nodeMaker) {
	keys := func(expression string) []any {
		return []any{object{"expression": expression, "direction": "desc", "nulls": "last"}}
	}
	node("over", "over", graph.Config{
		"partitionBy": []any{"v"}, "orderBy": []any{object{"expression": "ts", "direction": "asc", "nulls": "last"}},
		"frame": "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW", "columns": named("total", "SUM(id)"),
	}, "filter")
	node("deduplicate", "deduplicate", graph.Config{"keys": []any{"v"}, "orderBy": "ts", "keep": "last"}, "filter")
	node("top", "topN", graph.Config{"partitionBy": []any{"v"}, "orderBy": keys("id"), "limit": "3", "rowNumber": "place"}, "filter")
	node("unnest", "unnest", graph.Config{"expression": "SPLIT(v, ',')", "columns": []any{"part", "place"}, "type": "left", "ordinality": true}, "filter")
	node("pattern", "pattern", graph.Config{
		"partitionBy": []any{"v"}, "orderBy": keys("ts"), "measures": named("started", "FIRST(F.ts)"), "afterMatch": "SKIP TO LAST G",
		"pattern": "F+ G", "within": "1 HOUR", "define": named("F", "F.id > 1"),
	}, "filter")
	node("sort", "sort", graph.Config{"orderBy": keys("id"), "limit": "10", "offset": "3"}, "filter")
}

// place is one text inside a document: the value of a field, an entry of its list, or an option's key.
type place struct {
	node  string
	field string // dotted, as diagnostics and pieces name it
	path  []any  // keys and indices below the node's config
	typ   graph.FieldType
	key   bool // the text becomes the key of a further option
}

func (p place) String() string {
	if p.key {
		return p.node + "." + p.field + " key"
	}
	return p.node + "." + p.field
}

func (p place) put(doc *graph.Document, text string) {
	if p.key {
		set(p.node, append(slices.Clone(p.path), text))(doc, "x")
		return
	}
	set(p.node, p.path)(doc, text)
}

// places are all texts of a document's nodes, found by the descriptions of their kinds.
func places(doc *graph.Document) []place {
	var found []place
	for _, id := range doc.NodeIDs() {
		node := doc.Nodes[id]
		for _, field := range kindsByName[node.Kind].Fields {
			value, present := node.Config.At(field.Path)
			if !present {
				continue
			}
			path := []any{}
			for _, key := range strings.Split(field.Path, ".") {
				path = append(path, key)
			}
			at := place{node: id, field: field.Path, path: path, typ: field.Type}
			found = append(found, at.inside(value)...)
			if field.Type == graph.OptionsField {
				at.key = true
				found = append(found, at)
			}
		}
	}
	return found
}

func (p place) inside(value any) []place {
	into := func(key any) place {
		return place{node: p.node, field: fmt.Sprintf("%s.%v", p.field, key), path: append(slices.Clone(p.path), key), typ: p.typ}
	}
	var found []place
	switch value := value.(type) {
	case string:
		return []place{p}
	case []any:
		for i, item := range value {
			found = append(found, into(i).inside(item)...)
		}
	case object:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			found = append(found, into(key).inside(value[key])...)
		}
	}
	return found
}

// attacked is a place in a document.
type attacked struct {
	place
	doc *graph.Document
}

// attackedPlaces are the places of everyField, and of the cases without errors for fields that it does not have: a new kind needs
// no more than its case.
func attackedPlaces(tb testing.TB) []attacked {
	tb.Helper()
	var found []attacked
	covered := map[string]bool{}
	take := func(doc *graph.Document) {
		fresh := map[string]bool{}
		for _, p := range places(doc) {
			if field := p.of(doc); !covered[field] {
				fresh[field] = true
				found = append(found, attacked{p, doc})
			}
		}
		maps.Copy(covered, fresh)
	}
	take(everyField())
	for _, folder := range cases(tb, "compile") {
		doc, err := graph.Decode(read(tb, folder, "pipeline.json"))
		if err != nil {
			tb.Fatal(err)
		}
		if !graph.HasErrors(Compile(doc, Options{}).Diagnostics) {
			take(doc)
		}
	}
	return found
}

// of is the kind and the field of its description that the place belongs to.
func (p place) of(doc *graph.Document) string {
	kind := doc.Nodes[p.node].Kind
	for _, field := range kindsByName[kind].Fields {
		if p.field == field.Path || strings.HasPrefix(p.field, field.Path+".") {
			return kind + " " + field.Path
		}
	}
	return ""
}

// TestEveryTextFieldIsAttacked keeps new kinds and fields from being left out of the tests of containment.
func TestEveryTextFieldIsAttacked(t *testing.T) {
	known := map[string]bool{}
	for _, at := range attackedPlaces(t) {
		known[at.of(at.doc)] = true
	}
	for _, kind := range Kinds() {
		for _, field := range kind.Fields {
			if field.Type != graph.BooleanField && !known[kind.Kind+" "+field.Path] {
				t.Errorf("no case under testdata/compile without errors fills in %s of %s", field.Path, kind.Kind)
			}
		}
	}
	for _, kind := range []graph.FieldType{
		graph.TextField, graph.ExpressionField, graph.SQLField, graph.EnumField, graph.ColumnField, graph.ColumnListField, graph.ExpressionListField,
		graph.NamedExpressionsField, graph.TableColumnsField, graph.OptionsField, graph.FunctionField, graph.ColumnListsField, graph.OrderByField,
		graph.ValueRowsField, graph.HintListField,
	} {
		if !slices.ContainsFunc(places(everyField()), func(p place) bool { return p.typ == kind }) {
			t.Errorf("no text of type %s was found", kind)
		}
	}
}

// TestEveryTextIsTraced holds that a position of Flink's finds each field that a statement was made of.
func TestEveryTextIsTraced(t *testing.T) {
	doc := everyField()
	script := Compile(doc, Options{})
	if graph.HasErrors(script.Diagnostics) {
		t.Fatalf("%s\n%s", listing(doc, script.Diagnostics), script.Text)
	}
	traced, compiled := map[string]bool{}, map[string]bool{}
	for _, s := range script.Statements {
		compiled[s.Node] = true
		for _, piece := range s.Pieces {
			traced[s.Node+"."+piece.Field] = true
			field, _ := s.Locate(lineOf(s.SQL, piece.Start))
			if field != piece.Field { // a narrower piece begins there as well: the whole range is meant
				line, column := position(s.SQL, piece.Start)
				endLine, endColumn := position(s.SQL, piece.End-1)
				field, _ = s.Locate(line, column, endLine, endColumn)
			}
			names := strings.HasPrefix(piece.Field, "sets.") // a set names a dimension, whose own expression stands in its place
			if s.SQL[piece.Start:piece.End] != "" && field != piece.Field && (!names || !strings.HasPrefix(field, "dimensions.")) {
				t.Errorf("%s.%s is found as %q in\n%s", s.Node, piece.Field, field, s.SQL)
			}
		}
	}
	for _, p := range places(doc) {
		if compiled[p.node] && !p.key && !traced[p.String()] {
			t.Errorf("no piece of %s's statement is %s", p.node, p.field)
		}
	}
}

func lineOf(sql string, at int) (line, column, endLine, endColumn int) {
	line, column = position(sql, at)
	return line, column, line, column
}
