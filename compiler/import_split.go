package compiler

import "strings"

// statementText is one statement of a script, with the comments that stand before it.
type statementText struct {
	sql         string
	tokens      []token // of sql, without comments
	line        int     // 1-based, in the script
	description string  // the comment lines above it
}

// splitError is where a script cannot be cut any further.
type splitError struct {
	lexError
	statement int // where the unfinished statement begins
}

// splitStatements cuts a script at its semicolons. The frame of a statement set is left out: its INSERTs stand for
// themselves.
func splitStatements(script string) ([]statementText, *splitError) {
	tokens, fault := lex(script)
	var statements []statementText
	var pending, comments []token
	line, counted := 1, 0
	flush := func() {
		if len(pending) > 0 {
			s := cut(script, pending, comments)
			line += strings.Count(script[counted:pending[0].start], "\n")
			counted = pending[0].start
			s.line = line
			statements = append(statements, s)
		}
		pending, comments = nil, nil
	}
	code := withoutComments(tokens)
	next := 0 // in code: the token behind the current one
	for _, t := range tokens {
		if t.kind != comment {
			next++
		}
		switch {
		case t.kind == comment && len(pending) == 0 && !strings.HasPrefix(script[t.start:t.end], "/*+"):
			comments = append(comments, t)
		case t.is(script, ";"):
			flush()
		case len(pending) == 0 && t.is(script, "END") && (next == len(code) || code[next].is(script, ";")):
		default:
			pending = append(pending, t)
			if t.is(script, "BEGIN") || t.is(script, "SET") {
				pending = withoutComments(pending)
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
	unfinished := &splitError{lexError: *fault, statement: fault.start}
	if len(pending) > 0 {
		unfinished.statement = pending[0].start
	}
	return statements, unfinished
}

func opensStatementSet(script string, tokens []token) bool {
	return spells(script, tokens, "EXECUTE", "STATEMENT", "SET", "BEGIN") || spells(script, tokens, "BEGIN", "STATEMENT", "SET")
}

func spells(sql string, tokens []token, words ...string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, wanted := range words {
		if !tokens[i].is(sql, wanted) {
			return false
		}
	}
	return true
}

func cut(script string, tokens, comments []token) statementText {
	start, end := tokens[0].start, tokens[len(tokens)-1].end
	s := statementText{sql: script[start:end]}
	for _, t := range withoutComments(tokens) {
		t.start, t.end = t.start-start, t.end-start
		s.tokens = append(s.tokens, t)
	}
	var lines []string
	for _, c := range comments {
		lines = append(lines, commentText(script[c.start:c.end]))
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
