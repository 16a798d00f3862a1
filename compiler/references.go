package compiler

import (
	"slices"

	"millrace/compiler/flinksql"
)

// tableReference is a place in a query where a table or view is named.
type tableReference struct {
	flinksql.Path
	place flinksql.Span // with hints and FOR SYSTEM_TIME AS OF
	alias bool          // an alias may be written behind the place: there is none yet
}

// tableReferences lists the tables that a query names, at any depth and in the order of the text. Names that mean a query
// of WITH at their place are left out.
func tableReferences(q *flinksql.Query) []tableReference {
	var list []tableReference
	hidden := shadowsOf(q)
	add := func(path flinksql.Path, place flinksql.Span, alias bool) {
		if len(path.Parts) > 1 || !hidden.hide(path.Parts[0].Text, path.Start) {
			list = append(list, tableReference{path, place, alias})
		}
	}
	named := map[flinksql.TableExpr]bool{} // tables with an alias, or with no place for one
	flinksql.Walk(q, func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.Aliased:
			named[n.Table] = true
		case *flinksql.MatchRecognize:
			named[n.Input] = true
		case *flinksql.TableName:
			add(n.Path, n.Span, !named[n])
		case *flinksql.TableArg:
			if n.Table != nil {
				add(*n.Table, n.Span, false)
			}
		case *flinksql.ExplicitTable:
			add(n.Table, n.Span, false)
		}
		return true
	})
	return list
}

// last is the table's own name.
func (r tableReference) last() string { return r.Parts[len(r.Parts)-1].Text }

// called replaces the table's name by another one and keeps its own as the alias, so that its columns are still found.
func (r tableReference) called(sql, own string) []replacement {
	if len(r.Parts) == 1 && sql == flinksql.Quote(own) && own == r.last() {
		return nil
	}
	edits := []replacement{{r.Span, sql}}
	if r.alias && own != r.last() {
		edits = append(edits, replacement{flinksql.Span{Start: r.place.End, End: r.place.End}, " AS " + flinksql.Quote(r.last())})
	}
	return edits
}

// shadow is where a name of WITH hides a table of that name.
type shadow struct {
	name string
	flinksql.Span
}

type shadows []shadow

func (l shadows) hide(name string, at int) bool {
	return slices.ContainsFunc(l, func(s shadow) bool { return s.name == name && s.Start <= at && at < s.End })
}

// shadowsOf lists the names of WITH inside a query: each holds from the end of its own query on.
func shadowsOf(q *flinksql.Query) shadows {
	var list shadows
	flinksql.Walk(q, func(n flinksql.Node) bool {
		if inner, isQuery := n.(*flinksql.Query); isQuery {
			for _, cte := range inner.With {
				start := cte.End
				if inner.Recursive {
					start = cte.Start
				}
				list = append(list, shadow{cte.Name.Text, flinksql.Span{Start: start, End: inner.End}})
			}
		}
		return true
	})
	return list
}

// queryColumns are the names that a query puts out, where they can be told from its text and the columns of the tables in
// it; nil else. A name may stand twice.
func queryColumns(q *flinksql.Query, columnsOf func(*flinksql.TableName) []string) []string {
	if len(q.With) > 0 {
		columnsOf = func(*flinksql.TableName) []string { return nil }
	}
	switch b := q.Body.(type) {
	case *flinksql.SetOperation:
		return queryColumns(&flinksql.Query{Body: b.Left, With: q.With}, columnsOf)
	case *flinksql.Query:
		return queryColumns(b, columnsOf)
	case *flinksql.Select:
		return selectColumns(b, columnsOf)
	}
	return nil
}

func selectColumns(s *flinksql.Select, columnsOf func(*flinksql.TableName) []string) []string {
	var list []string
	for at, item := range s.Items {
		star, isStar := item.Expr.(*flinksql.Star)
		if !isStar {
			list = append(list, itemName(item, at))
			continue
		}
		table, isTable := s.From.(*flinksql.TableName)
		if !isTable || star.Qualifier != nil {
			return nil
		}
		columns := columnsOf(table)
		if columns == nil {
			return nil
		}
		list = append(list, columns...)
	}
	return list
}
