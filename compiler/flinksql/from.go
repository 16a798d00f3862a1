package flinksql

// from reads tables and joins up to the end of a FROM clause.
func (p *parser) from() TableExpr {
	start := p.start()
	left := p.table()
	for links := 0; ; links++ {
		next := p.join(start, left, true)
		if next == nil {
			return left
		}
		left = next
		p.chained(links)
	}
}

// join reads a join with what was read before; nil when none stands there.
func (p *parser) join(start int, left TableExpr, commas bool) TableExpr {
	j := &Join{Left: left}
	if commas && p.accept(",") {
		j.Type = CommaJoin
		j.Right = p.table()
		j.Span = p.since(start)
		return j
	}
	j.Natural = p.accept("NATURAL")
	if j.Type = p.joinType(); j.Type == "" {
		if j.Natural {
			p.unexpected("JOIN")
		}
		return nil
	}
	j.Right = p.table()
	switch {
	case p.accept("ON"):
		j.On = p.expression()
	case p.accept("USING"):
		j.Using = p.nameList()
	}
	j.Span = p.since(start)
	return j
}

func (p *parser) joinType() JoinType {
	word := p.word()
	switch word {
	case "JOIN":
		p.at++
		return InnerJoin
	case "INNER", "CROSS":
		if word == "CROSS" && p.peek(1).word() == "APPLY" {
			p.refuseApply("CROSS JOIN LATERAL")
		}
		p.at++
	case "LEFT", "RIGHT", "FULL":
		p.at++
		p.accept("OUTER")
		if p.peek(0).isName() && p.peek(1).word() == "JOIN" {
			p.semiJoin()
		}
	case "OUTER":
		if p.peek(1).word() == "APPLY" {
			p.refuseApply("LEFT JOIN LATERAL … ON TRUE")
		}
		return ""
	default:
		return ""
	}
	p.expect("JOIN")
	return JoinType(word)
}

func (p *parser) refuseApply(instead string) {
	p.refuse(Span{p.start(), p.peek(1).end()}, "apply", "Flink has no APPLY", "Write "+instead+" instead.")
}

func (p *parser) semiJoin() {
	t := p.peek(0)
	p.refuse(t.span(), "semi-join", "Flink has no SEMI or ANTI JOIN", "Write WHERE EXISTS (SELECT …), or NOT EXISTS, instead.")
}

// table reads one table of FROM with its alias and sample.
func (p *parser) table() TableExpr {
	p.nested()
	start := p.start()
	t := p.aliased(start, p.tablePrimary())
	if p.accept("TABLESAMPLE") {
		if join, ok := t.(*Join); ok {
			p.refuse(join.Span, "sample-of-join", "Sample of a join", "Take samples of the tables, or put SELECT * FROM before the join.")
		}
		t = &Sampled{Table: t, Method: p.sample(), Span: p.since(start)}
	}
	p.depth--
	return t
}

func (p *parser) aliased(start int, t TableExpr) TableExpr {
	if p.word() == "AS" || p.peek(0).isName() {
		at := p.peek(0)
		p.accept("AS")
		if _, ok := t.(*Join); ok {
			p.refuse(Span{at.start(), at.end()}, "alias-of-join", "Alias behind a join", "Put SELECT * FROM before the join, and the alias behind its bracket.")
		}
		a := &Aliased{Table: t, Alias: p.name()}
		if p.word() == "(" {
			a.Columns = p.nameList()
		}
		a.Span = p.since(start)
		return a
	}
	return t
}

func (p *parser) sample() string {
	method := p.choice("BERNOULLI", "SYSTEM", "SUBSTITUTE")
	if method == "" {
		p.unexpected("BERNOULLI or SYSTEM")
	}
	p.expect("(")
	if method == "SUBSTITUTE" {
		method += " (" + Literal(p.literalText().Value) + ")"
		p.expect(")")
		return method
	}
	method += " (" + p.number().Value + ")"
	p.expect(")")
	if !p.accept("REPEATABLE") {
		return method
	}
	p.expect("(")
	method += " REPEATABLE ("
	if p.choice("-", "+") == "-" {
		method += "-"
	}
	method += p.integer() + ")"
	p.expect(")")
	return method
}

func (p *parser) tablePrimary() TableExpr {
	start := p.start()
	lateral := p.accept("LATERAL")
	t := p.peek(0)
	switch {
	case t.word() == "(":
		table := p.bracketedTable()
		if lateral {
			if derived, ok := table.(*Derived); ok {
				derived.Lateral = true
				derived.Span = p.since(start)
			} else {
				p.refuse(table.Range(), "lateral", "LATERAL takes a query or function", "Write LATERAL (SELECT …) or LATERAL TABLE(function(…)).")
			}
		}
		return p.matched(start, table)
	case t.word() == "UNNEST":
		p.at++
		p.expect("(")
		u := &Unnest{Lateral: lateral, Exprs: p.listBehindBracket(0)}
		if p.accept("WITH") {
			p.expect("ORDINALITY")
			u.Ordinality = true
		}
		u.Span = p.since(start)
		return u
	case t.word() == "TABLE":
		p.at++
		p.expect("(")
		f := &TableFunction{Lateral: lateral, Table: true, Call: p.routine(1)}
		p.expect(")")
		f.Span = p.since(start)
		return f
	case lateral:
		p.unexpected("TABLE, UNNEST or a query in brackets")
	case !t.isName():
		p.unexpected("a table's name")
	}
	return p.namedTable(start)
}

// namedTable reads a table's name with what may stand behind it, or the call of a table function.
func (p *parser) namedTable(start int) TableExpr {
	path := p.path()
	if p.word() == "(" {
		call := &Call{Name: path}
		p.routineArguments(call, 1)
		call.Span = p.since(start)
		return &TableFunction{Span: call.Span, Call: call}
	}
	t := &TableName{Path: path}
	if p.word() == "/*+" {
		t.Hints = p.hints()
	}
	if p.accept("FOR") {
		p.expect("SYSTEM_TIME", "AS", "OF")
		t.AsOf = p.plainExpression()
	}
	t.Span = p.since(start)
	return p.matched(start, t)
}

// bracketedTable reads a query or a join in brackets. Brackets around brackets are left out.
func (p *parser) bracketedTable() TableExpr {
	start := p.start()
	p.nested()
	p.expect("(")
	var inner TableExpr
	if p.beginsQuery() && (p.word() != "TABLE" || p.peek(1).word() != "(") {
		inner = &Derived{Query: p.query()}
	} else {
		inner = p.bracketedJoin()
	}
	p.expect(")")
	p.depth--
	if derived, ok := inner.(*Derived); ok && !derived.Lateral {
		derived.Span = p.since(start)
	}
	return inner
}

// bracketedJoin reads tables and joins, or set operations whose first query stands in brackets.
func (p *parser) bracketedJoin() TableExpr {
	start := p.start()
	left := p.table()
	for links := 0; ; links++ {
		next := p.join(start, left, false)
		if next == nil {
			break
		}
		left = next
		p.chained(links)
	}
	switch p.word() {
	case "UNION", "INTERSECT", "EXCEPT", "MINUS":
	default:
		if _, ok := left.(*Join); !ok && !isQuery(left) {
			p.refuse(left.Range(), "query-expected", "Expected a query or join", "Remove the brackets, or put SELECT * FROM into them.")
		}
		return left
	}
	if !isQuery(left) {
		p.unexpected(")")
	}
	derived, _ := left.(*Derived)
	query := &Query{Body: p.setOperations(start, operandBody(derived.Query), 0)}
	query.Span = p.since(start)
	return &Derived{Query: query}
}

// isQuery tells whether the table is a query in brackets and nothing more.
func isQuery(t TableExpr) bool {
	derived, ok := t.(*Derived)
	return ok && !derived.Lateral
}
