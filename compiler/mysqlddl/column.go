package mysqlddl

import (
	"slices"
	"strings"
)

// piece is a part of a statement for the parser: what stands at these bytes of the text, or something in its place.
type piece struct {
	start, end int
	text       string
}

func (r reader) piece(t token) piece { return piece{t.start, t.end, r.text[t.start:t.end]} }

func (r reader) pieces(tokens []token) []piece {
	list := make([]piece, len(tokens))
	for i, t := range tokens {
		list[i] = r.piece(t)
	}
	return list
}

// columnItem is a column's definition as its tokens show it.
type columnItem struct {
	name      string
	at        int    // where the name stands in the text
	typ       string // the first word of its type, in upper case
	width     bool   // brackets stand behind the type
	has       []thing
	collation string
	kept      []piece // name, type, NULL or NOT NULL, keys and comment
	mysql     bool    // it has something that Flink does not read
}

// strangeTypes are types that the parser does not know, each read as TEXT: their values travel as texts.
var strangeTypes = map[string]bool{
	"UUID": true, "INET4": true, "INET6": true, "XMLTYPE": true,
	"GEOMETRY": true, "POINT": true, "LINESTRING": true, "POLYGON": true, "MULTIPOINT": true, "MULTILINESTRING": true,
	"MULTIPOLYGON": true, "GEOMETRYCOLLECTION": true, "GEOMCOLLECTION": true,
}

var (
	typeGoesOn = []string{"PRECISION", "VARYING", "VARCHAR", "VARCHARACTER", "VARBINARY", "CHAR", "CHARACTER"}
	keptWords  = []string{"NULL", "PRIMARY", "UNIQUE", "KEY", "UNSIGNED", "ZEROFILL", "FIRST"}
)

// column reads a column's definition. Of its options it keeps those that a Flink table has, whatever else there may be.
func (r reader) column(part []token) columnItem {
	c := columnItem{name: r.name(part[0]), at: part[0].start}
	c.kept = append(c.kept, r.piece(part[0]))
	for i := r.columnType(&c, part); i < len(part); {
		i = r.columnOption(&c, part, i)
	}
	return c
}

func (r reader) columnType(c *columnItem, part []token) int {
	if len(part) < 2 {
		return len(part)
	}
	c.typ = r.upper(part[1])
	first := r.piece(part[1])
	strange := strangeTypes[c.typ]
	if strange {
		first.text = "text"
	}
	c.kept = append(c.kept, first)
	i := 2
	for i < len(part) && slices.Contains(typeGoesOn, r.upper(part[i])) && !r.is(part, i+1, "SET") {
		c.kept = append(c.kept, r.piece(part[i]))
		i++
	}
	end := r.group(part, i)
	c.width = end > i
	if !strange {
		c.kept = append(c.kept, r.pieces(part[i:end])...)
	}
	return end
}

// columnOption reads the option at i and returns the index behind it.
func (r reader) columnOption(c *columnItem, part []token, i int) int {
	keep := func(n int) int {
		end := min(i+n, len(part))
		c.kept = append(c.kept, r.pieces(part[i:end])...)
		return end
	}
	text := r.upper(part[i])
	switch {
	case slices.Contains(keptWords, text):
		c.mysql = c.mysql || text == "UNSIGNED" || text == "ZEROFILL"
		return keep(1)
	case r.is(part, i, "NOT", "NULL"), text == "COMMENT", text == "AFTER":
		return keep(2)
	case text == "CHARSET", r.is(part, i, "CHARACTER", "SET"), r.is(part, i, "CHAR", "SET"):
		c.mysql = true
		return r.charset(c, part, i)
	case text == "(":
		return r.group(part, i)
	}
	if found, behind := r.clause(c, part, i); behind > i {
		c.mysql = true
		if found != nothing {
			c.has = append(c.has, found)
		}
		return behind
	}
	return i + 1
}

// charset drops a character set, unless it makes the column one of bytes.
func (r reader) charset(c *columnItem, part []token, i int) int {
	end := i + 1
	for end < len(part) && (r.is(part, end, "SET") || r.is(part, end, "=")) {
		end++
	}
	end = min(end+1, len(part))
	if strings.EqualFold(r.name(part[end-1]), "binary") {
		c.kept = append(c.kept, r.pieces(part[i:end])...)
	}
	return end
}

// clause reads an option that Flink has no place for.
func (r reader) clause(c *columnItem, part []token, i int) (thing, int) {
	switch r.upper(part[i]) {
	case "DEFAULT":
		if r.is(part, i+1, "NULL") {
			return nothing, i + 2
		}
		return defaultValue, r.value(part, i+1)
	case "ON":
		if r.is(part, i, "ON", "UPDATE") {
			return onUpdate, r.value(part, i+2)
		}
	case "AS":
		if r.is(part, i+1, "ROW") {
			return versioning, min(i+3, len(part))
		}
		return generated, r.group(part, i+1)
	case "GENERATED", "ALWAYS", "VIRTUAL", "STORED", "PERSISTENT", "VISIBLE", "STORAGE", "COLUMN_FORMAT", "COMPRESSED":
		return nothing, i + 1
	case "INVISIBLE":
		return invisible, i + 1
	case "AUTO_INCREMENT":
		return counter, i + 1
	case "AUTO_RANDOM":
		return counter, r.group(part, i+1)
	case "CHECK":
		return check, r.group(part, i+1)
	case "REFERENCES":
		return foreignKey, r.references(part, i+1)
	case "COLLATE":
		c.collation = r.optionValue(part, i)
		if r.is(part, i+1, "=") {
			i++
		}
		return nothing, min(i+2, len(part))
	case "CONSTRAINT":
		if r.startsConstraint(part, i+1) {
			return nothing, i + 1
		}
		return nothing, min(i+2, len(part))
	}
	return nothing, i
}

// value skips a constant, a call or an expression in brackets.
func (r reader) value(part []token, i int) int {
	if r.is(part, i, "+") || r.is(part, i, "-") {
		i++
	}
	if i >= len(part) {
		return len(part)
	}
	if r.is(part, i, "(") {
		return r.group(part, i)
	}
	prefixed := part[i].kind == word && i+1 < len(part) && part[i+1].start == part[i].end && part[i+1].kind != symbol // b'0', _utf8mb4'x'
	i++
	if prefixed {
		i++
	}
	for r.is(part, i, ".") && i+1 < len(part) { // next value for a.b
		i += 2
	}
	return r.group(part, i)
}

// references skips the table, columns and actions of a foreign key.
func (r reader) references(part []token, i int) int {
	_, _, i = r.path(part, i)
	i = r.group(part, i)
	for i < len(part) {
		switch {
		case r.is(part, i, "MATCH"):
			i += 2
		case r.is(part, i, "ON", "DELETE"), r.is(part, i, "ON", "UPDATE"):
			if i += 2; r.is(part, i, "SET") || r.is(part, i, "NO") {
				i++
			}
			i++
		default:
			return i
		}
	}
	return min(i, len(part))
}

// sql writes pieces for the parser. Line ends stay where they were, so that its lines are ours. starts are where each piece
// begins in what is written.
func (r reader) sql(pieces []piece) (sql string, starts []int) {
	var b strings.Builder
	for i, p := range pieces {
		if i > 0 && pieces[i-1].end <= p.start {
			between := r.text[pieces[i-1].end:p.start]
			if ends := strings.Count(between, "\n"); ends > 0 {
				b.WriteString(strings.Repeat("\n", ends))
			} else if between != "" {
				b.WriteString(" ")
			}
		}
		starts = append(starts, b.Len())
		b.WriteString(p.text)
	}
	return b.String(), starts
}

// reduced is the CREATE TABLE with columns, keys and comments only.
func (o outline) reduced() []piece {
	list := append([]piece{}, o.head...)
	at := 0
	if len(list) > 0 {
		at = list[len(list)-1].end
	}
	add := func(text string) { list = append(list, piece{at, at, text}) }
	add("(")
	first := true
	part := func(pieces []piece) {
		if !first {
			add(", ")
		}
		first = false
		list = append(list, pieces...)
		at = list[len(list)-1].end
	}
	for _, c := range o.columns {
		part(c.kept)
	}
	for _, key := range o.keys {
		part(key)
	}
	add(")")
	return append(list, o.tail.comment...)
}
