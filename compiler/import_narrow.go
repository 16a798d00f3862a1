package compiler

import (
	"slices"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// narrowed leaves out the columns that window functions do not need, by a select before them: a batch plan reads all that
// stands below window functions, even what nothing asks for behind them. A streaming plan does not.
func (i *importer) narrowed(p fromPart, items []*flinksql.SelectItem, windows []*flinksql.WindowSpec) fromPart {
	if i.doc.Mode != graph.Batch || p.columns == nil || slices.ContainsFunc(items, isStarItem) {
		return p
	}
	used := map[string]bool{}
	look := func(n flinksql.Node) bool {
		if ref, isRef := n.(*flinksql.ColumnRef); isRef {
			column, parts := p.column(ref.Path)
			used[unquoted(column)] = parts > 0
		}
		return true
	}
	for _, item := range items {
		flinksql.Walk(item.Expr, look)
	}
	for _, window := range windows {
		flinksql.Walk(window, look)
	}
	kept := slices.DeleteFunc(slices.Clone(p.columns), func(column string) bool { return !used[column] })
	if len(kept) == 0 || len(kept) == len(p.columns) {
		return p
	}
	outputs := make([]output, len(kept))
	for at, column := range kept {
		outputs[at] = output{name: column, text: flinksql.Quote(column), column: column}
	}
	tables := slices.Clone(p.tables)
	for at := range tables {
		if tables[at].merged != nil || tables[at].columns == nil {
			return p
		}
		tables[at] = tables[at].only(used)
	}
	r := i.add("select", target{name: i.stepName(p.relation, "columns")}, graph.Config{"columns": namedList(outputs)}, items[0].Span, kept, from(p.relation)...)
	return fromPart{relation: r, scope: scope{tables: tables, outer: p.outer}}
}

// only is the table with those of its columns that the relation still has.
func (t scopeTable) only(kept map[string]bool) scopeTable {
	var columns, names []string
	for _, column := range t.columns {
		if name, ok := t.name(column); ok && kept[name] {
			columns, names = append(columns, column), append(names, name)
		}
	}
	t.columns, t.names = columns, names
	return t
}

// windowsOf are the windows of calls.
func windowsOf(calls []overCall) []*flinksql.WindowSpec {
	list := make([]*flinksql.WindowSpec, len(calls))
	for at, call := range calls {
		list[at] = call.window
	}
	return list
}
