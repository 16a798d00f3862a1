package flinksql

// primary reads an operand without the operators around it.
func (p *parser) primary(m mode) Expr {
	t := p.peek(0)
	switch t.class {
	case numberClass:
		p.at++
		return p.numberConstant(t)
	case textClass:
		return p.textConstant()
	case binaryClass:
		return p.binaryConstant()
	case quotedClass:
		return p.reference()
	case wordClass:
		if t.word() == "" {
			return p.reference()
		}
		return p.wordPrimary(t, m)
	case symbolClass:
		switch t.word() {
		case "(":
			return p.bracket(m)
		case "?":
			p.at++
			return &Parameter{t.span()}
		case "{FN":
			return p.escapedCall()
		case "{D", "{T", "{TS":
			return p.escapedDateTime()
		}
	}
	p.unexpected("an expression")
	return nil
}

// wordPrimary reads an operand that begins with a keyword.
func (p *parser) wordPrimary(t *token, m mode) Expr {
	next := p.peek(1)
	switch t.word() {
	case "TRUE", "FALSE", "UNKNOWN":
		p.at++
		return &Constant{Span: t.span(), Kind: BooleanConstant, Value: t.word()}
	case "NULL":
		p.at++
		return &Constant{Span: t.span(), Kind: NullConstant, Value: t.word()}
	case "INTERVAL":
		return p.interval()
	case "DATE", "TIME", "DATETIME", "TIMESTAMP":
		return p.dateTime(t, next)
	case "DECIMAL":
		if p.isPlainText(1) {
			return p.decimalText()
		}
	case "CASE":
		return p.caseExpression()
	case "ROW":
		p.at++
		p.expect("(")
		row := &Row{Word: true, Exprs: p.listBehindBracket(m & noQuery)}
		row.Span = p.since(t.start())
		return row
	case "ARRAY", "MULTISET", "MAP":
		if next.word() == "[" || next.word() == "(" {
			return p.collection(t.word())
		}
	case "NEW":
		p.at++
		call := p.routine(0)
		call.New = true
		call.Span = p.since(t.start())
		return call
	case "CURSOR":
		return p.cursor(t)
	case "CURRENT", "NEXT":
		if next.word() == "VALUE" && p.peek(2).word() == "FOR" {
			p.at += 3
			name := p.compoundName()
			return &Unary{Span: p.since(t.start()), Operator: t.word() + " VALUE FOR", Operand: name}
		}
		if t.word() == "NEXT" && next.word() == "(" {
			return p.navigation()
		}
	case "RUNNING", "FINAL":
		if t.reserved() || p.beginsOperand(next) {
			return p.finalRunning(t)
		}
	case "MODEL":
		if next.isName() {
			p.at++
			return &ModelArg{Model: p.path(), Span: p.since(t.start())}
		}
	}
	if next.word() == "(" {
		if call := p.specialCall(t); call != nil {
			return call
		}
	}
	switch {
	case !t.reserved():
		return p.reference()
	case next.word() == "(" && isFunctionWord(t.word()):
		p.at++
		return p.call(t, p.single(Name{Span: t.span(), Text: t.word()}))
	case isContextVariable(t.word()):
		p.at++
		name := Name{Span: t.span(), Text: t.word()}
		return &Call{Span: name.Span, Name: p.single(name), Bare: true}
	}
	p.unexpected("an expression")
	return nil
}

func (p *parser) dateTime(t, next *token) Expr {
	switch {
	case next.word() == "(":
		p.at++
		call := &Call{Name: p.single(Name{Span: t.span(), Text: t.word()})}
		p.argumentList(call)
		call.Span = p.since(t.start())
		return call
	case t.word() == "TIMESTAMP" && next.word() == "WITH":
		p.at++
		p.expect("WITH", "LOCAL", "TIME", "ZONE")
		return p.dateTimeConstant(t.start(), "TIMESTAMP WITH LOCAL TIME ZONE")
	}
	if !p.isPlainText(1) && p.usedAsName() {
		p.reservedWord(t)
	}
	p.at++
	return p.dateTimeConstant(t.start(), t.word())
}

// beginsOperand tells whether an operand can begin with the token, which decides whether the FINAL or KEY before it is a name.
func (p *parser) beginsOperand(t *token) bool {
	switch t.class {
	case numberClass, textClass, binaryClass, quotedClass:
		return true
	case wordClass:
		return !t.reserved() || isFunctionWord(t.word()) || isContextVariable(t.word()) || beginsSpecial(t.word())
	}
	return t.word() == "(" || t.word() == "-" || t.word() == "+" || t.word() == "?" || t.word() == "{FN"
}

// beginsSpecial tells whether the reserved word begins an expression with a syntax of its own.
func beginsSpecial(word string) bool {
	switch word {
	case "CASE", "CAST", "TRY_CAST", "SAFE_CAST", "TRUE", "FALSE", "NULL", "UNKNOWN", "INTERVAL", "DATE", "TIME", "TIMESTAMP", "DATETIME",
		"ROW", "ARRAY", "MULTISET", "PERIOD", "EXTRACT", "POSITION", "CONVERT", "TRANSLATE", "OVERLAY", "SUBSTRING", "TRIM", "CEIL",
		"CLASSIFIER", "MATCH_NUMBER", "PREV", "NEXT", "RUNNING", "NEW", "CURRENT", "JSON_ARRAY", "JSON_ARRAYAGG", "JSON_EXISTS",
		"JSON_OBJECT", "JSON_OBJECTAGG", "JSON_QUERY", "JSON_VALUE", "CONTAINS_SUBSTR", "DATE_TRUNC", "DATETIME_TRUNC",
		"TIMESTAMP_DIFF", "TIMESTAMP_TRUNC", "TIME_DIFF", "TIME_TRUNC", "DECIMAL":
		return true
	}
	return false
}

func (p *parser) finalRunning(t *token) Expr {
	p.at++
	p.nested()
	x := p.primary(noQuery)
	p.depth--
	if call, ok := x.(*Call); ok && call.FinalRunning == "" {
		call.FinalRunning = t.word()
		call.Span = p.since(t.start())
		return call
	}
	return &Unary{Span: p.since(t.start()), Operator: t.word(), Operand: x}
}

// reference reads a column, t.*, or the call of a function that has a name of its own.
func (p *parser) reference() Expr {
	t := p.peek(0)
	x := p.compound()
	column, ok := x.(*ColumnRef)
	if p.word() != "(" {
		return x
	}
	if !ok {
		p.unexpected("an operator")
	}
	return p.call(t, column.Path)
}

// compound reads a.b or a.*.
func (p *parser) compound() Expr {
	start := p.start()
	column := add(&p.references, ColumnRef{p.path()})
	if p.word() != "." || p.peek(1).word() != "*" {
		return column
	}
	p.at += 2
	return &Star{Span: p.since(start), Qualifier: &column.Path}
}

// compoundName is the name of a sequence, as a column.
func (p *parser) compoundName() Expr { return add(&p.references, ColumnRef{p.path()}) }

// bracket reads (a), (a, b) and (query), and (a - b) DAY.
func (p *parser) bracket(m mode) Expr {
	start := p.start()
	p.nested()
	p.at++
	list := p.listBehindBracket(m & noQuery)
	p.depth--
	if timeUnit(p.word()) != "" && p.word() != "" {
		return p.difference(start, list)
	}
	if len(list) > 1 {
		return &Row{Span: p.since(start), Exprs: list}
	}
	if query, ok := list[0].(*SubQuery); ok {
		return &SubQuery{Span: p.since(start), Query: query.Query}
	}
	return list[0]
}

func (p *parser) difference(start int, list []Expr) Expr {
	if minus, ok := list[0].(*Binary); !ok || len(list) > 1 || minus.Operator != "-" {
		p.refuse(p.since(start), "unit-behind-bracket", "Unit behind what is no difference", "A unit such as DAY stands only behind (a - b); write AS before an alias.")
	}
	unit := p.qualifier()
	return &Unary{Span: p.since(start), Operator: unit, Postfix: true, Operand: list[0]}
}

// collection reads ARRAY[…], MULTISET[…] and MAP[…], the same with a query in brackets, and the calls ARRAY(…) and MAP(…).
func (p *parser) collection(word string) Expr {
	t := p.peek(0)
	p.at++
	var list []Expr
	var query *Query
	switch {
	case p.accept("["):
		for p.word() != "]" || word == "MULTISET" && len(list) == 0 || p.before().word() == "," {
			m := noQuery
			if len(list) > 0 && word != "MULTISET" {
				m = 0
			}
			list = append(list, p.operators(0, m))
			if !p.accept(",") {
				break
			}
		}
		p.expect("]")
	case p.peek(1).word() == ")" && word != "MULTISET":
		p.at += 2
		return p.plainCall(t, word, nil)
	default:
		p.at++
		list = p.listBehindBracket(0)
		sub, ok := list[0].(*SubQuery)
		if !ok || len(list) > 1 {
			if word == "MULTISET" {
				p.refuse(p.since(t.start()), "query-expected", "MULTISET takes a query here", "Write MULTISET[a, b] for a list of values.")
			}
			return p.plainCall(t, word, list)
		}
		list, query = nil, sub.Query
	}
	if word == "MAP" {
		return &MapOf{Span: p.since(t.start()), Exprs: list, Query: query}
	}
	return &Array{Span: p.since(t.start()), Word: word, Exprs: list, Query: query}
}

func (p *parser) plainCall(t *token, word string, list []Expr) Expr {
	name := Name{Span: t.span(), Text: word}
	return &Call{Span: p.since(t.start()), Name: p.single(name), Args: list}
}

func (p *parser) cursor(t *token) Expr {
	if p.cursors == 0 {
		p.refuse(t.span(), "cursor", "CURSOR outside a table function", "Flink reads CURSOR(query) only as an argument of a table function.")
	}
	p.at++
	if p.word() != "(" {
		p.unexpected("(")
	}
	x := p.bracket(0)
	if _, ok := x.(*SubQuery); !ok {
		p.refuse(p.since(t.start()), "cursor", "CURSOR takes a query", "Write a query in its brackets.")
	}
	return &Unary{Span: p.since(t.start()), Operator: "CURSOR", Operand: x}
}

func (p *parser) caseExpression() Expr {
	start := p.start()
	p.expect("CASE")
	x := &Case{}
	if p.word() != "WHEN" {
		x.Operand = p.expression()
	}
	for p.word() == "WHEN" || len(x.Whens) == 0 {
		at := p.start()
		p.expect("WHEN")
		when := When{Conditions: p.only(p.expression())}
		for p.accept(",") {
			when.Conditions = append(when.Conditions, p.expression())
		}
		p.expect("THEN")
		when.Result = p.expression()
		when.Span = p.since(at)
		x.Whens = append(x.Whens, when)
	}
	if p.accept("ELSE") {
		x.Else = p.expression()
	}
	if p.word() != "END" {
		p.missingEnd(Span{start, start + len("CASE")}, "CASE")
	}
	p.at++
	x.Span = p.since(start)
	return x
}

func isContextVariable(word string) bool {
	switch word {
	case "CURRENT_CATALOG", "CURRENT_DATE", "CURRENT_DEFAULT_TRANSFORM_GROUP", "CURRENT_PATH", "CURRENT_ROLE", "CURRENT_SCHEMA",
		"CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "LOCALTIME", "LOCALTIMESTAMP", "SESSION_USER", "SYSTEM_USER", "USER":
		return true
	}
	return false
}

// isFunctionWord tells whether the reserved word names a function that is called as any other (ReservedFunctionName).
func isFunctionWord(word string) bool {
	switch word {
	case "ABS", "AVG", "CARDINALITY", "CEILING", "CHAR", "CHAR_LENGTH", "CHARACTER_LENGTH", "COALESCE", "COLLECT", "COVAR_POP",
		"COVAR_SAMP", "CUME_DIST", "COUNT", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DENSE_RANK", "ELEMENT", "EVERY",
		"EXP", "FIRST_VALUE", "FLOOR", "FUSION", "INTERSECTION", "GROUPING", "HOUR", "LAG", "LEAD", "LEFT", "LAST_VALUE", "LN",
		"LOCALTIME", "LOCALTIMESTAMP", "LOWER", "MAX", "MIN", "MINUTE", "MOD", "MONTH", "NTH_VALUE", "NTILE", "NULLIF",
		"OCTET_LENGTH", "PERCENTILE_CONT", "PERCENTILE_DISC", "PERCENT_RANK", "POWER", "RANK", "REGR_COUNT", "REGR_SXX", "REGR_SYY",
		"RIGHT", "ROW_NUMBER", "SECOND", "SOME", "SQRT", "STDDEV_POP", "STDDEV_SAMP", "SUM", "UPPER", "TRUNCATE", "USER", "VAR_POP",
		"VAR_SAMP", "YEAR":
		return true
	}
	return false
}
