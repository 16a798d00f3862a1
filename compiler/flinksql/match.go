package flinksql

import "strings"

// matched reads [AS alias] MATCH_RECOGNIZE (…) behind a table.
func (p *parser) matched(start int, t TableExpr) TableExpr {
	ahead := 0
	if p.word() == "AS" && p.peek(1).isName() {
		ahead = 2
	}
	if p.peek(ahead).word() != "MATCH_RECOGNIZE" {
		return t
	}
	if _, ok := t.(*Join); ok {
		p.refuse(t.Range(), "match-of-join", "MATCH_RECOGNIZE behind a join", "Put SELECT * FROM before the join.")
	}
	if ahead > 0 {
		t = p.aliased(start, t)
	}
	p.at++
	p.expect("(")
	m := &MatchRecognize{Input: t}
	if p.accept("PARTITION") {
		p.expect("BY")
		m.PartitionBy = p.expressions(noQuery)
	}
	if p.accept("ORDER") {
		p.expect("BY")
		m.OrderBy = p.orderItems()
	}
	if p.accept("MEASURES") {
		m.Measures = append(m.Measures, p.measure())
		for p.accept(",") {
			m.Measures = append(m.Measures, p.measure())
		}
	}
	switch {
	case p.accept("ONE"):
		p.expect("ROW", "PER", "MATCH")
		m.Rows = "ONE ROW PER MATCH"
	case p.accept("ALL"):
		p.expect("ROWS", "PER", "MATCH")
		m.Rows = "ALL ROWS PER MATCH"
	}
	p.afterMatch(m)
	p.expect("PATTERN", "(")
	from := p.start()
	m.PatternText = p.wholePattern()
	m.Pattern = p.since(from)
	p.expect(")")
	if p.accept("WITHIN") {
		if p.word() != "INTERVAL" {
			p.unexpected("INTERVAL")
		}
		at := p.peek(0)
		m.Within = p.interval()
		if _, ok := m.Within.(*Constant); !ok {
			p.refuse(p.since(at.start()), "within", "WITHIN takes a constant interval", "Write WITHIN INTERVAL '10' MINUTE.")
		}
	}
	p.definitions(m)
	m.Span = p.since(start)
	return m
}

func (p *parser) measure() *SelectItem {
	start := p.start()
	item := &SelectItem{Expr: p.plainExpression()}
	p.expect("AS")
	name := p.name()
	item.Alias, item.Span = &name, p.since(start)
	return item
}

func (p *parser) afterMatch(m *MatchRecognize) {
	if p.word() != "AFTER" {
		return
	}
	start := p.start()
	p.expect("AFTER", "MATCH", "SKIP")
	m.AfterText = "AFTER MATCH SKIP "
	switch {
	case p.accept("PAST"):
		p.expect("LAST", "ROW")
		m.AfterText += "PAST LAST ROW"
	case p.accept("TO"):
		m.AfterText += "TO "
		switch word := p.word(); {
		case p.acceptAll("NEXT", "ROW"):
			m.AfterText += "NEXT ROW"
		case (word == "FIRST" || word == "LAST") && p.peek(1).isName():
			p.at++
			m.AfterText += word + " " + Quote(p.name().Text)
		default: // Flink reads SKIP TO a as SKIP TO LAST a
			m.AfterText += "LAST " + Quote(p.name().Text)
		}
	default:
		p.unexpected("PAST or TO")
	}
	m.After = p.since(start)
}

func (p *parser) definitions(m *MatchRecognize) {
	if p.accept("SUBSET") {
		m.Subsets = append(m.Subsets, p.subset())
		for p.accept(",") {
			m.Subsets = append(m.Subsets, p.subset())
		}
	}
	p.expect("DEFINE")
	m.Define = append(m.Define, p.definition())
	for p.accept(",") {
		m.Define = append(m.Define, p.definition())
	}
	p.expect(")")
}

func (p *parser) subset() Subset {
	start := p.start()
	s := Subset{Name: p.name()}
	p.expect("=")
	s.Names = p.nameList()
	s.Span = p.since(start)
	return s
}

func (p *parser) definition() *Definition {
	start := p.start()
	d := &Definition{Name: p.name()}
	p.expect("AS")
	d.Condition = p.expression()
	d.Span = p.since(start)
	return d
}

// wholePattern reads what stands in PATTERN (…) and writes it with one space between its parts.
func (p *parser) wholePattern() string {
	begin, end := "", ""
	if p.accept("^") {
		begin = "^ "
	}
	pattern := p.pattern()
	if p.accept("$") {
		end = " $"
	}
	return begin + pattern + end
}

func (p *parser) pattern() string {
	p.nested()
	terms := []string{p.patternTerm()}
	for p.accept("|") {
		terms = append(terms, p.patternTerm())
	}
	p.depth--
	return strings.Join(terms, " | ")
}

func (p *parser) patternTerm() string {
	factors := []string{p.patternFactor()}
	for {
		switch word := p.word(); {
		case p.peek(0).isName(), word == "(", word == "{", word == "PERMUTE":
			factors = append(factors, p.patternFactor())
		default:
			return strings.Join(factors, " ")
		}
	}
}

// patternFactor reads a variable or group and its quantifier.
func (p *parser) patternFactor() string {
	text := p.patternPrimary()
	switch p.word() {
	case "*", "+", "?":
		text += p.word()
		p.at++
	case "{":
		if p.peek(1).word() == "-" { // A {- B -} is A, and B left out
			return text + " " + p.excluded()
		}
		p.at++
		text += "{"
		if p.peek(0).class == numberClass {
			text += p.number().Value
			if p.accept(",") {
				text += ","
				if p.peek(0).class == numberClass {
					text += p.number().Value
				}
			}
		} else {
			p.expect(",")
			text += "," + p.number().Value
		}
		p.expect("}")
		text += "}"
	default:
		return text
	}
	if p.accept("?") {
		text += "?"
	}
	return text
}

func (p *parser) patternPrimary() string {
	switch {
	case p.peek(0).isName():
		return Quote(p.name().Text)
	case p.accept("("):
		inner := p.pattern()
		p.expect(")")
		return "(" + inner + ")"
	case p.word() == "{":
		return p.excluded()
	case p.accept("PERMUTE"):
		p.expect("(")
		list := []string{p.pattern()}
		for p.accept(",") {
			list = append(list, p.pattern())
		}
		p.expect(")")
		return "PERMUTE(" + strings.Join(list, ", ") + ")"
	}
	p.unexpected("a pattern variable")
	return ""
}

func (p *parser) excluded() string {
	p.expect("{", "-")
	inner := p.pattern()
	p.expect("-", "}")
	return "{- " + inner + " -}"
}
