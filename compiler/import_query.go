package compiler

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// query takes a query apart. What cannot be taken apart becomes an SQL node that says why.
func (i *importer) query(q *flinksql.Query, t target) relation {
	undo := i.mark()
	var result relation
	reason := try(func() { result = i.split(q, t) })
	if reason == nil {
		return result
	}
	undo()
	return i.sqlNode(q, t, reason)
}

// split takes a query apart or gives up.
func (i *importer) split(q *flinksql.Query, t target) relation {
	if len(q.With) > 0 {
		i.with(q)
		defer func() { i.ctes = i.ctes[:len(i.ctes)-1] }()
	}
	if len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil {
		r, _ := i.body(q.Body, t)
		return r
	}
	undo := i.mark()
	var sorted relation
	given := try(func() { sorted = i.sorted(q, t) })
	if given == nil {
		return sorted
	}
	undo()
	s, isSelect := q.Body.(*flinksql.Select)
	if !isSelect || s.Distinct {
		panic(*given)
	}
	return i.sortedByMore(q, s, t)
}

// sorted is a query with ORDER BY, LIMIT or OFFSET.
func (i *importer) sorted(q *flinksql.Query, t target) relation {
	r, outputs := i.body(q.Body, target{name: stepName(t.name, "unsorted")})
	if len(t.columns) == 0 || t.byPosition && matchesByPosition(r.columns, t.columns) {
		return i.sort(q, r, outputs, t)
	}
	return i.asOwn(i.sort(q, r, outputs, target{name: stepName(t.name, "sorted")}), t, q.Span)
}

func (i *importer) with(q *flinksql.Query) {
	if q.Recursive {
		bail(q.Span, "WITH RECURSIVE has no nodes")
	}
	scope := map[string]relation{}
	i.ctes = append(i.ctes, scope)
	if given := try(func() {
		for _, cte := range q.With {
			// a query of WITH does not see itself: its name may be that of a table which it reads
			scope[cte.Name.Text] = i.query(cte.Query, target{name: nodeName(cte.Name.Text), columns: names(cte.Columns)})
		}
	}); given != nil {
		i.ctes = i.ctes[:len(i.ctes)-1]
		panic(*given)
	}
}

// output is one column that a SELECT puts out.
type output struct {
	name   string
	text   string        // its expression over the relation behind FROM
	column string        // the relation's column that it is; "" for anything else
	expr   flinksql.Expr // nil of a column that * stands for
	place  flinksql.Span
}

func (i *importer) body(body flinksql.Body, t target) (relation, []output) {
	switch b := body.(type) {
	case *flinksql.Select:
		return i.selectBlock(b, t)
	case *flinksql.Query:
		return i.split(b, t), nil
	case *flinksql.SetOperation:
		return i.setOperation(b, t), nil
	case *flinksql.Values:
		return i.values(b, t, nil), nil
	case *flinksql.ExplicitTable:
		r := i.table(&flinksql.TableName{Span: b.Span, Path: b.Table})
		return i.asOwn(r, t, b.Span), nil
	}
	bail(body.Range(), "it is no query that nodes are made of")
	return relation{}, nil
}

// asOwn gives a relation that exists already the name that the script gives it, by a node that passes all its rows.
func (i *importer) asOwn(r relation, t target, place flinksql.Span) relation {
	if len(t.columns) > 0 && !slices.Equal(t.columns, r.columns) && (!t.byPosition || !matchesByPosition(r.columns, t.columns)) {
		if len(t.columns) != len(r.columns) {
			bail(place, "its columns are not known, so they cannot be renamed")
		}
		outputs := make([]output, len(r.columns))
		for at, column := range r.columns {
			outputs[at] = output{name: t.columns[at], text: flinksql.Quote(column), column: column}
		}
		return i.columns(r, outputs, false, t, place)
	}
	if !t.own {
		return r
	}
	if i.adopt(r.node, t) {
		return r
	}
	return i.add("select", t, graph.Config{"keep": true}, place, r.columns, from(r)...)
}

// matchesByPosition tells whether an INSERT of the columns into a table writes them in their order: a sink takes them by
// name once all of the table's are there.
func matchesByPosition(columns, written []string) bool {
	return columns == nil || slices.Equal(columns, written) ||
		slices.ContainsFunc(written, func(name string) bool { return !slices.Contains(columns, name) })
}

// selectBlock takes one SELECT apart: what stands behind FROM, a filter, an aggregate or window functions, the columns.
func (i *importer) selectBlock(s *flinksql.Select, t target) (relation, []output) {
	if s.Qualify != nil || s.Stream {
		bail(s.Span, "QUALIFY and STREAM have no nodes")
	}
	if s.From == nil {
		bail(s.Span, "it reads no table")
	}
	s, t = renamedItems(s, t)
	for _, hint := range s.Hints {
		delete(i.usedHints, hint.Span) // the SELECT may be read again
	}
	part, where, ranked := i.ranked(s)
	if !ranked {
		where = conjuncts(s.Where)
		part, where = i.from(s.From, where, s)
	}
	var hints []any
	if part.join == nil && !i.hasOver(s) && (isGrouped(s) || !holdsQueryIn(where)) {
		hints = i.inputHints(s.Hints, part.scope)
	}
	for _, hint := range s.Hints {
		if !i.usedHints[hint.Span] {
			bail(hint.Span, "its hint %s belongs to no single join", hint.Name.Text)
		}
	}
	if isGrouped(s) {
		return i.grouped(s, part, where, hints, t)
	}
	if part.join != nil && len(where) > 0 && i.takesWhere(part, where) {
		where = nil
	}
	if part.join != nil && len(where) == 0 && !s.Distinct && isAll(s.Items) && len(t.columns) == 0 && part.tables[0].merged == nil {
		return i.wholeJoin(part, t), nil
	}
	if part.join != nil && len(where) == 0 && !i.hasOver(s) && !s.Distinct {
		outputs := i.outputs(s.Items, part)
		if !slices.ContainsFunc(outputs, func(o output) bool { return o.expr != nil && holdsQuery(o.expr) }) {
			return i.joinWith(part, s, outputs, t), outputs
		}
	}
	part = i.filtered(i.finished(part), where, s)
	if i.hasOver(s) {
		return i.overBlock(s, part, t)
	}
	if part.columns == nil && len(part.tables) == 1 {
		if _, isStar := s.Items[0].Expr.(*flinksql.Star); isStar {
			return i.behindUnknown(s, part, t), nil
		}
	}
	outputs := i.outputs(s.Items, part)
	r := i.project(s, part, outputs, t)
	if len(hints) > 0 {
		node := i.doc.Nodes[r.node]
		if node.Kind != "select" || r.node == part.node {
			bail(s.Span, "its hints belong to no node")
		}
		node.Config["hints"] = hints
	}
	return r, outputs
}

func holdsQueryIn(conditions []flinksql.Expr) bool {
	return slices.ContainsFunc(conditions, func(e flinksql.Expr) bool { return holdsQuery(e) })
}

// behindUnknown makes the columns of SELECT *, … over a table whose columns are not known.
func (i *importer) behindUnknown(s *flinksql.Select, part fromPart, t target) relation {
	if len(t.columns) > 0 {
		bail(s.Span, "its columns are not known, so they cannot be renamed")
	}
	if len(s.Items) == 1 && !s.Distinct {
		return i.asOwn(part.relation, t, s.Span)
	}
	outputs := i.outputs(s.Items[1:], part)
	if slices.ContainsFunc(outputs, func(o output) bool { return o.text == "" }) {
		bail(s.Span, "it holds a query in an expression")
	}
	config := graph.Config{"keep": true}
	if s.Distinct {
		config["distinct"] = true
	}
	if len(outputs) > 0 {
		config["columns"] = namedList(outputs)
	}
	return i.add("select", t, config, s.Span, nil, from(part.relation)...)
}

// outputs lists the columns that a SELECT puts out, * and t.* spelled out.
func (i *importer) outputs(items []*flinksql.SelectItem, part fromPart) []output {
	var list []output
	for at, item := range items {
		if star, isStar := item.Expr.(*flinksql.Star); isStar {
			list = append(list, starOutputs(star, part)...)
			continue
		}
		o := output{name: itemName(item, at), expr: item.Expr, column: part.plain(item.Expr), place: item.Span}
		if !holdsQuery(item.Expr) {
			o.text = i.text(item.Expr, part.scope)
		}
		list = append(list, o)
	}
	all := make([]string, len(list))
	for at, o := range list {
		all[at] = o.name
	}
	for at, name := range uniquified(all) {
		list[at].name = name
	}
	return list
}

// itemName is the name that Flink gives to an item: its alias, the column's name, or EXPR$ and its place.
func itemName(item *flinksql.SelectItem, at int) string {
	if item.Alias != nil {
		return item.Alias.Text
	}
	switch e := item.Expr.(type) {
	case *flinksql.ColumnRef:
		return e.Parts[len(e.Parts)-1].Text
	case *flinksql.Field:
		return e.Name.Text
	}
	return fmt.Sprintf("EXPR$%d", at)
}

func starOutputs(star *flinksql.Star, part fromPart) []output {
	var list []output
	for _, table := range part.tables {
		if star.Qualifier != nil && table.alias != pathPlain(*star.Qualifier) {
			continue
		}
		if table.columns == nil {
			bail(star.Span, "the columns behind * are not known")
		}
		for _, column := range table.columns {
			if star.Qualifier == nil && slices.Contains(table.hides, column) {
				continue
			}
			text, ok := table.text(column)
			if !ok {
				bail(star.Span, "the columns behind * are not known")
			}
			o := output{name: column, text: text, place: star.Span}
			if table.merged == nil {
				o.column, _ = table.name(column)
			}
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		bail(star.Span, "the columns behind * are not known")
	}
	return list
}

// isAll tells whether the items are just *.
func isAll(items []*flinksql.SelectItem) bool {
	if len(items) != 1 {
		return false
	}
	star, isStar := items[0].Expr.(*flinksql.Star)
	return isStar && star.Qualifier == nil
}

// project makes the node of the columns; where all columns pass as they are, none.
func (i *importer) project(s *flinksql.Select, part fromPart, outputs []output, t target) relation {
	if slices.ContainsFunc(outputs, func(o output) bool { return o.expr != nil && holdsQuery(o.expr) }) {
		return i.projectedByQueries(s, part, outputs, t)
	}
	t.rename(outputs, s.Span)
	return i.columnsOrCall(s, part, outputs, t)
}

func (i *importer) columnsOrCall(s *flinksql.Select, part fromPart, outputs []output, t target) relation {
	r := part.relation
	if !s.Distinct && len(s.Items) == 2 && isAll(s.Items[:1]) {
		if call := plainCall(outputs[len(outputs)-1].expr); call != nil && passes(outputs[:len(outputs)-1], r) {
			return i.udf(call, part, outputs, t)
		}
	}
	return i.columns(r, outputs, s.Distinct, t, s.Span)
}

// passes tells whether the outputs are the relation's columns as they are.
func passes(outputs []output, r relation) bool {
	if len(outputs) != len(r.columns) {
		return false
	}
	for at, o := range outputs {
		if o.column != r.columns[at] || o.name != o.column {
			return false
		}
	}
	return true
}

// rename gives the outputs the names that the query's columns shall have, if it says any.
func (t target) rename(outputs []output, place flinksql.Span) {
	if len(t.columns) > 0 && len(t.columns) != len(outputs) {
		bail(place, "the number of its columns is not that of the names")
	}
	for at, name := range t.columns {
		outputs[at].name = name
	}
}

// columns makes a select node, or none where it would change nothing.
func (i *importer) columns(r relation, outputs []output, distinct bool, t target, place flinksql.Span) relation {
	if passes(outputs, r) && !distinct {
		return i.asOwn(r, target{name: t.name, own: t.own}, place)
	}
	config := graph.Config{}
	listed := outputs
	if n := len(r.columns); n > 0 && len(outputs) >= n && passes(outputs[:n], r) {
		config["keep"], listed = true, outputs[n:]
	}
	if distinct {
		config["distinct"] = true
	}
	if len(listed) > 0 {
		config["columns"] = namedList(listed)
	}
	return i.add("select", t, config, place, outputNames(outputs), from(r)...)
}

func namedList(outputs []output) []any {
	list := make([]any, len(outputs))
	for at, o := range outputs {
		list[at] = map[string]any{"name": o.name, "expression": o.text}
	}
	return list
}

func outputNames(outputs []output) []string {
	list := make([]string, len(outputs))
	for at, o := range outputs {
		list[at] = o.name
	}
	return list
}

// plainCall is a call with nothing but arguments; nil for any other expression.
func plainCall(e flinksql.Expr) *flinksql.Call {
	call, isCall := e.(*flinksql.Call)
	if !isCall || call.Bare || call.Quantifier != "" || len(call.Keywords)+len(call.OrderBy)+len(call.WithinGroup) > 0 ||
		call.Filter != nil || call.Nulls != "" || call.Over != nil || call.OverName != nil || call.FinalRunning != "" {
		return nil
	}
	for _, arg := range call.Args {
		switch arg.(type) {
		case *flinksql.Star, *flinksql.TableArg, *flinksql.Descriptor, *flinksql.NamedArg, *flinksql.Default:
			return nil
		}
	}
	return call
}

func (i *importer) udf(call *flinksql.Call, part fromPart, outputs []output, t target) relation {
	config := graph.Config{"function": i.plainText(call.Name.Span), "output": outputs[len(outputs)-1].name}
	if len(call.Args) > 0 {
		config["arguments"] = i.texts(call.Args, part.scope)
	}
	return i.add("udf", t, config, call.Span, outputNames(outputs), from(part.relation)...)
}

func (i *importer) texts(list []flinksql.Expr, scope scope) []any {
	texts := make([]any, len(list))
	for at, e := range list {
		texts[at] = i.text(e, scope)
	}
	return texts
}

// text is an expression's text over a scope.
func (i *importer) text(e flinksql.Expr, scope scope) string {
	return i.rewritten(e.Range(), scope.renamed(e))
}

// rewritten is a part of the script without its comments, with the replacements.
func (i *importer) rewritten(place flinksql.Span, edits []replacement) string {
	first, last := i.comments.inside(place)
	for _, comment := range i.comments.list[first:last] {
		edits = append(edits, replacement{comment, ""})
	}
	slices.SortFunc(edits, func(a, b replacement) int { return cmp.Compare(a.Start, b.Start) })
	return strings.TrimSpace(replaced(i.source, place, edits))
}

// plainText is a part of the script without its comments.
func (i *importer) plainText(place flinksql.Span) string { return i.rewritten(place, nil) }

// renamedItems gives the items the names that the query shall put out, where there is one for each.
func renamedItems(s *flinksql.Select, t target) (*flinksql.Select, target) {
	if len(t.columns) != len(s.Items) || slices.ContainsFunc(s.Items, isStarItem) {
		return s, t
	}
	renamed := *s
	renamed.Items = make([]*flinksql.SelectItem, len(s.Items))
	for at, item := range s.Items {
		named := *item
		named.Alias = &flinksql.Name{Span: item.Span, Text: t.columns[at]}
		renamed.Items[at] = &named
	}
	t.columns = nil
	return &renamed, t
}

// filtered puts the rows through the conditions of WHERE: one filter for all that look at the row alone, then those that
// ask another query.
func (i *importer) filtered(part fromPart, where []flinksql.Expr, s *flinksql.Select) fromPart {
	var plain, asking []flinksql.Expr
	for _, condition := range where {
		if holdsQuery(condition) {
			asking = append(asking, condition)
		} else {
			plain = append(plain, condition)
		}
	}
	if len(plain) > 0 {
		r := i.add("filter", target{name: i.stepName(part.relation, "filtered")},
			graph.Config{"condition": i.all(plain, s.Where, part.scope)}, s.WhereClause, part.columns, from(part.relation)...)
		part.relation = r
	}
	if len(asking) > 0 {
		part.relation = i.asking(asking, part)
	}
	return part
}

// all is the conjunction of conditions: the text of the whole where that is what they are.
func (i *importer) all(conditions []flinksql.Expr, whole flinksql.Expr, scope scope) string {
	if whole != nil && len(conditions) == len(conjuncts(whole)) {
		return i.text(whole, scope)
	}
	return i.joined(conditions, scope)
}

func (i *importer) joined(conditions []flinksql.Expr, scope scope) string {
	if len(conditions) == 1 {
		return i.text(conditions[0], scope)
	}
	texts := make([]string, len(conditions))
	for at, condition := range conditions {
		texts[at] = i.bracketed(condition, scope)
	}
	return strings.Join(texts, "\n  AND ")
}

// stepName names a node that the script has no name for, after what it is made of.
func (i *importer) stepName(r relation, step string) string {
	return stepName(i.doc.Nodes[r.node].Name, step)
}

const longName = 48 // characters; longer names are cut before a step's word is put behind

func stepName(base, step string) string {
	if runes := []rune(base); len(runes) > longName {
		base = strings.TrimRight(string(runes[:longName]), "_")
	}
	return nodeName(base + "_" + step)
}
