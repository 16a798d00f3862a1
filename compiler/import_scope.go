package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
)

// relation is the rows that a node puts out.
type relation struct {
	node    string   // id
	columns []string // nil when they are not known
}

// scope says which columns an expression may name and what they are called where it will stand.
type scope struct {
	tables []scopeTable
	outer  *scope // of the query around; nil for none
}

// scopeTable is one table of a FROM clause.
type scopeTable struct {
	alias   string
	columns []string    // as the query calls them; nil when they are not known
	names   []string    // what each is called in the relation; nil when the query's own names hold
	prefix  string      // "left." and "right." inside a join, else ""
	taken   []string    // names that another table's columns have already, where this one's columns are not known
	lost    bool        // nothing is known of what its columns are called
	hides   []string    // columns that only the alias reaches, since USING has made one of them and the other side's
	merged  [][2]string // of the columns that USING makes: the texts of both sides'
}

// unsplit is why a part of a query stays SQL. It travels as a panic from the place where it shows to the query that
// catches it.
type unsplit struct {
	reason string
	place  flinksql.Span
}

func bail(place flinksql.Span, reason string, values ...any) {
	panic(unsplit{fmt.Sprintf(reason, values...), place})
}

// try runs a part of an import and returns why it gave up; nil when it did not.
func try(part func()) (given *unsplit) {
	defer func() {
		if caught := recover(); caught != nil {
			u, ours := caught.(unsplit)
			if !ours {
				panic(caught)
			}
			given = &u
		}
	}()
	part()
	return nil
}

// over is the scope of a single relation, with the alias that the query gives it.
func over(r relation, alias string) scope {
	return scope{tables: []scopeTable{{alias: alias, columns: r.columns}}}
}

// side puts all tables behind the name of a join's port.
func (s scope) side(port string) scope {
	tables := slices.Clone(s.tables)
	for i := range tables {
		tables[i].prefix = port + "."
	}
	return scope{tables: tables}
}

func (s scope) and(other scope) scope { return scope{tables: slices.Concat(s.tables, other.tables)} }

// name is what the table's column is called in the relation.
func (t scopeTable) name(column string) (string, bool) {
	if t.columns == nil {
		return column, !t.lost && !slices.Contains(t.taken, column)
	}
	at := slices.Index(t.columns, column)
	if at < 0 {
		return "", false
	}
	if t.lost {
		return "", false
	}
	if t.names != nil {
		column = t.names[at]
	}
	return column, true
}

// text is how an expression names the table's column.
func (t scopeTable) text(column string) (string, bool) {
	if at := slices.Index(t.columns, column); at >= 0 && t.merged != nil {
		return "COALESCE(" + t.prefix + t.merged[at][0] + ", " + t.prefix + t.merged[at][1] + ")", true
	}
	name, ok := t.name(column)
	return t.prefix + flinksql.Quote(name), ok
}

// qualified finds the column of a table that a path names. A table of a query around comes before a row's field of the same
// name (Calcite's DelegatingScope).
func (s scope) qualified(path flinksql.Path) (text string, ok bool) {
	for _, table := range s.tables {
		if table.alias != path.Parts[0].Text {
			continue
		}
		if text, ok := table.text(path.Parts[1].Text); ok {
			return text, true
		}
	}
	if s.outer != nil {
		return s.outer.qualified(path)
	}
	return "", false
}

// column finds what a path means: the column as the expression will name it, and how many parts of the path name it. It
// returns 0 for what is no column of the scope.
func (s scope) column(path flinksql.Path) (text string, parts int) {
	if len(path.Parts) > 1 {
		if text, ok := s.qualified(path); ok {
			return text, 2
		}
	}
	found := 0
	for _, table := range s.tables {
		if table.columns == nil && (len(s.tables) > 1 || len(path.Parts) > 1) {
			continue // it may be this table's column, or an alias of a query around
		}
		if slices.Contains(table.hides, path.Parts[0].Text) {
			continue
		}
		if named, ok := table.text(path.Parts[0].Text); ok {
			text = named
			found++
		}
	}
	switch {
	case found == 1:
		return text, 1
	case found == 0 && s.outer != nil:
		return s.outer.column(path)
	}
	return "", 0
}

// plain is the relation's name of the column that an expression is; "" for anything else.
func (s scope) plain(e flinksql.Expr) string {
	ref, isRef := e.(*flinksql.ColumnRef)
	if !isRef {
		return ""
	}
	text, parts := s.column(ref.Path)
	if parts != len(ref.Parts) || strings.HasSuffix(text, ")") {
		return ""
	}
	return unquoted(text[strings.LastIndex(text[:len(text)-len(lastName(text))], ".")+1:])
}

// lastName is the part of a quoted path behind its last dot.
func lastName(text string) string {
	if strings.HasSuffix(text, "`") {
		for at := len(text) - 2; at >= 0; at-- {
			if text[at] == '`' {
				if at > 0 && text[at-1] == '`' {
					at--
					continue
				}
				return text[at:]
			}
		}
	}
	return text[strings.LastIndex(text, ".")+1:]
}

func unquoted(name string) string {
	if strings.HasPrefix(name, "`") {
		return strings.ReplaceAll(name[1:len(name)-1], "``", "`")
	}
	return name
}

// replacement is a text that stands in the place of a span.
type replacement struct {
	flinksql.Span
	text string
}

// replaced is the source of a span with the replacements that lie in it, which come in the order of the text.
func replaced(source string, span flinksql.Span, replacements []replacement) string {
	var b strings.Builder
	at := span.Start
	for _, r := range replacements {
		b.WriteString(source[at:r.Start])
		b.WriteString(r.text)
		at = r.End
	}
	b.WriteString(source[at:span.End])
	return b.String()
}

// renamed lists what has to be replaced in an expression so that its columns are those of the scope. It gives up on
// queries inside and on names that are no columns of the scope.
func (s scope) renamed(node flinksql.Node) []replacement {
	var list []replacement
	flinksql.Walk(node, func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.Query:
			bail(n.Range(), "it holds a query in an expression")
		case *flinksql.Star:
			return false
		case *flinksql.ColumnRef:
			text, parts := s.column(n.Path)
			if parts == 0 {
				bail(n.Range(), "%s is no column of a table whose columns are known", pathText(n.Path))
			}
			list = append(list, replacement{flinksql.Span{Start: n.Start, End: n.Parts[parts-1].End}, text})
			return false
		}
		return true
	})
	return list
}

func pathText(path flinksql.Path) string {
	parts := make([]string, len(path.Parts))
	for i, part := range path.Parts {
		parts[i] = flinksql.Quote(part.Text)
	}
	return strings.Join(parts, ".")
}

// resolves tells whether all columns of an expression are the scope's.
func (s scope) resolves(node flinksql.Node) bool {
	return try(func() { s.renamed(node) }) == nil
}

// uniquified are the names that Flink gives to columns of the same name: the first free number behind it (Calcite's
// SqlValidatorUtil.uniquify).
func uniquified(names []string) []string {
	if names == nil {
		return nil
	}
	taken := make(map[string]bool, len(names))
	unique := make([]string, len(names))
	for i, name := range names {
		unique[i] = name
		for n := 0; taken[unique[i]]; n++ {
			unique[i] = fmt.Sprintf("%s%d", name, n)
		}
		taken[unique[i]] = true
	}
	return unique
}

// conjuncts are the parts of a condition between its outermost ANDs.
func conjuncts(e flinksql.Expr) []flinksql.Expr {
	if e == nil {
		return nil
	}
	if and, isBinary := e.(*flinksql.Binary); isBinary && and.Operator == "AND" {
		return append(conjuncts(and.Left), conjuncts(and.Right)...)
	}
	return []flinksql.Expr{e}
}

// holdsQuery tells whether a query stands in the expression.
func holdsQuery(node flinksql.Node) bool {
	found := false
	flinksql.Walk(node, func(n flinksql.Node) bool {
		_, isQuery := n.(*flinksql.Query)
		found = found || isQuery
		return !found
	})
	return found
}
