package flinksql

func (p *printer) table(t TableExpr) {
	if p.tooWide {
		return
	}
	switch t := t.(type) {
	case *TableName:
		p.path(t.Path)
		p.hints(t.Hints)
		if t.AsOf != nil {
			p.write(" FOR SYSTEM_TIME AS OF ")
			p.expression(t.AsOf, 0)
		}
	case *Derived:
		if t.Lateral {
			p.write("LATERAL ")
		}
		p.broken()
		p.block("(", ")", func() { p.query(t.Query) })
	case *TableFunction:
		p.tableFunction(t)
	case *Unnest:
		if t.Lateral {
			p.write("LATERAL ")
		}
		p.write("UNNEST(")
		p.flatEach(len(t.Exprs), func(i int) { p.expression(t.Exprs[i], 0) })
		p.write(")")
		if t.Ordinality {
			p.write(" WITH ORDINALITY")
		}
	case *Join:
		p.join(t)
	case *Aliased:
		p.inner(t.Table)
		p.write(" AS ")
		p.name(t.Alias)
		if len(t.Columns) > 0 {
			p.write(" ")
			p.names(t.Columns)
		}
	case *Sampled:
		if _, ok := t.Table.(*Aliased); ok {
			p.table(t.Table)
		} else {
			p.inner(t.Table)
		}
		p.write(" TABLESAMPLE ", t.Method)
	case *MatchRecognize:
		p.match(t)
	}
}

// inner writes a table that an alias, a sample or a join stands behind, in brackets where it must.
func (p *printer) inner(t TableExpr) {
	switch t.(type) {
	case *Aliased, *Sampled, *Join:
		p.block("(", ")", func() { p.table(t) })
	default:
		p.table(t)
	}
}

func (p *printer) tableFunction(f *TableFunction) {
	if f.Lateral {
		p.write("LATERAL ")
	}
	if !f.Table {
		p.call(f.Call)
		return
	}
	p.group(func() {
		p.block("TABLE(", ")", func() { p.group(func() { p.call(f.Call) }) })
	})
}

func (p *printer) join(j *Join) {
	p.table(j.Left)
	if j.Type == CommaJoin {
		p.write(",")
		p.newline()
		p.write("  ")
		p.indented(func() { p.right(j.Right) })
		return
	}
	p.newline()
	if j.Natural {
		p.write("NATURAL ")
	}
	if j.Type == InnerJoin {
		p.write("JOIN ")
	} else {
		p.write(string(j.Type), " JOIN ")
	}
	p.right(j.Right)
	if j.On != nil {
		p.indented(func() {
			p.newline()
			p.write("ON ")
			p.group(func() { p.chain(j.On, 0, false) })
		})
	}
	if len(j.Using) > 0 {
		p.write(" USING ")
		p.names(j.Using)
	}
}

func (p *printer) right(t TableExpr) {
	if _, ok := t.(*Join); ok {
		p.inner(t)
		return
	}
	p.table(t)
}

func (p *printer) match(m *MatchRecognize) {
	p.broken()
	switch input := m.Input.(type) {
	case *TableName, *Derived:
		p.table(input)
	case *Aliased:
		if len(input.Columns) > 0 {
			p.inner(input)
		} else {
			p.aliasedInput(input)
		}
	default:
		p.block("(", ")", func() { p.table(m.Input) })
	}
	p.block(" MATCH_RECOGNIZE (", ")", func() { p.matchParts(m) })
}

// aliasedInput writes t AS a before MATCH_RECOGNIZE, where Flink reads it without brackets.
func (p *printer) aliasedInput(a *Aliased) {
	switch a.Table.(type) {
	case *TableName, *Derived:
		p.table(a)
	default:
		p.inner(a)
	}
}

func (p *printer) matchParts(m *MatchRecognize) {
	if len(m.PartitionBy) > 0 {
		p.write("PARTITION BY ")
		p.flatEach(len(m.PartitionBy), func(i int) { p.expression(m.PartitionBy[i], 0) })
		p.newline()
	}
	if len(m.OrderBy) > 0 {
		p.write("ORDER BY ")
		p.orderItems(m.OrderBy)
		p.newline()
	}
	if len(m.Measures) > 0 {
		p.write("MEASURES")
		p.indented(func() {
			p.newline()
			p.each(len(m.Measures), func(i int) { p.selectItem(m.Measures[i]) })
		})
		p.newline()
	}
	for _, line := range []string{m.Rows, m.AfterText} {
		if line != "" {
			p.write(line)
			p.newline()
		}
	}
	p.write("PATTERN (", m.PatternText, ")")
	if m.Within != nil {
		p.write(" WITHIN ")
		p.expression(m.Within, 0)
	}
	p.newline()
	for i, subset := range m.Subsets {
		if i == 0 {
			p.write("SUBSET ")
		} else {
			p.write(", ")
		}
		p.name(subset.Name)
		p.write(" = (")
		p.flatEach(len(subset.Names), func(i int) { p.name(subset.Names[i]) })
		p.write(")")
	}
	if len(m.Subsets) > 0 {
		p.newline()
	}
	p.write("DEFINE")
	p.indented(func() {
		p.newline()
		p.each(len(m.Define), func(i int) { p.definition(m.Define[i]) })
	})
}
