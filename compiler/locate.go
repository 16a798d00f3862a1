package compiler

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Piece says which bytes of a statement came from which field. Pieces come in the order of the text; of two that overlap,
// the one inside is the narrower answer.
type Piece struct {
	Field string `json:"field"` // dotted config path; list entries carry their index, e.g. "columns.0.expression"
	Start int    `json:"start"` // bytes in the statement's SQL
	End   int    `json:"end"`
	// Offset is how many bytes of the field's text stand before the piece; absent when the piece is made from the whole field
	// and is not its text: '15 minutes' as INTERVAL '15' MINUTE.
	Offset *int `json:"offset,omitempty" doc:"Bytes of the field's text before the piece; absent when the piece stands for the whole field in other words"`
	// Length is how many bytes of the field's text the piece stands for; absent when they are the piece's own. A port's name
	// that was replaced by its input's has one.
	Length *int `json:"length,omitempty" doc:"Bytes of the field's text that the piece stands for; absent when the piece is these very bytes"`
}

// exact tells whether the piece is the field's own bytes, so that positions carry over.
func (p Piece) exact() bool { return p.Offset != nil && p.Length == nil }

// before maps the beginning of a range in the statement to the field's text.
func (p Piece) before(start int) int {
	if p.exact() {
		return *p.Offset + start - p.Start
	}
	return *p.Offset
}

// behind maps the end of a range in the statement to the field's text.
func (p Piece) behind(end int) int {
	if p.exact() {
		return *p.Offset + min(end, p.End) - p.Start
	}
	return *p.Offset + *p.Length
}

// Locate finds the field that a range in an error of Flink's belongs to. Lines and columns are 1-based in UTF-16 units, the
// end inclusive, as Calcite counts them; a single character stands for the token that it is in. The span is nil when the
// whole field is meant. A range that begins in no field belongs to the one field that it holds, if it is one.
func (s Statement) Locate(line, column, endLine, endColumn int) (field string, span *graph.Span) {
	start := offsetOf(s.SQL, line, column)
	if start < 0 {
		return "", nil
	}
	end := offsetOf(s.SQL, endLine, endColumn)
	if end <= start {
		return s.at(start, tokenEnd(s.SQL, start))
	}
	_, size := utf8.DecodeRuneInString(s.SQL[end:])
	return s.at(s.balanced(start, end+size))
}

// at is Locate in bytes.
func (s Statement) at(start, end int) (field string, span *graph.Span) {
	first := -1
	for i, piece := range s.Pieces {
		if piece.Start == start && piece.End == end { // the very range
			first = i
			break
		}
		if start >= piece.Start && start < piece.End && (first < 0 || piece.within(s.Pieces[first])) {
			first = i
		}
	}
	if first < 0 {
		return s.only(start, end), nil
	}
	from, last := s.Pieces[first], s.Pieces[first]
	for _, next := range s.Pieces[first+1:] { // the field goes on where a port's name was replaced
		if next.Field == last.Field && next.Start == last.End && next.Start < end {
			last = next
		}
	}
	if from.Offset != nil && last.Offset != nil {
		span = &graph.Span{Start: from.before(start), End: last.behind(end)}
	}
	return from.Field, span
}

func (p Piece) within(outer Piece) bool {
	size, outerSize := p.End-p.Start, outer.End-outer.Start
	return size < outerSize || size == outerSize && p.exact() && !outer.exact()
}

// only is the field that all pieces in a range share: a field, the list that they are entries of, or "" for none.
func (s Statement) only(start, end int) string {
	shared, found := "", false
	for _, piece := range s.Pieces {
		switch {
		case piece.Start >= end || piece.End <= start || piece.Field == "name":
		case !found:
			shared, found = piece.Field, true
		default:
			shared = commonPath(shared, piece.Field)
		}
	}
	return shared
}

func commonPath(a, b string) string {
	for a != b {
		if len(a) < len(b) {
			a, b = b, a
		}
		a = a[:max(strings.LastIndexByte(a, '.'), 0)]
	}
	return a
}

// tokenEnd is the end of the token that an offset lies in, at least one character on.
func tokenEnd(sql string, at int) int {
	tokens, _ := flinksql.Lex(sql)
	for _, t := range tokens {
		if t.Start <= at && at < t.End && t.Kind != flinksql.Comment { // a hint is one, and holds texts of a field
			return t.End
		}
	}
	_, size := utf8.DecodeRuneInString(sql[at:])
	return at + size
}

func offsetOf(sql string, line, column int) int {
	if line < 1 || column < 1 {
		return -1
	}
	for i, r := range sql {
		if line == 1 {
			if column -= utf16.RuneLen(r); column <= 0 {
				return i
			}
		}
		if r == '\n' || r == '\r' && !strings.HasPrefix(sql[i:], "\r\n") {
			if line == 1 {
				return -1
			}
			line--
		}
	}
	return -1
}
