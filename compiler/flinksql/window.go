package flinksql

func (p *parser) namedWindow() *NamedWindow {
	start := p.start()
	window := &NamedWindow{Name: p.name()}
	p.expect("AS")
	window.Spec = p.windowSpec()
	window.Span = p.since(start)
	return window
}

// windowSpec reads what stands in the brackets of OVER and WINDOW.
func (p *parser) windowSpec() *WindowSpec {
	start := p.start()
	p.expect("(")
	w := &WindowSpec{}
	if p.peek(0).isName() {
		name := p.name()
		w.Base = &name
	}
	if p.accept("PARTITION") {
		p.expect("BY")
		w.PartitionBy = p.expressions(noQuery)
	}
	if p.accept("ORDER") {
		p.expect("BY")
		w.OrderBy = p.orderItems()
	}
	if word := p.word(); word == "ROWS" || word == "RANGE" {
		w.Frame = p.frame()
	}
	if word := p.word(); word == "ALLOW" || word == "DISALLOW" {
		p.expect(word, "PARTIAL")
		w.Partial = word + " PARTIAL"
	}
	p.expect(")")
	w.Span = p.since(start)
	return w
}

func (p *parser) frame() *Frame {
	start := p.start()
	f := &Frame{Rows: p.word() == "ROWS"}
	p.at++
	if p.accept("BETWEEN") {
		f.Start = p.bound(stopAnd)
		p.expect("AND")
		f.End = p.bound(0)
	} else {
		f.Start = p.bound(0)
	}
	f.Span = p.since(start)
	return f
}

func (p *parser) bound(m mode) *Bound {
	start := p.start()
	b := &Bound{}
	switch {
	case p.acceptAll("CURRENT", "ROW"):
		b.CurrentRow = true
		b.Span = p.since(start)
		return b
	case p.word() == "UNBOUNDED" && (p.peek(1).word() == "PRECEDING" || p.peek(1).word() == "FOLLOWING"):
		p.at++
		b.Unbounded = true
	default:
		b.Expr = p.operators(0, noQuery|m)
	}
	switch p.choice("PRECEDING", "FOLLOWING") {
	case "PRECEDING":
	case "FOLLOWING":
		b.Following = true
	default:
		p.unexpected("PRECEDING or FOLLOWING")
	}
	b.Span = p.since(start)
	return b
}

// hints reads /*+ NAME(…), … */.
func (p *parser) hints() []Hint {
	p.expect("/*+")
	hints := []Hint{p.hint()}
	for p.accept(",") {
		hints = append(hints, p.hint())
	}
	p.expect("*/")
	return hints
}

func (p *parser) hint() Hint {
	start := p.start()
	hint := Hint{Name: p.name()}
	if p.accept("(") {
		switch {
		case p.word() == ")":
		case p.peek(1).word() == "=":
			hint.Options = append(hint.Options, p.hintOption())
			for p.accept(",") {
				hint.Options = append(hint.Options, p.hintOption())
			}
		default:
			names := p.peek(0).isName()
			hint.Args = append(hint.Args, p.hintArgument(names))
			for p.accept(",") {
				hint.Args = append(hint.Args, p.hintArgument(names))
			}
		}
		p.expect(")")
	}
	hint.Span = p.since(start)
	return hint
}

// hintOption reads key = 'value'; the key may be a name or a text.
func (p *parser) hintOption() Option {
	start := p.start()
	option := Option{}
	if p.peek(0).isName() {
		name := p.name()
		option.Key = String{name.Span, name.Text}
	} else {
		option.Key = p.literalText()
	}
	p.expect("=")
	option.Value = p.literalText()
	option.Span = p.since(start)
	return option
}

// hintArgument reads a name, or a number or text as written.
func (p *parser) hintArgument(names bool) Name {
	if names {
		return p.name()
	}
	start := p.start()
	if p.peek(0).class == textClass {
		text := p.literalText()
		return Name{Span: text.Span, Text: Literal(text.Value)}
	}
	number := "-"
	if p.choice("-", "+") != "-" {
		number = ""
	}
	if p.peek(0).class != numberClass {
		p.unexpected("a name, number or text")
	}
	number += p.number().Value
	return Name{Span: p.since(start), Text: number}
}
