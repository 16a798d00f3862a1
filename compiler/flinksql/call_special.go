package flinksql

// specialCall reads the call of a function whose arguments have a syntax of their own; nil when it is none.
func (p *parser) specialCall(t *token) Expr {
	switch t.word() {
	case "CAST", "TRY_CAST", "SAFE_CAST":
		return p.cast(t)
	case "EXTRACT", "POSITION", "CONVERT", "TRANSLATE", "OVERLAY", "SUBSTRING", "TRIM", "CONTAINS_SUBSTR":
		return p.textCall(t.word())
	case "FLOOR", "CEIL", "CEILING":
		return p.rounding()
	case "DATE_DIFF", "DATETIME_DIFF", "TIMESTAMP_DIFF", "TIME_DIFF", "TIMESTAMPADD", "TIMESTAMPDIFF", "DATE_TRUNC",
		"DATETIME_TRUNC", "TIMESTAMP_TRUNC", "TIME_TRUNC":
		return p.timeCall(t.word())
	case "CLASSIFIER", "MATCH_NUMBER":
		return p.closed(p.opened())
	case "FIRST", "LAST", "PREV", "NEXT":
		return p.navigation()
	case "TUMBLE", "HOP", "SESSION":
		span := t.span()
		call := &Call{Name: p.single(Name{Span: span, Text: t.word()})}
		p.at++
		p.argumentList(call)
		call.Quantifier = "" // Flink reads DISTINCT here and forgets it
		call.Span = p.since(t.start())
		return call
	case "PERIOD":
		call := p.opened()
		p.plainArgument(call)
		p.expect(",")
		p.plainArgument(call)
		return p.closed(call)
	case "JSON_EXISTS", "JSON_VALUE", "JSON_QUERY":
		return p.jsonQuery(t.word())
	case "JSON_OBJECT", "JSON_OBJECTAGG", "JSON_ARRAY", "JSON_ARRAYAGG":
		return p.jsonConstructor(t.word())
	}
	return nil
}

func (p *parser) cast(t *token) Expr {
	p.at++
	p.expect("(")
	cast := &Cast{Function: t.word(), X: p.expression()}
	p.expect("AS")
	cast.Type = p.castType()
	p.expect(")")
	cast.Span = p.since(t.start())
	return cast
}

// castType reads a type, or INTERVAL and its units.
func (p *parser) castType() *Type {
	if p.word() != "INTERVAL" {
		return p.dataType()
	}
	start := p.start()
	p.at++
	return &Type{Name: "INTERVAL " + p.qualifier(), Span: p.since(start)}
}

// textCall reads the functions with words between their arguments.
func (p *parser) textCall(word string) Expr {
	call := p.opened()
	switch word {
	case "EXTRACT":
		call.Args = append(call.Args, p.unitOrName())
		p.keyword(call, "FROM")
		p.plainArgument(call)
	case "POSITION":
		call.Args = append(call.Args, p.signed())
		p.keyword(call, "IN")
		p.plainArgument(call)
		p.optional(call, "FROM")
	case "CONVERT", "TRANSLATE":
		p.translation(call, word)
	case "OVERLAY":
		p.plainArgument(call)
		p.keyword(call, "PLACING")
		p.plainArgument(call)
		p.keyword(call, "FROM")
		p.plainArgument(call)
		p.optional(call, "FOR")
	case "SUBSTRING":
		p.plainArgument(call)
		if !p.optional(call, "FROM") {
			p.expect(",")
			p.plainArgument(call)
		}
		if !p.optional(call, "FOR") && p.accept(",") {
			p.plainArgument(call)
		}
	case "TRIM":
		p.trim(call)
	case "CONTAINS_SUBSTR":
		p.plainArgument(call)
		p.expect(",")
		p.plainArgument(call)
		if p.accept(",") {
			t := p.peek(0)
			p.expect("JSON_SCOPE", "=>")
			arg := &NamedArg{Name: Name{Span: t.span(), Text: t.word()}, Value: p.expression()}
			arg.Span = p.since(t.start())
			call.Args = append(call.Args, arg)
		}
	}
	return p.closed(call)
}

// optional reads a word and the argument behind it.
func (p *parser) optional(call *Call, word string) bool {
	if p.word() != word {
		return false
	}
	p.keyword(call, word)
	p.plainArgument(call)
	return true
}

func (p *parser) translation(call *Call, word string) {
	p.plainArgument(call)
	switch {
	case p.word() == "USING":
		p.keyword(call, "USING")
		p.nameArgument(call)
	case word == "CONVERT":
		p.expect(",")
		p.nameArgument(call)
		p.expect(",")
		p.nameArgument(call)
	default:
		for p.accept(",") {
			p.plainArgument(call)
		}
	}
}

func (p *parser) nameArgument(call *Call) {
	name := p.name()
	call.Args = append(call.Args, &ColumnRef{p.single(name)})
}

func (p *parser) trim(call *Call) {
	start := p.start()
	if flag := p.choice("BOTH", "LEADING", "TRAILING"); flag != "" {
		call.Args = append(call.Args, &Constant{Span: p.since(start), Kind: SymbolConstant, Value: flag})
	} else if p.word() == "FROM" {
		p.unexpected("BOTH, LEADING, TRAILING or a text")
	}
	if p.word() != "FROM" {
		p.plainArgument(call)
	}
	if p.word() == "FROM" {
		p.keyword(call, "FROM")
		p.plainArgument(call)
	}
}

// rounding reads FLOOR and CEIL, with TO and a unit, and OVER.
func (p *parser) rounding() Expr {
	call := p.opened()
	p.plainArgument(call)
	if p.word() == "TO" {
		p.keyword(call, "TO")
		call.Args = append(call.Args, p.unitOrName())
	}
	p.closed(call)
	p.over(call)
	call.Span = p.since(call.Start)
	return call
}

// timeCall reads the functions that take a unit as their first or last argument.
func (p *parser) timeCall(word string) Expr {
	call := p.opened()
	switch word {
	case "TIMESTAMPADD", "TIMESTAMPDIFF":
		call.Args = append(call.Args, p.unitOrName())
		p.expect(",")
		p.plainArgument(call)
		p.expect(",")
		p.plainArgument(call)
		return p.closed(call)
	case "DATE_DIFF", "DATETIME_DIFF", "TIMESTAMP_DIFF", "TIME_DIFF":
		p.plainArgument(call)
		p.expect(",")
	}
	p.plainArgument(call)
	p.expect(",")
	start := p.start()
	if word != "DATE_TRUNC" {
		call.Args = append(call.Args, p.unitOrName())
	} else if unit := p.builtInUnit(); unit != "" {
		call.Args = append(call.Args, &Constant{Span: p.since(start), Kind: SymbolConstant, Value: unit})
	} else {
		p.plainArgument(call)
	}
	return p.closed(call)
}

// jsonQuery reads JSON_EXISTS, JSON_VALUE and JSON_QUERY.
func (p *parser) jsonQuery(word string) Expr {
	call := p.opened()
	call.Args = append(call.Args, p.plainExpression())
	p.expect(",")
	call.Args = append(call.Args, p.plainExpression())
	p.passing()
	if word == "JSON_EXISTS" {
		switch w := p.word(); w {
		case "TRUE", "FALSE", "UNKNOWN", "ERROR":
			p.keyword(call, w, "ON", "ERROR")
		}
		return p.closed(call)
	}
	if p.word() == "RETURNING" {
		p.keyword(call, "RETURNING")
		call.Keywords[len(call.Keywords)-1].Type = p.dataType()
	}
	if word == "JSON_QUERY" {
		p.wrapper(call)
	}
	for p.jsonBehaviour(call, word) {
	}
	return p.closed(call)
}

// passing reads PASSING x AS a, …, which Flink reads and forgets.
func (p *parser) passing() {
	if !p.accept("PASSING") {
		return
	}
	for {
		p.plainExpression()
		p.expect("AS")
		p.name()
		if !p.accept(",") {
			return
		}
	}
}

// wrapper reads WITHOUT [ARRAY] WRAPPER and WITH [CONDITIONAL|UNCONDITIONAL] [ARRAY] WRAPPER.
func (p *parser) wrapper(call *Call) {
	start := p.start()
	word := p.choice("WITHOUT", "WITH")
	if word == "" {
		return
	}
	if word == "WITH" {
		word += " "
		if kind := p.choice("CONDITIONAL", "UNCONDITIONAL"); kind == "CONDITIONAL" {
			word += kind
		} else {
			word += "UNCONDITIONAL"
		}
	}
	p.accept("ARRAY")
	p.expect("WRAPPER")
	call.Keywords = append(call.Keywords, Keyword{Span: p.since(start), Word: word + " ARRAY WRAPPER", Before: len(call.Args)})
}

// jsonBehaviour reads one NULL ON EMPTY, ERROR ON ERROR, DEFAULT x ON EMPTY and the like.
func (p *parser) jsonBehaviour(call *Call, function string) bool {
	end := p.peek(2).word()
	switch word := p.word(); {
	case word == "ERROR" || word == "NULL":
		if end != "EMPTY" && end != "ERROR" {
			p.at++
			p.expect("ON")
			p.unexpected("EMPTY or ERROR")
		}
		p.keyword(call, word, "ON", end)
	case word == "DEFAULT" && function == "JSON_VALUE":
		p.keyword(call, "DEFAULT")
		call.Args = append(call.Args, p.plainExpression())
		if end = p.peek(1).word(); end != "EMPTY" && end != "ERROR" {
			p.expect("ON")
			p.unexpected("EMPTY or ERROR")
		}
		p.keyword(call, "ON", end)
	case word == "EMPTY" && function == "JSON_QUERY":
		kind := p.peek(1).word()
		if kind != "ARRAY" && kind != "OBJECT" {
			p.at++
			p.unexpected("ARRAY or OBJECT")
		}
		if end = p.peek(3).word(); end != "EMPTY" && end != "ERROR" {
			p.expect("EMPTY", kind, "ON")
			p.unexpected("EMPTY or ERROR")
		}
		p.keyword(call, "EMPTY", kind, "ON", end)
	default:
		return false
	}
	return true
}

// jsonConstructor reads JSON_OBJECT, JSON_OBJECTAGG, JSON_ARRAY and JSON_ARRAYAGG.
func (p *parser) jsonConstructor(word string) Expr {
	call := p.opened()
	switch word {
	case "JSON_OBJECT":
		if p.word() != ")" && !p.beginsNullClause() {
			if p.word() == "KEY" && (p.peek(1).word() == "VALUE" || p.peek(1).word() == ":") {
				p.reservedWord(p.peek(0)) // here Flink reads it as the keyword
			}
			p.jsonPair(call)
			for p.accept(",") {
				p.jsonPair(call)
			}
		}
	case "JSON_OBJECTAGG":
		p.jsonPair(call)
	case "JSON_ARRAY":
		if p.word() != ")" {
			call.Args = append(call.Args, p.plainExpression())
			for p.accept(",") {
				call.Args = append(call.Args, p.plainExpression())
			}
		}
	case "JSON_ARRAYAGG":
		call.Args = append(call.Args, p.plainExpression())
		if p.accept("ORDER") {
			p.expect("BY")
			call.OrderBy = p.orderItems()
		}
	}
	if p.word() == "NULL" || p.word() == "ABSENT" {
		p.keyword(call, p.word(), "ON", "NULL")
	}
	p.closed(call)
	if word == "JSON_ARRAYAGG" && p.word() == "WITHIN" {
		if call.OrderBy != nil {
			p.unexpected("no second order")
		}
		p.withinGroup(call)
		call.Span = p.since(call.Start)
	}
	return call
}

func (p *parser) beginsNullClause() bool {
	word := p.word()
	return (word == "NULL" || word == "ABSENT") && p.peek(1).word() == "ON"
}

// jsonPair reads [KEY] name VALUE value and name : value, which mean the same.
func (p *parser) jsonPair(call *Call) {
	next := p.peek(1)
	key := p.word() == "KEY" && (p.beginsOperand(next) || next.word() == "NOT" || next.word() == "EXISTS" || next.word() == "UNIQUE")
	if key {
		p.at++
	}
	call.Args = append(call.Args, p.plainExpression())
	if !key && p.word() == ":" {
		start := p.start()
		p.at++
		call.Keywords = append(call.Keywords, Keyword{Span: p.since(start), Word: "VALUE", Before: len(call.Args)})
	} else {
		p.keyword(call, "VALUE")
	}
	call.Args = append(call.Args, p.plainExpression())
}
