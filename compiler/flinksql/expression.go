package flinksql

// The strength with which an operator binds to its left and right, as in Calcite's SqlStdOperatorTable. An operand between
// two operators belongs to the one that is stronger on its side.
const (
	multisetUnionPower     = 12
	multisetIntersectPower = 14
	orPower                = 22
	andPower               = 24
	notPower               = 26
	isPower                = 28
	comparePower           = 30
	inPower                = 32
	likePower              = 33
	addPower               = 40
	multiplyPower          = 60
	signPower              = 80
	memberPower            = 100
)

// mode says what Flink reads where an expression stands.
type mode uint8

const (
	noQuery mode = 1 << iota // no query, not even in brackets, at the expression's start
	stopAnd                  // AND belongs to the BETWEEN around
)

// expression reads one expression.
func (p *parser) expression() Expr { return p.operators(0, 0) }

// plainExpression reads an expression that may not begin with a query in brackets.
func (p *parser) plainExpression() Expr { return p.operators(0, noQuery) }

// operators reads operands and operators as long as these bind more than power to their left.
func (p *parser) operators(power int, m mode) Expr {
	p.nested()
	start := p.start()
	left := p.operand(m)
	for links := 0; ; links++ {
		if !operators[p.tokens[p.at].id] {
			break
		}
		next := p.operator(start, left, power, m)
		if next == nil {
			break
		}
		left = next
		p.chained(links)
	}
	p.depth--
	return left
}

// operators tells the words that operator knows, as most tokens behind an operand are others.
var operators = func() []bool {
	table := make([]bool, len(vocabulary))
	for _, word := range []string{
		"=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||", "AND", "OR", "IS", "NOT", "IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "SIMILAR",
		"[", "CONTAINS", "OVERLAPS", "EQUALS", "PRECEDES", "SUCCEEDS", "MEMBER", "SUBMULTISET", "IMMEDIATELY", "FORMAT", "MULTISET", "!=",
	} {
		table[wordIDs[word]] = true
	}
	return table
}()

// operand reads an operand with the operators before it and the fields behind it.
func (p *parser) operand(m mode) Expr {
	start := p.start()
	var operator string
	power := signPower + 1
	switch word := p.word(); word {
	case "-", "+":
		operator = word
	case "NOT":
		operator, power = word, notPower+1
	case "EXISTS", "UNIQUE":
		operator, power = word, addPower+1
	default:
		return p.fields(start, p.primary(m))
	}
	p.at++
	x := p.operators(power, m)
	if query, ok := x.(*SubQuery); ok && operator == "EXISTS" {
		return &Exists{Span: p.since(start), Query: query.Query}
	}
	return &Unary{Span: p.since(start), Operator: operator, Operand: x}
}

// fields reads .name and .name(…) behind what is no path.
func (p *parser) fields(start int, x Expr) Expr {
	for links := 0; p.word() == "." && p.peek(1).isName(); links++ {
		p.at++
		at := p.start()
		field := &Field{X: x, Name: p.name()}
		if p.word() == "(" {
			field.Call = &Call{Name: p.single(field.Name)}
			p.callArguments(field.Call)
			field.Call.Span = p.since(at)
		}
		field.Span = p.since(start)
		x = field
		p.chained(links)
	}
	return x
}

// operator reads an operator and what stands on its right; nil when none stands there that binds more than power.
func (p *parser) operator(start int, left Expr, power int, m mode) Expr {
	word := p.word()
	switch word {
	case "=", "<>", "<", ">", "<=", ">=":
		return p.comparison(start, left, power, m)
	case "+", "-":
		return p.binary(start, left, addPower, power, m, word)
	case "*", "/", "%", "||":
		return p.binary(start, left, multiplyPower, power, m, word)
	case "AND":
		if m&stopAnd != 0 {
			return nil
		}
		return p.binary(start, left, andPower, power, m, word)
	case "OR":
		return p.binary(start, left, orPower, power, m, word)
	case "IS":
		return p.is(start, left, power, m)
	case "NOT", "IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "SIMILAR":
		return p.predicate(start, left, power, m)
	case "[":
		return p.index(start, left, power)
	case "CONTAINS", "OVERLAPS", "EQUALS", "PRECEDES", "SUCCEEDS":
		return p.binary(start, left, comparePower, power, m, word)
	case "MEMBER", "SUBMULTISET":
		return p.binary(start, left, comparePower, power, m, word, "OF")
	case "IMMEDIATELY":
		if next := p.peek(1).word(); next == "PRECEDES" || next == "SUCCEEDS" {
			return p.binary(start, left, comparePower, power, m, word, next)
		}
	case "FORMAT":
		if p.peek(1).word() == "JSON" && power < isPower {
			return p.formatJSON(start, left)
		}
	case "MULTISET":
		return p.multiset(start, left, power, m)
	case "!=":
		p.unexpected("an operator")
	}
	return nil
}

// binary reads an operator of one or more words and its right operand.
func (p *parser) binary(start int, left Expr, own, power int, m mode, words ...string) Expr {
	if own <= power {
		return nil
	}
	p.expect(words...)
	operator := words[0]
	for _, word := range words[1:] {
		operator += " " + word
	}
	right := p.operators(own+1, m&stopAnd)
	return add(&p.binaries, Binary{Span: p.since(start), Operator: operator, Left: left, Right: right})
}

func (p *parser) comparison(start int, left Expr, power int, m mode) Expr {
	word := p.word()
	quantifier := p.peek(1).word()
	if quantifier != "SOME" && quantifier != "ANY" && quantifier != "ALL" {
		return p.binary(start, left, comparePower, power, m, word)
	}
	if inPower <= power {
		return nil
	}
	p.at += 2
	if quantifier == "ANY" {
		quantifier = "SOME"
	}
	x := &Quantified{Operator: word, Quantifier: quantifier, X: left}
	x.List, x.Query = p.queryOrList(0)
	x.Span = p.since(start)
	return x
}

// is reads IS [NOT] DISTINCT FROM, and the tests that begin with IS.
func (p *parser) is(start int, left Expr, power int, m mode) Expr {
	ahead, operator := 1, "IS "
	if p.peek(1).word() == "NOT" {
		ahead, operator = 2, "IS NOT "
	}
	test := p.peek(ahead).word()
	if test == "DISTINCT" {
		if ahead == 2 {
			return p.binary(start, left, comparePower, power, m, "IS", "NOT", "DISTINCT", "FROM")
		}
		return p.binary(start, left, comparePower, power, m, "IS", "DISTINCT", "FROM")
	}
	if isPower <= power {
		return nil
	}
	p.at += ahead
	switch test {
	case "NULL", "TRUE", "FALSE", "UNKNOWN", "EMPTY":
		p.at++
	case "A":
		p.at++
		p.expect("SET")
		test = "A SET"
	case "JSON":
		p.at++
		kind := p.choice("VALUE", "OBJECT", "ARRAY", "SCALAR")
		if kind == "" {
			kind = "VALUE"
		}
		test += " " + kind
	default:
		p.unexpected("NULL, TRUE or DISTINCT FROM")
	}
	return &Unary{Span: p.since(start), Operator: operator + test, Postfix: true, Operand: left}
}

func (p *parser) formatJSON(start int, left Expr) Expr {
	p.at += 2
	if p.accept("ENCODING") && p.choice("UTF8", "UTF16", "UTF32") == "" {
		p.unexpected("UTF8, UTF16 or UTF32")
	}
	return &Unary{Span: p.since(start), Operator: "FORMAT JSON", Postfix: true, Operand: left}
}

func (p *parser) multiset(start int, left Expr, power int, m mode) Expr {
	operation := p.peek(1).word()
	own := multisetUnionPower
	switch operation {
	case "UNION", "EXCEPT":
	case "INTERSECT":
		own = multisetIntersectPower
	default:
		return nil
	}
	if own <= power {
		return nil
	}
	p.at += 2
	operator := "MULTISET " + operation
	switch p.choice("ALL", "DISTINCT") {
	case "DISTINCT":
		operator += " DISTINCT"
	default:
		operator += " ALL"
	}
	right := p.operators(own+1, m&stopAnd)
	return add(&p.binaries, Binary{Span: p.since(start), Operator: operator, Left: left, Right: right})
}

func (p *parser) index(start int, left Expr, power int) Expr {
	if memberPower <= power {
		return nil
	}
	p.at++
	index := &Index{X: left, From: p.choice("OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL")}
	index.I = p.expression()
	p.expect("]")
	index.Span = p.since(start)
	var x Expr = index
	for links := 0; p.word() == "." && p.peek(1).isName(); links++ {
		p.at++
		field := &Field{X: x, Name: p.name()}
		field.Span = p.since(start)
		x = field
		p.chained(links)
	}
	return x
}

// predicate reads [NOT] IN, BETWEEN, LIKE, ILIKE, RLIKE, SIMILAR TO and NOT SUBMULTISET OF.
func (p *parser) predicate(start int, left Expr, power int, m mode) Expr {
	ahead := 0
	if p.word() == "NOT" {
		ahead = 1
	}
	word := p.peek(ahead).word()
	switch word {
	case "IN", "BETWEEN":
		if inPower <= power {
			return nil
		}
		p.at += ahead + 1
		if word == "IN" {
			x := &In{Not: ahead > 0, X: left}
			x.List, x.Query = p.queryOrList(0)
			x.Span = p.since(start)
			return x
		}
		return p.between(start, left, ahead > 0, m)
	case "LIKE", "ILIKE", "RLIKE", "SIMILAR":
		if likePower <= power {
			return nil
		}
		p.at += ahead + 1
		return p.like(start, left, ahead > 0, word, m)
	case "SUBMULTISET":
		return p.binary(start, left, comparePower, power, m, "NOT", word, "OF")
	}
	return nil
}

func (p *parser) between(start int, left Expr, not bool, m mode) Expr {
	if m&stopAnd != 0 { // Flink gives the AND to the outer BETWEEN
		p.refuse(p.since(start), "between-in-between", "BETWEEN inside another BETWEEN", "Put the inner BETWEEN into brackets.")
	}
	x := &Between{Not: not, X: left}
	x.Symmetry = p.choice("SYMMETRIC", "ASYMMETRIC")
	x.Low = p.operators(0, stopAnd)
	if p.word() != "AND" {
		p.unexpected("AND")
	}
	p.at++
	x.High = p.operators(inPower, 0)
	x.Span = p.since(start)
	return x
}

func (p *parser) like(start int, left Expr, not bool, word string, m mode) Expr {
	if word == "SIMILAR" {
		p.expect("TO")
		word = "SIMILAR TO"
	}
	x := &LikeExpr{Not: not, Operator: word, X: left}
	x.Pattern = p.operators(likePower-2, m&stopAnd)
	if p.accept("ESCAPE") {
		x.Escape = p.signed()
	}
	x.Span = p.since(start)
	return x
}

// signed reads an operand without operators, but for the sign of a number.
func (p *parser) signed() Expr {
	start := p.start()
	if sign := p.word(); (sign == "-" || sign == "+") && p.peek(1).class == numberClass {
		p.at++
		number := p.number()
		return &Unary{Span: p.since(start), Operator: sign, Operand: number}
	}
	return p.primary(0)
}

// queryOrList reads a query or expressions in brackets.
func (p *parser) queryOrList(m mode) ([]Expr, *Query) {
	p.expect("(")
	list := p.listBehindBracket(m)
	if query, ok := list[0].(*SubQuery); ok && len(list) == 1 {
		return nil, query.Query
	}
	return list, nil
}

// listBehindBracket reads expressions up to the closing bracket, of which the first may be a query.
func (p *parser) listBehindBracket(m mode) []Expr {
	list := p.only(p.queryOrExpression(m))
	for p.accept(",") {
		list = append(list, p.operators(0, m))
	}
	p.expect(")")
	return list
}

// queryOrExpression reads what may stand first in a bracket: a query, which becomes a *SubQuery, or an expression.
func (p *parser) queryOrExpression(m mode) Expr {
	if p.beginsQuery() {
		if m&noQuery != 0 {
			t := p.peek(0)
			p.refuse(t.span(), "query-not-allowed", "Flink reads no query here", "Take the query out: put it into FROM or into a WITH clause.")
		}
		query := p.query()
		return &SubQuery{Span: query.Span, Query: query}
	}
	start := p.start()
	x := p.operators(0, m)
	if sub, ok := x.(*SubQuery); ok && p.goesOnAsQuery() {
		query := p.queryFrom(start, operandBody(sub.Query))
		return &SubQuery{Span: query.Span, Query: query}
	}
	return x
}
