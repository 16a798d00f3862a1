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
	word       string // the keyword in upper case, or the symbol; "" of all others
	start, end int
	class      class
	reserved   bool
}

// tokenize cuts a text for the parser. What cannot be cut becomes a token of faultClass, and cutting goes on behind it.
func tokenize(source string) (tokens []token, comments []Span, faults map[int]*LexError) {
	c := cutter{source: source, tokens: make([]token, 0, len(source)/5+endPadding)}
	c.cut(0, len(source))
	for range endPadding {
		c.tokens = append(c.tokens, token{start: len(source), end: len(source)})
	}
	return c.tokens, c.comments, c.faults
}

const endPadding = 8 // tokens that the parser may look ahead

type cutter struct {
	source   string
	tokens   []token
	comments []Span
	faults   map[int]*LexError // by their start
}

func (c *cutter) cut(at, end int) {
	for at < end {
		if isSpace(c.source[at]) {
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
	t := token{start: next.Start, end: next.End}
	piece := c.source[next.Start:next.End]
	switch next.Kind {
	case Comment:
		if strings.HasPrefix(piece, "/*+") {
			c.tokens = append(c.tokens, token{"/*+", t.start, t.start + 3, symbolClass, false})
			c.cut(t.start+3, t.end-2)
			c.tokens = append(c.tokens, token{"*/", t.end - 2, t.end, symbolClass, false})
			return
		}
		c.comments = append(c.comments, Span{t.start, t.end})
		return
	case Word:
		t.class = wordClass
		if piece == "$" { // the end of a pattern, no name
			t.class, t.word = symbolClass, piece
		} else {
			k := lookup(piece)
			t.word, t.reserved = k.word, k.reserved
		}
	case QuotedName:
		t.class = quotedClass
	case Number:
		t.class = numberClass
	case Symbol:
		t.class, t.word = symbolClass, piece
		if len(piece) > 1 && piece[0] == '{' {
			t.word = "{" + strings.ToUpper(strings.TrimLeft(piece[1:], " "))
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
	if last < 0 || c.tokens[last].class != wordClass || c.tokens[last].end != text.start || c.source[text.start] != '\'' {
		return false
	}
	before := &c.tokens[last]
	switch c.source[before.start:before.end] {
	case "X", "x":
		before.class = binaryClass
	case "N", "n":
		before.class = textClass
	default:
		return false
	}
	before.end, before.word = text.end, ""
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
	c.tokens = append(c.tokens, token{start: fault.Start, end: fault.End, class: faultClass})
	return fault.End
}
