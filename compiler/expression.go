package compiler

import (
	"fmt"
	"strings"

	"millrace/compiler/flinksql"
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
	_, found := cutFragment(sql, commentsAllowed)
	return found
}

// cutFragment is checkFragment, with the tokens for further checks.
func cutFragment(sql string, commentsAllowed bool) ([]flinksql.Token, []problem) {
	tokens, fault := flinksql.Lex(sql)
	var found []problem
	report := func(start, end int, code, summary, detail string) {
		found = append(found, problem{graph.Span{Start: start, End: end}, code, summary, detail})
	}
	if fault != nil {
		report(fault.Start, fault.End, fault.Code, fault.Summary, fault.Solution)
		return tokens, found
	}
	var open []flinksql.Token
	for _, t := range tokens {
		piece := sql[t.Start:t.End]
		switch {
		case t.Kind == flinksql.Comment && !commentsAllowed:
			report(t.Start, t.End, "comment", "Comment inside a field", "Remove it; the node's description is the place for words.")
		case t.Kind != flinksql.Symbol:
		case piece == ";":
			report(t.Start, t.End, "second-statement", "Semicolon ends the statement", "Remove the semicolon: a field holds one piece of one statement.")
		case piece == "(" || piece == "[" || piece == "{":
			open = append(open, t)
		case piece == ")" || piece == "]" || piece == "}":
			if len(open) == 0 || !pairs(sql[open[len(open)-1].Start], piece[0]) {
				report(t.Start, t.End, "unbalanced-bracket", "Unbalanced bracket", fmt.Sprintf("The %s closes nothing: remove it or open it before.", piece))
				return tokens, found
			}
			open = open[:len(open)-1]
		case piece == "!=":
			report(t.Start, t.End, "not-equal", "Flink has no !=", "Write <> instead.")
		}
	}
	for _, t := range open {
		report(t.Start, t.End, "unbalanced-bracket", "Unbalanced bracket", fmt.Sprintf("The %s is never closed.", sql[t.Start:t.End]))
	}
	return tokens, found
}

func pairs(open, closing byte) bool {
	return open == '(' && closing == ')' || open == '[' && closing == ']' || open == '{' && closing == '}'
}

// checkExpression also refuses what would make one expression two, or a new clause, outside brackets, and what Flink could
// not parse.
func checkExpression(sql string) []problem { return checkWithin(sql, sql) }

// checkPorted is checkExpression for the texts of a join, where left.x and right.x are columns.
func checkPorted(sql string) []problem { return checkWithin(sql, WithoutPorts(sql)) }

func checkWithin(sql, parsed string) []problem {
	if found := checkOneExpression(sql); len(found) > 0 {
		return found
	}
	if strings.TrimSpace(sql) == "" {
		return nil // that it is missing is said elsewhere
	}
	if _, fault := flinksql.ParseExpression(parsed); fault != nil {
		return []problem{problemOf(fault, 0, sql)}
	}
	return nil
}

// WithoutPorts makes an expression of a join one that can be parsed: it puts a plain name of the same length in the place of left and right before a point.
func WithoutPorts(sql string) string {
	tokens, _ := flinksql.Lex(sql)
	text := []byte(sql)
	for i, t := range tokens {
		if (t.Is(sql, "LEFT") || t.Is(sql, "RIGHT")) && i+1 < len(tokens) && tokens[i+1].Is(sql, ".") {
			copy(text[t.Start:t.End], "xxxxx")
		}
	}
	return string(text)
}

// problemOf is a mistake that the parser found, in a text that began before bytes behind the start of what was parsed.
func problemOf(fault *flinksql.Error, before int, sql string) problem {
	start, end := max(fault.Start-before, 0), min(fault.End-before, len(sql))
	return problem{graph.Span{Start: min(start, len(sql)), End: max(end, min(start, len(sql)))}, fault.Code, fault.Summary, fault.Detail}
}

func checkOneExpression(sql string) []problem {
	tokens, found := cutFragment(sql, false)
	if len(found) > 0 {
		return found
	}
	depth := 0
	for i, t := range tokens {
		switch {
		case t.Is(sql, "(") || t.Is(sql, "[") || t.Is(sql, "{"):
			depth++
		case t.Is(sql, ")") || t.Is(sql, "]") || t.Is(sql, "}"):
			depth--
		case depth == 0 && t.Is(sql, ","):
			return []problem{{graph.Span{Start: t.Start, End: t.End}, "two-expressions", "Comma separates two expressions", "Write one expression; put each further one into a field of its own."}}
		case i > 0 && (t.Is(sql, "FROM") && tokens[i-1].Is(sql, "DISTINCT") || t.Is(sql, "GROUP") && tokens[i-1].Is(sql, "WITHIN")):
			// a IS DISTINCT FROM b, f(x) WITHIN GROUP (…)
		case depth == 0 && t.Kind == flinksql.Word && clauseWord(sql[t.Start:t.End]):
			return []problem{{
				graph.Span{Start: t.Start, End: t.End},
				"clause-in-expression", "Expression holds another clause",
				fmt.Sprintf("%s begins a new part of the query: an expression stands for itself. Use an SQL node for a whole query.", sql[t.Start:t.End]),
			}}
		}
	}
	return nil
}

// checkType also refuses what would make one column's type two columns, or a computed one.
func checkType(sql string) []problem {
	tokens, found := cutFragment(sql, false)
	if len(found) > 0 {
		return found
	}
	brackets, angles := 0, 0
	for i, t := range tokens {
		wrong := false
		switch {
		case t.Kind != flinksql.Symbol:
			wrong = i == 0 && (t.Is(sql, "AS") || t.Kind != flinksql.Word && t.Kind != flinksql.QuotedName)
		case t.Is(sql, "(") || t.Is(sql, "["):
			brackets++
		case t.Is(sql, ")") || t.Is(sql, "]"):
			brackets--
		case t.Is(sql, "<"):
			angles++
		case t.Is(sql, ">"):
			angles--
			wrong = angles < 0
		case t.Is(sql, ","):
			wrong = brackets == 0 && angles == 0
		default:
			wrong = i == 0 || !t.Is(sql, "<>") && !t.Is(sql, ".") && brackets == 0
		}
		if wrong {
			return []problem{{
				graph.Span{Start: t.Start, End: t.End},
				"illegal-type", "Not a column's type",
				fmt.Sprintf("%s cannot stand here: write one type, such as STRING or ARRAY<INT>, and give each column an entry of its own.", sql[t.Start:t.End]),
			}}
		}
	}
	if angles > 0 {
		return []problem{{graph.Span{Start: 0, End: len(sql)}, "illegal-type", "Not a column's type", "A < is never closed: write > behind the inner type."}}
	}
	if strings.TrimSpace(sql) == "" {
		return nil
	}
	return checkIn("CREATE TABLE t (c ", sql, ")")
}

// checkIn parses a text in the place of a statement where it will stand.
func checkIn(before, sql, after string) []problem {
	for _, fault := range flinksql.Parse(before + sql + after).Errors {
		return []problem{problemOf(fault, len(before), sql)}
	}
	return nil
}
