package flinksql

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind tells what a Token of Flink SQL is.
type TokenKind int

// The kinds of tokens.
const (
	Word       TokenKind = iota // identifier or keyword, not quoted
	QuotedName                  // `name`
	Text                        // 'text', E'text' or _UTF8'text'; the X of X'…' is a word before it
	Number                      // 12, 1.5, 1e9
	Symbol                      // an operator or a bracket; two-character operators are one Token
	Comment                     // -- or // to the end of the line, or /* … */; hints too
)

// Token is a piece of SQL text: bytes start to end.
type Token struct {
	Kind       TokenKind
	Start, End int
}

// LexError says where the text cannot be cut into tokens.
type LexError struct {
	Start, End              int
	Code, Summary, Solution string
}

// Lex cuts Flink SQL into tokens, comments included and white space left out. It cuts where FlinkSqlParserImplTokenManager
// with back-tick quoting cuts: otherwise a text could be a string to us and a statement to Flink.
func Lex(sql string) ([]Token, *LexError) {
	tokens := make([]Token, 0, len(sql)/4)
	for at := 0; at < len(sql); {
		if isSpace(sql[at]) {
			at++
			continue
		}
		next, fault := lexOne(sql, at)
		if fault != nil {
			return tokens, fault
		}
		tokens = append(tokens, next)
		at = next.End
	}
	return tokens, nil
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' || b == '\f' }

// lexOne cuts the token that begins at a place without white space.
func lexOne(sql string, at int) (Token, *LexError) {
	if end := bareWord(sql, at); end > 0 {
		return Token{Word, at, end}, nil
	}
	if isLoneSymbol(sql, at) {
		return Token{Symbol, at, at + 1}, nil
	}
	rest := sql[at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "//"):
		return Token{Comment, at, at + lengthUntil(rest, "\r\n")}, nil
	case strings.HasPrefix(rest, "/*+"):
		return lexHint(sql, at)
	case strings.HasPrefix(rest, "*/"):
		return Token{}, &LexError{at, at + 2, "stray-comment-end", "Comment ends that never began", "Remove the */."}
	case strings.HasPrefix(rest, "/*"):
		return lexComment(sql, at)
	case r == '\'':
		return lexText(sql, at, at)
	case r == '`':
		return lexName(sql, at)
	case r == '"':
		return Token{}, &LexError{at, at + 1, "double-quote", "Flink has no double quotes", "Quote names with back-ticks (`name`) and texts with single quotes ('text')."}
	case r == 'e' && strings.HasPrefix(rest, "e'"), r == 'E' && strings.HasPrefix(rest, "E'"):
		return lexEscapedText(sql, at)
	case len(rest) > 2 && (r == 'U' || r == 'u') && rest[1:3] == "&'":
		return lexText(sql, at, at+2)
	case r == '_' && charsetLength(rest) > 0:
		return lexText(sql, at, at+charsetLength(rest))
	case isNameStart(r):
		return lexWord(sql, Token{Word, at, at + nameLength(rest)})
	case isDigit(rest[0]):
		return lexWord(sql, Token{Number, at, at + numeralLength(rest)})
	case r == '.' && len(rest) > 1 && isDigit(rest[1]):
		return Token{Number, at, at + numeralLength(rest)}, nil
	case r < 0x20 || r == 0x7f || r == utf8.RuneError:
		return Token{}, &LexError{at, at + size, "control-character", "Text holds a control character", "Remove the character that cannot be printed."}
	case len(rest) > 1 && isOperator(rest[:2]):
		return Token{Symbol, at, at + 2}, nil
	case r == '{':
		return Token{Symbol, at, at + braceLength(rest)}, nil
	case r > unicode.MaxASCII || strings.ContainsRune(`!#&@\~`, r):
		return Token{}, &LexError{
			at, at + size, "unknown-character", "Character means nothing in SQL",
			fmt.Sprintf("Remove %q, or put it into back-ticks (a name) or single quotes (a text).", r),
		}
	}
	return Token{Symbol, at, at + 1}, nil
}

// bareWord is the end of a word of ASCII letters, digits and underscores that cannot be anything else; 0 where lexOne has to
// look closer.
func bareWord(sql string, at int) (end int) {
	if letters[sql[at]] != nameLetter {
		return 0
	}
	end = at + 1
	for end < len(sql) && letters[sql[end]] != 0 {
		end++
	}
	for i := end; i < len(sql) && i < end+maxRun; i++ {
		switch b := sql[i]; {
		case b == '$' || b == '\'' || b == '&' || b >= utf8.RuneSelf:
			return 0
		case letters[b] == 0 && b != '.' && b != ':' && b != '-':
			return end
		}
	}
	if len(sql) < end+maxRun {
		return end
	}
	return 0
}

const (
	nameLetter = 1
	nameDigit  = 2
)

// letters tells what each byte is in a name.
var letters = func() (table [256]byte) {
	for b := range table {
		switch c := byte(b); {
		case isDigit(c):
			table[b] = nameDigit
		case c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' && c < utf8.RuneSelf:
			table[b] = nameLetter
		}
	}
	return table
}()

// isLoneSymbol tells whether the byte is a symbol whatever stands behind it.
func isLoneSymbol(sql string, at int) bool {
	next := byte(' ')
	if at+1 < len(sql) {
		next = sql[at+1]
	}
	switch sql[at] {
	case '(', ')', ',', ';', '[', ']', '}', '?', '+', '%':
		return true
	case '=':
		return next != '>'
	case '<':
		return next != '=' && next != '>'
	case '>':
		return next != '='
	case '.':
		return !isDigit(next)
	case '*':
		return next != '/'
	}
	return false
}

func isOperator(two string) bool {
	switch two {
	case "<>", "<=", ">=", "!=", "||", "=>":
		return true
	}
	return false
}

const maxRun = 4096 // bytes that lexWord looks ahead

// lexWord refuses what Flink reads as a collation, letters and any of :.-_ up to a $ and a letter: a.b$c, and even a--b$c.
func lexWord(sql string, own Token) (Token, *LexError) {
	dollar := false
	for i, r := range sql[own.End:] {
		switch {
		case dollar && isNameStart(r), i > maxRun:
			return Token{}, &LexError{
				own.Start, own.End + i, "dollar-in-name", "Name with a dollar needs back-ticks",
				"Flink takes a.b$c for a collation: write a.`b$c`, and put a space before a comment.",
			}
		case !isNameStart(r) && !strings.ContainsRune("0123456789:.-", r):
			return own, nil
		}
		dollar = r == '$'
	}
	return own, nil
}

// lexComment reads /* … */. In a comment that opens with /** the next character is part of the opening: /***/ goes on.
func lexComment(sql string, at int) (Token, *LexError) {
	from := at + 2
	if rest := sql[from:]; len(rest) > 1 && rest[0] == '*' && rest[1] != '/' {
		from += 2
	}
	end := strings.Index(sql[from:], "*/")
	if end < 0 {
		return Token{}, &LexError{at, len(sql), "open-comment", "Comment is never closed", "Close it with */ or remove it."}
	}
	return Token{Comment, at, from + end + 2}, nil
}

// lexHint reads /*+ … */, whose content Flink cuts into tokens: a */ inside a text does not close it.
func lexHint(sql string, at int) (Token, *LexError) {
	for i := at + 3; i < len(sql); {
		switch {
		case strings.HasPrefix(sql[i:], "*/"):
			return Token{Comment, at, i + 2}, nil
		case isSpace(sql[i]):
			i++
		case sql[i] == ';' || strings.HasPrefix(sql[i:], "/*+"):
			return Token{}, &LexError{at, i + 1, "open-comment", "Hint is never closed", "Close it with */ or remove it."}
		default:
			inner, fault := lexOne(sql, i)
			if fault != nil {
				return Token{}, fault
			}
			i = inner.End
		}
	}
	return Token{}, &LexError{at, len(sql), "open-comment", "Hint is never closed", "Close it with */ or remove it."}
}

// lexText reads 'text' whose first quote stands at quote; a prefix such as _UTF8 belongs to the Token.
func lexText(sql string, at, quote int) (Token, *LexError) {
	for i := quote + 1; i < len(sql); i++ {
		if sql[i] != '\'' {
			continue
		}
		if i+1 < len(sql) && sql[i+1] == '\'' {
			i++
			continue
		}
		return Token{Text, at, i + 1}, nil
	}
	return Token{}, &LexError{at, len(sql), "open-text", "Text is never closed", "Close it with a single quote; write a quote inside it twice ('')."}
}

// lexEscapedText reads E'text', in which a backslash takes the next character's meaning.
func lexEscapedText(sql string, at int) (Token, *LexError) {
	for i := at + 2; i < len(sql); i++ {
		switch {
		case sql[i] == '\\':
			i++
		case sql[i] == '\'' && i+1 < len(sql) && sql[i+1] == '\'':
			i++
		case sql[i] == '\'':
			return Token{Text, at, i + 1}, nil
		}
	}
	return Token{}, &LexError{at, len(sql), "open-text", "Text is never closed", "Close it with a single quote; a backslash before a quote keeps it open in E'…'."}
}

// lexName reads `name`, which may hold no line break and not be empty.
func lexName(sql string, at int) (Token, *LexError) {
	for i := at + 1; i < len(sql) && sql[i] != '\n' && sql[i] != '\r'; i++ {
		switch {
		case sql[i] != '`':
			continue
		case i+1 < len(sql) && sql[i+1] == '`':
			i++
			continue
		case i > at+1:
			return Token{QuotedName, at, i + 1}, nil
		}
		break
	}
	return Token{}, &LexError{at, len(sql), "open-name", "Quoted name is never closed", "Close it with a back-tick, on the same line; it may not be empty."}
}

// charsetLength is the length of a prefix such as _UTF8 that a quote follows; 0 when there is none.
func charsetLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch b := text[i]; {
		case isDigit(b), b|0x20 >= 'a' && b|0x20 <= 'z':
		case i > 1 && strings.IndexByte(":.-_", b) >= 0:
		case i > 1 && b == '\'':
			return i
		default:
			return 0
		}
	}
	return 0
}

// braceLength is 1, or more for the openings of JDBC's escapes: {d, {t, {ts and {fn are one Token.
func braceLength(text string) int {
	rest := strings.TrimLeft(text[1:], " ")
	spaces := len(text) - 1 - len(rest)
	for _, escape := range []string{"fn", "ts", "d", "t"} {
		if len(rest) >= len(escape) && strings.EqualFold(rest[:len(escape)], escape) {
			return 1 + spaces + len(escape)
		}
	}
	return 1
}

func lengthUntil(text, stops string) int {
	if i := strings.IndexAny(text, stops); i >= 0 {
		return i
	}
	return len(text)
}

// isNameStart tells whether a bare name may begin with the character, as LETTER in Flink's grammar has it; a name goes on
// with these and with digits.
func isNameStart(r rune) bool {
	if r <= unicode.MaxASCII {
		return r == '_' || r == '$' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	for _, letters := range [...][2]rune{
		{0xc0, 0xd6},
		{0xd8, 0xf6},
		{0xf8, 0x1fff},
		{0x2d00, 0x2d25},
		{0x3040, 0x318f},
		{0x3300, 0x337f},
		{0x3400, 0x3d2d},
		{0x4e00, 0x9fff},
		{0xf900, 0xfaff},
	} {
		if r >= letters[0] && r <= letters[1] {
			return true
		}
	}
	return false
}

func nameLength(text string) int {
	for i, r := range text {
		if !isNameStart(r) && (r > unicode.MaxASCII || !isDigit(byte(r))) {
			return i
		}
	}
	return len(text)
}

func numeralLength(text string) int {
	i := digits(text)
	if i < len(text) && text[i] == '.' {
		i += 1 + digits(text[i+1:])
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		sign := i + 1
		if sign < len(text) && (text[sign] == '+' || text[sign] == '-') {
			sign++
		}
		if n := digits(text[sign:]); n > 0 {
			i = sign + n
		}
	}
	return i
}

func digits(text string) int {
	i := 0
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// Is tells whether the Token is the given keyword (in upper case) or symbol.
func (t Token) Is(sql, wanted string) bool {
	return t.End-t.Start == len(wanted) && (t.Kind == Word || t.Kind == Symbol) && strings.EqualFold(sql[t.Start:t.End], wanted)
}

// Name returns the identifier that the Token stands for, without back-ticks; "" for tokens that are no name.
func (t Token) Name(sql string) string {
	switch t.Kind {
	case Word:
		return sql[t.Start:t.End]
	case QuotedName:
		return strings.ReplaceAll(sql[t.Start+1:t.End-1], "``", "`")
	}
	return ""
}

// WithoutComments returns the tokens without comments.
func WithoutComments(tokens []Token) []Token {
	kept := make([]Token, 0, len(tokens))
	for _, t := range tokens {
		if t.Kind != Comment {
			kept = append(kept, t)
		}
	}
	return kept
}

// LexName reads the name in back-ticks that the text begins with.
func LexName(text string) (Token, *LexError) { return lexName(text, 0) }
