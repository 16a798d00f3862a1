package mysqlddl

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// reader gives meaning to tokens of a text.
type reader struct {
	text     string
	newlines []int // the bytes where lines end
}

func newReader(text string) reader {
	r := reader{text: text}
	for i := range len(text) {
		if text[i] == '\n' {
			r.newlines = append(r.newlines, i)
		}
	}
	return r
}

// line is the number of the line, from 1 on, in which a byte stands.
func (r reader) line(at int) int {
	before, _ := slices.BinarySearch(r.newlines, at)
	return before + 1
}

const excerptLength = 40

// excerpt is the text from a byte on, up to the end of the line and not too much.
func (r reader) excerpt(at int) string { return clip(line(r.text[at:])) }

// clip shortens a text.
func clip(text string) string {
	text = strings.TrimSpace(text)
	if len(text) <= excerptLength {
		return text
	}
	cut := excerptLength
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// upper is what a keyword is compared by: the token in upper case, "" for anything in quotes.
func (r reader) upper(t token) string {
	switch t.kind {
	case word, symbol:
		return strings.ToUpper(r.text[t.start:t.end])
	}
	return ""
}

// is tells whether the tokens from i on are these words and symbols.
func (r reader) is(tokens []token, i int, words ...string) bool {
	for k, want := range words {
		if i+k < 0 || i+k >= len(tokens) || r.upper(tokens[i+k]) != want {
			return false
		}
	}
	return true
}

// name is what a token names.
func (r reader) name(t token) string {
	text := r.text[t.start:t.end]
	switch t.kind {
	case backTicked, doubled:
		quote := text[:1]
		return strings.ReplaceAll(strings.TrimSuffix(text[1:], quote), quote+quote, quote)
	}
	return text
}

// group returns where the brackets that open at i end: the index behind them. What opens no bracket has no length.
func (r reader) group(tokens []token, i int) int {
	if !r.is(tokens, i, "(") {
		return i
	}
	for depth := 0; i < len(tokens); i++ {
		switch r.upper(tokens[i]) {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return i
}

// path reads name or name.name at i and returns the index behind it.
func (r reader) path(tokens []token, i int) (database, name string, behind int) {
	if i >= len(tokens) {
		return "", "", i
	}
	name = r.name(tokens[i])
	if i+2 < len(tokens) && r.upper(tokens[i+1]) == "." {
		return name, r.name(tokens[i+2]), i + 3
	}
	return "", name, i + 1
}

// items cuts tokens at their commas outside brackets.
func (r reader) items(tokens []token) [][]token {
	var list [][]token
	start := 0
	for i := 0; i < len(tokens); {
		switch {
		case r.is(tokens, i, "("):
			i = r.group(tokens, i)
		case r.is(tokens, i, ","):
			list = append(list, tokens[start:i])
			i++
			start = i
		default:
			i++
		}
	}
	if start < len(tokens) {
		list = append(list, tokens[start:])
	}
	return list
}

// outline is a CREATE TABLE as its tokens show it: what is of no use to Flink, and the text that is left without that. It is
// made without a grammar, so that it reads what the parser does not know.
type outline struct {
	columns []columnItem
	keys    [][]piece // primary and unique ones
	others  []item    // indexes, foreign keys, checks and the like, in their order
	head    []piece   // CREATE TABLE name
	tail    tail
}

// item is something in a table that is no column: what it is, and what it is called.
type item struct {
	thing thing
	name  string
}

// outlineOf reads the tokens of a CREATE TABLE; ok is false when no list of columns stands behind the table's name.
func (r reader) outlineOf(tokens []token) (o outline, ok bool) {
	i := 0
	for i < len(tokens) && r.upper(tokens[i]) != "TABLE" {
		if text := r.upper(tokens[i]); text == "CREATE" || text == "TEMPORARY" {
			o.head = append(o.head, r.piece(tokens[i]))
		}
		i++
	}
	start := i
	if i++; r.is(tokens, i, "IF", "NOT", "EXISTS") {
		i += 3
	}
	_, _, i = r.path(tokens, i)
	if !r.is(tokens, i, "(") || r.is(tokens, i+1, "LIKE") {
		return o, false
	}
	o.head = append(o.head, r.pieces(tokens[start:i])...)
	end := r.group(tokens, i)
	for _, part := range r.items(tokens[i+1 : max(end-1, i+1)]) {
		if len(part) > 0 {
			o.take(r, part)
		}
	}
	o.tail = r.tail(tokens[end:])
	return o, true
}

func (o *outline) take(r reader, part []token) {
	found, isColumn := r.classify(part)
	switch {
	case isColumn:
		o.columns = append(o.columns, r.column(part))
	case found.thing == primaryKey || found.thing == uniqueKey:
		o.keys = append(o.keys, r.key(part))
	default:
		o.others = append(o.others, found)
	}
}

// classify tells a column from the other things in the brackets of CREATE TABLE, which begin with reserved words.
func (r reader) classify(part []token) (found item, isColumn bool) {
	i := 0
	if r.is(part, 0, "CONSTRAINT") {
		if i = 1; len(part) > 1 && !r.startsConstraint(part, 1) {
			found.name = r.name(part[1])
			i = 2
		}
	}
	switch {
	case r.is(part, i, "PRIMARY"):
		found.thing = primaryKey
	case r.is(part, i, "UNIQUE"):
		found.thing = uniqueKey
	case r.is(part, i, "KEY"), r.is(part, i, "INDEX"), r.is(part, i, "FULLTEXT"), r.is(part, i, "SPATIAL"),
		r.is(part, i, "VECTOR", "INDEX"), r.is(part, i, "VECTOR", "KEY"):
		found.thing = index
		found.name = r.indexName(part, i)
	case r.is(part, i, "FOREIGN"):
		found.thing = foreignKey
		for k := range part {
			if r.is(part, k, "REFERENCES") {
				_, to, _ := r.path(part, k+1)
				found.name = "to " + to
			}
		}
	case r.is(part, i, "CHECK"):
		found.thing = check
	case r.is(part, i, "PERIOD", "FOR"):
		found.thing = versioning
	default:
		return found, true
	}
	return found, false
}

func (r reader) startsConstraint(part []token, i int) bool {
	return r.is(part, i, "PRIMARY") || r.is(part, i, "UNIQUE") || r.is(part, i, "FOREIGN") || r.is(part, i, "CHECK")
}

// indexName is the name of an index, or its columns in brackets where it has none.
func (r reader) indexName(part []token, i int) string {
	for i++; i < len(part); i++ {
		switch {
		case r.is(part, i, "KEY"), r.is(part, i, "INDEX"), r.is(part, i, "IF"), r.is(part, i, "NOT"), r.is(part, i, "EXISTS"):
		case r.is(part, i, "("):
			return r.text[part[i].start:part[r.group(part, i)-1].end]
		default:
			return r.name(part[i])
		}
	}
	return ""
}

// key returns a primary or unique key up to the end of its columns.
func (r reader) key(part []token) []piece {
	var kept []piece
	for i := 0; i < len(part); {
		if !r.is(part, i, "(") {
			kept = append(kept, r.piece(part[i]))
			i++
			continue
		}
		for end := r.group(part, i); i < end; i++ {
			if r.is(part, i, "WITHOUT", "OVERLAPS") {
				i++
				continue
			}
			kept = append(kept, r.piece(part[i]))
		}
		return kept
	}
	return kept
}

// tail is what stands behind the brackets of a CREATE TABLE.
type tail struct {
	comment   []piece
	collation string
	partition string // "RANGE", "HASH" and so on
	versioned bool   // WITH SYSTEM VERSIONING
	engine    bool   // an option that only MySQL has
	query     bool   // AS SELECT
}

func (r reader) tail(tokens []token) tail {
	var found tail
	for i := 0; i < len(tokens); {
		switch {
		case r.is(tokens, i, "("):
			i = r.group(tokens, i)
			continue
		case r.is(tokens, i, "COMMENT"):
			end := min(i+2, len(tokens))
			if r.is(tokens, i+1, "=") {
				end = min(i+3, len(tokens))
				found.engine = true
			}
			found.comment = r.pieces(tokens[i:end])
			i = end
			continue
		case r.is(tokens, i, "COLLATE"):
			found.collation = r.optionValue(tokens, i)
			found.engine = true
		case r.is(tokens, i, "PARTITION", "BY"):
			found.partition = r.upper(tokens[min(i+2, len(tokens)-1)])
			found.engine = true
		case r.is(tokens, i, "WITH", "SYSTEM", "VERSIONING"):
			found.versioned = true
			found.engine = true
		case r.is(tokens, i, "SELECT"), r.is(tokens, i, "WITH") && !r.is(tokens, i+1, "("), r.is(tokens, i, "TABLE"):
			found.query = true
			return found
		case r.is(tokens, i, "ENGINE"), r.is(tokens, i, "AUTO_INCREMENT"), r.is(tokens, i, "CHARSET"), r.is(tokens, i, "CHARACTER", "SET"),
			r.is(tokens, i, "ROW_FORMAT"), r.is(tokens, i, "TTL"), r.is(tokens, i, "SHARD_ROW_ID_BITS"):
			found.engine = true
		}
		i++
	}
	return found
}

// optionValue is what is given to the option at i, with or without a sign of equality.
func (r reader) optionValue(tokens []token, i int) string {
	if i++; r.is(tokens, i, "=") {
		i++
	}
	if i < len(tokens) {
		return strings.Trim(r.text[tokens[i].start:tokens[i].end], "`'\"")
	}
	return ""
}
