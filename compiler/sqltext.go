package compiler

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// clauseWord tells whether a word that stands bare outside brackets ends an expression.
func clauseWord(name string) bool {
	switch strings.ToUpper(name) {
	case "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT",
		"EXCEPT", "MINUS", "JOIN", "ON", "QUALIFY", "INSERT", "WITH", "VALUES", "SET":
		return true
	}
	return false
}

// Piece says which bytes of a statement came from which field.
type Piece struct {
	Field  string `json:"field"` // dotted config path; list entries carry their index, e.g. "columns.0.expression"
	Start  int    `json:"start"` // bytes in the statement's SQL
	End    int    `json:"end"`
	exact  bool   // the bytes are the field's own, so that positions carry over
	offset int    // of an exact piece: the bytes of the field's text before it, which were left out
}

// writer makes the text of one statement and remembers which field each piece came from.
type writer struct {
	b      strings.Builder
	pieces []Piece
}

func (w *writer) write(parts ...string) {
	for _, part := range parts {
		w.b.WriteString(part)
	}
}

// field writes a user's text as it is; it has been checked before.
func (w *writer) field(path, text string) { w.piece(path, text, true) }

// derived writes a text made from a field's.
func (w *writer) derived(path, text string) { w.piece(path, text, false) }

// name writes a user's name, quoted where it must be.
func (w *writer) name(path, name string) { w.piece(path, flinksql.Quote(name), flinksql.IsBare(name)) }

func (w *writer) piece(path, text string, exact bool) {
	start := w.b.Len()
	w.b.WriteString(text)
	w.pieces = append(w.pieces, Piece{Field: path, Start: start, End: w.b.Len(), exact: exact})
}

// list writes n items, one a line, with commas between them.
func (w *writer) list(n int, item func(i int)) {
	for i := range n {
		if i > 0 {
			w.write(",")
		}
		w.write("\n  ")
		item(i)
	}
}

// lines writes items like list does.
func (w *writer) lines(items []func()) { w.list(len(items), func(i int) { items[i]() }) }

// Locate finds the field that an error position of Flink's belongs to. Lines and columns are 1-based in UTF-16 units, the
// end inclusive, as Calcite counts them; a span is given when the position lies inside one field.
func (s Statement) Locate(line, column, endLine, endColumn int) (field string, span *graph.Span) {
	start := offsetOf(s.SQL, line, column)
	end := offsetOf(s.SQL, endLine, endColumn)
	if start < 0 {
		return "", nil
	}
	if end < start {
		end = start
	}
	for _, piece := range s.Pieces {
		if start >= piece.Start && start < piece.End {
			if piece.exact {
				_, size := utf8.DecodeRuneInString(s.SQL[end:])
				span = &graph.Span{Start: piece.offset + start - piece.Start, End: piece.offset + min(end+size, piece.End) - piece.Start}
			}
			return piece.Field, span
		}
	}
	return "", nil
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
