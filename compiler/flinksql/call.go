package flinksql

// call reads the arguments of the named function at hand, and what may stand behind them.
func (p *parser) call(first *token, name Path) Expr {
	call := &Call{Name: name}
	switch {
	case len(name.Parts) > 1 || first.class == quotedClass:
		p.callArguments(call)
	case first.word() == "PERCENTILE_CONT" || first.word() == "PERCENTILE_DISC":
		p.percentile(call)
	case first.word() == "ARRAY_AGG":
		p.arrayAggregate(call)
	default:
		p.callArguments(call)
	}
	p.behindCall(call)
	call.Span = p.since(name.Start)
	if first.word() == "DESCRIPTOR" && len(name.Parts) == 1 {
		return descriptor(call)
	}
	return call
}

// descriptor is DESCRIPTOR(a, b), or the call itself where it is another one.
func descriptor(call *Call) Expr {
	if call.Quantifier != "" || len(call.Args) == 0 || call.Over != nil || call.OverName != nil || call.Filter != nil ||
		call.Nulls != "" || call.WithinGroup != nil || call.Distinct != nil {
		return call
	}
	d := &Descriptor{Span: call.Span}
	for _, arg := range call.Args {
		column, ok := arg.(*ColumnRef)
		if !ok {
			return call
		}
		d.Columns = append(d.Columns, column.Path)
	}
	return d
}

// callArguments reads (), (*) or a list of arguments.
func (p *parser) callArguments(call *Call) {
	switch {
	case p.word() == "(" && p.peek(1).word() == "*":
		p.at += 2
		star := p.before()
		call.Args = p.only(&Star{Span: star.span()})
		p.expect(")")
	case p.word() == "(" && p.peek(1).word() == ")":
		p.at += 2
	default:
		p.argumentList(call)
	}
}

// argumentList reads at least one argument in brackets, with DISTINCT or ALL.
func (p *parser) argumentList(call *Call) {
	p.expect("(")
	call.Quantifier = p.choice("DISTINCT", "ALL")
	call.Args = p.only(p.firstArgument())
	for p.accept(",") {
		call.Args = append(call.Args, p.argument())
	}
	p.expect(")")
}

// routine reads a call whose name is no keyword, as TABLE(…), NEW and an implicit table function have it.
func (p *parser) routine(cursors int) *Call {
	start := p.start()
	call := &Call{Name: p.path()}
	p.routineArguments(call, cursors)
	call.Span = p.since(start)
	return call
}

func (p *parser) routineArguments(call *Call, cursors int) {
	p.nested()
	outer := p.cursors
	p.cursors = cursors
	p.expect("(")
	if p.word() != ")" {
		call.Args = p.only(p.firstArgument())
		for p.accept(",") {
			call.Args = append(call.Args, p.argument())
		}
	}
	p.expect(")")
	p.cursors = outer
	p.depth--
}

// firstArgument reads what may stand first in a call's brackets, queries without brackets included.
func (p *parser) firstArgument() Expr {
	return p.namedArgument(func() Expr {
		start := p.start()
		switch {
		case p.word() == "DEFAULT":
			return p.defaultArgument()
		case p.word() == "TABLE":
			return p.tableArgument()
		}
		x := p.queryOrExpression(0)
		if sub, ok := x.(*SubQuery); ok && p.word() == "PARTITION" {
			arg := &TableArg{Query: sub.Query}
			p.partitioned(arg)
			arg.Span = p.since(start)
			return arg
		}
		return x
	})
}

func (p *parser) argument() Expr {
	return p.namedArgument(func() Expr {
		switch p.word() {
		case "DEFAULT":
			return p.defaultArgument()
		case "TABLE":
			return p.tableArgument()
		}
		return p.expression()
	})
}

// namedArgument reads name => before an argument.
func (p *parser) namedArgument(value func() Expr) Expr {
	if !p.peek(0).isName() || p.peek(1).word() != "=>" {
		return value()
	}
	start := p.start()
	name := p.name()
	p.at++
	arg := &NamedArg{Name: name, Value: value()}
	arg.Span = p.since(start)
	return arg
}

func (p *parser) defaultArgument() Expr {
	t := p.peek(0)
	p.at++
	return &Default{t.span()}
}

func (p *parser) tableArgument() Expr {
	start := p.start()
	p.expect("TABLE")
	path := p.path()
	arg := &TableArg{Table: &path}
	p.partitioned(arg)
	arg.Span = p.since(start)
	return arg
}

// partitioned reads PARTITION BY and ORDER BY behind a table that is an argument.
func (p *parser) partitioned(arg *TableArg) {
	if p.accept("PARTITION") {
		p.expect("BY")
		for _, name := range p.nameOrList() {
			arg.PartitionBy = append(arg.PartitionBy, &ColumnRef{p.single(name)})
		}
	}
	if !p.accept("ORDER") {
		return
	}
	p.expect("BY")
	if !p.accept("(") {
		arg.OrderBy = []*OrderItem{p.orderItem()}
		return
	}
	arg.OrderBy = p.orderItems()
	p.expect(")")
}

func (p *parser) nameOrList() []Name {
	if p.word() == "(" {
		return p.nameList()
	}
	return []Name{p.name()}
}

// behindCall reads IGNORE NULLS, WITHIN, FILTER and OVER.
func (p *parser) behindCall(call *Call) {
	p.nullTreatment(call)
	if p.word() == "WITHIN" && p.peek(1).word() == "DISTINCT" {
		p.at += 2
		p.expect("(")
		call.Distinct = p.expressions(0)
		p.expect(")")
	}
	if p.word() == "WITHIN" {
		p.withinGroup(call)
	}
	if p.word() == "FILTER" {
		p.expect("FILTER", "(", "WHERE")
		call.Filter = p.expression()
		p.expect(")")
	}
	p.over(call)
}

func (p *parser) nullTreatment(call *Call) {
	if word := p.word(); (word == "IGNORE" || word == "RESPECT") && p.peek(1).word() == "NULLS" {
		p.at += 2
		call.Nulls = word + " NULLS"
	}
}

func (p *parser) withinGroup(call *Call) {
	p.expect("WITHIN", "GROUP", "(", "ORDER", "BY")
	call.WithinGroup = p.orderItems()
	p.expect(")")
}

func (p *parser) over(call *Call) {
	if !p.accept("OVER") {
		return
	}
	if p.word() == "(" {
		call.Over = p.windowSpec()
		return
	}
	name := p.name()
	call.OverName = &name
}

// expressions reads expressions with commas between; only the first obeys the mode.
func (p *parser) expressions(m mode) []Expr {
	list := p.only(p.operators(0, m))
	for p.accept(",") {
		list = append(list, p.expression())
	}
	return list
}

// arrayAggregate reads the arguments of ARRAY_AGG, the only one of its kind whose name Flink does not reserve.
func (p *parser) arrayAggregate(call *Call) {
	p.expect("(")
	call.Quantifier = p.choice("DISTINCT", "ALL")
	call.Args = append(call.Args, p.argument())
	for p.accept(",") {
		call.Args = append(call.Args, p.argument())
	}
	p.nullTreatment(call)
	if p.accept("ORDER") {
		p.expect("BY")
		call.OrderBy = p.orderItems()
	}
	if p.word() == "SEPARATOR" {
		start := p.start()
		p.at++
		text := p.literalText()
		call.Keywords = append(call.Keywords, Keyword{Span: p.since(start), Word: "SEPARATOR " + Literal(text.Value), Before: len(call.Args)})
	}
	p.expect(")")
}

// percentile reads the arguments of PERCENTILE_CONT and PERCENTILE_DISC.
func (p *parser) percentile(call *Call) {
	p.expect("(")
	call.Args = append(call.Args, p.argument())
	if p.accept(",") {
		call.Args = append(call.Args, p.signedNumber())
		p.nullTreatment(call)
	}
	p.expect(")")
}

// signedNumber reads a number with its sign.
func (p *parser) signedNumber() Expr {
	start := p.start()
	sign := p.choice("-", "+")
	number := p.number()
	if sign == "" {
		return number
	}
	return &Unary{Span: p.since(start), Operator: sign, Operand: number}
}

// navigation reads FIRST, LAST, PREV and NEXT of MATCH_RECOGNIZE: an expression and perhaps a number.
func (p *parser) navigation() Expr {
	call := p.opened()
	call.Args = append(call.Args, p.expression())
	if p.accept(",") {
		call.Args = append(call.Args, p.signedNumber())
	}
	return p.closed(call)
}

// opened begins the call of a function that is a keyword, and reads its opening bracket.
func (p *parser) opened() *Call {
	t := p.peek(0)
	p.at++
	p.expect("(")
	name := Name{Span: t.span(), Text: t.word()}
	return &Call{Span: name.Span, Name: p.single(name)}
}

func (p *parser) closed(call *Call) *Call {
	p.expect(")")
	call.Span = p.since(call.Start)
	return call
}

// keyword reads words between arguments.
func (p *parser) keyword(call *Call, words ...string) {
	start := p.start()
	p.expect(words...)
	word := words[0]
	for _, next := range words[1:] {
		word += " " + next
	}
	call.Keywords = append(call.Keywords, Keyword{Span: p.since(start), Word: word, Before: len(call.Args)})
}

// argumentUntil reads an expression that is an argument.
func (p *parser) plainArgument(call *Call) { call.Args = append(call.Args, p.expression()) }

// escapedCall reads {fn name(arguments)}.
func (p *parser) escapedCall() Expr {
	start := p.start()
	p.at++
	t := p.peek(0)
	var call *Call
	if special, ok := p.escapedSpecial(t); ok {
		call = special
	} else {
		call = &Call{Name: p.escapedName(t)}
		switch {
		case p.word() == "(" && (p.peek(1).word() == "*" || p.peek(1).word() == ")"):
			p.callArguments(call)
		default:
			p.expect("(")
			call.Args = p.listBehindBracket(0)
		}
	}
	p.expect("}")
	call.Escape = true
	call.Span = p.since(start)
	return call
}

func (p *parser) escapedSpecial(t *token) (*Call, bool) {
	switch t.word() {
	case "CONTAINS_SUBSTR", "DATE_DIFF", "DATETIME_DIFF", "TIMESTAMPADD", "DATE_TRUNC", "TIMESTAMP_TRUNC", "TIME_TRUNC",
		"TIMESTAMP_DIFF", "TIME_DIFF", "TIMESTAMPDIFF":
		if p.peek(1).word() == "(" || t.reserved() {
			call, ok := p.specialCall(t).(*Call)
			return call, ok
		}
	}
	return nil, false
}

func (p *parser) escapedName(t *token) Path {
	switch {
	case t.word() == "INSERT", t.word() == "SUBSTRING", t.reserved() && isFunctionWord(t.word()):
		p.at++
		span := t.span()
		return Path{Span: span, Parts: []Name{{Span: span, Text: t.word()}}}
	}
	name := p.name()
	return p.single(name)
}
