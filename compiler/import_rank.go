package compiler

import (
	"slices"
	"strconv"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// rank is a query that numbers the rows of each group and a condition that keeps the first ones: Flink's form of
// deduplication and top-n.
type rank struct {
	inner  *flinksql.Select
	alias  string
	number string // the name of the row number
	call   *flinksql.Call
	limit  int
	equal  bool // = 1 rather than <= 1
	rest   []flinksql.Expr
}

// ranked recognises a rank in FROM and WHERE and makes its node.
func (i *importer) ranked(s *flinksql.Select) (fromPart, []flinksql.Expr, bool) {
	r, ok := rankOf(s)
	if !ok {
		return fromPart{}, nil, false
	}
	undo := i.mark()
	var result fromPart
	if given := try(func() { result = i.rank(r, s) }); given != nil {
		undo()
		return fromPart{}, nil, false
	}
	return result, r.rest, true
}

func rankOf(s *flinksql.Select) (rank, bool) {
	te, alias := s.From, ""
	if aliased, isAliased := te.(*flinksql.Aliased); isAliased && len(aliased.Columns) == 0 {
		te, alias = aliased.Table, aliased.Alias.Text
	}
	derived, isDerived := te.(*flinksql.Derived)
	if !isDerived || derived.Lateral || len(derived.Query.With) > 0 || len(derived.Query.OrderBy) > 0 || derived.Query.Limit != nil || derived.Query.Offset != nil {
		return rank{}, false
	}
	inner, isSelect := derived.Query.Body.(*flinksql.Select)
	if !isSelect || inner.Distinct || inner.Having != nil || inner.GroupBy != nil || len(inner.Hints) > 0 || inner.Qualify != nil || inner.From == nil {
		return rank{}, false
	}
	r := rank{inner: inner, alias: alias}
	for _, item := range inner.Items {
		call, isCall := item.Expr.(*flinksql.Call)
		if isCall && (call.Over != nil || call.OverName != nil) {
			if r.call != nil || item.Alias == nil || !strings.EqualFold(pathPlain(call.Name), "ROW_NUMBER") {
				return rank{}, false
			}
			r.call, r.number = call, item.Alias.Text
			continue
		}
		switch item.Expr.(type) {
		case *flinksql.ColumnRef, *flinksql.Star:
		default:
			return rank{}, false
		}
	}
	if r.call == nil {
		return rank{}, false
	}
	for _, condition := range conjuncts(s.Where) {
		if limit, equal, isLimit := r.limitOf(condition); isLimit && r.limit == 0 {
			r.limit, r.equal = limit, equal
		} else {
			r.rest = append(r.rest, condition)
		}
	}
	return r, r.limit > 0
}

// limitOf reads n <= 3, n < 4, n = 1, and the same the other way round.
func (r *rank) limitOf(e flinksql.Expr) (limit int, equal, ok bool) {
	binary, isBinary := e.(*flinksql.Binary)
	if !isBinary {
		return 0, false, false
	}
	left, operator, right := binary.Left, binary.Operator, binary.Right
	if _, isConstant := left.(*flinksql.Constant); isConstant {
		left, right = right, left
		operator = map[string]string{">=": "<=", ">": "<", "=": "="}[operator]
	}
	ref, isRef := left.(*flinksql.ColumnRef)
	constant, isConstant := right.(*flinksql.Constant)
	if !isRef || !isConstant || constant.Kind != flinksql.NumberConstant || ref.Parts[len(ref.Parts)-1].Text != r.number ||
		len(ref.Parts) > 1 && ref.Parts[0].Text != r.alias {
		return 0, false, false
	}
	n, err := strconv.Atoi(constant.Value)
	if err != nil {
		return 0, false, false
	}
	switch {
	case operator == "=" && n == 1:
		return n, true, true
	case operator == "<=":
		return n, false, n > 1 // a top-n node of one row is written = 1, which batch plans tell from <= 1
	case operator == "<":
		return n - 1, false, n > 2
	}
	return 0, false, false
}

// rank makes the deduplicate or top-n node. Its rows have the columns of its input, and the row number where the query
// around asks for it.
func (i *importer) rank(r rank, s *flinksql.Select) fromPart {
	where := conjuncts(r.inner.Where)
	in, where := i.from(r.inner.From, where, nil)
	in = i.filtered(i.finished(in), where, r.inner)
	window := windowOf(r.inner, r.call)
	if window.Base != nil || window.Frame != nil || len(window.OrderBy) == 0 {
		bail(window.Span, "the rank's window has no node")
	}
	in = i.narrowed(in, r.inner.Items, []*flinksql.WindowSpec{window})
	var keys []string
	for _, e := range window.PartitionBy {
		column := in.plain(e)
		if column == "" {
			bail(e.Range(), "the rank is partitioned by an expression")
		}
		keys = append(keys, column)
	}
	asked := r.asked(s)
	columns := in.columns
	if columns == nil || slices.Contains(columns, r.number) {
		bail(r.inner.Span, "the columns of the rank are not known")
	}
	config := graph.Config{}
	kind, step := "topN", "top"
	order := in.plain(window.OrderBy[0].Expr)
	if r.equal && len(window.OrderBy) == 1 && order != "" && window.OrderBy[0].Nulls == "" && !asked && len(keys) > 0 {
		kind, step = "deduplicate", "first"
		config["keep"] = "first"
		if window.OrderBy[0].Descending {
			config["keep"], step = "last", "latest"
		}
		config["keys"], config["orderBy"] = anyList(keys), order
	} else {
		if len(keys) > 0 {
			config["partitionBy"] = anyList(keys)
		}
		config["orderBy"], config["limit"] = i.orderBy(window.OrderBy, in.scope), strconv.Itoa(r.limit)
		if asked {
			config["rowNumber"] = r.number
			columns = append(slices.Clone(columns), r.number)
		}
	}
	node := i.add(kind, target{name: i.stepName(in.relation, step)}, config, r.inner.Span, columns, from(in.relation)...)
	return i.rankScope(r, in, node, asked)
}

// asked tells whether the query around the rank uses the row number beyond the limit.
func (r *rank) asked(s *flinksql.Select) bool {
	asked := false
	look := func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.Star:
			asked = true
		case *flinksql.ColumnRef:
			asked = asked || slices.ContainsFunc(n.Parts, func(p flinksql.Name) bool { return p.Text == r.number })
		}
		return true
	}
	for _, item := range s.Items {
		flinksql.Walk(item.Expr, look)
	}
	for _, condition := range r.rest {
		flinksql.Walk(condition, look)
	}
	if s.GroupBy != nil {
		flinksql.Walk(s.GroupBy, look)
	}
	return asked
}

// rankScope are the columns of the inner query in its order, by the names that the node's rows have.
func (i *importer) rankScope(r rank, in fromPart, node relation, asked bool) fromPart {
	table := scopeTable{alias: r.alias}
	for at, item := range r.inner.Items {
		if item.Expr != flinksql.Expr(r.call) {
			for _, o := range i.outputs(r.inner.Items[at:at+1], in) {
				table.columns, table.names = append(table.columns, o.name), append(table.names, o.column)
			}
		} else if asked {
			table.columns, table.names = append(table.columns, r.number), append(table.names, r.number)
		}
	}
	table.columns = uniquified(table.columns)
	if slices.Equal(table.columns, node.columns) {
		table.names = nil
	}
	return fromPart{relation: node, scope: scope{tables: []scopeTable{table}}}
}
