package flinksql

import "strings"

// Print writes a node as SQL: keywords in upper case, a clause a line, names in back-ticks only where they must be. Parsing
// what it writes gives the same tree. A statement ends without a semicolon.
func Print(n Node) string {
	p := &printer{}
	p.node(n)
	return string(p.text)
}

const (
	maxWidth  = 100 // columns that a line fills where it can be broken
	maxSelect = 80  // columns of a list that stays on its line
)

// printer writes text. Flat it writes one line and gives up when that is too wide; else it breaks what does not fit.
type printer struct {
	text    []byte
	line    int // where the current line starts
	indent  int
	flat    bool
	limit   int  // the end of a flat line, a position in text
	tooWide bool // of what is being written flat
}

func (p *printer) node(n Node) {
	switch n := n.(type) {
	case Statement:
		p.statement(n)
	case Expr:
		p.expression(n, 0)
	case TableExpr:
		p.table(n)
	case Body:
		p.body(n)
	case *Type:
		p.dataType(n)
	default:
		p.part(n)
	}
}

// part writes what is no statement, query, table, expression or type.
func (p *printer) part(n Node) {
	switch n := n.(type) {
	case Name:
		p.name(n)
	case Path:
		p.path(n)
	case Option:
		p.option(n)
	case Hint:
		p.hint(n)
	case *Column:
		p.column(n)
	case *Watermark:
		p.watermark(n)
	case *PrimaryKey:
		p.primaryKey(n)
	case *Distributed:
		p.distribution(n)
	case *CTE:
		p.cte(n)
	case *SelectItem:
		p.selectItem(n)
	case *GroupBy:
		p.groupBy(n)
	case *GroupItem:
		p.groupItem(n, false)
	case *NamedWindow:
		p.namedWindow(n)
	case *WindowSpec:
		p.windowSpec(n)
	case *Frame:
		p.frame(n)
	case *Bound:
		p.bound(n)
	case *OrderItem:
		p.orderItem(n)
	case *ValuesRow:
		p.valuesRow(n)
	case *Definition:
		p.definition(n)
	case *When:
		p.when(n)
	case *RowField:
		p.rowField(n)
	}
}

func (p *printer) write(parts ...string) {
	if p.tooWide {
		return
	}
	for _, part := range parts {
		p.text = append(p.text, part...)
		if !p.flat {
			if i := strings.LastIndexByte(part, '\n'); i >= 0 {
				p.line = len(p.text) - len(part) + i + 1
			}
		}
	}
	if p.flat && len(p.text) > p.limit {
		p.tooWide = true
	}
}

// newline ends the line; a flat one goes on behind a space.
func (p *printer) newline() {
	if p.flat {
		p.write(" ")
		return
	}
	p.soft()
}

// soft ends the line; a flat one just goes on.
func (p *printer) soft() {
	if p.flat {
		return
	}
	p.text = append(p.text, '\n')
	p.line = len(p.text)
	for range p.indent {
		p.text = append(p.text, "  "...)
	}
}

func (p *printer) indented(body func()) {
	p.indent++
	body()
	p.indent--
}

// block writes open, what body writes on lines of its own, and close.
func (p *printer) block(open, closing string, body func()) {
	p.write(open)
	p.indented(func() {
		p.soft()
		body()
	})
	p.soft()
	p.write(closing)
}

// group writes body on one line where it fits, and else lets it break.
func (p *printer) group(body func()) { p.within(maxWidth, body) }

func (p *printer) within(width int, body func()) {
	if p.flat {
		body()
		return
	}
	mark := len(p.text)
	p.flat, p.limit = true, p.line+width
	body()
	fits := !p.tooWide
	p.flat, p.tooWide = false, false
	if !fits {
		p.text = p.text[:mark]
		body()
	}
}

// broken refuses to be written flat, for what always takes lines of its own.
func (p *printer) broken() {
	if p.flat {
		p.tooWide = true
	}
}

// each writes n parts with commas between, each on a line of its own where they do not fit on one.
func (p *printer) each(n int, part func(i int)) {
	for i := range n {
		if i > 0 {
			p.write(",")
			p.newline()
		}
		part(i)
	}
}

// flatEach writes n parts with commas between on the line.
func (p *printer) flatEach(n int, part func(i int)) {
	for i := range n {
		if i > 0 {
			p.write(", ")
		}
		part(i)
	}
}

func (p *printer) name(n Name) { p.write(Quote(n.Text)) }

func (p *printer) path(path Path) {
	for i, part := range path.Parts {
		if i > 0 {
			p.write(".")
		}
		p.name(part)
	}
}

// names writes (a, b).
func (p *printer) names(list []Name) {
	p.group(func() {
		p.block("(", ")", func() {
			p.each(len(list), func(i int) { p.name(list[i]) })
		})
	})
}

func (p *printer) comment(text *String) {
	if text != nil {
		p.write(" COMMENT ", Literal(text.Value))
	}
}

func (p *printer) option(o Option) { p.write(Literal(o.Key.Value), " = ", Literal(o.Value.Value)) }

// with writes WITH (…), an option a line.
func (p *printer) with(options []Option) {
	if len(options) == 0 {
		return
	}
	p.broken()
	p.block(" WITH (", ")", func() {
		p.each(len(options), func(i int) { p.option(options[i]) })
	})
}

func (p *printer) hints(hints []Hint) {
	if len(hints) == 0 {
		return
	}
	p.write(" /*+ ")
	p.flatEach(len(hints), func(i int) { p.hint(hints[i]) })
	p.write(" */")
}

func (p *printer) hint(h Hint) {
	p.name(h.Name)
	if len(h.Options)+len(h.Args) == 0 {
		return
	}
	p.write("(")
	p.flatEach(len(h.Options), func(i int) { p.option(h.Options[i]) })
	p.flatEach(len(h.Args), func(i int) {
		if arg := h.Args[i]; arg.isLiteral() {
			p.write(arg.Text)
		} else {
			p.name(arg)
		}
	})
	p.write(")")
}

// isLiteral tells whether the argument of a hint is a number or text as written, not a name.
func (n Name) isLiteral() bool {
	return !n.Quoted && n.Text != "" && (isDigit(n.Text[0]) || strings.IndexByte("'-.", n.Text[0]) >= 0)
}

func (p *printer) dataType(t *Type) {
	switch {
	case t.Path != nil:
		p.path(*t.Path)
	case t.Name == "STRUCTURED":
		p.write(t.Name, "<", strings.Join(t.Params, ", "))
		if len(t.Fields) > 0 {
			p.write(", ")
		}
		p.flatEach(len(t.Fields), func(i int) { p.rowField(&t.Fields[i]) })
		p.write(">")
	default:
		p.plainType(t)
	}
	if t.Charset != "" {
		p.write(" CHARACTER SET ", Quote(t.Charset))
	}
	for _, suffix := range t.Suffix {
		p.write(" ", suffix)
	}
	if t.Null != "" {
		p.write(" ", t.Null)
	}
}

func (p *printer) plainType(t *Type) {
	name, zone := t.Name, ""
	if i := strings.Index(name, " WITH LOCAL"); i > 0 { // the precision stands before it
		name, zone = name[:i], name[i:]
	}
	p.write(name)
	if len(t.Params) > 0 {
		p.write("(", strings.Join(t.Params, ", "), ")")
	}
	p.write(zone)
	if len(t.Elements) > 0 {
		p.write("<")
		p.flatEach(len(t.Elements), func(i int) { p.dataType(t.Elements[i]) })
		p.write(">")
	}
	if name != "ROW" {
		return
	}
	p.group(func() {
		p.block("<", ">", func() {
			p.each(len(t.Fields), func(i int) { p.rowField(&t.Fields[i]) })
		})
	})
}

func (p *printer) rowField(f *RowField) {
	p.name(f.Name)
	p.write(" ")
	p.dataType(f.Type)
	if f.Comment != nil {
		p.write(" ", Literal(f.Comment.Value))
	}
}
