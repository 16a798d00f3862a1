package flinksql

// beginsQuery tells whether a query without brackets begins here.
func (p *parser) beginsQuery() bool {
	switch p.word() {
	case "SELECT", "VALUES", "VALUE", "WITH", "TABLE":
		return true
	}
	return false
}

// goesOnAsQuery tells whether what stands here makes a larger query of the one in brackets before it.
func (p *parser) goesOnAsQuery() bool {
	switch p.word() {
	case "UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH":
		return true
	}
	return false
}

// query reads a query with WITH before it and ORDER BY, LIMIT, OFFSET and FETCH behind.
func (p *parser) query() *Query {
	p.nested()
	start := p.start()
	query := &Query{}
	if p.accept("WITH") {
		query.Recursive = p.accept("RECURSIVE")
		query.With = append(query.With, p.cte())
		for p.accept(",") {
			query.With = append(query.With, p.cte())
		}
	}
	query.Body = p.setOperations(p.start(), p.setOperand(), 0)
	query = p.tail(start, query)
	p.depth--
	return query
}

// queryFrom goes on with a query whose first operand, in brackets, has been read.
func (p *parser) queryFrom(start int, first Body) *Query {
	query := &Query{Body: p.setOperations(start, first, 0)}
	return p.tail(start, query)
}

// tail reads what stands behind a query's body.
func (p *parser) tail(start int, query *Query) *Query {
	if p.word() == "ORDER" {
		p.expect("ORDER", "BY")
		query.OrderBy = p.orderItems()
	}
	switch p.word() {
	case "LIMIT":
		p.limit(query)
		if p.word() == "OFFSET" {
			p.offset(query)
		}
	case "OFFSET":
		p.offset(query)
		if p.word() == "LIMIT" {
			t := p.peek(0)
			p.refuse(t.span(), "limit-behind-offset", "LIMIT stands before OFFSET", "Write LIMIT … OFFSET …, or OFFSET … ROWS FETCH NEXT … ROWS ONLY.")
		}
		if p.word() == "FETCH" {
			p.fetch(query)
		}
	case "FETCH":
		p.fetch(query)
	}
	query.Span = p.since(start)
	if inner, ok := query.Body.(*Query); ok && query.With == nil && query.plain() {
		return inner
	}
	return query
}

// plain tells whether nothing stands around the query's body.
func (q *Query) plain() bool {
	return q.With == nil && q.OrderBy == nil && q.Offset == nil && q.Limit == nil
}

func (p *parser) limit(query *Query) {
	p.expect("LIMIT")
	if p.accept("ALL") {
		return
	}
	query.Limit = p.count()
	if p.word() == "," {
		t := p.peek(0)
		p.refuse(t.span(), "limit-with-comma", "LIMIT takes one number", "Write LIMIT count OFFSET start instead of LIMIT start, count.")
	}
}

func (p *parser) offset(query *Query) {
	p.expect("OFFSET")
	query.Offset = p.count()
	p.choice("ROW", "ROWS")
}

func (p *parser) fetch(query *Query) {
	p.expect("FETCH")
	if p.choice("FIRST", "NEXT") == "" {
		p.unexpected("FIRST or NEXT")
	}
	query.Limit = p.count()
	if p.choice("ROW", "ROWS") == "" {
		p.unexpected("ROWS")
	}
	p.expect("ONLY")
}

// count reads the number of LIMIT, OFFSET and FETCH.
func (p *parser) count() Expr {
	if t := p.peek(0); t.word() == "?" {
		p.at++
		return &Parameter{t.span()}
	}
	return p.number()
}

func (p *parser) cte() *CTE {
	start := p.start()
	cte := &CTE{Name: p.name()}
	if p.word() == "(" {
		cte.Columns = p.nameList()
	}
	p.expect("AS")
	if p.word() != "(" {
		p.unexpected("(")
	}
	switch t := p.bracketedTable().(type) {
	case *Derived:
		cte.Query = t.Query
	default:
		p.refuse(t.Range(), "query-expected", "Expected a query", "A WITH clause holds a query in brackets: name AS (SELECT …).")
	}
	cte.Span = p.since(start)
	return cte
}

// setOperand reads SELECT, VALUES, TABLE t or a query in brackets.
func (p *parser) setOperand() Body {
	switch p.word() {
	case "SELECT":
		return p.selectBody()
	case "VALUES", "VALUE":
		return p.values()
	case "TABLE":
		start := p.start()
		p.at++
		return &ExplicitTable{Table: p.path(), Span: p.since(start)}
	case "(":
		p.at++
		query := p.query()
		p.expect(")")
		return operandBody(query)
	}
	p.unexpected("a query")
	return nil
}

// operandBody is a query in brackets as the operand of a set operation; brackets that say nothing are left out.
func operandBody(query *Query) Body {
	if query.plain() {
		return query.Body
	}
	return query
}

// setOperations reads set operations that bind more than power; INTERSECT binds more than the others.
func (p *parser) setOperations(start int, left Body, power int) Body {
	for links := 0; ; links++ {
		operator, own := p.word(), multisetUnionPower
		switch operator {
		case "UNION", "EXCEPT":
		case "INTERSECT":
			own = multisetIntersectPower
		case "MINUS":
			t := p.peek(0)
			p.refuse(t.span(), "minus", "Flink has no MINUS", "Write EXCEPT instead.")
		default:
			return left
		}
		if own <= power {
			return left
		}
		p.at++
		operation := &SetOperation{Operator: operator, Left: left}
		switch p.choice("ALL", "DISTINCT") {
		case "ALL":
			operation.All = true
		case "DISTINCT":
			operation.Distinct = true
		}
		at := p.start()
		operation.Right = p.setOperations(at, p.setOperand(), own)
		operation.Span = p.since(start)
		left = operation
		p.chained(links)
	}
}

func (p *parser) values() Body {
	start := p.start()
	p.at++
	values := &Values{Rows: []*ValuesRow{p.valuesRow()}}
	for p.accept(",") {
		values.Rows = append(values.Rows, p.valuesRow())
	}
	values.Span = p.since(start)
	return values
}

func (p *parser) valuesRow() *ValuesRow {
	start := p.start()
	row := &ValuesRow{}
	switch {
	case p.word() == "(" && p.peek(1).word() == "ROW" && p.peek(2).word() == "(":
		p.at++
		row = p.valuesRow()
		p.expect(")")
	case p.word() == "(" || p.word() == "ROW" && p.peek(1).word() == "(":
		row.Row = p.accept("ROW")
		p.expect("(")
		row.Exprs = append(row.Exprs, p.valueOrDefault(p.queryOrExpression))
		for p.accept(",") {
			row.Exprs = append(row.Exprs, p.valueOrDefault(func(mode) Expr { return p.expression() }))
		}
		p.expect(")")
	default:
		row.Exprs = []Expr{p.expression()}
	}
	row.Span = p.since(start)
	return row
}

func (p *parser) valueOrDefault(value func(mode) Expr) Expr {
	if p.word() == "DEFAULT" {
		return p.defaultArgument()
	}
	return value(0)
}

func (p *parser) selectBody() Body {
	start := p.start()
	p.expect("SELECT")
	s := &Select{}
	if p.word() == "/*+" {
		s.Hints = p.hints()
	}
	s.Stream = p.accept("STREAM")
	switch p.choice("ALL", "DISTINCT") {
	case "ALL":
		s.All = true
	case "DISTINCT":
		s.Distinct = true
	}
	s.Items = append(s.Items, p.selectItem())
	for p.accept(",") {
		s.Items = append(s.Items, p.selectItem())
	}
	if p.accept("FROM") {
		s.From = p.from()
		p.clauses(s)
	}
	s.Span = p.since(start)
	return s
}

// clauses reads what stands behind FROM.
func (p *parser) clauses(s *Select) {
	start := p.start()
	if p.accept("WHERE") {
		s.Where = p.expression()
		s.WhereClause = p.since(start)
	}
	start = p.start()
	if p.accept("GROUP") {
		s.GroupBy = p.groupBy(start)
		s.GroupByClause = p.since(start)
	}
	start = p.start()
	if p.accept("HAVING") {
		s.Having = p.expression()
		s.HavingClause = p.since(start)
	}
	if p.accept("WINDOW") {
		s.Windows = append(s.Windows, p.namedWindow())
		for p.accept(",") {
			s.Windows = append(s.Windows, p.namedWindow())
		}
	}
	if p.accept("QUALIFY") {
		s.Qualify = p.expression()
	}
}

func (p *parser) selectItem() *SelectItem {
	t := p.peek(0)
	item := &SelectItem{}
	if t.word() == "*" {
		p.at++
		item.Expr = &Star{Span: t.span()}
	} else {
		item.Expr = p.expression()
	}
	item.Alias = p.alias()
	item.Span = p.since(t.start())
	return item
}

// alias reads [AS] name; nil when none stands there.
func (p *parser) alias() *Name {
	if !p.accept("AS") && !p.peek(0).isName() {
		if p.isPlainText(0) {
			t := p.peek(0)
			p.refuse(t.span(), "text-as-alias", "Alias in single quotes", "Write the alias bare or in back-ticks: single quotes make a text.")
		}
		return nil
	}
	if p.isPlainText(0) {
		t := p.peek(0)
		p.refuse(t.span(), "text-as-alias", "Alias in single quotes", "Write the alias bare or in back-ticks: single quotes make a text.")
	}
	name := p.name()
	return &name
}

func (p *parser) groupBy(start int) *GroupBy {
	p.expect("BY")
	g := &GroupBy{Quantifier: p.choice("DISTINCT", "ALL")}
	g.Items = p.groupItems()
	g.Span = p.since(start)
	return g
}

func (p *parser) groupItems() []*GroupItem {
	items := []*GroupItem{p.groupItem()}
	for p.accept(",") {
		items = append(items, p.groupItem())
	}
	return items
}

func (p *parser) groupItem() *GroupItem {
	p.nested()
	start := p.start()
	item := &GroupItem{}
	switch word := p.word(); {
	case word == "GROUPING" && p.peek(1).word() == "SETS":
		p.at += 2
		item.Kind = GroupSets
		p.expect("(")
		item.Items = p.groupItems()
		p.expect(")")
	case word == "CUBE" || word == "ROLLUP":
		p.at++
		item.Kind = GroupRollup
		if word == "CUBE" {
			item.Kind = GroupCube
		}
		p.expect("(")
		item.Items = []*GroupItem{p.groupExpression()}
		for p.accept(",") {
			item.Items = append(item.Items, p.groupExpression())
		}
		p.expect(")")
	case word == "(" && p.peek(1).word() == ")":
		p.at += 2
		item.Kind = GroupList
	default:
		p.depth--
		return p.groupExpression()
	}
	p.depth--
	item.Span = p.since(start)
	return item
}

// groupExpression reads an expression; a row in brackets is a list of them.
func (p *parser) groupExpression() *GroupItem {
	start := p.start()
	x := p.expression()
	if row, ok := x.(*Row); ok && !row.Word {
		return &GroupItem{Span: p.since(start), Kind: GroupList, Exprs: row.Exprs}
	}
	return &GroupItem{Span: p.since(start), Expr: x}
}

func (p *parser) orderItems() []*OrderItem {
	items := []*OrderItem{p.orderItem()}
	for p.accept(",") {
		items = append(items, p.orderItem())
	}
	return items
}

func (p *parser) orderItem() *OrderItem {
	start := p.start()
	item := &OrderItem{Expr: p.expression()}
	switch p.choice("ASC", "DESC") {
	case "ASC":
		item.Ascending = true
	case "DESC":
		item.Descending = true
	}
	if p.accept("NULLS") {
		if item.Nulls = p.choice("FIRST", "LAST"); item.Nulls == "" {
			p.unexpected("FIRST or LAST")
		}
	}
	item.Span = p.since(start)
	return item
}
