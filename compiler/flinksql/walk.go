package flinksql

// Walk visits a node and its parts, depth first and in the order of the text; where visit says false it does not go into the
// node. Names, paths, options, hints and keywords are parts of their nodes and are not visited by themselves.
func Walk(n Node, visit func(Node) bool) {
	if isNil(n) || !visit(n) {
		return
	}
	w := walker(visit)
	switch n := n.(type) {
	case Statement:
		w.statement(n)
	case Expr:
		w.expression(n)
	case TableExpr:
		w.table(n)
	case Body:
		w.body(n)
	default:
		w.part(n)
	}
}

type walker func(Node) bool

func (w walker) walk(nodes ...Node) {
	for _, n := range nodes {
		Walk(n, w)
	}
}

func walkAll[N Node](w walker, nodes []N) {
	for _, n := range nodes {
		Walk(n, w)
	}
}

func (w walker) statement(s Statement) {
	switch s := s.(type) {
	case *CreateTable:
		w.tableParts(s)
		w.walk(s.As)
	case *CreateView:
		w.walk(s.Query)
	case *Insert:
		for i := range s.Partition {
			w.walk(s.Partition[i].Value)
		}
		w.walk(s.Query)
	case *StatementSet:
		walkAll(w, s.Inserts)
	case *QueryStatement:
		w.walk(s.Query)
	}
}

// tableParts visits columns, watermark and primary key as they stand; a key behind a column's type is part of the column.
func (w walker) tableParts(t *CreateTable) {
	watermark, key := t.Watermark, t.PrimaryKey
	for _, c := range t.Columns {
		if watermark != nil && watermark.Start < c.Start {
			w.walk(watermark)
			watermark = nil
		}
		if key != nil && key.Start < c.End {
			if key.Start < c.Start {
				w.walk(key)
			}
			key = nil
		}
		w.walk(c)
	}
	if watermark != nil && key != nil && key.Start < watermark.Start {
		w.walk(key, watermark)
		return
	}
	w.walk(watermark, key)
}

func (w walker) body(b Body) {
	switch b := b.(type) {
	case *Query:
		walkAll(w, b.With)
		w.walk(b.Body)
		walkAll(w, b.OrderBy)
		if !isNil(b.Limit) && !isNil(b.Offset) && b.Offset.Range().Start < b.Limit.Range().Start {
			w.walk(b.Offset, b.Limit)
		} else {
			w.walk(b.Limit, b.Offset)
		}
	case *Select:
		walkAll(w, b.Items)
		w.walk(b.From, b.Where, b.GroupBy, b.Having)
		walkAll(w, b.Windows)
		w.walk(b.Qualify)
	case *Values:
		walkAll(w, b.Rows)
	case *SetOperation:
		w.walk(b.Left, b.Right)
	}
}

func (w walker) table(t TableExpr) {
	switch t := t.(type) {
	case *TableName:
		w.walk(t.AsOf)
	case *Derived:
		w.walk(t.Query)
	case *TableFunction:
		w.walk(t.Call)
	case *Unnest:
		walkAll(w, t.Exprs)
	case *Join:
		w.walk(t.Left, t.Right, t.On)
	case *Aliased:
		w.walk(t.Table)
	case *Sampled:
		w.walk(t.Table)
	case *MatchRecognize:
		w.walk(t.Input)
		walkAll(w, t.PartitionBy)
		walkAll(w, t.OrderBy)
		walkAll(w, t.Measures)
		w.walk(t.Within)
		walkAll(w, t.Define)
	}
}

// part visits what is neither statement, query, table nor expression.
func (w walker) part(n Node) {
	switch n := n.(type) {
	case *Column:
		w.walk(n.Type, n.Expression)
	case *Watermark:
		w.walk(n.Expression)
	case *CTE:
		w.walk(n.Query)
	case *SelectItem:
		w.walk(n.Expr)
	case *GroupBy:
		walkAll(w, n.Items)
	case *GroupItem:
		w.walk(n.Expr)
		walkAll(w, n.Exprs)
		walkAll(w, n.Items)
	case *NamedWindow:
		w.walk(n.Spec)
	case *WindowSpec:
		walkAll(w, n.PartitionBy)
		walkAll(w, n.OrderBy)
		w.walk(n.Frame)
	case *Frame:
		w.walk(n.Start, n.End)
	case *Bound:
		w.walk(n.Expr)
	case *OrderItem:
		w.walk(n.Expr)
	case *ValuesRow:
		walkAll(w, n.Exprs)
	case *Definition:
		w.walk(n.Condition)
	case *When:
		walkAll(w, n.Conditions)
		w.walk(n.Result)
	case *Type:
		walkAll(w, n.Elements)
		for i := range n.Fields {
			w.walk(&n.Fields[i])
		}
	case *RowField:
		w.walk(n.Type)
	}
}

func (w walker) expression(x Expr) {
	switch x := x.(type) {
	case *IntervalOf:
		w.walk(x.X)
	case *Unary:
		w.walk(x.Operand)
	case *Binary:
		w.walk(x.Left, x.Right)
	case *Between:
		w.walk(x.X, x.Low, x.High)
	case *LikeExpr:
		w.walk(x.X, x.Pattern, x.Escape)
	case *In:
		w.walk(x.X)
		walkAll(w, x.List)
		w.walk(x.Query)
	case *Exists:
		w.walk(x.Query)
	case *Quantified:
		w.walk(x.X)
		walkAll(w, x.List)
		w.walk(x.Query)
	case *Case:
		w.walk(x.Operand)
		for i := range x.Whens {
			w.walk(&x.Whens[i])
		}
		w.walk(x.Else)
	case *Cast:
		w.walk(x.X, x.Type)
	case *Call:
		w.call(x)
	case *Row:
		walkAll(w, x.Exprs)
	case *Array:
		walkAll(w, x.Exprs)
		w.walk(x.Query)
	case *MapOf:
		walkAll(w, x.Exprs)
		w.walk(x.Query)
	case *Index:
		w.walk(x.X, x.I)
	case *Field:
		w.walk(x.X, x.Call)
	case *SubQuery:
		w.walk(x.Query)
	case *TableArg:
		w.walk(x.Query)
		walkAll(w, x.PartitionBy)
		walkAll(w, x.OrderBy)
	case *NamedArg:
		w.walk(x.Value)
	}
}

func (w walker) call(c *Call) {
	keywords := c.Keywords
	types := func(before int) {
		for len(keywords) > 0 && keywords[0].Before <= before {
			w.walk(keywords[0].Type)
			keywords = keywords[1:]
		}
	}
	for i, arg := range c.Args {
		types(i)
		w.walk(arg)
	}
	types(len(c.Args))
	walkAll(w, c.OrderBy)
	walkAll(w, c.Distinct)
	walkAll(w, c.WithinGroup)
	w.walk(c.Filter, c.Over)
}

// isNil tells whether there is no node: a nil, or a nil pointer of one of the parts that may be absent.
func isNil(n Node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *Query:
		return n == nil
	case *Watermark:
		return n == nil
	case *PrimaryKey:
		return n == nil
	case *GroupBy:
		return n == nil
	case *WindowSpec:
		return n == nil
	case *Frame:
		return n == nil
	case *Bound:
		return n == nil
	case *Type:
		return n == nil
	case *Call:
		return n == nil
	}
	return false
}
