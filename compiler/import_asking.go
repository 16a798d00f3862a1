package compiler

import (
	"slices"
	"strconv"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// asking makes the nodes of conditions that ask other queries: a semi or anti join for each where all are IN, EXISTS or NOT
// EXISTS, else one SQL node, since Flink plans several of them together.
func (i *importer) asking(conditions []flinksql.Expr, part fromPart) relation {
	if part.columns == nil {
		bail(conditions[0].Range(), "it asks another query about columns that are not known")
	}
	undo := i.mark()
	joined := part
	if given := try(func() {
		for _, condition := range conditions {
			joined.relation = i.semiJoin(condition, joined)
		}
	}); given == nil {
		return joined.relation
	}
	undo()
	var texts []string
	var inputs []input
	for _, condition := range conditions {
		text, read := i.withAnswers(condition, part)
		if len(conditions) > 1 && isOr(condition) {
			text = "(" + text + ")"
		}
		texts, inputs = append(texts, text), append(inputs, read...)
	}
	return i.sqlStep("SELECT *\nFROM "+i.nameSQL(part.node)+"\nWHERE "+strings.Join(texts, "\n  AND "), part, inputs, conditions[0].Range(), part.columns,
		target{name: i.stepName(part.relation, "filtered")}, "a filter cannot ask another query")
}

func (i *importer) nameSQL(id string) string { return flinksql.Quote(i.doc.Nodes[id].Name) }

// sqlStep makes an SQL node of a single step, and says why it is one.
func (i *importer) sqlStep(query string, part fromPart, inputs []input, place flinksql.Span, columns []string, t target, reason string) relation {
	edges := from(part.relation)
	for _, in := range inputs {
		if !slices.Contains(edges, in) {
			edges = append(edges, in)
		}
	}
	r := i.add("sql", t, graph.Config{"query": query}, place, columns, edges...)
	i.keptAsSQL(r.node, place, reason)
	return r
}

func (i *importer) keptAsSQL(id string, place flinksql.Span, reason string) {
	i.note(id, place, "kept-as-sql", "Kept as an SQL node", reason)
}

// note says something of a node that a place of the script became.
func (i *importer) note(id string, place flinksql.Span, code, summary, detail string) {
	i.findings = append(i.findings, Finding{Start: place.Start, End: place.End, Diagnostic: graph.Diagnostic{
		Node: id, Severity: graph.Info, Code: code, Summary: summary, Detail: "Line " + strconv.Itoa(i.line(place.Start)) + ": " + detail + ".",
	}})
}

// withAnswers is an expression's text with the tables of each query in it called by their nodes' names.
func (i *importer) withAnswers(e flinksql.Expr, part fromPart) (string, []input) {
	var edits []replacement
	var inputs []input
	flinksql.Walk(e, func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.Query: // it stays as it is: SELECT * of a node would plan as if it could give several rows
			i.uncorrelatedOnly(n)
			own, read := i.withNodes(n)
			edits, inputs = append(edits, own...), append(inputs, read...)
			return false
		case *flinksql.ColumnRef:
			edits = append(edits, part.renamed(n)...)
			return false
		}
		return true
	})
	return i.rewritten(e.Range(), edits), inputs
}

// uncorrelated takes apart a query that an expression asks; it gives up on one that looks at the row of the query around.
func (i *importer) uncorrelated(q *flinksql.Query) relation {
	return i.split(q, target{name: i.derivedName(&flinksql.Derived{Query: q}, "")})
}

// uncorrelatedOnly gives up on a query that looks at the row of the query around.
func (i *importer) uncorrelatedOnly(q *flinksql.Query) {
	undo := i.mark()
	i.uncorrelated(q)
	undo()
}

// projectedByQueries makes the SQL node of a SELECT whose columns ask other queries.
func (i *importer) projectedByQueries(s *flinksql.Select, part fromPart, outputs []output, t target) relation {
	if len(t.columns) > 0 && len(t.columns) != len(outputs) || s.Distinct {
		bail(s.Span, "its columns ask other queries")
	}
	var inputs []input
	lines := make([]string, len(outputs))
	for at, o := range outputs {
		text := o.text
		if o.expr != nil && holdsQuery(o.expr) {
			var more []input
			text, more = i.withAnswers(o.expr, part)
			inputs = append(inputs, more...)
		}
		if len(t.columns) > 0 {
			outputs[at].name = t.columns[at]
		}
		lines[at] = text
		if name := flinksql.Quote(outputs[at].name); name != text {
			lines[at] += " AS " + name
		}
	}
	return i.sqlStep("SELECT\n  "+strings.Join(lines, ",\n  ")+"\nFROM "+i.nameSQL(part.node), part, inputs, s.Span, outputNames(outputs), t, "a column asks another query")
}

// semiJoin makes the join of IN, EXISTS and NOT EXISTS.
func (i *importer) semiJoin(condition flinksql.Expr, part fromPart) relation {
	kind := "semi"
	if not, isUnary := condition.(*flinksql.Unary); isUnary && not.Operator == "NOT" {
		kind, condition = "anti", not.Operand
	}
	left := part.side("left")
	switch c := condition.(type) {
	case *flinksql.Exists:
		return i.semiJoinWith(kind, part, c.Query, nil)
	case *flinksql.In:
		if kind == "anti" || c.Not || c.Query == nil {
			bail(c.Span, "NOT IN has no join: it keeps no row at all once the list holds NULL")
		}
		if i.behindTemporal(part.node) {
			bail(c.Span, "Flink cannot plan EXISTS behind a temporal join")
		}
		asked := []flinksql.Expr{c.X}
		if row, isRow := c.X.(*flinksql.Row); isRow {
			asked = row.Exprs
		}
		texts := make([]string, len(asked))
		for at, e := range asked {
			texts[at] = i.text(e, left)
		}
		return i.semiJoinWith(kind, part, c.Query, texts)
	}
	bail(condition.Range(), "it is neither IN nor EXISTS")
	return relation{}
}

// behindTemporal tells whether a temporal join stands somewhere before a node.
func (i *importer) behindTemporal(id string) bool {
	if i.doc.Nodes[id].Config["asOf"] != nil {
		return true
	}
	return slices.ContainsFunc(i.doc.Edges, func(e graph.Edge) bool { return e.To == id && i.behindTemporal(e.From) })
}

// semiJoinWith joins the rows with those of the other query. What the other query's WHERE says of the row around becomes
// the condition; asked are the texts that IN compares with its columns.
func (i *importer) semiJoinWith(kind string, part fromPart, q *flinksql.Query, asked []string) relation {
	right, conditions := i.askedQuery(q, part, asked)
	step := "with"
	if kind == "anti" {
		step = "without"
	}
	name := stepName(stepName(i.doc.Nodes[part.node].Name, step), i.doc.Nodes[right.node].Name)
	return i.add("join", target{name: name}, graph.Config{"type": kind, "condition": strings.Join(conditions, "\n  AND ")}, q.Span, part.columns,
		input{part.node, "left"}, input{right.node, "right"})
}

// askedQuery is the other query's relation and the conditions that tie it to the row around.
func (i *importer) askedQuery(q *flinksql.Query, part fromPart, asked []string) (relation, []string) {
	if asked != nil {
		undo := i.mark()
		var conditions []string
		var r relation
		if given := try(func() {
			r = i.uncorrelated(q)
			conditions = equalities(asked, r.columns, q)
		}); given == nil {
			return r, conditions
		}
		undo()
	}
	s, isSelect := q.Body.(*flinksql.Select)
	if !isSelect || len(q.With) > 0 || len(q.OrderBy) > 0 || q.Limit != nil || q.Offset != nil || isGrouped(s) || s.From == nil || i.hasOver(s) || len(s.Hints) > 0 {
		bail(q.Span, "the query that it asks cannot be joined")
	}
	inner, where := i.from(s.From, conjuncts(s.Where), nil)
	inner = i.finished(inner)
	if inner.columns == nil {
		bail(q.Span, "the columns of the query that it asks are not known")
	}
	right := inner.side("right")
	conditions := []string{}
	for at, text := range asked {
		conditions = append(conditions, text+" = "+i.text(s.Items[at].Expr, right))
	}
	var own []flinksql.Expr
	tied := len(asked) > 0
	for _, condition := range where {
		if holdsQuery(condition) {
			own = append(own, condition)
			continue
		}
		text := i.bracketed(condition, right.before(part.side("left")))
		tied = tied || text != i.bracketed(condition, right.before(part.side("other")))
		conditions = append(conditions, text)
	}
	if !tied {
		bail(q.Span, "EXISTS looks at nothing of the row")
	}
	return i.filtered(inner, own, s).relation, conditions
}

func equalities(asked, columns []string, q *flinksql.Query) []string {
	if len(columns) != len(asked) {
		bail(q.Span, "the columns that IN compares with are not known")
	}
	list := make([]string, len(asked))
	for at, text := range asked {
		list[at] = text + " = right." + flinksql.Quote(columns[at])
	}
	return list
}

// bracketed is a condition's text, in brackets where it would come apart behind an AND.
func (i *importer) bracketed(e flinksql.Expr, scope scope) string {
	text := i.text(e, scope)
	if isOr(e) {
		return "(" + text + ")"
	}
	return text
}

func isOr(e flinksql.Expr) bool {
	binary, isBinary := e.(*flinksql.Binary)
	return isBinary && binary.Operator == "OR"
}

// before looks a name up in this scope first and in the outer one only when it is not there.
func (s scope) before(outer scope) scope {
	return scope{tables: s.tables, outer: &outer}
}
