package preview

import (
	"context"
	"errors"
	"slices"
	"time"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
)

const blameTimeout = 30 * time.Second

// flinkDiagnostic puts an error of Flink's on the field that its position points to, or that holds what it speaks of.
func flinkDiagnostic(statement compiler.Statement, err *flink.SQLError) graph.Diagnostic {
	d := graph.Diagnostic{Node: statement.Node, Severity: graph.Error, Code: "flink", Summary: "Flink refuses this node", Detail: err.Message}
	if d.Field, d.Span = statement.Locate(err.Line, err.Column, err.EndLine, err.EndColumn); d.Field == "" {
		d.Field, d.Span = statement.Find(err.Subject, err.EndLine, err.EndColumn)
	}
	return d
}

// withoutPlace is an error whose positions are in a text that Flink made of the statement.
func withoutPlace(err *flink.SQLError) *flink.SQLError {
	placeless := *err
	placeless.Line, placeless.EndLine = 0, 0
	return &placeless
}

// refuse adds Flink's refusal of a node. A source with wrong options is refused only when another node reads it: then it is
// the source that is to blame, once, and that a preview has to leave out.
func (d *draft) refuse(doc *graph.Document, statements map[string]compiler.Statement, id string, err *flink.SQLError) {
	for other, node := range doc.Nodes {
		if statement := statements[other]; err.Table != "" && node.Name == err.Table && other != id && statement.SQL != "" {
			id, err = other, withoutPlace(err)
			d.unreadable[other] = true
			break
		}
	}
	diagnostic := flinkDiagnostic(statements[id], err)
	diagnostic.Node = id
	if !slices.Contains(d.diagnostics, diagnostic) {
		d.diagnostics = append(d.diagnostics, diagnostic)
	}
}

// blame finds the nodes that Flink cannot plan, and tells whether it found any. An unknown option, a sort without a time column
// and the like are refused only when rows are asked for, then for all nodes at once and without saying whose they are: so each
// node is planned alone.
func (r *run) blame(ctx context.Context, w *workspace) (found bool) {
	ctx, cancel := context.WithTimeout(ctx, blameTimeout)
	defer cancel()
	w.mu.Lock()
	defer w.mu.Unlock()
	refused, diagnostics := w.unplanned(ctx, r.doc, r.draft)
	for id := range refused {
		r.refused[id] = true
	}
	r.blamed = append(r.blamed, diagnostics...)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.preview.Diagnostics = append(r.preview.Diagnostics, diagnostics...)
	return len(refused) > 0
}

// unplanned are the nodes that Flink cannot plan, with its refusal of each where it comes up first, as far as the session still
// holds them and ctx lets it ask. A node behind one that cannot be planned may be fine: a top 1 is made of two.
func (w *workspace) unplanned(ctx context.Context, doc *graph.Document, d draft) (refused map[string]bool, found []graph.Diagnostic) {
	statements := statementsOf(d.script)
	inputs := doc.Inputs()
	refused = map[string]bool{}
	for _, id := range d.shown(doc) {
		if w.session == nil || w.made[id].sql != statements[id].SQL {
			continue
		}
		_, err := w.run(ctx, "EXPLAIN SELECT * FROM "+d.script.References[id])
		var sqlError *flink.SQLError
		if err != nil && !errors.As(err, &sqlError) {
			return refused, found
		}
		if err == nil {
			continue
		}
		refused[id] = true
		if slices.ContainsFunc(inputs[id], func(edge graph.Edge) bool { return refused[edge.From] }) {
			continue // said of the input
		}
		diagnostic := flinkDiagnostic(statements[id], withoutPlace(sqlError))
		diagnostic.Node = id
		found = append(found, diagnostic)
	}
	return refused, found
}

// statementsOf are the statements that make a script's tables and views, by node id.
func statementsOf(script compiler.Script) map[string]compiler.Statement {
	statements := make(map[string]compiler.Statement, len(script.Statements))
	for _, statement := range script.Statements {
		if !statement.Insert && !isPreamble(statement) {
			statements[statement.Node] = statement
		}
	}
	return statements
}
