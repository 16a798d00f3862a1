package compiler

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var texts = flag.Int("texts", 300, "how many hostile texts go through each field")

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

// attack is a way to put a text into a document: into the kind's field of a node or elsewhere.
type attack struct {
	node string // whose statement is attacked; "" where all nodes may be
	put  func(doc *graph.Document, text string)
}

// furtherFields are texts outside the kinds' fields, and pairs of fields that only together make a statement.
var furtherFields = map[string]attack{
	"name":              {"source", func(d *graph.Document, s string) { d.Name = s }},
	"settings key":      {"source", func(d *graph.Document, s string) { d.Settings["table."+s] = "x" }},
	"bare settings key": {"source", func(d *graph.Document, s string) { d.Settings[s] = "x" }},
	"settings value":    {"source", func(d *graph.Document, s string) { d.Settings["table.exec.state.ttl"] = s }},
	"node name":         {"", func(d *graph.Document, s string) { d.Nodes["filter"].Name = s }},
	"kind":              {"filter", func(d *graph.Document, s string) { d.Nodes["filter"].Kind = s }},
	"port":              {"filter", func(d *graph.Document, s string) { d.Edges[0].Port = s }},
	"description":       {"source", func(d *graph.Document, s string) { d.Nodes["source"].Description = s }},
	"description of an INSERT": {"archive", func(d *graph.Document, s string) {
		d.Nodes["archive"].Description = s
	}},
	"both of a select":    both("select", s2("columns", 0, "name"), s2("columns", 0, "expression")),
	"query's inside":      inside("sql", "SELECT ", " FROM `window`", "query"),
	"query with catalog":  inside("sql", "SELECT * FROM cat ", "", "query"),
	"catalog path part":   inside("cat", "a.", ".c", "catalogTable"),
	"behind a type":       inside("source", "ROW<a INT>", "", "table", "columns", 0, "type"),
	"event time":          both("source", s2("table", "watermark", "column"), s2("table", "columns", 2, "name")),
	"primary key":         both("source", s2("table", "primaryKey", 0), s2("table", "columns", 0, "name")),
	"partitioned by":      both("source", s2("table", "partitionedBy", 0), s2("table", "columns", 0, "name")),
	"sink's written":      both("sink", s2("columns", 0), s2("table", "columns", 0, "name")),
	"group of sets":       both("sets", s2("groupBy", 0), s2("sets", 0, 0)),
	"dimension of sets":   both("sets", s2("dimensions", 0, "name"), s2("sets", 0, 1), s2("sets", 1, 0)),
	"both of a dimension": both("aggregate", s2("dimensions", 0, "name"), s2("dimensions", 0, "expression")),
	"both of a join":      both("lookup", s2("columns", 0, "name"), s2("columns", 0, "expression")),
	"frame's end":         inside("over", "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW ", "", "frame"),
	"pattern's end":       inside("pattern", "F+ G ", "", "pattern"),
	"hint's inside":       inside("lookup", "LOOKUP(", ")", "hints", 0),
	"distribution's end":  inside("source", "BY (id) INTO 4 BUCKETS ", "", "table", "distribution"),
	"unknown config key":  {"filter", func(d *graph.Document, s string) { d.Nodes["filter"].Config[s] = s }},
	"entry's unknown key": {"select", func(d *graph.Document, s string) { set("select", s2("columns", 0, s))(d, s) }},
}

func s2(path ...any) []any { return path }

// both puts the text into several fields of a node.
func both(node string, paths ...[]any) attack {
	return attack{node, func(doc *graph.Document, text string) {
		for _, path := range paths {
			set(node, path)(doc, text)
		}
	}}
}

// inside puts the text between two others.
func inside(node, before, behind string, path ...any) attack {
	return attack{node, func(doc *graph.Document, text string) { set(node, path)(doc, before+text+behind) }}
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

// shape is what a statement looks like without the texts that come from fields: keywords, brackets and operators as they
// are, names as N, texts as T.
func shape(s Statement) string {
	tokens, fault := flinksql.Lex(s.SQL)
	if fault != nil {
		return "fault: " + fault.Summary
	}
	var b strings.Builder
	for _, t := range withHints(s.SQL, tokens) {
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

// withHints puts the tokens of hints in the place of the hints, which are comments to the lexer.
func withHints(sql string, tokens []flinksql.Token) []flinksql.Token {
	var all []flinksql.Token
	for _, t := range tokens {
		if t.Kind != flinksql.Comment || !strings.HasPrefix(sql[t.Start:], "/*+") {
			all = append(all, t)
			continue
		}
		start, end := t.Start+len("/*+"), t.End-len("*/")
		inside, fault := flinksql.Lex(sql[start:end])
		if fault != nil {
			return append(all, t)
		}
		for _, one := range inside {
			one.Start, one.End = one.Start+start, one.End+start
			all = append(all, one)
		}
	}
	return all
}

// otherShapes tells the texts that may change what a statement looks like: paths of one to three parts, option keys, columns
// that keep their name.
func otherShapes(field string) bool {
	return strings.HasPrefix(field, "both of ") || strings.HasSuffix(field, ".catalogTable") || strings.HasSuffix(field, " key") || strings.HasSuffix(field, ".connector") ||
		field == "description of an INSERT"
}

// looks are what the statements of each node may look like.
type looks map[string][]string

func (l looks) add(script Script) {
	found := parsed(script)
	for i, s := range script.Statements {
		if look := shape(s) + "\n" + outline(s, found.statements[i]); !slices.Contains(l[s.Node], look) {
			l[s.Node] = append(l[s.Node], look)
		}
	}
}

// alone is a document with a node, its inputs and a node behind it that names all of its columns. Inputs that come late in a
// pipeline are replaced by what has the same columns, as nothing else of them reaches the node's statement.
func alone(tb testing.TB, doc *graph.Document, node string) *graph.Document {
	tb.Helper()
	whole := Compile(doc, Options{})
	small := doc.Clone()
	kept := map[string]bool{node: true}
	for _, edge := range doc.Inputs()[node] {
		kept[edge.From] = true
		if len(doc.Inputs()[edge.From]) > 0 {
			small.Nodes[edge.From] = standIn(doc.Nodes[edge.From].Name, whole.Columns[edge.From], typesOf(doc, edge.From))
		}
	}
	maps.DeleteFunc(small.Nodes, func(id string, _ *graph.Node) bool { return !kept[id] })
	small.Edges = slices.DeleteFunc(small.Edges, func(edge graph.Edge) bool { return edge.To != node })
	if kindsByName[small.Nodes[node].Kind].Output {
		small.Nodes["behind"] = &graph.Node{Kind: "deduplicate", Name: "behind", Config: graph.Config{"keys": []any{"k"}, "orderBy": "t", "keep": "last"}}
		small.Edges = append(small.Edges, graph.Edge{From: node, To: "behind", Port: "in"})
	}
	statement := func(script Script) (all []string) {
		for _, s := range script.Statements {
			if s.Node == node {
				all = append(all, s.SQL)
			}
		}
		return all
	}
	if want, got := statement(whole), statement(Compile(small, Options{})); !slices.Equal(want, got) {
		tb.Fatalf("%s alone is %q, not %q\n%v", node, got, want, Compile(small, Options{}).Diagnostics)
	}
	return small
}

// standIn is a node without inputs that has the columns, which are unknown where columns is nil, and their types as far as
// these are known.
func standIn(name string, columns []string, types map[string]string) *graph.Node {
	if columns == nil {
		return &graph.Node{Kind: "sql", Name: name, Config: graph.Config{"query": "SELECT 1"}}
	}
	var list []any
	for _, column := range columns {
		one := object{"name": column, "type": types[column]}
		if types[column] == "" {
			one = object{"name": column, "expression": "1 + 1"}
		}
		list = append(list, one)
	}
	return &graph.Node{Kind: "source", Name: name, Config: graph.Config{"table": object{"columns": list, "options": object{"connector": "other"}}}}
}

// run puts hostile texts into one field and holds that nothing leaves its place: each statement has the shape that it has in
// the pipeline, or in the pipeline with the field empty or 1 (the first row is asked for in words of its own).
func (a attack) run(t *testing.T, field string, base *graph.Document) (taken, refused int) {
	t.Helper()
	known := looks{}
	asItWas := Compile(base, Options{})
	known.add(asItWas)
	same := map[string]bool{} // statements that no text has changed
	for _, s := range asItWas.Statements {
		same[s.SQL] = true
	}
	for _, harmless := range []string{"", "1"} {
		other := base.Clone()
		a.put(other, harmless)
		known.add(Compile(other, Options{}))
	}
	rounds := *texts
	if testing.Short() {
		rounds = 20
	}
	seed := uint64(len(field))*31 + uint64(field[len(field)-1])
	r := rand.New(rand.NewPCG(seed, seed))
	tried := make(map[string]bool, rounds)
	for len(tried) < rounds {
		text := hostileText(r)
		if tried[text] {
			continue
		}
		tried[text] = true
		doc := base.Clone()
		a.put(doc, text)
		script := Compile(doc, Options{})
		found := checkScript(t, doc, script)
		if graph.HasErrors(script.Diagnostics) {
			refused++
		} else {
			taken++
		}
		for i, s := range script.Statements {
			if s.Node == "" || otherShapes(field) || same[s.SQL] {
				continue
			}
			if got := shape(s) + "\n" + outline(s, found.statements[i]); !slices.Contains(known[s.Node], got) {
				t.Errorf("%q made\n%s\nshape %q\nwant  %q", text, s.SQL, got, known[s.Node])
			}
		}
		if t.Failed() {
			t.Fatalf("by %q", text)
		}
	}
	return taken, refused
}

func TestNothingThatIsTypedLeavesItsPlace(t *testing.T) {
	base := everyField()
	if want := Compile(base, Options{}); graph.HasErrors(want.Diagnostics) {
		t.Fatalf("%s\n%s", listing(base, want.Diagnostics), want.Text)
	}
	var taken, refused atomic.Int64
	fields := 0
	run := func(t *testing.T, field string, a attack, base *graph.Document) {
		fields++
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			yes, no := a.run(t, field, base)
			taken.Add(int64(yes))
			refused.Add(int64(no))
		})
	}
	t.Run("fields", func(t *testing.T) {
		for field, a := range furtherFields {
			if a.node == "" {
				run(t, field, a, base)
			} else {
				run(t, field, a, alone(t, base, a.node))
			}
		}
		for _, at := range attackedPlaces(t) {
			run(t, at.String(), attack{at.node, at.put}, alone(t, at.doc, at.node))
		}
	})
	t.Logf("%d texts in each of %d fields: %d taken, %d refused", *texts, fields, taken.Load(), refused.Load())
	if taken.Load() == 0 || refused.Load() == 0 {
		t.Error("the generator is one-sided")
	}
}
