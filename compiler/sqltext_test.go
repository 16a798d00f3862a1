package compiler

import (
	"reflect"
	"strings"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

func TestTableReferences(t *testing.T) {
	cases := []struct {
		sql  string
		want []string
	}{
		{"SELECT * FROM a", []string{"a"}},
		{"SELECT a FROM t, u AS x, `v w` JOIN w ON t.a = w.a, z WHERE a IN (SELECT b, c FROM y)", []string{"t", "u", "v w", "w", "z", "y"}},
		{"SELECT EXTRACT(DAY FROM a), TRIM(BOTH ' ' FROM b), SUBSTRING(c FROM 2) FROM t", []string{"t"}},
		{"SELECT a IS DISTINCT FROM b, c IS NOT DISTINCT FROM d FROM t", []string{"t"}},
		{"SELECT DISTINCT a FROM t", []string{"t"}},
		{"SELECT 'FROM a', `FROM b` FROM c -- FROM d\n/* FROM e */", []string{"c"}},
		{"WITH x AS (SELECT * FROM a), y (m, n) AS (SELECT * FROM x, b) SELECT * FROM y, x, c", []string{"a", "b", "c"}},
		{"WITH t AS (SELECT * FROM t) SELECT * FROM t", []string{"t"}},
		{"SELECT * FROM (WITH t AS (SELECT 1) SELECT * FROM t) AS q, t", []string{"t"}},
		{"SELECT * FROM a WINDOW b AS (PARTITION BY x), c AS (PARTITION BY y)", []string{"a"}},
		{"SELECT * FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' DAY))", []string{"a"}},
		{"SELECT * FROM TABLE(HOP(DATA => TABLE db.a, SLIDE => INTERVAL '1' DAY))", []string{"db.a/"}},
		{"SELECT * FROM a, LATERAL TABLE(f(x)) AS t (y), UNNEST(z) AS u (v)", []string{"a"}},
		{"SELECT * FROM a JOIN b FOR SYSTEM_TIME AS OF a.ts AS c ON a.x = c.x, d", []string{"a", "b", "d"}},
		{"SELECT * FROM cat.db.t AS x, `a.b`.c", []string{"cat.db.t/", "a.b.c/"}},
		{"SELECT * FROM a UNION ALL SELECT b, c FROM d ORDER BY e, f LIMIT 1", []string{"a", "d"}},
		{"SELECT CAST(a AS TIMESTAMP(3) WITH LOCAL TIME ZONE), b FROM t", []string{"t"}},
		{"VALUES (1, 2), (3, 4)", nil},
	}
	for _, c := range cases {
		got := []string{}
		query, fault := flinksql.ParseQuery(c.sql)
		if fault != nil {
			t.Errorf("%s\n%v", c.sql, fault)
			continue
		}
		for _, r := range tableReferences(query) {
			name := pathPlain(r.Path)
			if len(r.Parts) > 1 {
				name += "/"
			}
			got = append(got, name)
		}
		if len(got)+len(c.want) > 0 && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\nnames %q, want %q", c.sql, got, c.want)
		}
	}
}

// located compiles the document and asks where a piece of the node's statement comes from.
func located(t *testing.T, doc *graph.Document, node, piece string) (field, spanned string) {
	t.Helper()
	for _, s := range Compile(doc, Options{}).Statements {
		if s.Node != node {
			continue
		}
		at := strings.Index(s.SQL, piece)
		if at < 0 {
			t.Fatalf("no %q in %s", piece, s.SQL)
		}
		line, column := position(s.SQL, at)
		endLine, endColumn := position(s.SQL, at+len(strings.TrimSuffix(piece, lastRune(piece))))
		field, span := s.Locate(line, column, endLine, endColumn)
		if span != nil {
			spanned = fieldText(doc, node, field)[span.Start:span.End]
		}
		return field, spanned
	}
	t.Fatalf("no statement of %s", node)
	return "", ""
}

func lastRune(s string) string { r := []rune(s); return string(r[len(r)-1]) }

// position counts as Java does: UTF-16 units, lines and columns from 1.
func position(sql string, at int) (line, column int) {
	before := sql[:at]
	line = 1 + strings.Count(before, "\n")
	for _, r := range before[strings.LastIndex(before, "\n")+1:] {
		column++
		if r > 0xffff {
			column++
		}
	}
	return line, column + 1
}

func TestErrorsAreLocatedInTheirField(t *testing.T) {
	doc := everyField()
	set := func(node, key string, value any) { doc.Nodes[node].Config[key] = value }
	set("filter", "condition", "'😀ä' <> v\n  AND größe > 'ü'")
	set("sql", "query", "\n\n  SELECT näme AS x\n  FROM `window`  ")
	doc.Edges = doc.Edges[:len(doc.Edges)-1]
	for i, edge := range doc.Edges {
		if edge.Key() == "cat->sql:in" {
			doc.Edges = append(doc.Edges[:i], doc.Edges[i+1:]...)
			break
		}
	}
	set("join", "condition", "left.id = right.id AND nope")
	cases := []struct{ node, piece, field, span string }{
		{"filter", "größe", "condition", "größe"},
		{"filter", "'ü'", "condition", "'ü'"},
		{"filter", "<> v", "condition", "<> v"},
		{"sql", "näme", "query", "näme"},
		{"join", "nope", "condition", "nope"},
		{"join", "`filter`.id", "condition", "left.id"},
		{"join", "cat.id AND", "condition", "right.id AND"},
		{"select", "`filter`.ts", "columns.0.expression", "`filter`.ts"},
		{"udf", "abs", "function", "abs"},
		{"window", "COUNT(*)", "aggregates.0.expression", "COUNT(*)"},
		{"window", "INTERVAL '10' MINUTE", "size", ""},
		{"window", "DESCRIPTOR", "", ""},
		{"source", "INT", "table.columns.0.type", "INT"},
		{"source", "id + 1", "table.columns.3.expression", "id + 1"},
		{"source", "ts - INTERVAL '1' SECOND", "table.watermark.expression", "ts - INTERVAL '1' SECOND"},
		{"source", "'other'", "table.options.connector", ""},
	}
	for _, c := range cases {
		if field, span := located(t, doc, c.node, c.piece); field != c.field || span != c.span {
			t.Errorf("%s of %s is %q in field %q, want %q in %q", c.piece, c.node, span, field, c.span, c.field)
		}
	}
}

func TestPositionsOutsideAreNowhere(t *testing.T) {
	s := Statement{SQL: "SELECT a\nFROM b", Pieces: []Piece{{Field: "query", Start: 0, End: 15, Offset: new(int)}}}
	for _, p := range [][4]int{{0, 0, 0, 0}, {3, 1, 3, 1}, {1, 10, 1, 10}, {-1, 5, 1, 5}} {
		if field, span := s.Locate(p[0], p[1], p[2], p[3]); field != "" || span != nil {
			t.Errorf("%v is %q %v", p, field, span)
		}
	}
	if field, span := s.Locate(2, 6, 0, 0); field != "query" || *span != (graph.Span{Start: 14, End: 15}) {
		t.Errorf("end unknown: %q %v", field, span)
	}
}
