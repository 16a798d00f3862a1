package mysqlddl

import (
	"regexp"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
)

// Looks tells whether a text is DDL of MySQL, MariaDB or TiDB rather than Flink SQL. It tries: a CREATE TABLE that MySQL reads
// must have something that Flink does not read, and nothing in the text may be Flink's alone. A text that both read, such as
// CREATE TABLE t (id INT), is Flink's.
func Looks(text string) bool {
	if !tableForm.MatchString(text) {
		return false
	}
	if flinkReadsOnly(text) {
		return false
	}
	r := newReader(text)
	found := statements(text)
	if slices.ContainsFunc(found, func(st statement) bool { return r.onlyFlink(st.tokens) }) {
		return false
	}
	return slices.ContainsFunc(found, func(st statement) bool { return st.kind == createTable && r.onlyMySQL(st) })
}

// tableForm is the quick answer for most texts.
var tableForm = regexp.MustCompile(`(?i)\bcreate\s+(?:[^\s;(]+\s+){0,3}table\b`)

// flinkReadsOnly looks for what is Flink's alone in a text cut by Flink's rules. They differ in the texts that hold a
// backslash: a text that Flink cannot cut to its end says nothing.
func flinkReadsOnly(text string) bool {
	cut, fault := flinksql.Lex(text)
	if fault != nil {
		return false
	}
	tokens := make([]token, 0, len(cut))
	for _, t := range flinksql.WithoutComments(cut) {
		kind := map[flinksql.TokenKind]tokenKind{flinksql.QuotedName: backTicked, flinksql.Text: single, flinksql.Number: number, flinksql.Symbol: symbol}[t.Kind]
		tokens = append(tokens, token{kind, t.Start, t.End})
	}
	return newReader(text).onlyFlink(tokens)
}

// onlyFlink tells whether tokens hold what only Flink reads.
func (r reader) onlyFlink(tokens []token) bool {
	isText := func(i int) bool { return i < len(tokens) && tokens[i].kind == single }
	for i, t := range tokens {
		if t.kind != word {
			continue
		}
		switch r.upper(t) {
		case "WITH":
			if r.is(tokens, i+1, "(") && isText(i+2) && r.is(tokens, i+3, "=") && isText(i+4) {
				return true
			}
		case "SET":
			if isText(i+1) && r.is(tokens, i+2, "=") && (i == 0 || r.is(tokens, i-1, ";")) {
				return true
			}
		case "WATERMARK":
			if r.is(tokens, i+1, "FOR") {
				return true
			}
		case "STATEMENT":
			if r.is(tokens, i+1, "SET") {
				return true
			}
		case "PRIMARY":
			if behind := r.group(tokens, i+2); r.is(tokens, i+1, "KEY") && r.is(tokens, behind, "NOT", "ENFORCED") {
				return true
			}
		case "PARTITIONED", "DISTRIBUTED":
			if r.is(tokens, i+1, "BY") || r.is(tokens, i+1, "INTO") {
				return true
			}
		case "USE":
			if r.is(tokens, i+1, "CATALOG") || r.is(tokens, i+1, "MODULES") {
				return true
			}
		case "CREATE":
			if r.is(tokens, i+1, "CATALOG") || r.is(tokens, i+1, "TEMPORARY", "VIEW") || r.is(tokens, i+1, "TEMPORARY", "FUNCTION") || r.is(tokens, i+1, "TEMPORARY", "SYSTEM") {
				return true
			}
		case "STRING", "BYTES", "TIMESTAMP_LTZ", "MULTISET":
			if i > 0 && (r.is(tokens, i-2, "(") || r.is(tokens, i-2, ",")) {
				return true
			}
		case "ROW", "MAP", "ARRAY":
			if r.is(tokens, i+1, "<") {
				return true
			}
		}
	}
	return false
}

// mysqlTypes are types of MySQL that Flink does not have.
var mysqlTypes = []string{
	"TEXT", "TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "DATETIME", "YEAR", "ENUM", "SET", "JSON", "BIT", "BOOL",
	"MEDIUMINT", "INT1", "INT2", "INT3", "INT4", "INT8", "MIDDLEINT", "SERIAL", "FIXED", "LONG", "NATIONAL", "NCHAR", "NVARCHAR", "VECTOR",
}

// onlyMySQL tells whether a CREATE TABLE is one of MySQL: it has something that Flink does not read, and MySQL's parser takes
// it, or it is a broken one that is MySQL's beyond doubt.
func (r reader) onlyMySQL(st statement) bool {
	shape, listed := r.outlineOf(st.tokens)
	if !listed {
		return false
	}
	sign := shape.tail.engine || slices.ContainsFunc(shape.others, func(found item) bool {
		return found.thing == index || found.thing == foreignKey || found.thing == check
	})
	counted := false
	for _, c := range shape.columns {
		wide := c.width && (strings.HasSuffix(c.typ, "INT") || c.typ == "INTEGER" || c.typ == "FLOAT" || c.typ == "DOUBLE")
		sign = sign || c.mysql || wide || slices.Contains(mysqlTypes, c.typ) || strangeTypes[c.typ]
		counted = counted || slices.Contains(c.has, counter)
	}
	if !sign {
		return false
	}
	_, refused := try(r, [][]piece{r.pieces(st.tokens), shape.reduced()}, st, parseCreate)
	return refused == nil || shape.tail.engine || counted
}
