package flinksql

import (
	"fmt"
	"strings"
)

// oneStatement reads a statement up to its semicolon. After a mistake it goes on behind the semicolon, or behind the END of
// the statement set that the mistake stands in.
func (p *parser) oneStatement() (Statement, *Error) {
	first := p.at
	statement, err := p.guarded()
	if err == nil {
		return statement, nil
	}
	p.at = first
	p.skipStatement()
	err.Statement = p.since(p.tokens[first].start())
	return nil, err
}

func (p *parser) guarded() (statement Statement, err *Error) {
	defer p.catch(&err)
	p.cursors = 0
	statement = p.statement()
	if p.word() != ";" && !p.atEnd() {
		p.unexpected("a semicolon")
	}
	return statement, nil
}

// skipStatement goes to the statement's semicolon, over those of a statement set.
func (p *parser) skipStatement() {
	first := p.at
	inSet := false
	for !p.atEnd() {
		switch p.word() {
		case "SET":
			if p.at > first && p.before().word() == "STATEMENT" {
				inSet = p.peek(1).word() == "BEGIN" || p.tokens[first].word() == "BEGIN" && p.at == first+2
				inSet = inSet && p.setEnds()
			}
		case "END":
			if inSet && p.before().word() == ";" {
				inSet = false
			}
		case ";":
			if !inSet {
				return
			}
		}
		p.at++
	}
}

// setEnds tells whether an END behind a semicolon follows before the next statement set.
func (p *parser) setEnds() bool {
	for i := p.at; i < len(p.tokens); i++ {
		switch p.tokens[i].word() {
		case "END":
			if p.tokens[i-1].word() == ";" {
				return true
			}
		case "STATEMENT":
			if i > p.at+1 {
				return false
			}
		}
	}
	return false
}

func (p *parser) statement() Statement {
	t := p.peek(0)
	switch t.word() {
	case "SELECT", "VALUES", "VALUE", "WITH", "TABLE", "(":
		query := p.query()
		return &QueryStatement{Span: p.since(t.start()), Query: query}
	case "INSERT":
		return p.insert(t.start())
	case "CREATE":
		return p.create()
	case "EXECUTE":
		return p.execute()
	case "BEGIN":
		return p.olderSet()
	case "USE":
		return p.use()
	case "SET":
		return p.set()
	case "RESET":
		return p.reset()
	case "ADD", "REMOVE":
		p.at++
		p.expect("JAR")
		jar := p.plainText()
		return &AddJar{Span: p.since(t.start()), Remove: t.word() == "REMOVE", Jar: jar}
	case "END":
		p.refuse(t.span(), "stray-end", "END of no statement set", "Write BEGIN STATEMENT SET; before the first INSERT, or remove this END.")
	}
	if !p.knownVerb(t) {
		p.unknownVerb(t)
	}
	return p.other()
}

// other takes a statement that Millrace keeps as its text.
func (p *parser) other() Statement {
	start := p.start()
	verb := strings.ToUpper(p.source[start:p.peek(0).end()])
	first := p.at
	p.skipStatement()
	for i := first; i < p.at; i++ {
		if p.tokens[i].class == faultClass {
			p.at = i
			p.unexpected("a word")
		}
	}
	span := p.since(start)
	return &Other{Span: span, Verb: verb, Text: span.Text(p.source)}
}

// verbs are the first words of the statements that Flink reads and Millrace takes as their text.
var verbs = []string{
	"ALTER", "ANALYZE", "CALL", "CLEAR", "COMPILE", "DELETE", "DESC", "DESCRIBE", "DROP", "EXIT", "EXPLAIN", "HELP", "LOAD", "MERGE",
	"QUIT", "REPLACE", "SHOW", "STOP", "TRUNCATE", "UNLOAD", "UPDATE", "UPSERT",
}

func (p *parser) knownVerb(t *token) bool {
	for _, verb := range verbs {
		if t.class == wordClass && strings.EqualFold(p.source[t.start():t.end()], verb) {
			return true
		}
	}
	return false
}

// unknownVerb refuses a statement by its first word, and names the one that was probably meant.
func (p *parser) unknownVerb(t *token) {
	if t.class == faultClass {
		p.unexpected("a statement")
	}
	piece := strings.ToUpper(p.source[t.start():t.end()])
	detail := fmt.Sprintf("Found %s where a statement begins, such as SELECT, INSERT, CREATE or SET.", p.describe(t))
	known := append([]string{"SELECT", "INSERT", "CREATE", "EXECUTE", "USE", "SET", "RESET", "WITH", "VALUES", "BEGIN"}, verbs...)
	for _, verb := range known {
		if t.class == wordClass && len(piece) > 3 && closeTo(piece, verb) {
			detail = fmt.Sprintf("Found %s: perhaps %s was meant.", p.describe(t), verb)
			break
		}
	}
	p.refuse(t.span(), "unknown-statement", "Expected a statement", detail)
}

// closeTo tells whether one letter changed, added, left out or swapped makes the one word of the other.
func closeTo(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) == len(b) && i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i]:
		return a[i+2:] == b[i+2:]
	case len(a) == len(b):
		return i == len(a) || a[i+1:] == b[i+1:]
	case len(a)+1 == len(b):
		return a[i:] == b[i+1:]
	}
	return false
}

func (p *parser) insert(start int) *Insert {
	p.expect("INSERT")
	i := &Insert{}
	switch p.choice("INTO", "OVERWRITE") {
	case "INTO":
	case "OVERWRITE":
		i.Overwrite = true
	default:
		p.unexpected("INTO or OVERWRITE")
	}
	i.Table = p.path()
	if p.word() == "/*+" {
		i.Hints = p.hints()
	}
	if p.accept("PARTITION") {
		i.Partition = p.partition()
	}
	if p.word() == "(" && p.peek(1).isName() {
		i.Columns = p.columnPaths()
	}
	if !p.beginsQuery() && p.word() != "(" {
		p.unexpected("a query")
	}
	i.Query = p.query()
	if p.word() == "ON" {
		p.expect("ON", "CONFLICT", "DO")
		if i.OnConflict = p.choice("ERROR", "NOTHING", "DEDUPLICATE"); i.OnConflict == "" {
			p.unexpected("ERROR, NOTHING or DEDUPLICATE")
		}
	}
	i.Span = p.since(start)
	return i
}

func (p *parser) columnPaths() []Path {
	p.expect("(")
	columns := []Path{p.path()}
	for p.accept(",") {
		columns = append(columns, p.path())
	}
	if t := p.peek(0); t.class == wordClass && t.word() != "" {
		p.refuse(t.span(), "type-in-insert", "INSERT names columns without types", "Remove the types: the table has them.")
	}
	p.expect(")")
	return columns
}

func (p *parser) partition() []Partition {
	p.expect("(")
	var list []Partition
	for {
		start := p.start()
		part := Partition{Key: p.name()}
		p.expect("=")
		part.Value = p.constant()
		part.Span = p.since(start)
		list = append(list, part)
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return list
}

// constant reads a constant and nothing else.
func (p *parser) constant() Expr {
	t := p.peek(0)
	switch {
	case t.class == textClass, t.class == binaryClass:
		return p.primary(0)
	case t.class == numberClass, t.word() == "-", t.word() == "+", t.word() == "DECIMAL":
		return p.signedNumber()
	case t.word() == "TRUE", t.word() == "FALSE", t.word() == "UNKNOWN", t.word() == "NULL",
		t.word() == "DATE", t.word() == "TIME", t.word() == "DATETIME", t.word() == "TIMESTAMP", t.word() == "INTERVAL",
		t.word() == "{D", t.word() == "{T", t.word() == "{TS":
		if x, ok := p.primary(0).(*Constant); ok {
			return x
		}
		p.at--
	}
	p.unexpected("a constant")
	return nil
}

func (p *parser) execute() Statement {
	start := p.start()
	switch next := p.peek(1).word(); next {
	case "PLAN":
		return p.other()
	case "STATEMENT":
		p.at++
		p.expect("STATEMENT", "SET", "BEGIN")
		return p.statementSet(start, false)
	case "INSERT":
		p.at++
		i := p.insert(p.start())
		i.Execute, i.Span = true, p.since(start)
		return i
	}
	p.at++
	if !p.beginsQuery() && p.word() != "(" {
		p.unexpected("STATEMENT SET, INSERT or a query")
	}
	return &QueryStatement{Execute: true, Query: p.query(), Span: p.since(start)}
}

// olderSet reads BEGIN STATEMENT SET; … END, which Flink reads as statements of their own.
func (p *parser) olderSet() Statement {
	start := p.start()
	p.expect("BEGIN", "STATEMENT", "SET", ";")
	return p.statementSet(start, true)
}

func (p *parser) statementSet(start int, older bool) Statement {
	set := &StatementSet{Older: older}
	opening := p.since(start)
	for p.word() != "END" {
		if older && p.accept(";") {
			continue
		}
		at := p.start()
		execute := older && p.word() == "EXECUTE" && p.peek(1).word() == "INSERT"
		if execute {
			p.at++
		}
		if p.word() != "INSERT" {
			if p.atEnd() {
				p.missingEnd(opening, "the statement set")
			}
			p.unexpected("INSERT or END")
		}
		insert := p.insert(p.start())
		insert.Execute, insert.Span = execute, p.since(at)
		set.Inserts = append(set.Inserts, insert)
		if p.atEnd() {
			p.missingEnd(opening, "the statement set")
		}
		if p.word() != ";" {
			p.unexpected("a semicolon")
		}
		p.at++
	}
	if len(set.Inserts) == 0 && !older {
		p.unexpected("INSERT")
	}
	p.at++
	set.Span = p.since(start)
	return set
}

// missingEnd refuses a text that ends before its END.
func (p *parser) missingEnd(opening Span, what string) {
	if t := p.peek(0); t.class != endClass && t.word() != ";" && t.word() != ")" && t.word() != "," && t.word() != "FROM" {
		p.unexpected("END")
	}
	p.refuse(opening, "missing-end", "Expected END", fmt.Sprintf("Found %s: close %s with END.", p.describe(p.peek(0)), what))
}

func (p *parser) use() Statement {
	start := p.start()
	p.expect("USE")
	u := &Use{}
	switch {
	case p.word() == "CATALOG":
		p.at++
		u.Catalog = true
		name := p.name()
		u.Path = Path{Span: name.Span, Parts: []Name{name}}
	case p.accept("MODULES"):
		u.Modules = true
		u.Names = append(u.Names, p.name())
		for p.accept(",") {
			u.Names = append(u.Names, p.name())
		}
	default:
		u.Path = p.path()
	}
	u.Span = p.since(start)
	return u
}

// set reads SET 'key' = 'value', and SET key = value, which Flink reads up to the next space or semicolon.
func (p *parser) set() Statement {
	start := p.start()
	p.expect("SET")
	s := &Set{}
	switch t := p.peek(0); {
	case t.class == endClass || t.word() == ";":
	case t.class == textClass:
		key := p.literalText()
		p.expect("=")
		value := p.literalText()
		s.Key, s.Value = &key, &value
	default:
		s.Key, s.Value = p.bareSetting()
	}
	s.Span = p.since(start)
	return s
}

func (p *parser) bareSetting() (key, value *String) {
	key = p.bareKey("=")
	p.expect("=")
	if p.isPlainText(0) {
		text := p.plainText()
		return key, &text
	}
	return key, p.bareKey("")
}

// bareKey reads a key or value without quotes, tokens with nothing between, up to the given symbol.
func (p *parser) bareKey(until string) *String {
	start := p.start()
	for i := 0; ; i++ {
		t := p.peek(0)
		if t.class == endClass || t.word() == ";" || until != "" && t.word() == until || i > 0 && t.start() != p.before().end() {
			break
		}
		if t.class == textClass || t.class == faultClass || strings.ContainsAny(t.span().Text(p.source), " \t") {
			p.unexpected("a setting")
		}
		p.at++
	}
	span := p.since(start)
	if span.Start == span.End {
		p.unexpected("a setting")
	}
	return &String{span, span.Text(p.source)}
}

func (p *parser) reset() Statement {
	start := p.start()
	p.expect("RESET")
	r := &Reset{}
	switch t := p.peek(0); {
	case t.class == endClass || t.word() == ";":
	case t.class == textClass:
		key := p.literalText()
		r.Key = &key
	default:
		r.Key = p.bareKey("")
	}
	r.Span = p.since(start)
	return r
}
