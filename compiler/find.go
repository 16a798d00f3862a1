package compiler

import (
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Find looks in the statement for what an error of Flink's names without saying where: a function, an operator as Calcite
// calls it, a column, an option's key, or a part such as DESCRIPTOR. Where one place alone can be meant it is that place;
// of several in one field it is the field; else what all texts of the node share. Some errors know where the mistake ends
// although not where it begins: of several places the one that ends there is meant.
func (s Statement) Find(name string, endLine, endColumn int) (field string, span *graph.Span) {
	var places []flinksql.Span
	if name != "" {
		for _, piece := range s.Pieces {
			if strings.HasSuffix(piece.Field, "options."+name) || piece.Field == "hints."+name {
				return piece.Field, nil
			}
		}
		places = s.named(name)
	}
	end := offsetOf(s.SQL, endLine, endColumn) + 1
	for _, place := range places {
		if place.End == end {
			return s.at(place.Start, place.End)
		}
	}
	for i, place := range places {
		otherField, otherSpan := s.at(place.Start, place.End)
		switch {
		case i == 0:
			field, span = otherField, otherSpan
		case otherField != field:
			field, span = commonPath(field, otherField), nil
		case span != nil && (otherSpan == nil || *otherSpan != *span):
			span = nil
		}
	}
	if field != "" {
		return field, span
	}
	return s.only(0, len(s.SQL)), nil
}

// named are the places in the statement of what bears a name.
func (s Statement) named(name string) []flinksql.Span {
	var places []flinksql.Span
	for _, statement := range flinksql.Parse(s.SQL).Statements {
		flinksql.Walk(statement, func(n flinksql.Node) bool {
			if called, place := calciteName(n, name); called != "" && strings.EqualFold(called, name) {
				places = append(places, place)
			}
			return true
		})
	}
	return places
}

// calciteName is what Calcite's messages call a node, with the place that a person would look at. A node with several names
// answers with the one that is asked for.
func calciteName(n flinksql.Node, asked string) (string, flinksql.Span) {
	switch n := n.(type) {
	case *flinksql.Watermark:
		if asked == "WATERMARK FOR" {
			return asked, n.Column.Range()
		}
		return "WATERMARK", n.Expression.Range()
	case *flinksql.Definition:
		return "DEFINE", n.Condition.Range()
	case *flinksql.ColumnRef:
		return pathPlain(n.Path), n.Span
	case *flinksql.Descriptor:
		return "DESCRIPTOR", n.Columns[0].Span
	case *flinksql.Call:
		return n.Name.Parts[len(n.Name.Parts)-1].Text, n.Span
	case *flinksql.Unnest:
		return "UNNEST", n.Span
	case *flinksql.OrderItem:
		return "ORDER BY", n.Expr.Range()
	case *flinksql.CreateTable:
		if last := len(n.Options) - 1; last >= 0 {
			return "WITH", flinksql.Span{Start: n.Options[0].Start, End: n.Options[last].End}
		}
	case *flinksql.Select:
		for _, hint := range n.Hints {
			if strings.EqualFold(hint.Name.Text, asked) {
				return asked, hint.Span
			}
		}
	}
	return operatorName(n), n.Range()
}

func operatorName(n flinksql.Node) string {
	switch n := n.(type) {
	case *flinksql.Unary:
		return n.Operator
	case *flinksql.Binary:
		return n.Operator
	case *flinksql.LikeExpr:
		return n.Operator
	case *flinksql.Between:
		return "BETWEEN"
	case *flinksql.In:
		return "IN"
	case *flinksql.Case:
		return "CASE"
	case *flinksql.Cast:
		return n.Function
	case *flinksql.Index:
		return "ITEM"
	case *flinksql.Row:
		return "ROW"
	case *flinksql.Array:
		return n.Word
	case *flinksql.MapOf:
		return "MAP"
	}
	return ""
}

// balanced is the smallest part of the statement around a range that ends inside of brackets that it opens: Calcite leaves
// out the closing bracket of IN (SELECT …).
func (s Statement) balanced(start, end int) (balancedStart, balancedEnd int) {
	depth, text := 0, s.SQL[start:end]
	tokens, _ := flinksql.Lex(text)
	for _, t := range tokens {
		if t.Is(text, "(") {
			depth++
		} else if t.Is(text, ")") {
			depth--
		}
	}
	if depth == 0 {
		return start, end
	}
	best := flinksql.Span{Start: start, End: end}
	for _, statement := range flinksql.Parse(s.SQL).Statements {
		flinksql.Walk(statement, func(n flinksql.Node) bool {
			place := n.Range()
			if place.Start > start || place.End < end {
				return false
			}
			if _, isExpression := n.(flinksql.Expr); isExpression && place.End > end {
				best = place
			}
			return true
		})
	}
	return best.Start, best.End
}
