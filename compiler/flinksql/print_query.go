package flinksql

func (p *printer) body(b Body) {
	switch b := b.(type) {
	case *Query:
		p.query(b)
	case *Select:
		p.selectBody(b)
	case *Values:
		p.write("VALUES")
		p.within(maxSelect, func() {
			p.indented(func() {
				p.newline()
				p.each(len(b.Rows), func(i int) { p.valuesRow(b.Rows[i]) })
			})
		})
	case *SetOperation:
		p.setOperation(b)
	case *ExplicitTable:
		p.write("TABLE ")
		p.path(b.Table)
	}
}

func (p *printer) query(q *Query) {
	if p.tooWide {
		return
	}
	for i, cte := range q.With {
		switch {
		case i > 0:
			p.write(",")
			p.newline()
		case q.Recursive:
			p.write("WITH RECURSIVE ")
		default:
			p.write("WITH ")
		}
		p.cte(cte)
	}
	if len(q.With) > 0 {
		p.newline()
	}
	p.operand(q.Body, 0)
	if len(q.OrderBy) > 0 {
		p.newline()
		p.write("ORDER BY ")
		p.orderItems(q.OrderBy)
	}
	if q.Limit != nil {
		p.newline()
		p.write("LIMIT ")
		p.expression(q.Limit, 0)
	}
	if q.Offset != nil {
		if q.Limit != nil {
			p.write(" ")
		} else {
			p.newline()
		}
		p.write("OFFSET ")
		p.expression(q.Offset, 0)
	}
}

func (p *printer) cte(c *CTE) {
	p.broken()
	p.name(c.Name)
	if len(c.Columns) > 0 {
		p.write(" ")
		p.names(c.Columns)
	}
	p.block(" AS (", ")", func() { p.query(c.Query) })
}

// setPower is how strong a body binds as the operand of a set operation.
func setPower(b Body) int {
	switch b := b.(type) {
	case *SetOperation:
		if b.Operator == "INTERSECT" {
			return multisetIntersectPower
		}
		return multisetUnionPower
	case *Query:
		return 0
	}
	return memberPower
}

// operand writes a body, in brackets where it binds less than power.
func (p *printer) operand(b Body, power int) {
	if _, ok := b.(*Query); ok || setPower(b) < power {
		p.block("(", ")", func() { p.body(b) })
		return
	}
	p.body(b)
}

func (p *printer) setOperation(s *SetOperation) {
	if p.tooWide {
		return
	}
	own := setPower(s)
	p.operand(s.Left, own)
	p.newline()
	p.write(s.Operator)
	switch {
	case s.All:
		p.write(" ALL")
	case s.Distinct:
		p.write(" DISTINCT")
	}
	p.newline()
	p.operand(s.Right, own+1)
}

func (p *printer) valuesRow(r *ValuesRow) {
	open := "("
	if r.Row {
		open = "ROW("
	}
	p.group(func() {
		p.block(open, ")", func() {
			p.each(len(r.Exprs), func(i int) { p.expression(r.Exprs[i], 0) })
		})
	})
}

func (p *printer) selectBody(s *Select) {
	p.write("SELECT")
	p.hints(s.Hints)
	if s.Stream {
		p.write(" STREAM")
	}
	switch {
	case s.Distinct:
		p.write(" DISTINCT")
	case s.All:
		p.write(" ALL")
	}
	p.selectItems(s.Items)
	if s.From == nil {
		return
	}
	p.newline()
	p.write("FROM ")
	p.table(s.From)
	p.condition("WHERE", s.Where)
	if s.GroupBy != nil {
		p.newline()
		p.groupBy(s.GroupBy)
	}
	p.condition("HAVING", s.Having)
	for i, window := range s.Windows {
		if i > 0 {
			p.write(",")
		}
		p.newline()
		if i == 0 {
			p.write("WINDOW ")
		} else {
			p.write("  ")
		}
		p.namedWindow(window)
	}
	p.condition("QUALIFY", s.Qualify)
}

// selectItems writes one item, or several plain columns that fit, on the line, and all else an item a line.
func (p *printer) selectItems(items []*SelectItem) {
	plain := true
	for _, item := range items {
		switch item.Expr.(type) {
		case *ColumnRef, *Star:
			plain = plain && item.Alias == nil
		default:
			plain = false
		}
	}
	list := func() {
		p.indented(func() {
			p.newline()
			p.each(len(items), func(i int) { p.selectItem(items[i]) })
		})
	}
	if len(items) == 1 || plain || p.flat {
		p.within(maxSelect, list)
		return
	}
	list()
}

func (p *printer) selectItem(i *SelectItem) {
	p.expression(i.Expr, 0)
	if i.Alias != nil {
		p.write(" AS ")
		p.name(*i.Alias)
	}
}

// condition writes a clause; a chain of AND or OR that does not fit takes a line for each.
func (p *printer) condition(keyword string, x Expr) {
	if x == nil {
		return
	}
	p.newline()
	p.write(keyword, " ")
	p.group(func() { p.expression(x, 0) })
}

func (p *printer) groupBy(g *GroupBy) {
	p.write("GROUP BY ")
	if g.Quantifier != "" {
		p.write(g.Quantifier, " ")
	}
	p.group(func() {
		p.indented(func() {
			p.each(len(g.Items), func(i int) { p.groupItem(g.Items[i], false) })
		})
	})
}

// groupItem writes an item; one of GROUPING SETS always in brackets.
func (p *printer) groupItem(g *GroupItem, inSets bool) {
	switch g.Kind {
	case GroupExpr:
		if inSets {
			p.write("(")
			p.expression(g.Expr, 0)
			p.write(")")
			return
		}
		p.expression(g.Expr, 0)
	case GroupList:
		p.write("(")
		p.flatEach(len(g.Exprs), func(i int) { p.expression(g.Exprs[i], 0) })
		p.write(")")
	default:
		word := map[GroupKind]string{GroupSets: "GROUPING SETS (", GroupCube: "CUBE (", GroupRollup: "ROLLUP ("}[g.Kind]
		p.group(func() {
			p.block(word, ")", func() {
				p.each(len(g.Items), func(i int) { p.groupItem(g.Items[i], g.Kind == GroupSets) })
			})
		})
	}
}

func (p *printer) orderItems(items []*OrderItem) {
	p.flatEach(len(items), func(i int) { p.orderItem(items[i]) })
}

func (p *printer) orderItem(o *OrderItem) {
	p.expression(o.Expr, 0)
	switch {
	case o.Descending:
		p.write(" DESC")
	case o.Ascending:
		p.write(" ASC")
	}
	if o.Nulls != "" {
		p.write(" NULLS ", o.Nulls)
	}
}

func (p *printer) namedWindow(w *NamedWindow) {
	p.name(w.Name)
	p.write(" AS ")
	p.windowSpec(w.Spec)
}

func (p *printer) windowSpec(w *WindowSpec) {
	var parts []func()
	if w.Base != nil {
		parts = append(parts, func() { p.name(*w.Base) })
	}
	if len(w.PartitionBy) > 0 {
		parts = append(parts, func() {
			p.write("PARTITION BY ")
			p.flatEach(len(w.PartitionBy), func(i int) { p.expression(w.PartitionBy[i], 0) })
		})
	}
	if len(w.OrderBy) > 0 {
		parts = append(parts, func() {
			p.write("ORDER BY ")
			p.orderItems(w.OrderBy)
		})
	}
	if w.Frame != nil {
		parts = append(parts, func() { p.frame(w.Frame) })
	}
	if w.Partial != "" {
		parts = append(parts, func() { p.write(w.Partial) })
	}
	if len(parts) == 0 {
		p.write("()")
		return
	}
	p.group(func() {
		p.block("(", ")", func() {
			for i, part := range parts {
				if i > 0 {
					p.newline()
				}
				part()
			}
		})
	})
}

func (p *printer) frame(f *Frame) {
	if f.Rows {
		p.write("ROWS ")
	} else {
		p.write("RANGE ")
	}
	if f.End == nil {
		p.bound(f.Start)
		return
	}
	p.write("BETWEEN ")
	p.bound(f.Start)
	p.write(" AND ")
	p.bound(f.End)
}

func (p *printer) bound(b *Bound) {
	switch {
	case b.CurrentRow:
		p.write("CURRENT ROW")
		return
	case b.Unbounded:
		p.write("UNBOUNDED")
	default:
		p.expression(b.Expr, addPower)
	}
	if b.Following {
		p.write(" FOLLOWING")
	} else {
		p.write(" PRECEDING")
	}
}

func (p *printer) definition(d *Definition) {
	p.name(d.Name)
	p.write(" AS ")
	p.group(func() { p.expression(d.Condition, 0) })
}
