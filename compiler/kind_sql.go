package compiler

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var freeSQL = kind{
	Kind: graph.Kind{
		Kind: "sql", Title: "SQL", Category: "Code", Icon: "code",
		Help:   "Any query over the inputs, which it calls by the names of their nodes.",
		Inputs: []graph.Port{{Name: "in", Title: "Inputs", Many: true}}, Output: true,
		Fields: []graph.Field{{
			Path: "query", Title: "Query", Type: graph.SQLField, Required: true,
			Help: "One SELECT, VALUES or WITH query.", Placeholder: "SELECT origin, COUNT(*) AS flights\nFROM flights\nGROUP BY origin",
		}},
	},
	emit: func(e *emission) {
		query := strings.TrimSpace(e.text("query"))
		problems := checkFragment(query, true)
		if len(problems) == 0 {
			problems = checkQuery(query)
		}
		offset := strings.Index(e.text("query"), query)
		for i := range problems {
			problems[i].span.Start += offset
			problems[i].span.End += offset
		}
		e.checked("query", problems)
		paths := map[string]string{}
		for _, input := range e.inputs["in"] {
			if input.reference != flinksql.Quote(input.Name) {
				paths[input.Name] = input.reference
			}
		}
		w := e.view(nil)
		w.edited("query", e.text("query"), flinksql.Span{Start: offset, End: offset + len(query)}, withPaths(query, offset, paths))
		if endsInLineComment(query) {
			w.write("\n") // so that the semicolon stands outside it
		}
	},
}

func endsInLineComment(sql string) bool {
	tokens, _ := flinksql.Lex(sql)
	if len(tokens) == 0 {
		return false
	}
	last := tokens[len(tokens)-1]
	return last.Kind == flinksql.Comment && !strings.HasPrefix(sql[last.Start:], "/*")
}

// withPaths lists what replaces the names of inputs that are catalog tables by their paths, in a query that stands at an
// offset of its field.
func withPaths(sql string, offset int, paths map[string]string) []replacement {
	if len(paths) == 0 {
		return nil
	}
	query, fault := flinksql.ParseQuery(sql)
	if fault != nil {
		return nil
	}
	var edits []replacement
	for _, reference := range tableReferences(query) {
		if path, ok := paths[reference.last()]; ok && len(reference.Parts) == 1 {
			edits = append(edits, reference.called(path, "")...)
		}
	}
	slices.SortStableFunc(edits, func(a, b replacement) int { return cmp.Compare(a.Start, b.Start) })
	for i := range edits {
		edits[i].Start += offset
		edits[i].End += offset
	}
	return edits
}

// checkQuery refuses statements that are no query.
func checkQuery(sql string) []problem {
	tokens, _ := flinksql.Lex(sql)
	tokens = flinksql.WithoutComments(tokens)
	if len(tokens) == 0 {
		return []problem{{graph.Span{End: len(sql)}, "not-a-query", "Query is empty", "Write a SELECT."}}
	}
	first := tokens[0]
	if first.Is(sql, "SELECT") || first.Is(sql, "WITH") || first.Is(sql, "VALUES") || first.Is(sql, "(") {
		if _, fault := flinksql.ParseQuery(sql); fault != nil {
			return []problem{problemOf(fault, 0, sql)}
		}
		return nil
	}
	return []problem{{
		graph.Span{Start: first.Start, End: first.End},
		"not-a-query", "Not a query",
		fmt.Sprintf("A query begins with SELECT, WITH or VALUES, not with %s.", sql[first.Start:first.End]),
	}}
}
