package flinksql

import (
	"fmt"
	"strings"
)

// Error is a mistake in the text, with its place and what helps.
type Error struct {
	Start, End   int // bytes
	Line, Column int // of the start, from 1; the column in UTF-16 units, as Flink counts
	Code         string
	Summary      string // at most eight words
	Detail       string // what was found, what was expected, and the remedy
	Statement    Span   // the statement that the mistake stands in
}

func (e *Error) Error() string {
	return fmt.Sprintf("line %d, column %d: %s: %s", e.Line, e.Column, e.Summary, e.Detail)
}

// lineStart is the start of a line, from which the lines behind it are counted.
type lineStart struct{ line, at int }

// locate counts line and column of the error's start, from where the last error was found; a line ends as in Java.
func (p *parser) locate(e *Error) {
	if p.line.line == 0 || p.line.at > e.Start {
		p.line = lineStart{line: 1}
	}
	for i := p.line.at; i < e.Start; i++ {
		if b := p.source[i]; b == '\n' || b == '\r' && (i+1 == len(p.source) || p.source[i+1] != '\n') {
			p.line.line++
			p.line.at = i + 1
		}
	}
	e.Line, e.Column = p.line.line, 1
	if p.line.at < e.Start {
		e.Column += utf16Length(p.source[p.line.at:e.Start])
	}
}

// refusal carries an Error from where it is found to where the statement's parsing began.
type refusal struct{ err *Error }

// refuse ends the parsing of the statement.
func (p *parser) refuse(span Span, code, summary, detail string) {
	panic(refusal{&Error{Start: span.Start, End: span.End, Code: code, Summary: summary, Detail: detail}})
}

// catch turns the panic of refuse into an Error.
func (p *parser) catch(err **Error) {
	switch r := recover().(type) {
	case nil:
	case refusal:
		p.locate(r.err)
		*err = r.err
	default:
		panic(r)
	}
}

// unexpected refuses the token that stands where something else was expected. It knows the common mistakes.
func (p *parser) unexpected(want string) {
	t := p.peek(0)
	span := t.span()
	switch {
	case t.class == faultClass:
		fault := p.faults[t.start()]
		p.refuse(Span{fault.Start, fault.End}, fault.Code, fault.Summary, fault.Solution)
	case t.word() == "!=":
		p.refuse(span, "not-equal", "Flink has no !=", "Write <> instead.")
	case t.word() == "=" && p.before().word() == "=":
		p.refuse(Span{p.before().start(), t.end()}, "double-equals", "Flink has no ==", "Write one = to compare.")
	case t.word() == "&" || t.word() == "|" && p.peek(1).word() == "|":
		p.refuse(span, "unknown-operator", "Flink has no such operator", "Write AND, OR or || instead.")
	case t.word() == "/*+":
		p.refuse(span, "hint-not-read", "Flink reads no hint here",
			"A hint stands behind SELECT or behind a table's name; write /* … */ for a comment.")
	case p.at > p.first && p.before().word() == "," && p.endsList(t):
		p.refuse(Span{p.before().start(), p.before().end()}, "trailing-comma", "Comma with nothing behind it",
			fmt.Sprintf("Remove the comma before %s, or write what is missing between them.", p.describe(t)))
	case t.reserved() && (want == "a name" || strings.HasSuffix(want, " name") || p.usedAsName()):
		p.reservedWord(t)
	}
	p.unclosed(t, want)
	if t.class == endClass && p.at > p.first {
		span = Span{p.before().start(), p.before().end()}
	}
	p.refuse(span, "syntax", "Expected "+want, fmt.Sprintf("Found %s where %s was expected.", p.describe(t), want))
}

func (p *parser) reservedWord(t *token) {
	piece := p.source[t.start():t.end()]
	p.refuse(t.span(), "reserved-word", "Reserved word used as a name",
		fmt.Sprintf("%s is a word of Flink's SQL: put it in back-ticks (`%s`) where it is a name.", piece, piece))
}

// usedAsName tells whether the reserved word at hand stands as a name would: behind a dot or AS, or between commas.
func (p *parser) usedAsName() bool {
	if p.at > p.first && (p.before().word() == "." || p.before().word() == "AS") {
		return true
	}
	switch p.peek(0).word() {
	case "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "ON", "AS", "WHEN",
		"THEN", "ELSE", "END", "AND", "OR", "WITH", "VALUES", "INSERT", "INTO", "SET", "CREATE", "JOIN", "USING", "BY":
		return false
	}
	switch p.peek(1).word() {
	case ",", ")", "FROM", ".", "=", "<", ">", "<>", "<=", ">=", "+", "-", "*", "/", "IS", "IN", "AND", "OR", "AS", "ASC", "DESC",
		"BETWEEN", "LIKE", "THEN", "END":
		return true
	}
	return false
}

// endsList tells whether the token closes what a comma would go on with.
func (p *parser) endsList(t *token) bool {
	switch t.word() {
	case ")", "]", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "UNION", ";", "*/":
		return true
	}
	return t.class == endClass
}

// unclosed refuses a text that ends inside a bracket, and a bracket that closes nothing.
func (p *parser) unclosed(t *token, want string) {
	var open []*token
	for i := p.first; i < p.at; i++ {
		switch p.tokens[i].word() {
		case "(", "[":
			open = append(open, &p.tokens[i])
		case ")", "]":
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
	switch {
	case (t.class == endClass || t.word() == ";") && len(open) > 0:
		last := open[len(open)-1]
		p.refuse(Span{last.start(), last.end()}, "open-bracket", "Bracket is never closed",
			fmt.Sprintf("%s ends where %s was expected, and this %s is still open: close it.", p.describe(t), want, last.word()))
	case (t.word() == ")" || t.word() == "]") && len(open) == 0:
		p.refuse(t.span(), "stray-bracket", "Bracket closes nothing",
			fmt.Sprintf("Remove the %s, or open it before. Expected %s.", t.word(), want))
	}
}

// describe names a token in a sentence.
func (p *parser) describe(t *token) string {
	switch {
	case t.class == endClass:
		return "the end of the text"
	case t.word() == ";":
		return "the semicolon"
	}
	piece := p.source[t.start():t.end()]
	if len(piece) > 40 {
		piece = strings.ToValidUTF8(piece[:40], "") + "…"
	}
	return piece
}
