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

var texts = flag.Int("texts", 100, "how many hostile texts go through each field")

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

// furtherFields are texts outside the kinds' fields, and pairs of fields that only together make a statement.
var furtherFields = map[string]func(doc *graph.Document, text string){
	"name":              func(d *graph.Document, s string) { d.Name = s },
	"settings key":      func(d *graph.Document, s string) { d.Settings["table."+s] = "x" },
	"bare settings key": func(d *graph.Document, s string) { d.Settings[s] = "x" },
	"settings value":    func(d *graph.Document, s string) { d.Settings["table.exec.state.ttl"] = s },
	"node name":         func(d *graph.Document, s string) { d.Nodes["filter"].Name = s },
	"kind":              func(d *graph.Document, s string) { d.Nodes["filter"].Kind = s },
	"port":              func(d *graph.Document, s string) { d.Edges[0].Port = s },
	"description":       func(d *graph.Document, s string) { d.Nodes["source"].Description = s },
	"description of an INSERT": func(d *graph.Document, s string) {
		d.Nodes["archive"].Description = s
	},
	"both of a select":   both(set("select", s2("columns", 0, "name")), set("select", s2("columns", 0, "expression"))),
	"query's inside":     func(d *graph.Document, s string) { set("sql", s2("query"))(d, "SELECT "+s+" FROM `select`") },
	"query with catalog": func(d *graph.Document, s string) { set("sql", s2("query"))(d, "SELECT * FROM cat "+s) },
	"catalog path part":  func(d *graph.Document, s string) { set("cat", s2("catalogTable"))(d, "a."+s+".c") },
	"behind a type":      func(d *graph.Document, s string) { set("source", s2("table", "columns", 0, "type"))(d, "ROW<a INT>"+s) },
	"event time":         both(set("source", s2("table", "watermark", "column")), set("source", s2("table", "columns", 2, "name"))),
	"primary key":        both(set("source", s2("table", "primaryKey", 0)), set("source", s2("table", "columns", 0, "name"))),
	"partitioned by":     both(set("source", s2("table", "partitionedBy", 0)), set("source", s2("table", "columns", 0, "name"))),
	"sink's written":     both(set("sink", s2("columns", 0)), set("sink", s2("table", "columns", 0, "name"))),
	"group of sets":      both(set("sets", s2("groupBy", 0)), set("sets", s2("sets", 0, 0))),
	"dimension of sets": both(set("sets", s2("dimensions", 0, "name")), func(d *graph.Document, s string) {
		set("sets", s2("sets", 0, 1))(d, s)
		set("sets", s2("sets", 1, 0))(d, s)
	}),
	"both of a dimension": both(set("aggregate", s2("dimensions", 0, "name")), set("aggregate", s2("dimensions", 0, "expression"))),
	"both of a join":      both(set("lookup", s2("columns", 0, "name")), set("lookup", s2("columns", 0, "expression"))),
	"frame's end": func(d *graph.Document, s string) {
		set("over", s2("frame"))(d, "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW "+s)
	},
	"pattern's end": func(d *graph.Document, s string) { set("pattern", s2("pattern"))(d, "F+ G "+s) },
	"hint's inside": func(d *graph.Document, s string) { set("lookup", s2("hints", 0))(d, "LOOKUP("+s+")") },
	"distribution's end": func(d *graph.Document, s string) {
		set("source", s2("table", "distribution"))(d, "BY (id) INTO 4 BUCKETS "+s)
	},
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

func shapesOf(script Script) map[string][]string {
	shapes := map[string][]string{}
	for _, s := range script.Statements {
		shapes[s.Node] = append(shapes[s.Node], shape(s))
	}
	return shapes
}

// alone is a document with a node and what stands before it.
func alone(doc *graph.Document, node string) *graph.Document {
	kept := map[string]bool{node: true}
	for range doc.Nodes {
		for _, edge := range doc.Edges {
			kept[edge.From] = kept[edge.From] || kept[edge.To]
		}
	}
	maps.DeleteFunc(doc.Nodes, func(id string, _ *graph.Node) bool { return !kept[id] })
	doc.Edges = slices.DeleteFunc(doc.Edges, func(edge graph.Edge) bool { return !kept[edge.From] || !kept[edge.To] })
	return doc
}

// attack puts hostile texts into one field and holds that nothing leaves its place: each statement has the shape that it
// has in the pipeline, or in the pipeline with the field empty or 1 (the first row is asked for in words of its own).
func attack(t *testing.T, field string, make func() *graph.Document, put func(*graph.Document, string)) (taken, refused int) {
	t.Helper()
	shapes := shapesOf(Compile(make(), Options{}))
	for _, harmless := range []string{"", "1"} {
		other := make()
		put(other, harmless)
		for node, more := range shapesOf(Compile(other, Options{})) {
			shapes[node] = append(shapes[node], more...)
		}
	}
	rounds := *texts
	if testing.Short() {
		rounds = 20
	}
	seed := uint64(len(field))*31 + uint64(field[len(field)-1])
	r := rand.New(rand.NewPCG(seed, seed))
	for range rounds {
		text := hostileText(r)
		doc := make()
		put(doc, text)
		script := Compile(doc, Options{})
		checkScript(t, doc, script)
		if graph.HasErrors(script.Diagnostics) {
			refused++
		} else {
			taken++
		}
		for _, s := range script.Statements {
			if got := shape(s); s.Node != "" && !otherShapes(field) && !slices.Contains(shapes[s.Node], got) {
				t.Errorf("%q made\n%s\nshape %q\nwant  %q", text, s.SQL, got, shapes[s.Node])
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
	run := func(t *testing.T, field string, make func() *graph.Document, put func(*graph.Document, string)) {
		fields++
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			yes, no := attack(t, field, make, put)
			taken.Add(int64(yes))
			refused.Add(int64(no))
		})
	}
	t.Run("fields", func(t *testing.T) {
		for field, put := range furtherFields {
			run(t, field, everyField, put)
		}
		for _, at := range attackedPlaces(t) {
			run(t, at.String(), at.make, at.put)
		}
	})
	t.Logf("%d texts in each of %d fields: %d taken, %d refused", *texts, fields, taken.Load(), refused.Load())
	if taken.Load() == 0 || refused.Load() == 0 {
		t.Error("the generator is one-sided")
	}
}
