package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// emission is one node on its way to SQL.
type emission struct {
	id string
	*graph.Node
	inputs      map[string][]*emission // by port, in canonical order of edges
	streaming   bool
	statement   writer    // CREATE VIEW or CREATE TABLE
	inserts     []*writer // of a sink, one for each input
	reference   string    // how SQL names the node's rows
	columns     []string
	emitted     bool
	foundTypes  map[string]string // what types found, where it was asked
	typesFound  bool
	expands     bool // its expressions are of a row that is joined with what they give
	diagnostics []graph.Diagnostic
}

// in is the only input of a port that takes one.
func (e *emission) in(port string) *emission { return e.inputs[port][0] }

// from names the node behind FROM and JOIN so that its columns can be qualified with its name.
func (e *emission) from() string {
	if own := flinksql.Quote(e.Name); e.reference != own {
		return e.reference + " AS " + own
	}
	return e.reference
}

// text is the config's text at a path; "" when absent.
func (e *emission) text(path string) string {
	value, _ := e.Config.At(path)
	text, _ := value.(string)
	return text
}

// choice is the value of an enum that may be left out; a blank is none.
func (e *emission) choice(path string) string { return strings.TrimSpace(e.text(path)) }

func (e *emission) texts(path string) []string {
	value, _ := e.Config.At(path)
	list, _ := value.([]any)
	texts := make([]string, 0, len(list))
	for _, item := range list {
		text, _ := item.(string)
		texts = append(texts, text)
	}
	return texts
}

// entry is an item of a list of objects: {"name","expression"} or {"name","type"}; a table's column may have a comment.
type entry struct{ name, expression, typ, comment string }

func (e *emission) entries(path string) []entry {
	value, _ := e.Config.At(path)
	list, _ := value.([]any)
	entries := make([]entry, 0, len(list))
	for _, item := range list {
		object, _ := item.(map[string]any)
		var one entry
		one.name, _ = object["name"].(string)
		one.expression, _ = object["expression"].(string)
		one.typ, _ = object["type"].(string)
		one.comment, _ = object["comment"].(string)
		entries = append(entries, one)
	}
	return entries
}

// lists is a list of lists of texts.
func (e *emission) lists(path string) [][]string {
	value, _ := e.Config.At(path)
	outer, _ := value.([]any)
	lists := make([][]string, 0, len(outer))
	for _, item := range outer {
		inner, _ := item.([]any)
		texts := make([]string, 0, len(inner))
		for _, item := range inner {
			text, _ := item.(string)
			texts = append(texts, text)
		}
		lists = append(lists, texts)
	}
	return lists
}

// sortKey is an entry of an orderBy field; direction and nulls are "" where Flink's own hold.
type sortKey struct{ expression, direction, nulls string }

func (e *emission) sortKeys(path string) []sortKey {
	value, _ := e.Config.At(path)
	list, _ := value.([]any)
	keys := make([]sortKey, 0, len(list))
	for _, item := range list {
		object, _ := item.(map[string]any)
		var key sortKey
		key.expression, _ = object["expression"].(string)
		key.direction, _ = object["direction"].(string)
		key.nulls, _ = object["nulls"].(string)
		keys = append(keys, key)
	}
	return keys
}

// flag is the config's Boolean at a path; false when absent.
func (e *emission) flag(path string) bool {
	value, _ := e.Config.At(path)
	set, _ := value.(bool)
	return set
}

func (e *emission) options(path string) map[string]string {
	value, _ := e.Config.At(path)
	object, _ := value.(map[string]any)
	options := make(map[string]string, len(object))
	for key, item := range object {
		options[key], _ = item.(string)
	}
	return options
}

func (e *emission) report(severity graph.Severity, field, code, summary, detail string) {
	e.diagnostics = append(e.diagnostics, graph.Diagnostic{Node: e.id, Field: field, Severity: severity, Code: code, Summary: summary, Detail: detail})
}

// expression writes a user's expression after checking that it stays in its place.
func (e *emission) expression(w *writer, field, sql string) {
	e.checked(field, checkExpression(sql))
	var edits []replacement
	if e.expands {
		edits = e.qualified(sql)
	}
	w.edited(field, sql, flinksql.Span{End: len(sql)}, edits)
}

func (e *emission) checked(field string, problems []problem) {
	for _, p := range problems {
		span := p.span
		e.diagnostics = append(e.diagnostics, graph.Diagnostic{Node: e.id, Field: field, Span: &span, Severity: graph.Error, Code: p.code, Summary: p.summary, Detail: p.detail})
	}
}

// view begins the statement of a node that is a view; the query follows.
func (e *emission) view(columns []string) *writer {
	e.reference = flinksql.Quote(e.Name)
	e.columns = columns
	e.statement.write("CREATE TEMPORARY VIEW ")
	e.statement.name("name", e.Name)
	e.statement.write(" AS\n")
	return &e.statement
}

// names checks the names of a list for gaps and doubles, also with the names that the output has already.
func (e *emission) names(field string, names []string, taken ...string) {
	seen := map[string]bool{}
	for _, name := range taken {
		seen[name] = true
	}
	for i, name := range names {
		place := fmt.Sprintf("%s.%d.name", field, i)
		if e.legal(place, name) && seen[name] {
			e.report(graph.Error, place, "duplicate-column", "Column stands twice", fmt.Sprintf("%q is there already: choose another name.", name))
		}
		seen[name] = true
	}
}

// legal tells whether a text can be a column's name, and reports it when not.
func (e *emission) legal(field, name string) bool {
	switch {
	case name == "":
		e.report(graph.Error, field, "missing-name", "Column has no name", "Write the column's name, or remove the entry.")
	case strings.ContainsFunc(name, unicode.IsControl):
		e.report(graph.Error, field, "illegal-column", "Column's name holds a control character", fmt.Sprintf("Remove line breaks and the like from %q.", name))
	default:
		return true
	}
	return false
}

// newColumn checks the name of a column that is added to others; taken is nil where those are unknown.
func (e *emission) newColumn(field, name string, taken []string) {
	if e.legal(field, name) && slices.Contains(taken, name) {
		e.report(graph.Error, field, "duplicate-column", "Column stands twice", fmt.Sprintf("The input has a column %q already: choose another name.", name))
	}
}

// with are the input's columns and those that are added to them; nil where the input's are unknown.
func with(columns []string, added ...string) []string {
	if columns == nil {
		return nil
	}
	return append(slices.Clone(columns), added...)
}

func sorted[V any](set map[string]V) []string { return slices.Sorted(maps.Keys(set)) }
