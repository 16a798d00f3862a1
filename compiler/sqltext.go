package compiler

import (
	"strings"

	"millrace/compiler/flinksql"
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
func (w *writer) field(path, text string) { w.piece(Piece{Field: path, Offset: new(int)}, text) }

// derived writes a text made from a field's.
func (w *writer) derived(path, text string) { w.piece(Piece{Field: path}, text) }

// name writes a user's name, quoted where it must be.
func (w *writer) name(path, name string) {
	if flinksql.IsBare(name) {
		w.field(path, name)
		return
	}
	w.derived(path, flinksql.Quote(name))
}

// column writes an entry that is a column with its own name, which may stand in back-ticks already.
func (w *writer) column(path string, column entry) {
	if column.expression == flinksql.Quote(column.name) {
		w.field(path, column.expression)
		return
	}
	w.name(path, column.name)
}

// around says that what was written since start stands for a field that names it.
func (w *writer) around(path string, start int) {
	w.pieces = append(w.pieces, Piece{Field: path, Start: start, End: w.b.Len()})
}

// edited writes a part of a user's text with the replacements in it, which come in the order of the text. Positions carry
// over on both sides of them. A replacement in the place of nothing belongs to what stands before it.
func (w *writer) edited(path, text string, part flinksql.Span, edits []replacement) {
	at := part.Start
	for _, edit := range edits {
		w.own(path, text, flinksql.Span{Start: at, End: edit.Start})
		start, length := edit.Start, edit.End-edit.Start
		w.piece(Piece{Field: path, Offset: &start, Length: &length}, edit.text)
		at = edit.End
	}
	w.own(path, text, flinksql.Span{Start: at, End: part.End})
}

// own writes a part of a user's text as it is.
func (w *writer) own(path, text string, part flinksql.Span) {
	if part.Start < part.End {
		w.piece(Piece{Field: path, Offset: &part.Start}, part.Text(text))
	}
}

func (w *writer) piece(piece Piece, text string) {
	if w.pieces == nil {
		w.pieces = make([]Piece, 0, 8)
	}
	piece.Start = w.b.Len()
	w.b.WriteString(text)
	piece.End = w.b.Len()
	w.pieces = append(w.pieces, piece)
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
