package compiler

import (
	"strings"

	"millrace/compiler/flinksql"
)

// statementText is one statement of a script, with the comments that stand before it.
type statementText struct {
	sql         string
	tokens      []flinksql.Token // of sql, without comments
	line        int              // 1-based, in the script
	description string           // the comment lines above it
}

// splitError is where a script cannot be cut any further.
type splitError struct {
	flinksql.LexError
	statement int // where the unfinished statement begins
}

// splitStatements cuts a script at its semicolons. The frame of a statement set is left out: its INSERTs stand for
// themselves.
func splitStatements(script string) ([]statementText, *splitError) {
	tokens, fault := flinksql.Lex(script)
	var statements []statementText
	var pending, comments []flinksql.Token
	line, counted := 1, 0
	flush := func() {
		if len(pending) > 0 {
			s := cut(script, pending, comments)
			line += strings.Count(script[counted:pending[0].Start], "\n")
			counted = pending[0].Start
			s.line = line
			statements = append(statements, s)
		}
		pending, comments = nil, nil
	}
	code := flinksql.WithoutComments(tokens)
	next := 0 // in code: the flinksql.Token behind the current one
	for _, t := range tokens {
		if t.Kind != flinksql.Comment {
			next++
		}
		switch {
		case t.Kind == flinksql.Comment && len(pending) == 0 && !strings.HasPrefix(script[t.Start:t.End], "/*+"):
			comments = append(comments, t)
		case t.Is(script, ";"):
			flush()
		case len(pending) == 0 && t.Is(script, "END") && (next == len(code) || code[next].Is(script, ";")):
		default:
			pending = append(pending, t)
			if t.Is(script, "BEGIN") || t.Is(script, "SET") {
				pending = flinksql.WithoutComments(pending)
			}
			if opensStatementSet(script, pending) {
				pending, comments = nil, nil
			}
		}
	}
	if fault == nil {
		flush()
		return statements, nil
	}
	unfinished := &splitError{LexError: *fault, statement: fault.Start}
	if len(pending) > 0 {
		unfinished.statement = pending[0].Start
	}
	return statements, unfinished
}

func opensStatementSet(script string, tokens []flinksql.Token) bool {
	return spells(script, tokens, "EXECUTE", "STATEMENT", "SET", "BEGIN") || spells(script, tokens, "BEGIN", "STATEMENT", "SET")
}

func spells(sql string, tokens []flinksql.Token, words ...string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, wanted := range words {
		if !tokens[i].Is(sql, wanted) {
			return false
		}
	}
	return true
}

func cut(script string, tokens, comments []flinksql.Token) statementText {
	start, end := tokens[0].Start, tokens[len(tokens)-1].End
	s := statementText{sql: script[start:end]}
	for _, t := range flinksql.WithoutComments(tokens) {
		t.Start, t.End = t.Start-start, t.End-start
		s.tokens = append(s.tokens, t)
	}
	var lines []string
	for _, c := range comments {
		lines = append(lines, commentText(script[c.Start:c.End]))
	}
	s.description = strings.Join(lines, "\n")
	return s
}

func commentText(comment string) string {
	if strings.HasPrefix(comment, "--") {
		return strings.TrimSpace(strings.TrimLeft(comment, "-"))
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/"))
}
