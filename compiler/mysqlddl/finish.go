package mysqlddl

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"millrace/graph"
)

// tablesOut makes the tables, and tells of each what does not reach Flink.
func (s *schema) tablesOut() []Table {
	var list []Table
	for _, t := range s.tables {
		out := Table{Database: t.path.database, Name: t.path.name, Comment: t.comment}
		key, substitute := t.key(s)
		for _, c := range t.columns {
			typ := flinkType(c.typ)
			if c.notNull || slices.Contains(key, c.name) {
				typ += " NOT NULL"
			}
			out.Columns = append(out.Columns, Column{Name: c.name, Type: typ, Comment: c.comment})
		}
		out.PrimaryKey = key
		if substitute != "" {
			s.about(t, graph.Info, "unique-as-key", "Unique key became the primary key",
				fmt.Sprintf("%s has no primary key, so its unique key %s over columns that are never NULL was taken. Empty the primary key if that is not meant.", t.path.name, substitute))
		}
		s.types(t)
		if sentence := t.left.sentence(); sentence != "" {
			s.about(t, graph.Info, "left-out", "Not everything has a place in Flink", sentence)
		}
		list = append(list, out)
	}
	if len(list) == 0 && len(s.problems) == 0 {
		s.problem(Problem{Line: 1, Severity: graph.Error, Code: "no-table", Summary: "There is no table", Detail: "No CREATE TABLE stands in the text: paste what SHOW CREATE TABLE prints."})
	}
	return list
}

func (s *schema) about(t *table, severity graph.Severity, code, summary, detail string) {
	s.problem(Problem{Line: t.line, Table: t.path.name, Severity: severity, Code: code, Summary: summary, Detail: detail})
}

// key returns the columns of the primary key or, where there is none, of the first unique key whose columns are never NULL,
// which substitute then names. Unique keys that are not taken are left out.
func (t *table) key(s *schema) (columns []string, substitute string) {
	for _, c := range t.columns {
		if c.primary {
			columns = append(columns, c.name)
		}
	}
	for _, k := range t.keys {
		if k.primary && len(columns) == 0 {
			columns = t.keyColumns(s, k)
		}
	}
	for _, c := range t.columns {
		if c.unique {
			columns, substitute = t.unique(columns, substitute, c.name, []string{c.name})
		}
	}
	for _, k := range t.keys {
		if k.primary {
			continue
		}
		name := k.name
		if name == "" {
			name = "(" + strings.Join(k.columns, ", ") + ")"
		}
		columns, substitute = t.unique(columns, substitute, name, t.keyColumns(nil, k))
	}
	return columns, substitute
}

// unique takes a unique key for the primary key when there is none yet and it can be one.
func (t *table) unique(columns []string, substitute, name string, of []string) ([]string, string) {
	never := len(of) > 0
	for _, column := range of {
		never = never && t.columns[t.at(column)].notNull
	}
	if len(columns) > 0 || !never {
		t.left.add(uniqueKey, name)
		return columns, substitute
	}
	return of, name
}

// keyColumns spells a key's columns as the table does; nil when one is not there, which s tells unless it is nil.
func (t *table) keyColumns(s *schema, k parsedKey) []string {
	var list []string
	for _, name := range k.columns {
		at := t.at(name)
		if at < 0 {
			if s != nil {
				s.about(t, graph.Warning, "unknown-key-column", "Key names an unknown column", fmt.Sprintf("The primary key of %s names %q, which is no column of it: the table got no key.", t.path.name, name))
			}
			return nil
		}
		list = append(list, t.columns[at].name)
	}
	return list
}

// asText are the types whose values look different in Flink, with how they do.
var asText = []struct{ types, how string }{
	{"SET", "as STRING with commas between the members"},
	{"DECIMAL", "as STRING, since Flink's DECIMAL ends at 38 digits"},
	{"BIT", "as BYTES"},
	{"UUID INET4 INET6 XMLTYPE VECTOR", "as STRING"},
	{"TIME", "as a time of day with milliseconds (what is negative or past 24 hours does not fit)"},
	{"YEAR", "as INT, for which the JDBC driver wants yearIsDateType=false in its URL"},
}

// types tells which columns look different in Flink, and which the suggested connector does not read.
func (s *schema) types(t *table) {
	changed := make([][]string, len(asText))
	var instants, shapes []column
	for _, c := range t.columns {
		switch written := c.written(); {
		case written == "TIMESTAMP":
			instants = append(instants, c)
		case isSpatial(written):
			shapes = append(shapes, c)
		case written == "DECIMAL" && flinkType(c.typ) != "STRING", written == "BIT" && c.typ.length <= 1:
		default:
			for i, group := range asText {
				if slices.Contains(strings.Fields(group.types), written) {
					changed[i] = append(changed[i], c.name)
				}
			}
		}
	}
	var parts []string
	for i, names := range changed {
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s (%s) %s", some(names), strings.Join(t.written(names), ", "), asText[i].how))
		}
	}
	if len(parts) > 0 {
		s.about(t, graph.Info, "type-changed", "Types look different in Flink", "Flink reads "+enumerate(parts, "and")+".")
	}
	s.connectors(t, instants, "TIMESTAMP is a point in time, hence TIMESTAMP_LTZ, which mysql-cdc reads. With the JDBC connector give %s the type TIMESTAMP(%d).")
	s.connectors(t, shapes, "mysql-cdc reads spatial values as JSON. With the JDBC connector leave out %s, which it does not read.")
}

// connectors warns of columns that MySQL's dialect of the JDBC connector refuses (MySqlDialect.supportedTypes).
func (s *schema) connectors(t *table, columns []column, format string) {
	if len(columns) == 0 {
		return
	}
	var names []string
	precision := 0
	for _, c := range columns {
		names = append(names, c.name)
		precision = max(precision, c.typ.scale)
	}
	values := []any{some(names)}
	if strings.Contains(format, "%d") {
		values = append(values, precision)
	}
	p := Problem{
		Line: t.line, Table: t.path.name, Severity: graph.Warning, Code: "connector-type", Summary: "Not every connector reads this type",
		Detail: fmt.Sprintf(format, values...),
	}
	if len(columns) == 1 {
		p.Line, p.Column = columns[0].line, columns[0].name
	}
	s.problem(p)
}

// written is the column's type in MySQL, without length.
func (c column) written() string {
	if strangeTypes[c.item.typ] {
		return c.item.typ
	}
	return c.typ.name
}

// written are the types of columns, each once.
func (t *table) written(names []string) []string {
	var list []string
	for _, name := range names {
		if typ := t.columns[t.at(name)].written(); !slices.Contains(list, typ) {
			list = append(list, typ)
		}
	}
	return list
}

func isSpatial(typ string) bool {
	switch typ {
	case "UUID", "INET4", "INET6", "XMLTYPE":
		return false
	}
	return strangeTypes[typ]
}

// mention is something that is told once for the whole text.
type mention struct {
	line  int
	names []string
	count int
}

// mention notes a statement that makes no table.
func (s *schema) mention(st statement) {
	code, name := s.ignored(st)
	m := s.said[code]
	if m == nil {
		m = &mention{line: s.line(st.tokens[0].start)}
		s.said[code] = m
	}
	m.count++
	if !slices.Contains(m.names, name) {
		m.names = append(m.names, name)
	}
}

func (s *schema) ignored(st statement) (code, name string) {
	behind := func(words ...string) string { // the name behind the first of these words that is there
		for _, text := range words {
			i := slices.IndexFunc(st.tokens, func(t token) bool { return s.upper(t) == text })
			if i < 0 {
				continue
			}
			for i++; s.is(st.tokens, i, "IF") || s.is(st.tokens, i, "NOT") || s.is(st.tokens, i, "EXISTS") || s.is(st.tokens, i, "TABLE"); {
				i++
			}
			_, name, _ := s.path(st.tokens, i)
			return name
		}
		return s.excerpt(st.tokens[0].start)
	}
	switch st.kind {
	case data:
		return "data-ignored", behind("INTO", "UPDATE", "FROM", "INSERT", "REPLACE")
	case view:
		return "view-ignored", behind("VIEW")
	case routine:
		return "routine-ignored", behind("TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE")
	}
	return "statement-ignored", s.excerpt(st.tokens[0].start)
}

// mentions tells what was noted.
func (s *schema) mentions() {
	say := map[string]struct{ summary, format string }{
		"data-ignored":      {"Data was not taken", "%s: only the tables are taken, their rows stay in MySQL."},
		"view-ignored":      {"Views were not taken", "%s: draw what they select, or write it as an SQL node."},
		"routine-ignored":   {"Triggers and routines were not taken", "%s: they go on running in MySQL."},
		"statement-ignored": {"Statements were not taken", "They make no table: %s."},
	}
	codes := make([]string, 0, len(s.said))
	for code := range s.said {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	for _, code := range codes {
		m := s.said[code]
		names := some(m.names)
		if code == "data-ignored" {
			statements := "statements write"
			if m.count == 1 {
				statements = "statement writes"
			}
			names = fmt.Sprintf("%d %s %s", m.count, statements, names)
		}
		s.problem(Problem{Line: m.line, Severity: graph.Warning, Code: code, Summary: say[code].summary, Detail: fmt.Sprintf(say[code].format, names)})
	}
}
