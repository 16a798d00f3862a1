package compiler

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"millrace/graph"
)

var someExpressions = []string{
	"id", "a", "price * 2", "COUNT(*)", "left.id = right.id", "`value`", "CASE WHEN a > 1 THEN 'x;' ELSE E'\\'' END",
	"LAG(a)", "TUMBLE(ts, INTERVAL '1' HOUR)", "left.a", "CAST(a AS ROW<x INT, y STRING>)", "a IS DISTINCT FROM b", "", "a > (", "a, b", "ts - INTERVAL '1' SECOND", "user",
}

func someText() *rapid.Generator[string] {
	texts := rapid.OneOf(rapid.SampledFrom(someExpressions), rapid.SampledFrom(hostile), rapid.String())
	return rapid.Map(texts, func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }) // as JSON has it
}

// configs makes a config of the kind from its description; most of them compile.
func configs(kind graph.Kind) *rapid.Generator[graph.Config] {
	return rapid.Custom(func(t *rapid.T) graph.Config {
		config := graph.Config{}
		for _, field := range kind.Fields {
			if !field.Required && rapid.Bool().Draw(t, "leave out "+field.Path) {
				continue
			}
			object, keys := map[string]any(config), strings.Split(field.Path, ".")
			for _, key := range keys[:len(keys)-1] {
				child, _ := object[key].(map[string]any)
				if child == nil {
					child = map[string]any{}
					object[key] = child
				}
				object = child
			}
			object[keys[len(keys)-1]] = fieldValues(field).Draw(t, field.Path)
		}
		return config
	})
}

func fieldValues(field graph.Field) *rapid.Generator[any] {
	name := rapid.OneOf(rapid.SampledFrom([]string{"id", "a", "b", "value", "ts", "two words"}), someText())
	list := func(item func(*rapid.T) any) *rapid.Generator[any] {
		return rapid.Custom(func(t *rapid.T) any { return rapid.SliceOfN(rapid.Custom(item), 0, 3).Draw(t, "list") })
	}
	switch field.Type {
	case graph.BooleanField:
		return rapid.Map(rapid.Bool(), func(b bool) any { return b })
	case graph.EnumField:
		return rapid.Map(rapid.SampledFrom(field.Values), func(v graph.Value) any { return v.Value })
	case graph.ColumnListsField:
		return list(func(t *rapid.T) any {
			return rapid.SliceOfN(rapid.Map(name, func(s string) any { return s }), 0, 3).Draw(t, "set")
		})
	case graph.ValueRowsField:
		return list(func(t *rapid.T) any {
			return rapid.SliceOfN(rapid.Map(someText(), func(s string) any { return s }), 1, 2).Draw(t, "row")
		})
	case graph.OrderByField:
		return list(func(t *rapid.T) any {
			key := map[string]any{"expression": someText().Draw(t, "expression")}
			if rapid.Bool().Draw(t, "directed") {
				key["direction"] = rapid.SampledFrom([]string{"asc", "desc"}).Draw(t, "direction")
				key["nulls"] = rapid.SampledFrom([]string{"first", "last"}).Draw(t, "nulls")
			}
			return key
		})
	case graph.HintListField:
		hint := rapid.OneOf(rapid.SampledFrom([]string{"STATE_TTL('left' = '1d')", "BROADCAST(right)", "NEST_LOOP"}), someText())
		return list(func(t *rapid.T) any { return hint.Draw(t, "hint") })
	case graph.ColumnListField:
		return list(func(t *rapid.T) any { return name.Draw(t, "column") })
	case graph.ExpressionListField:
		return list(func(t *rapid.T) any { return someText().Draw(t, "expression") })
	case graph.NamedExpressionsField:
		return list(func(t *rapid.T) any {
			return map[string]any{"name": name.Draw(t, "name"), "expression": someText().Draw(t, "expression")}
		})
	case graph.TableColumnsField:
		return list(func(t *rapid.T) any {
			if rapid.Bool().Draw(t, "computed") {
				return map[string]any{"name": name.Draw(t, "name"), "expression": someText().Draw(t, "expression")}
			}
			typ := rapid.OneOf(rapid.SampledFrom([]string{"INT", "STRING", "ROW<a INT, b STRING>", "TIMESTAMP(3)"}), someText())
			return map[string]any{"name": name.Draw(t, "name"), "type": typ.Draw(t, "type")}
		})
	case graph.OptionsField:
		return rapid.Custom(func(t *rapid.T) any {
			options := map[string]any{"connector": rapid.SampledFrom([]string{"datagen", "print", "filesystem", "other"}).Draw(t, "connector")}
			for range rapid.IntRange(0, 2).Draw(t, "options") {
				options[someText().Draw(t, "key")] = someText().Draw(t, "value")
			}
			return options
		})
	}
	plain := rapid.SampledFrom([]string{
		"SELECT 1 AS a", "WITH x AS (SELECT 1) SELECT * FROM x", "ABS", "1 HOUR", "ts", "a.b", "3", "A B+ C", "SKIP PAST LAST ROW",
		"ROWS BETWEEN 2 PRECEDING AND CURRENT ROW", "BY HASH (id) INTO 4 BUCKETS",
	})
	return rapid.Map(rapid.OneOf(plain, someText()), func(s string) any { return s })
}

// pipelines are graphs over all kinds; edges run from earlier nodes to later ones, into ports that exist, most of the time.
func pipelines() *rapid.Generator[*graph.Document] {
	return rapid.Custom(func(t *rapid.T) *graph.Document {
		doc := graph.New(rapid.String().Draw(t, "name"))
		doc.Mode = rapid.SampledFrom([]graph.Mode{graph.Streaming, graph.Batch}).Draw(t, "mode")
		doc.Settings = rapid.MapOfN(rapid.OneOf(rapid.Just("table.exec.state.ttl"), someText()), someText(), 0, 2).Draw(t, "settings")
		var ids []string
		for i := range rapid.IntRange(0, 8).Draw(t, "nodes") {
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			if len(ids) == 0 {
				kind = source
			}
			id := fmt.Sprintf("%s-%d", kind.Kind.Kind, i)
			name := rapid.OneOf(rapid.Just(fmt.Sprintf("n%d", i)), rapid.SampledFrom([]string{"value", "größe", "a-b", "a$b", "user"}), someText()).Draw(t, "name")
			doc.Nodes[id] = &graph.Node{Kind: kind.Kind.Kind, Name: name, Config: configs(kind.Kind).Draw(t, "config"), Description: someText().Draw(t, "description")}
			for _, port := range kind.Inputs {
				if len(ids) > 0 && (port.Required || rapid.Bool().Draw(t, "connect")) {
					doc.Edges = append(doc.Edges, graph.Edge{From: rapid.SampledFrom(ids).Draw(t, "from"), To: id, Port: port.Name})
					if port.Many && rapid.Bool().Draw(t, "another") {
						doc.Edges = append(doc.Edges, graph.Edge{From: rapid.SampledFrom(ids).Draw(t, "from"), To: id, Port: port.Name})
					}
				}
			}
			if kind.Output || rapid.IntRange(0, 9).Draw(t, "behind a sink") == 0 {
				ids = append(ids, id)
			}
		}
		if len(ids) > 1 && rapid.IntRange(0, 9).Draw(t, "odd edge") == 0 {
			doc.Edges = append(doc.Edges, graph.Edge{From: rapid.SampledFrom(ids).Draw(t, "odd from"), To: rapid.SampledFrom(ids).Draw(t, "odd to"), Port: "in"})
		}
		return doc
	})
}

func TestRandomGraphsCompileToTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := pipelines().Draw(t, "pipeline")
		before := doc.Encode()
		first := Compile(doc, Options{})
		if !bytes.Equal(before, doc.Encode()) {
			t.Fatal("compiling changed the document")
		}
		checkScript(t, doc, first)
		loaded, err := graph.Decode(before)
		if err != nil {
			t.Fatal(err)
		}
		for _, again := range []*graph.Document{doc, loaded} {
			if second := Compile(again, Options{}); second.Text != first.Text || fmt.Sprint(second.Diagnostics) != fmt.Sprint(first.Diagnostics) {
				t.Fatalf("first:\n%s\nsecond:\n%s", first.Text, second.Text)
			}
		}
	})
}

func TestNodesWithErrorsAndWhatStandsBehindHaveNoStatement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := pipelines().Draw(t, "pipeline")
		script := Compile(doc, Options{})
		broken := map[string]bool{}
		for _, d := range script.Diagnostics {
			broken[d.Node] = broken[d.Node] || d.Severity == graph.Error
		}
		for range doc.Nodes {
			for _, edge := range doc.Edges {
				broken[edge.To] = broken[edge.To] || broken[edge.From]
			}
		}
		has := map[string]bool{}
		for _, statement := range script.Statements {
			has[statement.Node] = true
			if statement.Node != "" && broken[statement.Node] {
				t.Fatalf("%s has errors and a statement:\n%s", statement.Node, statement.SQL)
			}
		}
		for id, node := range doc.Nodes {
			_, isCatalog := node.Config.At("catalogTable")
			if !broken[id] && !has[id] && (!isCatalog || node.Kind != "source") {
				t.Fatalf("%s has no errors and no statement", id)
			}
			if _, has := script.References[id]; has == (broken[id] || node.Kind == "sink") {
				t.Fatalf("%s: reference %v, broken %v", id, has, broken[id])
			}
		}
	})
}

func TestImportNeverPanicsAndWhatItTakesCompiles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	statements := []string{
		"CREATE TABLE t (a INT, b AS a < 1, WATERMARK FOR ts AS ts) WITH ('connector' = 'print');", "CREATE VIEW v AS SELECT * FROM t;",
		"INSERT INTO t SELECT * FROM v;", "EXECUTE STATEMENT SET BEGIN", "END;", "SET 'a' = 'b';", "WITH x AS (SELECT 1) SELECT * FROM x", "FROM a, b",
	}
	for range 20_000 {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteString(hostileText(r) + statements[r.IntN(len(statements))])
		}
		doc, _ := Import(b.String())
		loaded, err := graph.Decode(doc.Encode())
		if err != nil {
			t.Fatalf("%q became %s: %v", b.String(), doc.Encode(), err)
		}
		if !bytes.Equal(loaded.Encode(), doc.Encode()) {
			t.Fatalf("%q became a document that is not canonical", b.String())
		}
		checkScript(t, doc, Compile(doc, Options{}))
	}
}

// FuzzCompile holds for any document: its script parses to the statements, tables and options that were put into it.
func FuzzCompile(f *testing.F) {
	f.Add(everyField().Encode())
	for _, folder := range cases(f, "compile") {
		f.Add(read(f, folder, "pipeline.json"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := graph.Decode(data); err == nil {
			checkScript(t, doc, Compile(doc, Options{}))
		}
	})
}

func FuzzImport(f *testing.F) {
	for _, folder := range cases(f, "import") {
		f.Add(string(read(f, folder, "script.sql")))
	}
	f.Fuzz(func(t *testing.T, script string) {
		doc, _ := Import(script)
		loaded, err := graph.Decode(doc.Encode())
		if err != nil {
			t.Fatal(err)
		}
		compiled := Compile(loaded, Options{})
		checkScript(t, loaded, compiled)
	})
}
