package compiler

import (
	"strings"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// TestScriptAndFieldsLeadToEachOther goes from the characters of fields to the script and back: each piece of each statement
// of the corpus, whole and token by token.
func TestScriptAndFieldsLeadToEachOther(t *testing.T) {
	went := 0
	check := func(name string, doc *graph.Document) {
		for _, s := range Compile(doc, Options{}).Statements {
			for _, piece := range s.Pieces {
				if !piece.exact() {
					continue
				}
				text := s.SQL[piece.Start:piece.End]
				tokens, _ := flinksql.Lex(text)
				if text != "" && text == fieldText(doc, s.Node, piece.Field) {
					tokens = append(tokens, flinksql.Token{End: len(text)})
				}
				for _, part := range tokens {
					want := graph.Span{Start: *piece.Offset + part.Start, End: *piece.Offset + part.End}
					field, span := s.Locate(rangeOf(s.SQL, piece.Start+part.Start, piece.Start+part.End))
					if field != piece.Field || span == nil || *span != want {
						t.Errorf("%s: %q of %s.%s comes back as %s %v, want %v in\n%s", name, text[part.Start:part.End], s.Node, piece.Field, field, span, want, s.SQL)
					}
					went++
				}
			}
		}
	}
	check("every field", everyField())
	for _, folder := range cases(t, "compile") {
		if doc, err := graph.Decode(read(t, folder, "pipeline.json")); err == nil {
			check(folder, doc)
		}
	}
	for _, folder := range cases(t, "import") {
		doc, _ := Import(string(read(t, folder, "script.sql")))
		check(folder, doc)
	}
	if went < 10_000 {
		t.Errorf("only %d places were looked at", went)
	}
}

// rangeOf counts as Calcite does: the end is the last character.
func rangeOf(sql string, start, end int) (line, column, endLine, endColumn int) {
	line, column = position(sql, start)
	endLine, endColumn = position(sql, end-len(lastRune(sql[start:end])))
	return line, column, endLine, endColumn
}

// TestErrorsWithoutPositionAreFoundByTheirSubject asks for what Flink's messages name.
func TestErrorsWithoutPositionAreFoundByTheirSubject(t *testing.T) {
	doc := everyField()
	doc.Nodes["filter"].Config["condition"] = "UPPER(v) = 'ä' AND id + 1 > 2 AND id IN (SELECT 1) AND (id - 1) - 2 > 0"
	doc.Nodes["pattern"].Config["define"] = append(named("F", "F.id LIKE 5"), named("G", "CAST(G.id AS DATE) IS NULL")...)
	statements := map[string]Statement{}
	for _, s := range Compile(doc, Options{}).Statements {
		if !s.Insert {
			statements[s.Node] = s
		}
	}
	cases := []struct{ node, subject, field, span string }{
		{"filter", "upper", "condition", "UPPER(v)"},
		{"filter", "+", "condition", "id + 1"},
		{"filter", "-", "condition", ""}, // two of them
		{"filter", "IN", "condition", "id IN (SELECT 1)"},
		{"filter", "nowhere to be seen", "condition", ""}, // the only field
		{"pattern", "LIKE", "define.0.expression", "F.id LIKE 5"},
		{"pattern", "CAST", "define.1.expression", "CAST(G.id AS DATE)"},
		{"pattern", "DEFINE", "define", ""},
		{"pattern", "nope", "", ""},
		{"source", "topic", "table.options.topic", ""},
		{"source", "WATERMARK FOR", "table.watermark.column", "ts"},
		{"source", "WATERMARK", "table.watermark.expression", "ts - INTERVAL '1' SECOND"},
		{"options", "rows-per-second", "hints.rows-per-second", ""},
		{"cumulated", "DESCRIPTOR", "timeColumn", "ts"},
		{"aggregate", "COUNT", "", ""}, // aggregates and having
		{"values", "", "", ""},
	}
	for _, c := range cases {
		spanned := ""
		field, span := statements[c.node].Find(c.subject, 0, 0)
		if span != nil {
			spanned = fieldText(doc, c.node, field)[span.Start:span.End]
		}
		if field != c.field || spanned != c.span {
			t.Errorf("%s of %s is %q in %q, want %q in %q", c.subject, c.node, spanned, field, c.span, c.field)
		}
	}
}

// TestRangesAreMadeWhole gives ranges of which Flink knows only the end, or leaves out the closing bracket.
func TestRangesAreMadeWhole(t *testing.T) {
	const condition = "id IN (SELECT 1) AND (id - 1) - 2 > 0"
	doc := everyField()
	doc.Nodes["filter"].Config["condition"] = condition
	var s Statement
	for _, other := range Compile(doc, Options{}).Statements {
		if other.Node == "filter" {
			s = other
		}
	}
	at := strings.Index(s.SQL, condition)
	_, _, line, column := rangeOf(s.SQL, at, at+strings.Index(condition, ") - 2"))
	if field, span := s.Find("-", line, column); field != "condition" || span == nil || condition[span.Start:span.End] != "id - 1" {
		t.Errorf("by its end: %s %v", field, span)
	}
	if field, span := s.Locate(rangeOf(s.SQL, at, at+strings.Index(condition, ") AND"))); field != "condition" || span == nil || condition[span.Start:span.End] != "id IN (SELECT 1)" {
		t.Errorf("without the closing bracket: %s %v", field, span)
	}
}
