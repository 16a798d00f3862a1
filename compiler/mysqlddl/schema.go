package mysqlddl

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

// schema is what the statements so far have made.
type schema struct {
	reader
	database string // of USE
	tables   []*table
	problems []Problem
	said     map[string]*mention // what is told once for the whole text, by code
}

// table is a table that may still be altered.
type table struct {
	path    path
	line    int
	columns []column
	keys    []parsedKey
	comment string
	left    leftOut
}

type column struct {
	parsedColumn
	item columnItem
	line int
}

func (s *schema) problem(p Problem) { s.problems = append(s.problems, p) }

// read takes a statement in.
func (s *schema) read(st statement) {
	switch st.kind {
	case createTable:
		s.create(st)
	case alterTable:
		s.alter(st)
	case createIndex:
		s.createIndex(st)
	case dropTable:
		s.drop(st)
	case renameTable:
		s.rename(st)
	case useDatabase:
		if len(st.tokens) > 1 {
			s.database = s.name(st.tokens[1])
		}
	case data, view, routine, other:
		s.mention(st)
	case silent:
	}
}

// whole gives a table's name the database that is in use.
func (s *schema) whole(p path) path {
	if p.database == "" {
		p.database = s.database
	}
	return p
}

// find returns the index of a table, -1 when there is none. Where the text names databases only here and there, the name
// alone decides.
func (s *schema) find(p path) int {
	p = s.whole(p)
	for i, t := range s.tables {
		if strings.EqualFold(t.path.name, p.name) && (strings.EqualFold(t.path.database, p.database) || p.database == "" || t.path.database == "") {
			return i
		}
	}
	return -1
}

// create takes in a CREATE TABLE.
func (s *schema) create(st statement) {
	shape, listed := s.outlineOf(st.tokens)
	attempts := [][]piece{s.pieces(st.tokens)}
	if listed {
		attempts = append(attempts, shape.reduced())
	}
	line := s.line(st.tokens[0].start)
	parsed, refused := try(s.reader, attempts, st, parseCreate)
	if refused != nil {
		s.refuse(st, shape, *refused)
		return
	}
	t := &table{path: s.whole(parsed.path), line: line, keys: parsed.keys, comment: parsed.comment, left: leftOut{}}
	refuse := func(code, summary, detail string) {
		s.problem(Problem{Line: line, Table: t.path.name, Severity: graph.Error, Code: code, Summary: summary, Detail: detail})
	}
	if i := s.find(t.path); i >= 0 {
		if !parsed.lenient {
			s.problem(Problem{
				Line: line, Table: t.path.name, Severity: graph.Warning, Code: "table-twice", Summary: "Table stands twice",
				Detail: fmt.Sprintf("%s was created on line %d and not dropped: the first one was taken. Remove one of them.", t.path.name, s.tables[i].line),
			})
		}
		return
	}
	switch {
	case parsed.query || listed && shape.tail.query:
		refuse("columns-of-query", "Columns come from a query", fmt.Sprintf("%s has the columns of a SELECT, whose types are not known here: paste what SHOW CREATE TABLE prints of it.", t.path.name))
		return
	case parsed.like != nil:
		i := s.find(*parsed.like)
		if i < 0 {
			refuse("unknown-table", "Table is like an unknown one", fmt.Sprintf("%s is like %s, which is not in the text: paste that one, too.", t.path.name, parsed.like.name))
			return
		}
		t.columns, t.keys, t.comment, t.left = slices.Clone(s.tables[i].columns), slices.Clone(s.tables[i].keys), s.tables[i].comment, s.tables[i].left.clone()
	}
	t.define(s, parsed.columns, shape)
	if len(t.columns) == 0 {
		refuse("no-columns", "Table has no columns", fmt.Sprintf("%s has no columns of its own: paste what SHOW CREATE TABLE prints of it.", t.path.name))
		return
	}
	s.tables = append(s.tables, t)
}

// try parses the attempts in turn, each also with double quotes around names where the statement has any. The fault is that
// of the last attempt without such quotes, at a byte of the text.
func try[T any](r reader, attempts [][]piece, st statement, parse func(sql string, ansiQuotes bool) (T, *fault)) (T, *fault) {
	var refused *fault
	quotes := slices.ContainsFunc(st.tokens, func(t token) bool { return t.kind == doubled })
	for _, pieces := range attempts {
		sql, starts := r.sql(pieces)
		parsed, failed := parse(sql, false)
		if failed != nil && quotes {
			if again, failedAgain := parse(sql, true); failedAgain == nil {
				return again, nil
			}
		}
		if failed == nil {
			return parsed, nil
		}
		if failed.at >= 0 {
			i, exact := slices.BinarySearch(starts, failed.at)
			if !exact {
				i--
			}
			failed.at = pieces[max(i, 0)].start
		}
		refused = failed
	}
	var none T
	return none, refused
}

// refuse tells why a CREATE TABLE was not taken.
func (s *schema) refuse(st statement, shape outline, failed fault) {
	_, name, _ := s.path(st.tokens, s.behindTable(st.tokens))
	p := Problem{Line: s.line(st.tokens[0].start), Table: name, Severity: graph.Error, Code: "table-refused", Summary: "Table was not taken"}
	switch {
	case st.open:
		p.Detail = fmt.Sprintf("A text, a name or a comment in %s never ends: close it.", name)
	case failed.at < 0:
		p.Detail = fmt.Sprintf("%s is not understood: %s. Correct it, or write the table's columns by hand.", name, strings.TrimRight(failed.text, ". "))
	default:
		p.Line = s.line(failed.at)
		for _, c := range shape.columns {
			if c.at <= failed.at {
				p.Column = c.name
			}
		}
		p.Detail = fmt.Sprintf("%s is not understood from %q on. Correct it, or write the table's columns by hand.", name, s.excerpt(failed.at))
	}
	s.problem(p)
}

// behindTable returns the index of the name in CREATE TABLE and ALTER TABLE.
func (r reader) behindTable(tokens []token) int {
	i := slices.IndexFunc(tokens, func(t token) bool { return r.upper(t) == "TABLE" }) + 1
	for r.is(tokens, i, "IF") || r.is(tokens, i, "NOT") || r.is(tokens, i, "EXISTS") {
		i++
	}
	return i
}

// define gives the table its columns and what its outline shows.
func (t *table) define(s *schema, columns []parsedColumn, shape outline) {
	items := map[string]columnItem{}
	for _, found := range shape.columns {
		items[strings.ToLower(found.name)] = found
	}
	for _, parsed := range columns {
		s.insert(t, len(t.columns), s.column(t, parsed, items[strings.ToLower(parsed.name)]))
	}
	for _, found := range shape.others {
		t.left.add(found.thing, found.name)
	}
	if shape.tail.collation != "" {
		t.left.add(collation, shape.tail.collation)
	}
	if shape.tail.partition != "" {
		t.left.add(partitions, shape.tail.partition)
	}
	if shape.tail.versioned {
		t.left.add(versioning, "")
	}
}

// column joins what the parser and the outline say of a column of the table.
func (s *schema) column(t *table, parsed parsedColumn, found columnItem) column {
	c := column{parsedColumn: parsed, item: found, line: t.line}
	if found.name != "" {
		c.line = s.line(found.at)
	}
	if parsed.typ.name == "ENUM" {
		t.left.add(enumValues, parsed.name)
	}
	for _, has := range found.has {
		switch has {
		case foreignKey, check:
			t.left.add(has, "of "+parsed.name)
		default:
			t.left.add(has, parsed.name)
		}
	}
	if found.collation != "" {
		t.left.add(collation, found.collation)
	}
	return c
}

// at returns the index of a column, -1 when there is none. MySQL does not mind the case of its columns' names.
func (t *table) at(name string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return strings.EqualFold(c.name, name) })
}

// insert puts a column into a table, unless its name is taken.
func (s *schema) insert(t *table, at int, c column) {
	if t.at(c.name) < 0 {
		t.columns = slices.Insert(t.columns, at, c)
		return
	}
	s.problem(Problem{
		Line: c.line, Table: t.path.name, Column: c.name, Severity: graph.Warning, Code: "column-twice", Summary: "Column stands twice",
		Detail: fmt.Sprintf("%s has the column %s already, in upper or lower case: the first one was taken. Remove or rename one.", t.path.name, c.name),
	})
}
