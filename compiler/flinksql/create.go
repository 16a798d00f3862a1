package flinksql

import "strings"

// create reads CREATE TABLE, VIEW, FUNCTION, CATALOG and DATABASE; models, connections and materialized tables are kept as
// their text.
func (p *parser) create() Statement {
	start, first := p.start(), p.at
	p.expect("CREATE")
	replace := p.acceptAll("OR", "REPLACE")
	temporary := p.accept("TEMPORARY")
	switch word := p.word(); word {
	case "TABLE":
		return p.createTable(start, replace, temporary)
	case "VIEW":
		return p.createView(start, replace, temporary)
	case "FUNCTION":
		return p.createFunction(start, replace, temporary)
	case "SYSTEM":
		if p.peek(1).word() == "FUNCTION" {
			return p.createFunction(start, replace, temporary)
		}
	case "CATALOG":
		p.at++
		c := &CreateCatalog{Replace: replace, Temporary: temporary, IfNotExists: p.acceptAll("IF", "NOT", "EXISTS"), Name: p.name()}
		c.Comment, c.Options = p.comment(), p.with()
		c.Span = p.since(start)
		return c
	case "DATABASE":
		p.at++
		c := &CreateDatabase{Replace: replace, Temporary: temporary, IfNotExists: p.acceptAll("IF", "NOT", "EXISTS"), Path: p.path()}
		c.Comment, c.Options = p.comment(), p.with()
		c.Span = p.since(start)
		return c
	}
	switch p.word() {
	case "MODEL", "CONNECTION", "MATERIALIZED", "SYSTEM", "OR":
		p.at = first
		return p.other()
	}
	p.unexpected("TABLE, VIEW or FUNCTION")
	return nil
}

// comment reads COMMENT 'text'; nil when absent.
func (p *parser) comment() *String {
	if !p.accept("COMMENT") {
		return nil
	}
	text := p.plainText()
	return &text
}

// with reads WITH ('key' = 'value', …); nil when absent.
func (p *parser) with() []Option {
	if !p.accept("WITH") {
		return nil
	}
	return p.options()
}

func (p *parser) options() []Option {
	p.expect("(")
	options := []Option{}
	for p.word() != ")" || len(options) > 0 {
		start := p.start()
		option := Option{Key: p.optionText()}
		if p.word() != "=" {
			t := p.peek(0)
			if t.class == textClass || t.word() == "," || t.word() == ")" {
				p.refuse(option.Key.Span, "missing-equals", "Option has no value", "Write 'key' = 'value'.")
			}
			p.unexpected("=")
		}
		p.at++
		option.Value = p.optionText()
		option.Span = p.since(start)
		options = append(options, option)
		if p.peek(0).class == textClass {
			p.refuse(option.Span, "missing-comma", "Options need a comma between", "Write a comma behind this option.")
		}
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return options
}

// optionText reads the key or value of an option, which are always texts.
func (p *parser) optionText() String {
	t := p.peek(0)
	if t.class == numberClass || t.class == quotedClass || t.class == wordClass {
		p.refuse(t.span(), "option-without-quotes", "Options are texts in quotes", "Put the key and the value into single quotes: 'key' = 'value'.")
	}
	return p.literalText()
}

func (p *parser) createView(start int, replace, temporary bool) Statement {
	p.expect("VIEW")
	v := &CreateView{Replace: replace, Temporary: temporary, IfNotExists: p.acceptAll("IF", "NOT", "EXISTS"), Path: p.path()}
	if p.word() == "(" {
		v.Columns = p.nameList()
	}
	v.Comment = p.comment()
	p.expect("AS")
	v.Query = p.query()
	v.Span = p.since(start)
	return v
}

func (p *parser) createFunction(start int, replace, temporary bool) Statement {
	f := &CreateFunction{Replace: replace, Temporary: temporary}
	if t := p.peek(0); p.accept("SYSTEM") {
		f.System = true
		if !temporary {
			p.refuse(t.span(), "system-function", "System functions are temporary", "Write CREATE TEMPORARY SYSTEM FUNCTION.")
		}
	}
	p.expect("FUNCTION")
	f.IfNotExists = p.acceptAll("IF", "NOT", "EXISTS")
	if f.System {
		name := p.name()
		f.Path = Path{Span: name.Span, Parts: []Name{name}}
	} else {
		f.Path = p.path()
	}
	p.expect("AS")
	f.Class = p.plainText()
	if p.accept("LANGUAGE") {
		if f.Language = p.choice("JAVA", "SCALA", "SQL", "PYTHON"); f.Language == "" {
			p.unexpected("JAVA, SCALA, SQL or PYTHON")
		}
	}
	if t := p.peek(0); p.accept("USING") {
		if f.Language == "SQL" || f.Language == "PYTHON" {
			p.refuse(t.span(), "jar-of-language", "Only Java and Scala use jars", "Remove USING, or the LANGUAGE.")
		}
		p.resource(f)
		for p.accept(",") {
			p.resource(f)
		}
	}
	f.Options = p.with()
	f.Span = p.since(start)
	return f
}

func (p *parser) resource(f *CreateFunction) {
	switch p.choice("JAR", "ARTIFACT") {
	case "JAR":
		f.Jars = append(f.Jars, p.plainText())
	case "ARTIFACT":
		f.Artifacts = append(f.Artifacts, p.plainText())
	default:
		p.unexpected("JAR")
	}
}

func (p *parser) createTable(start int, replace, temporary bool) Statement {
	p.expect("TABLE")
	t := &CreateTable{Replace: replace, Temporary: temporary, IfNotExists: p.acceptAll("IF", "NOT", "EXISTS"), Path: p.path()}
	columns := p.peek(0)
	if p.accept("(") {
		p.columns(t)
		p.expect(")")
	}
	t.Comment = p.comment()
	if p.word() == "DISTRIBUTED" {
		t.Distribution = p.distribution()
	}
	if p.accept("PARTITIONED") {
		p.expect("BY")
		t.Partitioned = p.nameList()
	}
	t.Options = p.with()
	switch p.word() {
	case "LIKE":
		t.Like = p.likeClause()
	case "AS":
		p.at++
		t.As = p.query()
	}
	if t.ColumnNames != nil && t.As == nil {
		p.refuse(Span{columns.start(), columns.end()}, "columns-without-types", "Columns have no types", "Give each column a type, or write AS and a query behind the table.")
	}
	t.Span = p.since(start)
	return t
}

// columns reads columns, constraints and watermark, or names alone.
func (p *parser) columns(t *CreateTable) {
	if next := p.peek(1).word(); p.peek(0).isName() && (next == "," || next == ")") {
		t.ColumnNames = []Name{p.name()}
		for p.accept(",") {
			t.ColumnNames = append(t.ColumnNames, p.name())
		}
		return
	}
	for {
		switch p.word() {
		case "CONSTRAINT", "PRIMARY", "UNIQUE":
			p.tableConstraint(t)
		case "WATERMARK":
			p.watermark(t)
		default:
			p.column(t)
		}
		if !p.accept(",") {
			break
		}
	}
}

func (p *parser) watermark(t *CreateTable) {
	start := p.start()
	p.expect("WATERMARK", "FOR")
	w := &Watermark{Column: p.path()}
	p.expect("AS")
	w.Expression = p.plainExpression()
	w.Span = p.since(start)
	if t.Watermark != nil {
		p.refuse(w.Span, "two-watermarks", "Second watermark", "A table has one watermark: remove the other.")
	}
	t.Watermark = w
}

func (p *parser) column(t *CreateTable) {
	c := &Column{Name: p.name()}
	if p.word() == "." {
		p.refuse(c.Name.Span, "dot-in-column", "Column's name has no dots", "Put the whole name into back-ticks.")
	}
	start := p.start()
	if p.accept("AS") {
		c.Expression = p.plainExpression()
	} else {
		c.Type = p.columnType()
		p.columnDetails(t, c)
	}
	c.Definition = p.since(start)
	c.Comment = p.comment()
	c.Span = p.since(c.Name.Start)
	t.Columns = append(t.Columns, c)
}

// columnDetails reads METADATA or a constraint behind a column's type.
func (p *parser) columnDetails(t *CreateTable, c *Column) {
	switch p.word() {
	case "METADATA":
		p.at++
		c.Metadata = true
		if p.accept("FROM") {
			from := p.literalText()
			c.From = &from
		}
		c.Virtual = p.accept("VIRTUAL")
	case "CONSTRAINT", "PRIMARY", "UNIQUE":
		key := p.primaryKey()
		key.Columns = []Name{c.Name}
		p.enforcement(key)
		p.setKey(t, key)
	}
}

// primaryKey reads [CONSTRAINT name] PRIMARY KEY.
func (p *parser) primaryKey() *PrimaryKey {
	key := &PrimaryKey{Span: Span{Start: p.start()}}
	if p.accept("CONSTRAINT") {
		name := p.name()
		key.Constraint = &name
	}
	if t := p.peek(0); t.word() == "UNIQUE" {
		p.refuse(t.span(), "unique", "Flink has no UNIQUE", "Write PRIMARY KEY (…) NOT ENFORCED, or remove it.")
	}
	p.expect("PRIMARY", "KEY")
	return key
}

func (p *parser) tableConstraint(t *CreateTable) {
	key := p.primaryKey()
	key.Columns = p.nameList()
	p.enforcement(key)
	p.setKey(t, key)
}

func (p *parser) enforcement(key *PrimaryKey) {
	enforced := false
	switch {
	case p.accept("ENFORCED"):
		enforced = true
		key.Enforced = &enforced
	case p.word() == "NOT":
		p.expect("NOT", "ENFORCED")
		key.Enforced = &enforced
	}
	key.Span = p.since(key.Start)
}

func (p *parser) setKey(t *CreateTable, key *PrimaryKey) {
	if t.PrimaryKey != nil {
		p.refuse(key.Span, "two-keys", "Second primary key", "A table has one primary key: name all its columns in it.")
	}
	t.PrimaryKey = key
}

func (p *parser) distribution() *Distributed {
	start := p.start()
	p.expect("DISTRIBUTED")
	d := &Distributed{}
	if p.accept("BY") {
		d.Kind = p.choice("HASH", "RANGE")
		d.Columns = p.nameList()
	} else if p.word() != "INTO" {
		p.unexpected("BY or INTO")
	}
	if p.accept("INTO") {
		number := p.number()
		d.Buckets = number.Value
		if strings.ContainsAny(d.Buckets, ".eE'") {
			p.refuse(number.Span, "buckets", "Buckets are a whole number", "Write INTO 4 BUCKETS.")
		}
		p.expect("BUCKETS")
	}
	d.Span = p.since(start)
	return d
}

func (p *parser) likeClause() *Like {
	start := p.start()
	p.expect("LIKE")
	l := &Like{Table: p.path()}
	if p.accept("(") {
		for p.word() != ")" || len(l.Options) == 0 {
			at := p.start()
			option := LikeOption{Strategy: p.choice("INCLUDING", "EXCLUDING", "OVERWRITING")}
			if option.Strategy == "" {
				p.unexpected("INCLUDING, EXCLUDING or OVERWRITING")
			}
			option.Feature = p.choice("ALL", "CONSTRAINTS", "DISTRIBUTION", "GENERATED", "METADATA", "OPTIONS", "PARTITIONS", "WATERMARKS")
			if option.Feature == "" {
				p.unexpected("ALL, OPTIONS or another feature")
			}
			option.Span = p.since(at)
			l.Options = append(l.Options, option)
		}
		p.expect(")")
	}
	l.Span = p.since(start)
	return l
}
