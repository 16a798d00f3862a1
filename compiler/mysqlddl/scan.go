package mysqlddl

import (
	"regexp"
	"strings"
)

// tokenKind tells what a token of MySQL's SQL is.
type tokenKind uint8

const (
	word       tokenKind = iota // keyword or bare name
	backTicked                  // `name`
	doubled                     // "text", or a name under ANSI_QUOTES
	single                      // 'text'
	number                      // 12, 1.5, 0xff
	symbol                      // one byte that is nothing else
)

// token is a piece of the text, bytes start to end. Comments and white space are none; what stands in a conditional comment
// counts as if it stood there bare, as the newest server reads it.
type token struct {
	kind       tokenKind
	start, end int
}

// statement is what stands between two delimiters.
type statement struct {
	kind   statementKind
	tokens []token  // of what is read in whole; else only the first ones, for a dump can have millions
	head   []string // the first tokens, words in upper case
	open   bool     // a literal or a comment in it never ends
}

const headLength = 16

// scanner cuts a text into statements. It reads what people paste: scripts, dumps with DELIMITER, and what a client shows of
// SHOW CREATE TABLE, with borders, as rows under each other (\G) or with tabs (mysql -e).
type scanner struct {
	text      string
	at        int
	delimiter string
	found     []statement
	current   statement
	depth     int // of brackets in the current statement
	blocks    int // of BEGIN and CASE in the current statement

	conditional int    // conditional comments that are open
	lineStart   bool   // nothing of the line was read yet
	layout      layout // what a client put around the current statement
	prompted    bool   // the text has a client's prompts
}

// statements cuts a text.
func statements(text string) []statement {
	s := scanner{text: text, delimiter: ";", lineStart: true}
	for s.at < len(s.text) {
		s.step()
	}
	s.finish()
	return s.found
}

// finish ends the current statement.
func (s *scanner) finish() {
	if len(s.current.tokens) > 0 {
		s.current.kind = kindOf(s.current.head)
		s.found = append(s.found, s.current)
	}
	s.current, s.depth, s.blocks, s.layout = statement{}, 0, 0, plain
}

// step reads one token, or skips white space, a comment or what a client put around the statement.
func (s *scanner) step() {
	if s.lineStart {
		s.lineStart = false
		if s.frame() {
			return
		}
	}
	rest := s.text[s.at:]
	switch c := rest[0]; {
	case c == '\n':
		s.at++
		s.lineStart = true
		if s.layout == tabbed {
			s.finish()
		}
	case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v':
		s.at++
	case strings.HasPrefix(rest, s.delimiter):
		if s.delimiter == ";" && s.blocks > 0 {
			s.take(rest)
			return
		}
		s.at += len(s.delimiter)
		s.finish()
	case c == '\\':
		s.backslash(rest)
	case c == '#', strings.HasPrefix(rest, "--") && (len(rest) == 2 || rest[2] <= ' '):
		s.at += len(line(rest))
	case strings.HasPrefix(rest, "/*"):
		s.comment(rest)
	case s.conditional > 0 && strings.HasPrefix(rest, "*/"):
		s.conditional--
		s.at += 2
	case c == '|' && s.layout == bordered && s.cellEnds(rest):
		s.at += len(line(rest))
	default:
		s.take(rest)
	}
}

// line is the text up to the end of its line.
func line(text string) string {
	here, _, _ := strings.Cut(text, "\n")
	return here
}

// backslash reads the client's \G and \g; \n and \t are how mysql -e writes white space.
func (s *scanner) backslash(rest string) {
	s.at = min(s.at+2, len(s.text))
	if len(rest) > 1 && rest[1]|0x20 == 'g' {
		s.finish()
	}
}

// conditionalStart matches what opens a conditional comment of MySQL, MariaDB (M) and TiDB (T with features).
var conditionalStart = regexp.MustCompile(`^/\*(?:M?!(\d{5,6})?|T!(?:\[[a-z0-9_,]*\])?)`)

func (s *scanner) comment(rest string) {
	if m := conditionalStart.FindStringSubmatch(rest[:min(len(rest), 80)]); m != nil && m[1] != "999999" { // a version that never comes
		s.at += len(m[0])
		s.conditional++
		return
	}
	end := strings.Index(rest[2:], "*/")
	if end < 0 {
		s.current.open = true
		s.at = len(s.text)
		return
	}
	s.at += end + 4
}

func (s *scanner) take(rest string) {
	next := token{start: s.at}
	next.kind, next.end = s.lex(rest)
	if cut := strings.Index(rest[:next.end], s.delimiter); cut > 0 && next.kind <= word {
		next.end = cut // the $$ of END$$ could be part of a name
	}
	text := rest[:next.end]
	next.end += s.at
	s.at = next.end
	if len(s.current.tokens) == 0 && strings.EqualFold(text, "DELIMITER") {
		s.setDelimiter()
		return
	}
	if len(s.current.head) < headLength {
		s.current.head = append(s.current.head, strings.ToUpper(text))
	}
	switch {
	case text == "(":
		s.depth++
	case text == ")":
		s.depth--
	case next.kind == word:
		s.block(text)
	}
	if len(s.current.tokens) < headLength || kindOf(s.current.head).readInWhole() {
		s.current.tokens = append(s.current.tokens, next)
	}
}

// setDelimiter reads what stands behind DELIMITER, a command of the client that ends with its line.
func (s *scanner) setDelimiter() {
	rest := line(s.text[s.at:])
	s.at += len(rest)
	if fields := strings.Fields(rest); len(fields) > 0 {
		s.delimiter = fields[0]
	}
}

// block counts the blocks in the body of a routine, whose semicolons do not end the statement.
func (s *scanner) block(text string) {
	if len(text) > len("BEGIN") || kindOf(s.current.head) != routine {
		return
	}
	switch strings.ToUpper(text) {
	case "BEGIN":
		s.blocks++
	case "CASE":
		if before := s.text[:s.at-len(text)]; !strings.HasSuffix(strings.ToUpper(strings.TrimRight(before[max(0, len(before)-8):], " \t\r\n")), "END") {
			s.blocks++
		}
	case "END":
		switch after := strings.TrimLeft(s.text[s.at:], " \t\r\n"); strings.ToUpper(after[:run(after, isWordByte)]) {
		case "IF", "LOOP", "WHILE", "REPEAT":
		default:
			s.blocks = max(s.blocks-1, 0)
		}
	}
}

// lex returns the kind and the length of the token at the start of the rest.
func (s *scanner) lex(rest string) (tokenKind, int) {
	switch c := rest[0]; {
	case c == '\'':
		return single, s.literal(rest, true)
	case c == '"':
		return doubled, s.literal(rest, true)
	case c == '`':
		return backTicked, s.literal(rest, false)
	case isDigit(c):
		length := run(rest, func(b byte) bool { return isWordByte(b) || b == '.' })
		if letters := strings.TrimLeft(rest[:length], "0123456789."); len(letters) > 1 && !isDigit(letters[1]) && letters[0]|0x20 != 'x' {
			return word, length // MySQL takes names that begin with a digit
		}
		return number, length
	case isWordByte(c):
		return word, run(rest, isWordByte)
	}
	return symbol, 1
}

// literal returns the length of the quoted text at the start of the rest, inside which its quote is doubled or escaped.
func (s *scanner) literal(rest string, escapes bool) int {
	quote := rest[0]
	for at := 1; at < len(rest); at++ {
		switch {
		case escapes && rest[at] == '\\':
			at++
		case rest[at] != quote:
		case at+1 < len(rest) && rest[at+1] == quote:
			at++
		default:
			return at + 1
		}
	}
	s.current.open = true
	return len(rest)
}

// run is the length of the longest start of the text whose bytes are all in the set.
func run(text string, in func(byte) bool) int {
	for i := range len(text) {
		if !in(text[i]) {
			return i
		}
	}
	return len(text)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isWordByte tells whether a byte may stand in a bare name or variable; every byte beyond ASCII may.
func isWordByte(b byte) bool {
	return b == '_' || b == '$' || b == '@' || b >= 0x80 || isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'z'
}
