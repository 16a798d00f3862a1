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
	blamed := w.unplanned(ctx, r.doc, r.draft)
	r.refused = append(r.refused, blamed...)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.preview.Diagnostics = append(r.preview.Diagnostics, blamed...)
	return len(blamed) > 0
}

// leaveOut takes nodes that do not plan, and all behind them, out of a draft.
func (d *draft) leaveOut(doc *graph.Document, refused []graph.Diagnostic) {
	d.diagnostics = append(d.diagnostics, refused...)
	out := map[string]bool{}
	for _, diagnostic := range refused {
		out[diagnostic.Node] = true
	}
	order, _ := doc.Order()
	inputs := doc.Inputs()
	for _, id := range order {
		for _, edge := range inputs[id] {
			out[id] = out[id] || out[edge.From]
		}
		if out[id] {
			delete(d.columns, id)
		}
	}
}

// unplanned are Flink's refusals of the draft's nodes, each where it comes up first, as far as the session still holds them
// and ctx lets it ask.
func (w *workspace) unplanned(ctx context.Context, doc *graph.Document, d draft) []graph.Diagnostic {
	statements := statementsOf(d.script)
	var found []graph.Diagnostic
	order, _ := doc.Order()
	inputs := doc.Inputs()
	refused := map[string]bool{}
	for _, id := range order {
		for _, edge := range inputs[id] {
			refused[id] = refused[id] || refused[edge.From]
		}
		if d.columns[id] == nil || d.unreadable[id] || refused[id] || w.session == nil || w.made[id].sql != statements[id].SQL {
			continue
		}
		_, err := w.run(ctx, "EXPLAIN SELECT * FROM "+d.script.References[id])
		var sqlError *flink.SQLError
		if errors.As(err, &sqlError) {
			refused[id] = true
			diagnostic := flinkDiagnostic(statements[id], withoutPlace(sqlError))
			diagnostic.Node = id
			found = append(found, diagnostic)
		} else if err != nil {
			return found
		}
	}
	return found
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
