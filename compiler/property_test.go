package compiler

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var texts = flag.Int("texts", 1000, "how many hostile texts go through each field")

var someExpressions = []string{
	"id", "a", "price * 2", "COUNT(*)", "left.id = right.id", "`value`", "CASE WHEN a > 1 THEN 'x;' ELSE E'\\'' END",
	"CAST(a AS ROW<x INT, y STRING>)", "a IS DISTINCT FROM b", "", "a > (", "a, b", "ts - INTERVAL '1' SECOND", "user",
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
	plain := rapid.SampledFrom([]string{"SELECT 1 AS a", "WITH x AS (SELECT 1) SELECT * FROM x", "ABS", "1 HOUR", "ts", "a.b"})
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

// hostile are pieces that hostile texts are put together from.
var hostile = []string{
	"'", "''", "`", "``", ";", "--", "//", "/*", "*/", "/**", "/*+", "/***/", "\n", "\r", "\r\n", "\x00", "\x1a", "\u2028", "\u0085", "\u00a0",
	"E'", "e'", "\\", "\\'", "_utf8'", "_a--b'", "N'", "X'", "U&'", "{d", "{fn", "}", "$", "a--b$c", "\"", "(", ")", "[", "]", "<", ">", ",", ".", "=",
	" ", " ", "a", "x", "1", "é", "名", "😀", "\u0301", "DROP TABLE x", "; DROP TABLE x; ", "END", "BEGIN", "EXECUTE STATEMENT SET BEGIN", "AS", "FROM", "SELECT",
	"INT", "STRING", "ROW<", "WITH (", "NOT ENFORCED", "INSERT INTO", "left.", "FOR SYSTEM_TIME AS OF", "\xff", "!=", "::",
}

func hostileText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(8) {
		b.WriteString(hostile[r.IntN(len(hostile))])
	}
	return b.String()
}

// textFields puts a text into every place of a document that takes one.
var textFields = map[string]func(doc *graph.Document, text string){
	"name":              func(d *graph.Document, s string) { d.Name = s },
	"settings key":      func(d *graph.Document, s string) { d.Settings["table."+s] = "x" },
	"bare settings key": func(d *graph.Document, s string) { d.Settings[s] = "x" },
	"settings value":    func(d *graph.Document, s string) { d.Settings["table.exec.state.ttl"] = s },
	"node name":         func(d *graph.Document, s string) { d.Nodes["filter"].Name = s },
	"kind":              func(d *graph.Document, s string) { d.Nodes["filter"].Kind = s },
	"port":              func(d *graph.Document, s string) { d.Edges[0].Port = s },
	"description":       func(d *graph.Document, s string) { d.Nodes["source"].Description = s },
	"description of an INSERT": func(d *graph.Document, s string) {
		d.Nodes["sink"].Description = s
		d.Nodes["sink"].Config = graph.Config{"catalogTable": "a.b"}
	},
	"condition":           set("filter", s2("condition")),
	"join condition":      set("join", s2("condition")),
	"join type":           set("join", s2("type")),
	"as of":               set("join", s2("asOf")),
	"select name":         set("select", s2("columns", 0, "name")),
	"select expression":   set("select", s2("columns", 0, "expression")),
	"both of a select":    both(set("select", s2("columns", 0, "name")), set("select", s2("columns", 0, "expression"))),
	"function":            set("udf", s2("function")),
	"argument":            set("udf", s2("arguments", 0)),
	"output":              set("udf", s2("output")),
	"time column":         set("window", s2("timeColumn")),
	"size":                set("window", s2("size")),
	"slide":               set("window", s2("slide")),
	"group by":            set("window", s2("groupBy", 0)),
	"aggregate name":      set("window", s2("aggregates", 0, "name")),
	"aggregate":           set("window", s2("aggregates", 0, "expression")),
	"query":               set("sql", s2("query")),
	"query's inside":      func(d *graph.Document, s string) { set("sql", s2("query"))(d, "SELECT "+s+" FROM `select`") },
	"query with catalog":  func(d *graph.Document, s string) { set("sql", s2("query"))(d, "SELECT * FROM cat "+s) },
	"catalog table":       set("cat", s2("catalogTable")),
	"catalog path part":   func(d *graph.Document, s string) { set("cat", s2("catalogTable"))(d, "a."+s+".c") },
	"column name":         set("source", s2("table", "columns", 0, "name")),
	"column type":         set("source", s2("table", "columns", 0, "type")),
	"behind a type":       func(d *graph.Document, s string) { set("source", s2("table", "columns", 0, "type"))(d, "ROW<a INT>"+s) },
	"computed column":     set("source", s2("table", "columns", 3, "expression")),
	"watermark column":    both(set("source", s2("table", "watermark", "column")), set("source", s2("table", "columns", 2, "name"))),
	"watermark":           set("source", s2("table", "watermark", "expression")),
	"primary key":         both(set("source", s2("table", "primaryKey", 0)), set("source", s2("table", "columns", 0, "name"))),
	"partitioned by":      both(set("source", s2("table", "partitionedBy", 0)), set("source", s2("table", "columns", 0, "name"))),
	"unknown partition":   set("source", s2("table", "partitionedBy", 0)),
	"option value":        set("source", s2("table", "options", "topic")),
	"connector":           set("source", s2("table", "options", "connector")),
	"option key":          func(d *graph.Document, s string) { set("source", s2("table", "options", s))(d, "x") },
	"sink's column":       set("sink", s2("table", "columns", 0, "name")),
	"sink's written":      both(set("sink", s2("columns", 0)), set("sink", s2("table", "columns", 0, "name"))),
	"unknown config key":  func(d *graph.Document, s string) { d.Nodes["filter"].Config[s] = s },
	"entry's unknown key": func(d *graph.Document, s string) { set("select", s2("columns", 0, s))(d, s) },
}

func s2(path ...any) []any { return path }

func both(a, b func(*graph.Document, string)) func(*graph.Document, string) {
	return func(d *graph.Document, s string) { a(d, s); b(d, s) }
}

func set(node string, path []any) func(*graph.Document, string) {
	return func(doc *graph.Document, text string) {
		at := any(map[string]any(doc.Nodes[node].Config))
		for i, step := range path {
			last := i == len(path)-1
			switch step := step.(type) {
			case int:
				if last {
					at.([]any)[step] = text
				} else {
					at = at.([]any)[step]
				}
			case string:
				if last {
					at.(map[string]any)[step] = text
				} else {
					at = at.(map[string]any)[step]
				}
			}
		}
	}
}

// everyField is a pipeline that compiles and has every field filled in.
func everyField() *graph.Document {
	type object = map[string]any
	doc := graph.New("every field")
	node := func(id, kind string, config graph.Config, inputs ...string) {
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: id, Config: config, Description: "About " + id}
		for i, input := range inputs {
			port := "in"
			if kind == "join" {
				port = []string{"left", "right"}[i]
			}
			doc.Edges = append(doc.Edges, graph.Edge{From: input, To: id, Port: port})
		}
	}
	node("source", "source", graph.Config{"table": object{
		"columns":       []any{object{"name": "id", "type": "INT"}, object{"name": "v", "type": "STRING"}, object{"name": "ts", "type": "TIMESTAMP(3)"}, object{"name": "c", "expression": "id + 1"}},
		"watermark":     object{"column": "ts", "expression": "ts - INTERVAL '1' SECOND"},
		"primaryKey":    []any{"id"},
		"partitionedBy": []any{"id"},
		"options":       object{"connector": "other", "topic": "x"},
	}})
	node("cat", "source", graph.Config{"catalogTable": "a.b.c"})
	node("filter", "filter", graph.Config{"condition": "id > 1"}, "source")
	node("join", "join", graph.Config{"type": "left", "condition": "left.id = right.id", "asOf": "ts"}, "filter", "cat")
	node("select", "select", graph.Config{"columns": []any{object{"name": "ts", "expression": "`filter`.ts"}, object{"name": "id", "expression": "id"}}}, "join")
	node("udf", "udf", graph.Config{"function": "abs", "arguments": []any{"id", "1"}, "output": "o"}, "select")
	node("window", "windowAggregate", graph.Config{
		"window": "hop", "timeColumn": "ts", "size": "10 MINUTE", "slide": "1 MINUTE", "groupBy": []any{"id"},
		"aggregates": []any{object{"name": "n", "expression": "COUNT(*)"}},
	}, "udf")
	node("sql", "sql", graph.Config{"query": "SELECT * FROM cat, `window`"}, "window", "cat")
	node("sink", "sink", graph.Config{"columns": []any{"id"}, "table": object{
		"columns": []any{object{"name": "id", "type": "INT"}}, "options": object{"connector": "print"},
	}}, "sql")
	return doc
}

// shape is what a statement looks like without the texts that come from fields: keywords, brackets and operators as they
// are, names as N, texts as T.
func shape(s Statement) string {
	tokens, fault := flinksql.Lex(s.SQL)
	if fault != nil {
		return "fault: " + fault.Summary
	}
	var b strings.Builder
	for _, t := range tokens {
		piece, inside := s.SQL[t.Start:t.End], false
		for _, p := range s.Pieces {
			inside = inside || t.Start >= p.Start && t.End <= p.End
			if t.Start < p.Start && t.End > p.Start || t.Start < p.End && t.End > p.End {
				return fmt.Sprintf("%q leaves field %s", piece, p.Field)
			}
		}
		switch {
		case inside:
		case t.Kind == flinksql.QuotedName || t.Kind == flinksql.Word && !flinksql.IsReserved(piece):
			b.WriteString(" N")
		case t.Kind == flinksql.Text:
			b.WriteString(" T")
		default:
			b.WriteString(" " + piece)
		}
	}
	return b.String()
}

// otherShapes are the fields that change what a statement looks like.
var otherShapes = map[string]bool{"catalog table": true, "option key": true, "connector": true, "description of an INSERT": true, "both of a select": true}

func TestNothingThatIsTypedLeavesItsPlace(t *testing.T) {
	rounds := *texts
	if testing.Short() {
		rounds = 100
	}
	base := everyField()
	want := Compile(base, Options{})
	if graph.HasErrors(want.Diagnostics) || len(want.Statements) != 9 {
		t.Fatalf("%s\n%s", listing(base, want.Diagnostics), want.Text)
	}
	shapes := map[string][]string{}
	for _, s := range want.Statements {
		shapes[s.Node] = append(shapes[s.Node], shape(s))
	}
	taken, refused := 0, 0
	for field, put := range textFields {
		t.Run(field, func(t *testing.T) {
			seed := uint64(len(field))*31 + uint64(field[0])
			r := rand.New(rand.NewPCG(seed, seed))
			for range rounds {
				text := hostileText(r)
				doc := everyField()
				put(doc, text)
				script := Compile(doc, Options{})
				checkScript(t, doc, script)
				if graph.HasErrors(script.Diagnostics) {
					refused++
				} else {
					taken++
				}
				for _, s := range script.Statements {
					if s.Node == "" || otherShapes[field] {
						continue
					}
					known := false
					for _, one := range shapes[s.Node] {
						known = known || one == shape(s)
					}
					if !known {
						t.Errorf("%q made\n%s\nshape %q\nwant  %q", text, s.SQL, shape(s), shapes[s.Node])
					}
				}
				if t.Failed() {
					t.Fatalf("by %q", text)
				}
			}
		})
	}
	t.Logf("%d texts in %d fields: %d taken, %d refused", rounds, len(textFields), taken, refused)
	if taken == 0 || refused == 0 {
		t.Error("the generator is one-sided")
	}
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
