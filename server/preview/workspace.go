package preview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
)

// workspace is a pipeline's warm session on the gateway. It holds the draft's tables and views; an update makes again
// only what changed and what stands behind it.
type workspace struct {
	mu       sync.Mutex
	session  *flink.Session
	client   *flink.Client
	preamble string          // the SET and CREATE FUNCTION statements that the session has run
	made     map[string]made // by node id
	offer    *offer
	taps     *Taps             // where the session's jobs can push rows; nil when they cannot
	tapped   map[string]string // the DDL of the taps' tables that the session has, by node id
	hard     string            // script of the draft that Flink refused last by the first ways, and how many those are
	tried    int
	used     time.Time // last update
	check    func(*graph.Document) []graph.Diagnostic
}

// made is what the session knows of one node.
type made struct {
	sql     string // of the statement that made it
	drop    string // undoes it; "" when nothing was made
	columns []flink.Column
	refused *flink.SQLError // Flink's answer when it would not take the statement
}

const statementTimeout = 60 * time.Second

// draft is a document as the session now holds it.
type draft struct {
	script      compiler.Script
	columns     map[string][]flink.Column // by node id; nodes that do not plan are absent
	unreadable  map[string]bool           // nodes that plan but would fail at run time, and what stands behind them
	diagnostics []graph.Diagnostic        // the compiler's and Flink's
}

// update brings the session to the state of the document. The caller holds mu. It is not given up halfway when ctx ends:
// after a failure the session is left and the next update opens a new one, since nobody knows what it holds.
func (w *workspace) update(ctx context.Context, client *flink.Client, doc *graph.Document, functions []compiler.Function) (draft, error) {
	ctx = context.WithoutCancel(ctx)
	w.used = time.Now()
	script := compiler.Compile(doc, compiler.Options{Functions: functions})
	d, err := w.apply(ctx, client, doc, script)
	if errors.Is(err, flink.ErrNotFound) { // the gateway forgot the session or was restarted
		w.session = nil
		d, err = w.apply(ctx, client, doc, script)
	}
	if err != nil {
		w.close(ctx)
	}
	return d, err
}

func (w *workspace) apply(ctx context.Context, client *flink.Client, doc *graph.Document, script compiler.Script) (draft, error) {
	outside := w.check(doc)
	d := draft{
		script: script, columns: map[string][]flink.Column{}, unreadable: map[string]bool{},
		diagnostics: append(slices.Clone(script.Diagnostics), outside...),
	}
	for _, diagnostic := range outside {
		d.unreadable[diagnostic.Node] = true
	}
	if err := w.open(ctx, client, script); err != nil {
		return d, err
	}
	statements := statementsOf(script)
	if err := w.clear(ctx, doc, statements, script.References); err != nil {
		return d, err
	}
	order, _ := doc.Order()
	inputs := doc.Inputs()
	absent := map[string]bool{}
	for _, id := range order {
		if isSink(doc, id) {
			if err := w.sink(ctx, id, statements[id], doc.Nodes[id]); err != nil {
				return d, err
			}
		} else {
			_, referenced := script.References[id]
			absent[id] = !referenced
			for _, edge := range inputs[id] {
				absent[id] = absent[id] || absent[edge.From]
				d.unreadable[id] = d.unreadable[id] || d.unreadable[edge.From]
			}
			if absent[id] {
				continue
			}
			if err := w.node(ctx, id, statements[id], script.References[id], doc.Nodes[id]); err != nil {
				return d, err
			}
			d.columns[id] = w.made[id].columns
		}
		if refused := w.made[id].refused; refused != nil {
			d.refuse(doc, statements, id, refused)
			delete(d.columns, id)
			absent[id] = true
		}
	}
	return d, nil
}

func isSink(doc *graph.Document, id string) bool { return doc.Nodes[id].Kind == "sink" }

// clear drops what the document no longer has, what changed and what stands behind it, all before anything is made: a
// name may go from one node to another.
func (w *workspace) clear(ctx context.Context, doc *graph.Document, statements map[string]compiler.Statement, references map[string]string) error {
	order, _ := doc.Order()
	inputs := doc.Inputs()
	stays := make(map[string]bool, len(order))
	for _, id := range order {
		before, known := w.made[id]
		stays[id] = known && before.sql == statements[id].SQL
		if isSink(doc, id) {
			continue // its table is made of nothing else
		}
		_, referenced := references[id]
		stays[id] = stays[id] && referenced
		for _, edge := range inputs[id] {
			stays[id] = stays[id] && stays[edge.From]
		}
	}
	for id, gone := range w.made {
		if stays[id] {
			continue
		}
		if gone.drop != "" {
			if _, err := w.run(ctx, gone.drop); err != nil {
				return err
			}
		}
		delete(w.made, id)
	}
	return nil
}

// open makes sure that there is a session which has run the script's preamble and no other.
func (w *workspace) open(ctx context.Context, client *flink.Client, script compiler.Script) error {
	var preamble []compiler.Statement
	var text strings.Builder
	for _, statement := range script.Statements {
		if isPreamble(statement) {
			preamble = append(preamble, statement)
			text.WriteString(statement.SQL + ";\n")
		}
	}
	if w.session != nil && w.client == client && w.preamble == text.String() {
		return nil
	}
	w.close(ctx)
	session, err := client.OpenSession(ctx, "millrace-draft", nil)
	if err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	w.session, w.client, w.preamble, w.made, w.tapped = session, client, text.String(), map[string]made{}, map[string]string{}
	for _, statement := range preamble {
		if _, err := w.run(ctx, statement.SQL); err != nil {
			w.close(ctx)
			return fmt.Errorf("%s: %w", firstLine(statement.SQL), err)
		}
	}
	w.taps, err = w.offer.to(ctx, client, session)
	return err
}

func isPreamble(statement compiler.Statement) bool {
	return strings.HasPrefix(statement.SQL, "SET ") || strings.HasPrefix(statement.SQL, "CREATE TEMPORARY FUNCTION ")
}

// node makes one table or view and describes it, unless it is there already.
func (w *workspace) node(ctx context.Context, id string, statement compiler.Statement, reference string, node *graph.Node) error {
	if _, known := w.made[id]; known {
		return nil
	}
	now := made{sql: statement.SQL}
	if statement.SQL != "" {
		if _, err := w.run(ctx, statement.SQL); err != nil {
			return w.refuse(id, now, err)
		}
		now.drop = dropStatement(node, reference)
	}
	columns, err := w.describe(ctx, reference)
	if err != nil {
		var sqlError *flink.SQLError
		if errors.As(err, &sqlError) {
			err = withoutPlace(sqlError)
		}
		return w.refuse(id, now, err)
	}
	now.columns = columns
	w.made[id] = now
	return nil
}

// sink makes a sink's table, so that Flink's word on its columns is heard before a deployment; nothing is written to it.
func (w *workspace) sink(ctx context.Context, id string, statement compiler.Statement, node *graph.Node) error {
	if _, known := w.made[id]; known || statement.SQL == "" {
		return nil
	}
	now := made{sql: statement.SQL}
	if _, err := w.run(ctx, statement.SQL); err != nil {
		return w.refuse(id, now, err)
	}
	now.drop = dropStatement(node, flinksql.Quote(node.Name))
	w.made[id] = now
	return nil
}

func dropStatement(node *graph.Node, reference string) string {
	if node.Kind == "source" || node.Kind == "sink" {
		return "DROP TEMPORARY TABLE IF EXISTS " + reference
	}
	return "DROP TEMPORARY VIEW IF EXISTS " + reference
}

func (w *workspace) refuse(id string, now made, err error) error {
	if !errors.As(err, &now.refused) {
		return err
	}
	w.made[id] = now
	return nil
}

func (w *workspace) run(ctx context.Context, sql string) (flink.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, statementTimeout)
	defer cancel()
	return w.session.Run(ctx, sql, nil)
}

func (w *workspace) describe(ctx context.Context, reference string) ([]flink.Column, error) {
	ctx, cancel := context.WithTimeout(ctx, statementTimeout)
	defer cancel()
	return w.session.Describe(ctx, reference)
}

func (w *workspace) close(ctx context.Context) {
	if w.session == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = w.session.Close(ctx) // a session that cannot be closed now ends by the gateway's idle time-out
	w.session = nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
