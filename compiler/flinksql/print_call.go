package flinksql

import "strings"

// suffixed tells whether something stands behind the call's brackets.
func (c *Call) suffixed() bool {
	return c.Nulls != "" || c.Distinct != nil || c.WithinGroup != nil || c.Filter != nil || c.Over != nil || c.OverName != nil ||
		c.New || c.FinalRunning != ""
}

func (p *printer) call(c *Call) {
	if p.tooWide {
		return
	}
	if c.FinalRunning != "" {
		p.write(c.FinalRunning, " ")
	}
	if c.New {
		p.write("NEW ")
	}
	if c.Escape {
		p.write("{fn ")
	}
	p.functionName(c.Name)
	if c.Bare {
		return
	}
	p.group(func() {
		p.block("(", ")", func() { p.arguments(c) })
	})
	if c.Escape {
		p.write("}")
	}
	p.behindCall(c)
}

// functionName writes a name; keywords that are functions stay bare, and names in back-ticks that are keywords keep them.
func (p *printer) functionName(path Path) {
	for i, part := range path.Parts {
		if i > 0 {
			p.write(".")
		}
		keyword := len(path.Parts) == 1 && lookup(part.Text) != 0
		switch {
		case keyword && part.Quoted:
			p.write("`", part.Text, "`")
		case keyword:
			p.write(part.Text)
		default:
			p.name(part)
		}
	}
}

func (p *printer) arguments(c *Call) {
	if c.Quantifier != "" {
		p.write(c.Quantifier, " ")
	}
	keywords := c.Keywords
	for i, arg := range c.Args {
		words := 0
		for len(keywords) > 0 && keywords[0].Before == i {
			if i > 0 || words > 0 {
				p.write(" ")
			}
			p.keyword(keywords[0])
			keywords = keywords[1:]
			words++
		}
		switch {
		case words > 0, i == 1 && isTrimFlag(c):
			p.write(" ")
		case i > 0:
			p.write(",")
			p.newline()
		}
		p.callArgument(c, i, arg)
	}
	if len(c.OrderBy) > 0 {
		p.write(" ORDER BY ")
		p.orderItems(c.OrderBy)
	}
	for i, keyword := range keywords {
		if i > 0 || len(c.Args) > 0 {
			p.write(" ")
		}
		p.keyword(keyword)
	}
}

func (p *printer) keyword(k Keyword) {
	p.write(k.Word)
	if k.Type != nil {
		p.write(" ")
		p.dataType(k.Type)
	}
}

// callArgument writes an argument; a column that would be read as a unit is put in back-ticks.
func (p *printer) callArgument(c *Call, i int, arg Expr) {
	column, ok := arg.(*ColumnRef)
	if ok && i == 1 && len(column.Parts) == 1 && strings.EqualFold(c.Name.Parts[0].Text, "DATE_TRUNC") && lookup(column.Parts[0].Text) != 0 {
		p.write("`", column.Parts[0].Text, "`")
		return
	}
	if position, ok := arg.(*Unary); ok && i == 0 && len(c.Keywords) > 0 && c.Keywords[0].Word == "IN" {
		p.escape(position)
		return
	}
	least := 0
	if i == 0 && len(c.Keywords) > 0 && c.Keywords[0].Word == "IN" { // POSITION(x IN y) reads an operand
		least = memberPower + 1
	}
	mark := len(p.text)
	p.expression(arg, least)
	if i%2 == 0 && strings.HasPrefix(c.Name.Parts[0].Text, "JSON_OBJECT") && len(p.text) >= mark+3 && beginsWithKey(p.text[mark:]) {
		p.text = append(p.text[:mark:mark], "("+string(p.text[mark:])+")"...)
	}
}

// beginsWithKey tells whether Flink would read the column key at the start of a name in JSON_OBJECT as the keyword.
func beginsWithKey(text []byte) bool {
	return strings.EqualFold(string(text[:3]), "KEY") && (len(text) == 3 || nameLength(string(text)) == 3)
}

// isTrimFlag tells whether the first argument is the BOTH of TRIM(BOTH x FROM y), which no comma follows.
func isTrimFlag(c *Call) bool {
	if len(c.Name.Parts) != 1 || c.Name.Parts[0].Text != "TRIM" || len(c.Args) == 0 {
		return false
	}
	flag, ok := c.Args[0].(*Constant)
	return ok && flag.Kind == SymbolConstant
}

func (p *printer) behindCall(c *Call) {
	if c.Nulls != "" {
		p.write(" ", c.Nulls)
	}
	if len(c.Distinct) > 0 {
		p.write(" WITHIN DISTINCT (")
		p.flatEach(len(c.Distinct), func(i int) { p.expression(c.Distinct[i], 0) })
		p.write(")")
	}
	if len(c.WithinGroup) > 0 {
		p.write(" WITHIN GROUP (ORDER BY ")
		p.orderItems(c.WithinGroup)
		p.write(")")
	}
	if c.Filter != nil {
		p.write(" FILTER ")
		p.group(func() {
			p.block("(", ")", func() {
				p.write("WHERE ")
				p.expression(c.Filter, 0)
			})
		})
	}
	switch {
	case c.Over != nil:
		p.write(" OVER ")
		p.windowSpec(c.Over)
	case c.OverName != nil:
		p.write(" OVER ")
		p.name(*c.OverName)
	}
}

func (p *printer) tableArgument(a *TableArg) {
	if a.Query != nil {
		p.listOrQuery("(", ")", nil, a.Query)
	} else {
		p.write("TABLE ")
		p.path(*a.Table)
	}
	if len(a.PartitionBy) > 0 {
		p.write(" PARTITION BY ")
		p.several(len(a.PartitionBy), func(i int) { p.expression(a.PartitionBy[i], 0) })
	}
	if len(a.OrderBy) > 0 {
		p.write(" ORDER BY ")
		p.several(len(a.OrderBy), func(i int) { p.orderItem(a.OrderBy[i]) })
	}
}

// several writes one part, or several in brackets.
func (p *printer) several(n int, part func(i int)) {
	if n == 1 {
		mark := len(p.text)
		part(0)
		if p.tooWide || mark < len(p.text) && p.text[mark] != '(' {
			return
		}
		p.text = p.text[:mark]
	}
	p.write("(")
	p.flatEach(n, part)
	p.write(")")
}
