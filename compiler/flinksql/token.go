package flinksql

import "strings"

// class is the kind of a token as the grammar sees it.
type class uint8

const (
	endClass    class = iota // behind the last token
	wordClass                // a name or keyword
	quotedClass              // a name in back-ticks
	textClass                // 'text' with its prefix: E, U&, N, _charset
	binaryClass              // X'ab'
	numberClass
	symbolClass
	faultClass // where the text cannot be cut; parser.faults says why
)

// token is a piece of the text, comments left out and hints cut into theirs.
type token struct {
	from, to int32  // bytes
	id       wordID // of the keyword or symbol; 0 of all others
	class    class
}

// word is the keyword in upper case, or the symbol; "" of all others.
func (t *token) word() string { return vocabulary[t.id] }

// start and end are the token's bytes.
func (t *token) start() int { return int(t.from) }
func (t *token) end() int   { return int(t.to) }

func (t *token) span() Span { return Span{int(t.from), int(t.to)} }

// reserved tells whether the token is a keyword that is no name.
func (t *token) reserved() bool { return t.id != 0 && t.id <= lastReserved && t.class == wordClass }

// tokenize cuts the whole text for the parser. What cannot be cut becomes a token of faultClass, and cutting goes on behind it.
func (c *cutter) tokenize() {
	end := len(c.source)
	if wanted := min(end/2, end/5+100) + endPadding; cap(c.tokens) < wanted {
		c.tokens = make([]token, 0, wanted)
	}
	c.cut(0, end)
	for range endPadding {
		c.tokens = append(c.tokens, token{from: int32(end), to: int32(end)})
	}
}

const endPadding = 8 // tokens that the parser may look ahead

// cutter cuts a text into the tokens, comments and faults of a parser.
type cutter struct {
	source   string
	tokens   []token
	comments []Span            // without hints
	faults   map[int]*LexError // by their start
}

func (c *cutter) cut(at, end int) {
	for at < end {
		if isSpace(c.source[at]) {
			at++
			continue
		}
		if behind := bareWord(c.source, at); behind > 0 {
			c.tokens = append(c.tokens, token{int32(at), int32(behind), lookup(c.source[at:behind]), wordClass})
			at = behind
			continue
		}
		if isLoneSymbol(c.source, at) {
			c.tokens = append(c.tokens, token{int32(at), int32(at + 1), shortSymbols[c.source[at]], symbolClass})
			at++
			continue
		}
		next, fault := lexOne(c.source, at)
		if fault != nil {
			at = c.fault(fault)
			continue
		}
		c.add(next)
		at = next.End
	}
}

func (c *cutter) add(next Token) {
	t := token{from: int32(next.Start), to: int32(next.End)}
	piece := c.source[next.Start:next.End]
	switch next.Kind {
	case Comment:
		if strings.HasPrefix(piece, "/*+") {
			c.tokens = append(c.tokens, token{t.from, t.from + 3, wordIDs["/*+"], symbolClass})
			c.cut(next.Start+3, next.End-2)
			c.tokens = append(c.tokens, token{t.to - 2, t.to, wordIDs["*/"], symbolClass})
			return
		}
		c.comments = append(c.comments, t.span())
		return
	case Word:
		t.class = wordClass
		if piece == "$" { // the end of a pattern, no name
			t.class, t.id = symbolClass, wordIDs[piece]
		} else {
			t.id = lookup(piece)
		}
	case QuotedName:
		t.class = quotedClass
	case Number:
		t.class = numberClass
	case Symbol:
		t.class, t.id = symbolClass, shortSymbols[piece[0]]
		switch {
		case len(piece) == 1:
		case piece[0] != '{':
			t.id = wordIDs[piece]
		default:
			t.id = wordIDs["{"+strings.ToUpper(strings.TrimLeft(piece[1:], " "))]
		}
	case Text:
		t.class = textClass
		if c.prefixed(t) {
			return
		}
	}
	c.tokens = append(c.tokens, t)
}

// prefixed puts the X and N of X'ab' and N'text', which are words to the lexer, and their text together.
func (c *cutter) prefixed(text token) bool {
	last := len(c.tokens) - 1
	if last < 0 || c.tokens[last].class != wordClass || c.tokens[last].to != text.from || c.source[text.from] != '\'' {
		return false
	}
	before := &c.tokens[last]
	switch c.source[before.from:before.to] {
	case "X", "x":
		before.class = binaryClass
	case "N", "n":
		before.class = textClass
	default:
		return false
	}
	before.to, before.id = text.to, 0
	return true
}

func (c *cutter) fault(fault *LexError) (next int) {
	if c.faults == nil {
		c.faults = map[int]*LexError{}
	}
	if fault.Code == "double-quote" { // to its closing quote, so that what is quoted is not read as SQL
		line := c.source[fault.End : fault.End+lengthUntil(c.source[fault.End:], "\r\n")]
		if i := strings.IndexByte(line, '"'); i >= 0 {
			fault.End += i + 1
		}
	}
	c.faults[fault.Start] = fault
	c.tokens = append(c.tokens, token{from: int32(fault.Start), to: int32(fault.End), class: faultClass})
	return fault.End
}
