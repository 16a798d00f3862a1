package flinksql

import (
	"sync"
	"unicode/utf16"
)

// Script is a parsed text: statements and errors in the order of the text.
type Script struct {
	Source     string
	Statements []Statement
	Errors     []*Error
	Comments   []Span // comments, without hints
}

// Parse reads a script. It never fails: a statement that Flink would not read is an Error, and the parser goes on behind its
// semicolon.
func Parse(source string) *Script {
	p := newParser(source)
	defer p.release()
	script := &Script{Source: source, Comments: p.comments}
	for !p.atEnd() {
		if p.accept(";") {
			continue
		}
		p.first, p.depth = p.at, 0
		statement, err := p.oneStatement()
		if err != nil {
			script.Errors = append(script.Errors, err)
			continue
		}
		script.Statements = append(script.Statements, statement)
	}
	return script
}

// ParseQuery reads a text that is one query.
func ParseQuery(source string) (query *Query, err *Error) {
	return parseAll(source, (*parser).query)
}

// ParseExpression reads a text that is one expression.
func ParseExpression(source string) (Expr, *Error) {
	return parseAll(source, (*parser).expression)
}

// ParseType reads a text that is one data type.
func ParseType(source string) (*Type, *Error) {
	return parseAll(source, (*parser).columnType)
}

func parseAll[T any](source string, part func(*parser) T) (result T, err *Error) {
	p := newParser(source)
	defer p.release()
	defer func() {
		if err != nil {
			err.Statement = Span{0, len(source)}
		}
	}()
	defer p.catch(&err)
	found := part(p)
	if !p.atEnd() {
		p.unexpected("the end of the text")
	}
	return found, nil
}

// parser reads the tokens of one text from left to right. A mistake is a panic that catch turns into an Error.
type parser struct {
	cutter  // the text and its tokens, with endPadding tokens of endClass at their end
	at      int
	first   int // the statement's first token
	depth   int
	cursors int       // the table functions around: only in them Flink reads CURSOR
	line    lineStart // of the last error

	// The commonest parts of trees are cut from pieces that hold many of them.
	names      []Name
	references []ColumnRef
	constants  []Constant
	binaries   []Binary
	lists      []Expr
}

const (
	maxDepth = 1000   // of expressions, queries, tables and types in each other
	maxChain = 10_000 // of operators, joins and set operations behind each other
	maxName  = 256    // UTF-16 units, as Flink has it
)

// parsers are those that wait for a text: with the room for tokens of the last one, which no tree holds on to.
var parsers = sync.Pool{New: func() any { return &parser{} }}

const roomKept = 1 << 16 // tokens

func newParser(source string) *parser {
	p := parsers.Get().(*parser)
	p.source = source
	p.tokenize()
	return p
}

// release gives the parser back; it and its tokens must not be used any more.
func (p *parser) release() {
	room := p.tokens[:0]
	if cap(room) > roomKept {
		room = nil
	}
	*p = parser{cutter: cutter{tokens: room}, names: p.names, references: p.references, constants: p.constants, binaries: p.binaries, lists: p.lists}
	parsers.Put(p)
}

// add puts a part of a tree behind those in the piece at hand, or into a new piece.
func add[T any](piece *[]T, part T) *T {
	const parts = 32
	if len(*piece) == cap(*piece) {
		*piece = make([]T, 0, parts)
	}
	*piece = append(*piece, part)
	return &(*piece)[len(*piece)-1]
}

func (p *parser) peek(n int) *token { return &p.tokens[min(p.at+n, len(p.tokens)-1)] }

// word is the keyword or symbol at hand; "" for all other tokens.
func (p *parser) word() string { return p.tokens[p.at].word() }

// start is where the token at hand begins.
func (p *parser) start() int { return p.tokens[p.at].start() }

// before is the token that was read last; an empty one at the start.
func (p *parser) before() *token {
	if p.at == 0 {
		return &token{}
	}
	return &p.tokens[p.at-1]
}

// since is the span from start to the end of what was read.
func (p *parser) since(start int) Span {
	if p.at == 0 || p.tokens[p.at-1].end() < start {
		return Span{start, start}
	}
	return Span{start, p.tokens[p.at-1].end()}
}

func (p *parser) atEnd() bool { return p.tokens[p.at].class == endClass }

func (p *parser) accept(word string) bool {
	if p.tokens[p.at].word() == word {
		p.at++
		return true
	}
	return false
}

// acceptAll reads the words when all of them stand there.
func (p *parser) acceptAll(words ...string) bool {
	for i, word := range words {
		if p.peek(i).word() != word {
			return false
		}
	}
	p.at += len(words)
	return true
}

// expect reads the words or refuses.
func (p *parser) expect(words ...string) {
	for _, word := range words {
		if p.tokens[p.at].word() != word {
			p.unexpected(word)
		}
		p.at++
	}
}

// choice reads one of the words and returns it; "" when none stands there.
func (p *parser) choice(words ...string) string {
	for _, word := range words {
		if p.tokens[p.at].word() == word {
			p.at++
			return word
		}
	}
	return ""
}

// nested counts how deep the parser is; the caller gives it back with p.depth--.
func (p *parser) nested() {
	if p.depth++; p.depth > maxDepth {
		t := p.peek(0)
		p.refuse(t.span(), "too-deep", "Nested too deep", "Take the statement apart: Millrace reads at most 1,000 levels of nesting.")
	}
}

// chained refuses what would make a tree too deep to walk.
func (p *parser) chained(links int) {
	if links > maxChain {
		t := p.peek(0)
		p.refuse(t.span(), "too-long", "Too many operators in a row", "Take the statement apart: Millrace reads at most 10,000 operators in a row.")
	}
}

func (t *token) isName() bool {
	return t.class == wordClass && !t.reserved() || t.class == quotedClass
}

// name reads one identifier; what says which, such as "a name".
func (p *parser) name() Name {
	t := &p.tokens[p.at]
	if !t.isName() {
		p.unexpected("a name")
	}
	p.at++
	name := Name{Span: t.span(), Quoted: t.class == quotedClass}
	if name.Quoted {
		name.Text = Token{QuotedName, t.start(), t.end()}.Name(p.source)
	} else {
		name.Text = p.source[t.start():t.end()]
	}
	if len(name.Text) > maxName && utf16Length(name.Text) > maxName {
		p.refuse(name.Span, "long-name", "Name is too long", "Flink reads names of at most 256 characters.")
	}
	return name
}

func utf16Length(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// path reads names with dots between.
func (p *parser) path() Path {
	if len(p.names)+8 > cap(p.names) {
		p.names = make([]Name, 0, 64)
	}
	from := len(p.names)
	start := p.start()
	p.names = append(p.names, p.name())
	for p.word() == "." && p.peek(1).isName() {
		p.at++
		p.names = append(p.names, p.name())
	}
	if p.word() == "." && p.peek(1).reserved() {
		p.at++
		p.reservedWord(p.peek(0))
	}
	return Path{Span: p.since(start), Parts: p.names[from:len(p.names):len(p.names)]}
}

// only is a list of one expression, as most lists are.
func (p *parser) only(x Expr) []Expr {
	add(&p.lists, x)
	last := len(p.lists)
	return p.lists[last-1 : last : last]
}

// single is a path of one name.
func (p *parser) single(name Name) Path {
	if len(p.names) == cap(p.names) {
		p.names = make([]Name, 0, 64)
	}
	p.names = append(p.names, name)
	last := len(p.names)
	return Path{Span: name.Span, Parts: p.names[last-1 : last : last]}
}

// nameList reads (a, b).
func (p *parser) nameList() []Name {
	p.expect("(")
	list := []Name{p.name()}
	for p.accept(",") {
		list = append(list, p.name())
	}
	p.expect(")")
	return list
}

// plainText reads 'text' without a prefix.
func (p *parser) plainText() String {
	t := p.peek(0)
	if t.class != textClass || p.source[t.start()] != '\'' {
		p.unexpected("a text in single quotes")
	}
	p.at++
	value, _ := TextValue(p.source[t.start():t.end()])
	return String{t.span(), value}
}

// literalText reads a text of any kind, with those that go on behind it.
func (p *parser) literalText() String {
	if p.peek(0).class != textClass {
		p.unexpected("a text in single quotes")
	}
	c := p.textConstant()
	return String{c.Span, c.Value}
}

// number reads an unsigned number as written.
func (p *parser) number() *Constant {
	t := p.peek(0)
	if t.class == numberClass {
		p.at++
		return p.numberConstant(t)
	}
	if t.word() == "DECIMAL" && p.isPlainText(1) {
		return p.decimalText()
	}
	p.unexpected("a number")
	return nil
}

// integer reads digits that fit into 32 bits, as written.
func (p *parser) integer() string {
	t := p.peek(0)
	piece := p.source[t.start():t.end()]
	if t.class != numberClass || digits(piece) != len(piece) {
		p.unexpected("a whole number")
	}
	p.at++
	if value := trimZeros(piece); len(value) > 10 || len(value) == 10 && value > "2147483647" {
		p.refuse(t.span(), "large-number", "Number is too large", "Flink reads numbers up to 2147483647 here.")
	}
	return piece
}

func trimZeros(digits string) string {
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	return digits
}

func (p *parser) isPlainText(ahead int) bool {
	t := p.peek(ahead)
	return t.class == textClass && p.source[t.start()] == '\''
}
