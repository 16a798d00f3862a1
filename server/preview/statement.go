package preview

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
)

// The caps of a node of a preview; see tap/ for what happens to rows over them.
const (
	rowsPerSecond = 5_000 // after a burst of keptRows
	cellBytes     = 4 << 10

	wholeCellBytes = 1 << 20 // where all rows are wanted
)

// showByTap shows rows that the job itself pushes: one statement set with an INSERT for each node.
func (r *run) showByTap(ctx context.Context, w *workspace, way Way) error {
	secret := rand.Text()
	news := make(chan struct{}, 1)
	taps := r.manager.options.Taps
	receiver := taps.receive(secret, r.take, func() {
		select {
		case news <- struct{}{}:
		default:
		}
	})
	defer taps.remove(secret)
	w.mu.Lock()
	statement, err := r.tapStatement(ctx, w, secret)
	if err != nil {
		w.mu.Unlock()
		return err
	}
	r.submitted = true
	operation, err := w.session.Submit(ctx, statement, r.config(way))
	w.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = r.next(ctx, operation) // answers when the job is accepted
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = operation.Close(ctx) // the job does not end with it
	}()
	if err != nil {
		return err
	}
	if err := r.follow(ctx, news); err != nil || r.isStopped() {
		return err
	}
	receiver.drained(patience)
	return nil
}

// follow waits for the end of the job, asking more often when a tap has ended.
func (r *run) follow(ctx context.Context, news <-chan struct{}) error {
	var unreachableSince time.Time
	for {
		state, err := r.client.JobStatus(ctx, r.reservation.FlinkJobID)
		switch {
		case err == nil && state == "FAILED":
			return r.jobFailure(ctx)
		case err == nil && state == "CANCELED" && !r.isStopped():
			return fmt.Errorf("the preview's Flink job was cancelled by somebody else")
		case err == nil && flink.IsTerminal(state):
			return nil
		case err == nil:
			unreachableSince = time.Time{}
			if state == "RUNNING" {
				r.running()
			}
		case unreachableSince.IsZero():
			unreachableSince = time.Now()
		case time.Since(unreachableSince) > patience:
			return fmt.Errorf("the preview's Flink job is lost: %w", err)
		}
		select {
		case <-r.stopping:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-news:
			time.Sleep(20 * time.Millisecond) // the job's state follows its sinks
		case <-time.After(statePause):
		}
	}
}

func (r *run) jobFailure(ctx context.Context) error {
	for range 20 { // the exceptions are shown a little after the state
		if cause, err := r.client.RootException(ctx, r.reservation.FlinkJobID); err == nil && cause != "" {
			return fmt.Errorf("%s", cause)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the preview's Flink job failed without saying why")
}

// tapStatement is the statement set, whose sinks' tables it makes where the session lacks them. The caller holds w.mu.
func (r *run) tapStatement(ctx context.Context, w *workspace, secret string) (string, error) {
	options := map[string]string{
		"address": r.manager.options.Taps.address, "run": secret,
		"rows-per-second": fmt.Sprint(rowsPerSecond), "burst": fmt.Sprint(keptRows), "cell-bytes": fmt.Sprint(cellBytes),
	}
	if r.complete {
		options["complete"], options["rows-per-second"], options["cell-bytes"] = "true", "0", fmt.Sprint(wholeCellBytes)
	}
	var b strings.Builder
	b.WriteString("EXECUTE STATEMENT SET\nBEGIN\n")
	for _, id := range r.draft.shown(r.doc) {
		if err := w.tap(ctx, id, r.draft.columns[id]); err != nil {
			return "", err
		}
		var selected []string
		for _, column := range r.draft.columns[id] {
			selected = append(selected, tapColumn(column).selected)
		}
		fmt.Fprintf(&b, "INSERT INTO %s /*+ OPTIONS(%s) */ SELECT %s FROM %s;\n", tapTable(id), hintOptions(options), strings.Join(selected, ", "), r.draft.script.References[id])
	}
	b.WriteString("END")
	return b.String(), nil
}

func hintOptions(options map[string]string) string {
	var list []string
	for key, value := range options {
		list = append(list, flinksql.Literal(key)+" = "+flinksql.Literal(value))
	}
	return strings.Join(list, ", ")
}

func tapTable(id string) string { return flinksql.Quote("tap:" + id) }

// tappedColumn is a column of a tap's table and what is written into it.
type tappedColumn struct{ definition, selected string }

// tapColumn keeps a column's type where a sink can have it; all others cross as Flink's text of them.
func tapColumn(column flink.Column) tappedColumn {
	name := flinksql.Quote(column.Name)
	for _, unfit := range []string{"INTERVAL", "RAW", "NULL", "STRUCTURED", "DESCRIPTOR", "SYMBOL", "VARIANT", "BITMAP"} {
		if strings.HasPrefix(column.Type, unfit) {
			return tappedColumn{definition: name + " STRING", selected: asText(name, column.Type)}
		}
	}
	if column.Rowtime { // a sink may have one time attribute only
		return tappedColumn{definition: name + " " + column.Type, selected: "CAST(" + name + " AS " + column.Type + ")"}
	}
	return tappedColumn{definition: name + " " + column.Type, selected: name}
}

// tap makes the table of a node's tap, unless the session has it already. The caller holds mu.
func (w *workspace) tap(ctx context.Context, id string, columns []flink.Column) error {
	definitions := make([]string, len(columns))
	for i, column := range columns {
		definitions[i] = tapColumn(column).definition
	}
	ddl := fmt.Sprintf("CREATE TEMPORARY TABLE %s (%s) WITH ('connector' = 'millrace-tap', 'node' = %s)", tapTable(id), strings.Join(definitions, ", "), flinksql.Literal(id))
	if w.tapped[id] == ddl {
		return nil
	}
	if w.tapped[id] != "" {
		if _, err := w.run(ctx, "DROP TEMPORARY TABLE IF EXISTS "+tapTable(id)); err != nil {
			return err
		}
		delete(w.tapped, id)
	}
	if _, err := w.run(ctx, ddl); err != nil {
		return fmt.Errorf("make the tap of %s: %w", id, err)
	}
	w.tapped[id] = ddl
	return nil
}

// prepareTaps makes the tables that a preview would need next, so that it need not wait for them. What fails here is said
// when a preview needs it. The caller holds mu.
func (w *workspace) prepareTaps(ctx context.Context, shown []string, columns map[string][]flink.Column) {
	for _, id := range shown {
		if w.taps == nil || w.session == nil || w.tap(ctx, id, columns[id]) != nil {
			return
		}
	}
}

// shown are the nodes whose rows a preview can show, in order.
func (d draft) shown(doc *graph.Document) []string {
	var shown []string
	order, _ := doc.Order()
	for _, id := range order {
		if columns, plans := d.columns[id]; plans && len(columns) > 0 && !d.unreadable[id] {
			shown = append(shown, id)
		}
	}
	return shown
}

// hexOfBase64 is what the gateway gave for bytes, as hex.
func hexOfBase64(text string) string {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return text
	}
	return hex.EncodeToString(data)
}

// allWays are the ways, the best first.
var allWays = []Way{Tap, TapEach, Union}

// ways are the ways by which a draft may be shown, without those by which Flink refused it before. The caller holds mu.
func (w *workspace) ways(d draft) []Way {
	switch {
	case w.taps == nil:
		return []Way{Union}
	case w.hard == d.script.Text:
		return allWays[w.tried:]
	}
	return allWays
}

// refused notes that Flink does not plan the draft by this way; after the last one all are tried again.
func (w *workspace) refused(d draft, way Way) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hard, w.tried = d.script.Text, (slices.Index(allWays, way)+1)%len(allWays)
}

// offer knows whether a Flink has the tap connector.
type offer struct {
	taps *Taps // nil: rows come by the query always

	mu     sync.Mutex
	client *flink.Client // that was asked last
	known  bool
	has    bool
}

// to asks Flink, once for each client, whether its sessions can plan a tap.
func (o *offer) to(ctx context.Context, client *flink.Client, session *flink.Session) (*Taps, error) {
	if o.taps == nil {
		return nil, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.client != client || !o.known {
		o.client, o.known = client, false
		has, err := hasTap(ctx, session)
		if err != nil {
			return nil, fmt.Errorf("ask for the tap connector: %w", err)
		}
		o.known, o.has = true, has
	}
	if !o.has {
		return nil, nil
	}
	return o.taps, nil
}

func hasTap(ctx context.Context, session *flink.Session) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, statementTimeout)
	defer cancel()
	for _, statement := range []string{
		"CREATE TEMPORARY TABLE `tap:` (n INT) WITH ('connector' = 'millrace-tap', 'node' = '')",
		"EXPLAIN INSERT INTO `tap:` /*+ OPTIONS('address' = '127.0.0.1:1', 'run' = '-') */ VALUES (1)",
		"DROP TEMPORARY TABLE `tap:`",
	} {
		_, err := session.Run(ctx, statement, nil)
		var refused *flink.SQLError
		if errors.As(err, &refused) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}
