package compiler

import (
	"fmt"

	"millrace/graph"
)

// problem is a mistake inside one field's text; the caller knows node and field.
type problem struct {
	span                  graph.Span
	code, summary, detail string
}

// checkFragment finds what would let a text leave its place in the statement: a second statement, an unbalanced bracket,
// an open quote, a comment. Free SQL (a whole query) may hold comments; other fields may not.
func checkFragment(sql string, commentsAllowed bool) []problem {
	tokens, fault := lex(sql)
	var found []problem
	report := func(start, end int, code, summary, detail string) {
		found = append(found, problem{graph.Span{Start: start, End: end}, code, summary, detail})
	}
	if fault != nil {
		report(fault.start, fault.end, fault.code, fault.summary, fault.solution)
		return found
	}
	var open []token
	for _, t := range tokens {
		piece := sql[t.start:t.end]
		switch {
		case t.kind == comment && !commentsAllowed:
			report(t.start, t.end, "comment", "Comment inside a field", "Remove it; the node's description is the place for words.")
		case t.kind != symbol:
		case piece == ";":
			report(t.start, t.end, "second-statement", "Semicolon ends the statement", "Remove the semicolon: a field holds one piece of one statement.")
		case piece == "(" || piece == "[" || piece == "{":
			open = append(open, t)
		case piece == ")" || piece == "]" || piece == "}":
			if len(open) == 0 || !pairs(sql[open[len(open)-1].start], piece[0]) {
				report(t.start, t.end, "unbalanced-bracket", "Unbalanced bracket", fmt.Sprintf("The %s closes nothing: remove it or open it before.", piece))
				return found
			}
			open = open[:len(open)-1]
		case piece == "!=":
			report(t.start, t.end, "not-equal", "Flink has no !=", "Write <> instead.")
		}
	}
	for _, t := range open {
		report(t.start, t.end, "unbalanced-bracket", "Unbalanced bracket", fmt.Sprintf("The %s is never closed.", sql[t.start:t.end]))
	}
	return found
}

func pairs(open, closing byte) bool {
	return open == '(' && closing == ')' || open == '[' && closing == ']' || open == '{' && closing == '}'
}

// checkExpression also refuses what would make one expression two, or a new clause, outside brackets.
func checkExpression(sql string) []problem {
	if found := checkFragment(sql, false); len(found) > 0 {
		return found
	}
	tokens, _ := lex(sql)
	depth := 0
	for i, t := range tokens {
		switch {
		case t.is(sql, "(") || t.is(sql, "[") || t.is(sql, "{"):
			depth++
		case t.is(sql, ")") || t.is(sql, "]") || t.is(sql, "}"):
			depth--
		case depth == 0 && t.is(sql, ","):
			return []problem{{graph.Span{Start: t.start, End: t.end}, "two-expressions", "Comma separates two expressions", "Write one expression; put each further one into a field of its own."}}
		case i > 0 && (t.is(sql, "FROM") && tokens[i-1].is(sql, "DISTINCT") || t.is(sql, "GROUP") && tokens[i-1].is(sql, "WITHIN")):
			// a IS DISTINCT FROM b, f(x) WITHIN GROUP (…)
		case depth == 0 && t.kind == word && clauseWord(sql[t.start:t.end]):
			return []problem{{
				graph.Span{Start: t.start, End: t.end},
				"clause-in-expression", "Expression holds another clause",
				fmt.Sprintf("%s begins a new part of the query: an expression stands for itself. Use an SQL node for a whole query.", sql[t.start:t.end]),
			}}
		}
	}
	return nil
}

// checkType also refuses what would make one column's type two columns, or a computed one.
func checkType(sql string) []problem {
	if found := checkFragment(sql, false); len(found) > 0 {
		return found
	}
	tokens, _ := lex(sql)
	brackets, angles := 0, 0
	for i, t := range tokens {
		wrong := false
		switch {
		case t.kind != symbol:
			wrong = i == 0 && (t.is(sql, "AS") || t.kind != word && t.kind != quotedName)
		case t.is(sql, "(") || t.is(sql, "["):
			brackets++
		case t.is(sql, ")") || t.is(sql, "]"):
			brackets--
		case t.is(sql, "<"):
			angles++
		case t.is(sql, ">"):
			angles--
			wrong = angles < 0
		case t.is(sql, ","):
			wrong = brackets == 0 && angles == 0
		default:
			wrong = i == 0 || !t.is(sql, "<>") && !t.is(sql, ".") && brackets == 0
		}
		if wrong {
			return []problem{{
				graph.Span{Start: t.start, End: t.end},
				"illegal-type", "Not a column's type",
				fmt.Sprintf("%s cannot stand here: write one type, such as STRING or ARRAY<INT>, and give each column an entry of its own.", sql[t.start:t.end]),
			}}
		}
	}
	if angles > 0 {
		return []problem{{graph.Span{Start: 0, End: len(sql)}, "illegal-type", "Not a column's type", "A < is never closed: write > behind the inner type."}}
	}
	return nil
}
