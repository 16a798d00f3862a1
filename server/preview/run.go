package preview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"millrace/graph"
	"millrace/server/flink"
)

// run is one preview at work: one goroutine submits, reads rows until the end or a stop, and cleans up.
type run struct {
	manager     *Manager
	client      *flink.Client
	pipeline    string
	doc         *graph.Document
	reservation Reservation
	sinks       map[string][]string // sink to the nodes whose rows it would write

	stopping chan struct{} // closed by stop
	done     chan struct{} // closed when the Flink job is terminal

	mu       sync.Mutex
	preview  Preview // nodes without rows
	draft    draft   // as it was submitted
	rows     map[string]*ring
	columns  map[string][]Column
	watchers int
	left     time.Time // when the last watcher left; zero while none has
	asked    time.Time // when Get asked last
	stopped  bool
}

func newRun(m *Manager, client *flink.Client, reservation Reservation, revision int64, doc *graph.Document) *run {
	return &run{
		manager: m, client: client, pipeline: reservation.Pipeline, doc: doc, reservation: reservation, sinks: sinkInputs(doc),
		stopping: make(chan struct{}), done: make(chan struct{}), asked: time.Now(),
		rows: map[string]*ring{}, columns: map[string][]Column{},
		preview: Preview{
			ID: reservation.ID, Pipeline: reservation.Pipeline, Revision: revision, State: Starting, FlinkJobID: reservation.FlinkJobID,
			StartedAt: reservation.StartedAt, Nodes: map[string]Node{}, Diagnostics: []graph.Diagnostic{},
		},
	}
}

func (r *run) stop(why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	r.stopped = true
	if r.preview.Message == "" {
		r.preview.Message = why
	}
	close(r.stopping)
}

func (r *run) leaseOver(now time.Time) (over bool, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case now.Sub(r.preview.StartedAt) > maxTime:
		return true, fmt.Sprintf("A preview ends after %d minutes.", int(maxTime.Minutes()))
	case r.watchers > 0:
		return false, ""
	case !r.left.IsZero() && now.Sub(r.left) > unwatched, r.left.IsZero() && now.Sub(r.asked) > unasked:
		return true, "Nobody watched any more."
	}
	return false, ""
}

// snapshot is the preview as it stands; asked tells that a person asked for it.
func (r *run) snapshot(asked bool) Preview {
	r.mu.Lock()
	defer r.mu.Unlock()
	if asked {
		r.asked = time.Now()
	}
	p := r.preview
	p.Nodes = make(map[string]Node, len(r.preview.Nodes))
	for id, node := range r.preview.Nodes {
		node.Rows = []Row{}
		if asked {
			node.Rows = r.rows[id].list()
		}
		p.Nodes[id] = node
	}
	return p
}

func (r *run) set(state State, message string) {
	r.mu.Lock()
	r.preview.State = state
	if message != "" {
		r.preview.Message = message
	}
	r.mu.Unlock()
	r.manager.options.OnStatus(r.snapshot(false))
}

// work is the preview's life. Its Flink job is cancelled by id until it is terminal, whatever happened before.
func (r *run) work() {
	defer close(r.done)
	ctx, cancel := context.WithTimeout(context.Background(), maxTime+time.Minute)
	defer cancel()
	err := r.show(ctx)
	state, message := Stopped, ""
	switch {
	case r.isStopped():
	case err != nil:
		state, message = Failed, err.Error()
	default:
		state = Finished
	}
	if state != Stopped {
		r.set(state, message) // the rows stay until the lease is over
	}
	if err := r.cleanUp(); err != nil {
		r.manager.options.Logger.Error("preview is not cleaned up; it will be at the next start", "preview", r.reservation.ID, "error", err)
	}
	if state == Stopped {
		r.set(state, message) // said only when the Flink job is gone
	}
}

func (r *run) isStopped() bool {
	select {
	case <-r.stopping:
		return true
	default:
		return false
	}
}

func (r *run) cleanUp() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := r.client.CancelUntilTerminal(ctx, r.reservation.FlinkJobID); err != nil {
		return err
	}
	return r.manager.options.Store.ReleasePreview(ctx, r.reservation.ID)
}

// show submits the draft and passes rows on until the end, a failure or a stop.
func (r *run) show(ctx context.Context) error {
	operation, err := r.submit(ctx)
	if err != nil || operation == nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = operation.Close(ctx) // the job is cancelled by id anyway
	}()
	var unreachableSince time.Time
	for {
		page, err := r.next(ctx, operation)
		switch {
		case errors.Is(err, flink.ErrUnreachable):
			if unreachableSince.IsZero() {
				unreachableSince = time.Now()
			}
			if time.Since(unreachableSince) > 10*time.Second {
				return fmt.Errorf("the engine does not answer: %w", err)
			}
			time.Sleep(200 * time.Millisecond)
			continue
		case err != nil:
			return r.failure(ctx, err)
		}
		unreachableSince = time.Time{}
		if r.isStopped() {
			return nil
		}
		if err := r.take(page); err != nil {
			return err
		}
		if page.End {
			return nil
		}
	}
}

// submit brings the draft into the session and starts the query; the operation is nil when the run was stopped before.
func (r *run) submit(ctx context.Context) (*flink.Operation, error) {
	w := r.manager.workspace(r.pipeline)
	w.mu.Lock()
	defer w.mu.Unlock()
	d, err := w.update(ctx, r.client, r.doc, r.manager.options.Functions())
	if err != nil {
		return nil, err
	}
	r.draft = d
	r.describe(d)
	sql := query(r.doc, d)
	if sql == "" {
		return nil, firstError(d.diagnostics)
	}
	if r.isStopped() {
		return nil, nil
	}
	return w.session.Submit(ctx, sql, r.config())
}

// config are the job's Flink options: rows as they come (an exactly-once collect sink shows them only after a
// checkpoint), no restart that would show rows twice, and the id that was stored before.
func (r *run) config() map[string]string {
	return map[string]string{
		"$internal.pipeline.job-id":    r.reservation.FlinkJobID,
		"pipeline.name":                fmt.Sprintf("preview of %s [pv:%.8s]", r.doc.Name, r.reservation.ID),
		"execution.checkpointing.mode": "AT_LEAST_ONCE",
		"restart-strategy.type":        "none",
	}
}

// next waits for a page, but not longer than a stop lets it.
func (r *run) next(ctx context.Context, operation *flink.Operation) (flink.Page, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-r.stopping:
			r.awaitJob(finished)
			cancel()
		case <-finished:
		}
	}()
	page, err := operation.Next(ctx)
	if r.isStopped() && ctx.Err() != nil {
		return flink.Page{}, nil
	}
	return page, err
}

// awaitJob waits until Flink has shown the job, so that a cancel reaches it: a submit that is under way may still bring it.
func (r *run) awaitJob(finished <-chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		if _, err := r.client.Job(ctx, r.reservation.FlinkJobID); err == nil || ctx.Err() != nil {
			return
		}
		select {
		case <-finished:
			return
		case <-ctx.Done():
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (r *run) describe(d draft) {
	r.mu.Lock()
	r.preview.Diagnostics = append([]graph.Diagnostic{}, d.diagnostics...)
	for id, described := range d.columns {
		columns := make([]Column, len(described))
		for i, c := range described {
			columns[i] = Column{Name: c.Name, Type: c.Type}
		}
		r.columns[id] = columns
		r.preview.Nodes[id], r.rows[id] = Node{Columns: columns, Rows: []Row{}}, &ring{}
	}
	for sink, inputs := range r.sinks {
		for _, from := range inputs {
			if columns, ok := r.columns[from]; ok && r.rows[sink] == nil {
				r.preview.Nodes[sink], r.rows[sink] = Node{Columns: columns, Rows: []Row{}}, &ring{}
			}
		}
	}
	r.mu.Unlock()
	r.manager.options.OnStatus(r.snapshot(false))
}

// failure says why the job ended, in Flink's words.
func (r *run) failure(ctx context.Context, err error) error {
	var refused *flink.SQLError
	if errors.As(err, &refused) {
		if cause, ask := r.client.RootException(ctx, r.reservation.FlinkJobID); ask == nil && cause != "" {
			return errors.New(cause)
		}
		r.blame(ctx)
		return refused
	}
	return err
}

// take counts a page's rows and passes them on, once for the node and once for each sink behind it.
func (r *run) take(page flink.Page) error {
	batches := map[string][]Row{}
	for _, row := range page.Rows {
		node, decoded, err := decodeRow(row, r.columns)
		if err != nil {
			return err
		}
		batches[node] = append(batches[node], decoded)
	}
	for sink, inputs := range r.sinks {
		for _, from := range inputs {
			if rows := batches[from]; len(rows) > 0 {
				batches[sink] = slices.Concat(batches[sink], rows)
			}
		}
	}
	started := r.startedNow(page)
	for node, rows := range batches {
		r.mu.Lock()
		state := r.preview.Nodes[node]
		first := state.Count
		state.Count += int64(len(rows))
		r.preview.Nodes[node] = state
		r.rows[node].add(rows)
		r.mu.Unlock()
		r.manager.options.OnRows(r.reservation.ID, node, first, rows)
	}
	if started || len(batches) > 0 {
		r.manager.options.OnStatus(r.snapshot(false))
	}
	return nil
}

func (r *run) startedNow(page flink.Page) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.preview.State != Starting || page.JobID == "" && len(page.Rows) == 0 {
		return false
	}
	r.preview.State = Running
	return true
}

func firstError(diagnostics []graph.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == graph.Error {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return errors.New("no node of the pipeline can run")
}
