package compiler

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind tells what a token of Flink SQL is.
type tokenKind int

const (
	word       tokenKind = iota // identifier or keyword, not quoted
	quotedName                  // `name`
	text                        // 'text', with any prefix such as X'…' or _UTF8'…' as a word before it
	numeral                     // 12, 1.5, 1e9
	symbol                      // an operator or a bracket; two-character operators are one token
	comment                     // -- to the end of the line, or /* … */; hints too
)

// token is a piece of SQL text: bytes start to end.
type token struct {
	kind       tokenKind
	start, end int
}

// lexError says where the text cannot be cut into tokens.
type lexError struct {
	start, end              int
	code, summary, solution string
}

// lex cuts Flink SQL into tokens, comments included and white space left out. It follows FlinkSqlParserImpl with
// back-tick quoting: a double quote and a control character are mistakes.
func lex(sql string) ([]token, *lexError) {
	tokens := make([]token, 0, len(sql)/4)
	for at := 0; at < len(sql); {
		r, size := utf8.DecodeRuneInString(sql[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		next, fault := lexOne(sql, at, r)
		if fault != nil {
			return tokens, fault
		}
		tokens = append(tokens, next)
		at = next.end
	}
	return tokens, nil
}

func lexOne(sql string, at int, r rune) (token, *lexError) {
	rest := sql[at:]
	switch {
	case strings.HasPrefix(rest, "--"):
		return token{comment, at, at + lengthUntil(rest, "\n")}, nil
	case strings.HasPrefix(rest, "/*"):
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			return token{}, &lexError{at, len(sql), "open-comment", "Comment is never closed", "Close it with */ or remove it."}
		}
		return token{comment, at, at + 2 + end + 2}, nil
	case r == '\'':
		return lexQuoted(sql, at, '\'', text, "open-text", "Text is never closed", "Close it with a single quote; write a quote inside it twice ('').")
	case r == '`':
		return lexQuoted(sql, at, '`', quotedName, "open-name", "Quoted name is never closed", "Close it with a back-tick.")
	case r == '"':
		return token{}, &lexError{at, at + 1, "double-quote", "Flink has no double quotes", "Quote names with back-ticks (`name`) and texts with single quotes ('text')."}
	case isNameStart(r):
		return token{word, at, at + nameLength(rest)}, nil
	case r >= '0' && r <= '9', r == '.' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
		return token{numeral, at, at + numeralLength(rest)}, nil
	case r < 0x20 || r == utf8.RuneError || r == 0x7f:
		return token{}, &lexError{at, at + 1, "control-character", "Text holds a control character", "Remove the character that cannot be printed."}
	case len(rest) > 1 && isOperator(rest[:2]):
		return token{symbol, at, at + 2}, nil
	}
	return token{symbol, at, at + utf8.RuneLen(r)}, nil
}

func isOperator(two string) bool {
	switch two {
	case "<>", "<=", ">=", "!=", "||", "=>", "->":
		return true
	}
	return false
}

func lexQuoted(sql string, at int, quote byte, kind tokenKind, code, summary, solution string) (token, *lexError) {
	for i := at + 1; i < len(sql); i++ {
		if sql[i] != quote {
			continue
		}
		if i+1 < len(sql) && sql[i+1] == quote {
			i++
			continue
		}
		return token{kind, at, i + 1}, nil
	}
	return token{}, &lexError{at, len(sql), code, summary, solution}
}

func lengthUntil(text, stop string) int {
	if i := strings.Index(text, stop); i >= 0 {
		return i
	}
	return len(text)
}

func isNameStart(r rune) bool { return r == '_' || r == '$' || unicode.IsLetter(r) }

func nameLength(text string) int {
	for i, r := range text {
		if !isNameStart(r) && !unicode.IsDigit(r) {
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
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// is tells whether the token is the given keyword (in upper case) or symbol.
func (t token) is(sql, wanted string) bool {
	return (t.kind == word || t.kind == symbol) && strings.EqualFold(sql[t.start:t.end], wanted)
}

// name returns the identifier that the token stands for, without back-ticks; "" for tokens that are no name.
func (t token) name(sql string) string {
	switch t.kind {
	case word:
		return sql[t.start:t.end]
	case quotedName:
		return strings.ReplaceAll(sql[t.start+1:t.end-1], "``", "`")
	}
	return ""
}

// code returns the tokens without comments.
func withoutComments(tokens []token) []token {
	kept := make([]token, 0, len(tokens))
	for _, t := range tokens {
		if t.kind != comment {
			kept = append(kept, t)
		}
	}
	return kept
}
