package compiler

import (
	"reflect"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// reporter is a test of any kind.
type reporter interface {
	Helper()
	Errorf(format string, arguments ...any)
}

// parsedScript is what our parser finds in a script.
type parsedScript struct {
	statements []flinksql.Statement // the INSERTs of the statement set one by one
	errors     []*flinksql.Error
}

func parsed(script Script) parsedScript {
	whole := flinksql.Parse(script.Text)
	found := parsedScript{errors: whole.Errors}
	for _, statement := range whole.Statements {
		if set, isSet := statement.(*flinksql.StatementSet); isSet {
			for _, insert := range set.Inserts {
				found.statements = append(found.statements, insert)
			}
			continue
		}
		found.statements = append(found.statements, statement)
	}
	return found
}

// checkParsed holds the statements that our parser finds in a script against those that were put into it, and the tables,
// columns and options in them against the document: no text of a user's has left its place.
func checkParsed(t reporter, doc *graph.Document, script Script, found parsedScript) {
	t.Helper()
	for _, fault := range found.errors {
		t.Errorf("the script has a mistake: %v\n%s", fault, script.Text)
	}
	if len(found.statements) != len(script.Statements) {
		t.Errorf("the script has %d statements and %d are found:\n%s", len(script.Statements), len(found.statements), script.Text)
		return
	}
	for i, s := range script.Statements {
		if got := found.statements[i].Range().Text(script.Text); got != s.SQL && tokensOf(got) != tokensOf(s.SQL) {
			t.Errorf("statement %d is %q, found %q", i, s.SQL, got)
		}
		if node := doc.Nodes[s.Node]; node != nil {
			checkMade(t, node, found.statements[i])
		}
	}
}

// checkMade holds the names in a statement against those of its node.
func checkMade(t reporter, node *graph.Node, statement flinksql.Statement) {
	t.Helper()
	e := &emission{Node: node}
	path := []string{node.Name}
	switch s := statement.(type) {
	case *flinksql.CreateView:
		if got := partsOf(s.Path); !slices.Equal(got, path) || len(s.Columns) > 0 {
			t.Errorf("the view of %q is %q with the columns %v", node.Name, got, s.Columns)
		}
	case *flinksql.CreateTable:
		var names, keys []string
		for _, column := range s.Columns {
			names = append(names, column.Name.Text)
		}
		for _, option := range s.Options {
			keys = append(keys, option.Key.Value)
		}
		if got := partsOf(s.Path); !slices.Equal(got, path) {
			t.Errorf("the table of %q is %q", node.Name, got)
		}
		if want := entryNames(e.entries("table.columns")); !slices.Equal(names, want) {
			t.Errorf("%q has the columns %q, not %q", node.Name, names, want)
		}
		if want := optionKeys(e.options("table.options")); !slices.Equal(keys, want) {
			t.Errorf("%q has the options %q, not %q", node.Name, keys, want)
		}
		if s.Like != nil || s.As != nil || (s.Watermark != nil) != (e.text("table.watermark.column") != "") || (s.PrimaryKey != nil) != (len(e.texts("table.primaryKey")) > 0) {
			t.Errorf("%q has clauses that its node has not", node.Name)
		}
	case *flinksql.Insert:
		if catalog := e.text("catalogTable"); catalog != "" {
			path = splitPath(catalog)
		}
		if got := partsOf(s.Table); !slices.Equal(got, path) {
			t.Errorf("%q writes to %q", node.Name, got)
		}
	}
}

func partsOf(path flinksql.Path) []string {
	parts := make([]string, 0, len(path.Parts))
	for _, part := range path.Parts {
		parts = append(parts, part.Text)
	}
	return parts
}

// outline is the tree of a statement without what stands inside a field's piece: each part that is one, with all in it, is a
// point. Two parts where one should stand are seen, and so is a part that reaches over the end of its piece.
func outline(s Statement, statement flinksql.Statement) string {
	var whole []Piece // with those put together that are parts of one text
	for _, p := range s.Pieces {
		if last := len(whole) - 1; last >= 0 && whole[last].Field == p.Field && whole[last].End == p.Start {
			whole[last].End = p.End
			continue
		}
		whole = append(whole, p)
	}
	var b strings.Builder
	flinksql.Walk(statement, func(n flinksql.Node) bool {
		span := n.Range()
		for _, p := range whole {
			if p.Start <= span.Start-s.Start && span.End-s.Start <= p.End {
				b.WriteString(" •")
				return false
			}
		}
		b.WriteString(" " + reflect.TypeOf(n).Elem().Name())
		return true
	})
	return b.String()
}
