package compiler

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// setOperation takes UNION, INTERSECT and EXCEPT apart. A chain of the same operation becomes one node with many inputs.
func (i *importer) setOperation(b *flinksql.SetOperation, t target) relation {
	operation := strings.ToLower(b.Operator)
	if operation == "minus" {
		operation = "except"
	}
	if b.All {
		operation += "All"
	}
	left, rights := b.Left, []flinksql.Body{b.Right}
	for {
		inner, isSet := left.(*flinksql.SetOperation)
		if !isSet || inner.Operator != b.Operator || inner.All != b.All {
			break
		}
		left, rights = inner.Left, append([]flinksql.Body{inner.Right}, rights...)
	}
	first := i.branch(left, t)
	inputs := make([]relation, len(rights))
	for at, right := range rights {
		inputs[at] = i.branch(right, t)
	}
	columns := first.columns
	if len(t.columns) > 0 && !slices.Equal(columns, t.columns) {
		renamed := i.united(operation, first, inputs, target{name: stepName(t.name, "united")}, b.Span)
		return i.asOwn(renamed, t, b.Span)
	}
	return i.united(operation, first, inputs, t, b.Span)
}

// branch is one query of a set operation.
func (i *importer) branch(body flinksql.Body, t target) relation {
	r, _ := i.body(body, target{name: stepName(t.name, "part")})
	return r
}

// united makes the node of a set operation; a chain of nodes where the edges' own order is not that of the inputs, or an
// input stands twice.
func (i *importer) united(operation string, left relation, rights []relation, t target, place flinksql.Span) relation {
	ids := make([]string, len(rights))
	for at, r := range rights {
		ids[at] = r.node
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(ids))); len(distinct) == len(ids) && slices.IsSorted(ids) || len(rights) == 1 {
		inputs := []input{{left.node, "left"}}
		for _, id := range ids {
			inputs = append(inputs, input{id, "right"})
		}
		return i.add("union", t, graph.Config{"operation": operation}, place, left.columns, inputs...)
	}
	last := len(rights) - 1
	inner := i.united(operation, left, rights[:last], target{name: stepName(t.name, "part")}, place)
	return i.united(operation, inner, rights[last:], t, place)
}

// values makes the node of VALUES.
func (i *importer) values(v *flinksql.Values, t target, columns []string) relation {
	if len(columns) == 0 {
		columns = t.columns
	}
	rows := make([]any, len(v.Rows))
	for at, row := range v.Rows {
		rows[at] = i.texts(row.Exprs, scope{})
		for n := len(columns); len(t.columns) == 0 && n < len(row.Exprs); n++ {
			columns = append(columns, "EXPR$"+strconv.Itoa(n))
		}
		if len(columns) != len(row.Exprs) {
			bail(row.Span, "the number of its values is not that of the names")
		}
	}
	return i.add("values", t, graph.Config{"columns": anyList(columns), "rows": rows}, v.Span, columns)
}

// sort makes the node of ORDER BY, LIMIT and OFFSET.
func (i *importer) sort(q *flinksql.Query, r relation, outputs []output, t target) relation {
	config := graph.Config{}
	var keys []any
	for _, item := range q.OrderBy {
		keys = append(keys, importedSortKey(i.sortExpression(item.Expr, r, outputs), item))
	}
	if len(keys) > 0 {
		config["orderBy"] = keys
	}
	for path, e := range map[string]flinksql.Expr{"limit": q.Limit, "offset": q.Offset} {
		if e != nil {
			config[path] = i.plainText(e.Range())
		}
	}
	return i.add("sort", t, config, flinksql.Span{Start: q.Body.Range().End, End: q.End}, r.columns, from(r)...)
}

// sortedByMore sorts by what the query does not put out: it is put out before the sort and left out behind it.
func (i *importer) sortedByMore(q *flinksql.Query, s *flinksql.Select, t target) relation {
	more := *s
	more.Items = slices.Clone(s.Items)
	for at, key := range q.OrderBy {
		if putsOut(s.Items, key.Expr) {
			continue
		}
		name := "sort_" + strconv.Itoa(at+1)
		if ref, isRef := key.Expr.(*flinksql.ColumnRef); isRef {
			name = ref.Parts[len(ref.Parts)-1].Text
		}
		more.Items = append(more.Items, &flinksql.SelectItem{Span: key.Expr.Range(), Expr: key.Expr, Alias: &flinksql.Name{Span: key.Expr.Range(), Text: name}})
	}
	r, outputs := i.body(&more, target{name: stepName(t.name, "unsorted")})
	put := len(outputs) - len(more.Items) + len(s.Items)
	if put <= 0 || len(outputs) != len(r.columns) {
		bail(q.Span, "the columns that it sorts by are not known")
	}
	r = i.sort(q, r, outputs, target{name: stepName(t.name, "sorted")})
	chosen := make([]output, put)
	for at, column := range r.columns[:put] {
		chosen[at] = output{name: column, text: flinksql.Quote(column), column: column}
	}
	t.rename(chosen, q.Span)
	return i.columns(r, chosen, false, t, s.Span)
}

// putsOut tells whether a sort key is an item: by its number, its name or the expression itself.
func putsOut(items []*flinksql.SelectItem, key flinksql.Expr) bool {
	if constant, isConstant := key.(*flinksql.Constant); isConstant && constant.Kind == flinksql.NumberConstant {
		return true
	}
	ref, isRef := key.(*flinksql.ColumnRef)
	for at, item := range items {
		if flinksql.Equal(item.Expr, key) || isRef && len(ref.Parts) == 1 && itemName(item, at) == ref.Parts[0].Text {
			return true
		}
	}
	return false
}

// sortExpression is a sort key over the columns that the query puts out: by number, by name, or the same expression.
func (i *importer) sortExpression(e flinksql.Expr, r relation, outputs []output) string {
	if constant, isConstant := e.(*flinksql.Constant); isConstant && constant.Kind == flinksql.NumberConstant {
		n, err := strconv.Atoi(constant.Value)
		if err != nil || n < 1 || n > len(r.columns) {
			bail(e.Range(), "ORDER BY a number that is no column")
		}
		return flinksql.Quote(r.columns[n-1])
	}
	for at, o := range outputs {
		if o.expr != nil && flinksql.Equal(o.expr, e) && at < len(r.columns) {
			return flinksql.Quote(r.columns[at])
		}
	}
	return i.text(e, over(r, ""))
}

// sqlNode keeps a query as it is, with the tables in it called by their nodes' names.
func (i *importer) sqlNode(q *flinksql.Query, t target, reason *unsplit) relation {
	edits, inputs := i.withNodes(q)
	columns := queryColumns(q, func(t *flinksql.TableName) []string { return i.columnsOf(t) })
	if twice := !slices.Equal(columns, uniquified(columns)); twice || len(t.columns) > 0 && !t.byPosition {
		if len(t.columns) == 0 {
			t.columns = uniquified(columns)
		}
		if aliases, ok := withAliases(q, t.columns); ok {
			edits, columns, t.columns = append(edits, aliases...), t.columns, nil
		}
	}
	slices.SortStableFunc(edits, func(a, b replacement) int { return cmp.Compare(a.Start, b.Start) })
	text := replaced(i.source, q.Span, edits)
	if len(t.columns) > 0 && !t.byPosition {
		text, columns = renamedColumns(text, t.columns), t.columns
	}
	i.comments.claim(q.Span)
	r := i.add("sql", t, graph.Config{"query": text}, q.Span, columns, inputs...)
	i.keptAsSQL(r.node, reason.place, reason.reason)
	i.warnOfSessions(q)
	return r
}

// withAliases are the edits that give the items of a SELECT other names; false where it is no plain list of items.
func withAliases(q *flinksql.Query, columns []string) (edits []replacement, ok bool) {
	s, isSelect := q.Body.(*flinksql.Select)
	if !isSelect || len(s.Items) != len(columns) || slices.ContainsFunc(s.Items, isStarItem) || len(q.OrderBy) > 0 {
		return nil, false
	}
	for at, item := range s.Items {
		switch {
		case item.Alias != nil:
			edits = append(edits, replacement{item.Alias.Span, flinksql.Quote(columns[at])})
		case itemName(item, at) != columns[at]:
			edits = append(edits, replacement{flinksql.Span{Start: item.End, End: item.End}, " AS " + flinksql.Quote(columns[at])})
		}
	}
	return edits, true
}

// withNodes are the edits that call the tables of a query by their nodes' names, and those nodes.
func (i *importer) withNodes(q *flinksql.Query) (edits []replacement, inputs []input) {
	for _, reference := range tableReferences(q) {
		r := i.table(&flinksql.TableName{Span: reference.place, Path: reference.Path})
		if in := from(r)[0]; !slices.Contains(inputs, in) {
			inputs = append(inputs, in)
		}
		name := i.doc.Nodes[r.node].Name
		edits = append(edits, reference.called(flinksql.Quote(name), name)...)
	}
	return edits, inputs
}

// columnsOf are the columns of a table that a query names; nil when they are not known.
func (i *importer) columnsOf(t *flinksql.TableName) (columns []string) {
	if given := try(func() { columns = i.table(&flinksql.TableName{Span: t.Span, Path: t.Path}).columns }); given != nil {
		return nil
	}
	return columns
}

// warnOfSessions tells of what no view can hold, and so no SQL node.
func (i *importer) warnOfSessions(q *flinksql.Query) {
	flinksql.Walk(q, func(n flinksql.Node) bool {
		if arg, isTable := n.(*flinksql.TableArg); isTable && len(arg.PartitionBy) > 1 {
			i.report(graph.Warning, arg.Span, "session-of-several", "Sessions take one column here",
				"Flink cannot read a view with sessions of several columns again. Put them into one column before, or aggregate right behind the window.")
		}
		return true
	})
}

// renamedColumns gives a query the column names of CREATE VIEW v (a, b) AS.
func renamedColumns(query string, columns []string) string {
	quoted := make([]string, len(columns))
	for i, column := range columns {
		quoted[i] = flinksql.Quote(column)
	}
	return "SELECT *\nFROM (\n" + query + "\n) AS q (" + strings.Join(quoted, ", ") + ")"
}
