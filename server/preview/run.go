package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strconv"
	"sync"
	"time"

	"millrace/graph"
	"millrace/server/flink"
)

// run is one preview at work: one goroutine submits, follows the job until the end or a stop, and cleans up.
type run struct {
	manager     *Manager
	client      *flink.Client
	pipeline    string
	doc         *graph.Document
	sampled     sampled
	complete    bool // all rows are wanted, at the price of holding the job back
	reservation Reservation
	replaces    []*run              // earlier previews of the pipeline, which end when this one runs
	sinks       map[string][]string // node to the sinks that would write its rows

	stopping chan struct{} // closed by stop
	done     chan struct{} // closed when the Flink job is terminal

	submitted bool // a statement that starts the job was sent

	refused map[string]bool    // nodes that Flink turned out not to plan
	blamed  []graph.Diagnostic // what it says of them
	failure error              // why the state is Failed; to be read when done is closed

	taking sync.Mutex // held while rows are taken and passed on, so that they are passed on in order

	mu       sync.Mutex
	preview  Preview // nodes without rows
	changed  bool    // figures that were not told yet
	draft    draft   // as it was submitted
	rows     map[string]*ring
	columns  map[string][]Column
	marks    map[string]map[origin]int64 // watermarks by node and where they come from
	watchers int
	left     time.Time // when the last watcher left; zero while none has
	asked    time.Time // when Get asked last
	stopped  bool
}

func newRun(m *Manager, client *flink.Client, reservation Reservation, revision int64, input sampled) *run {
	return &run{
		manager: m, client: client, pipeline: reservation.Pipeline, doc: input.doc, sampled: input, reservation: reservation, sinks: sinksBehind(input.doc),
		stopping: make(chan struct{}), done: make(chan struct{}), asked: time.Now(),
		refused: map[string]bool{}, rows: map[string]*ring{}, columns: map[string][]Column{}, marks: map[string]map[origin]int64{},
		preview: Preview{
			ID: reservation.ID, Pipeline: reservation.Pipeline, Revision: revision, State: Starting, Way: Tap, FlinkJobID: reservation.FlinkJobID,
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

// isLive tells whether the preview still takes room on the cluster.
func (r *run) isLive() bool {
	select {
	case <-r.done:
		return false
	default:
		return true
	}
}

func (r *run) isStarting() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.preview.State == Starting
}

// figures is the preview as it stands, without rows.
func (r *run) figures() Preview {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changed = false
	return r.copied()
}

// copied is the preview as it stands, with nodes of its own. The caller holds mu.
func (r *run) copied() Preview {
	p := r.preview
	p.Nodes = maps.Clone(r.preview.Nodes)
	return p
}

// ask is what a person asks for, with the newest n rows of each node; asking is a sign of life.
func (r *run) ask(n int) (Preview, map[string][]json.RawMessage) {
	r.mu.Lock()
	r.asked = time.Now()
	rows := make(map[string][]json.RawMessage, len(r.rows))
	for id, kept := range r.rows {
		rows[id] = kept.last(n)
	}
	p := r.copied()
	r.mu.Unlock()
	return p, rows
}

func (r *run) set(state State, message string) {
	r.mu.Lock()
	r.preview.State = state
	if message != "" {
		r.preview.Message = message
	}
	r.mu.Unlock()
	r.tell()
}

func (r *run) tell() { r.manager.options.OnStatus(r.figures()) }

// running says once that the job runs; previews that it takes the place of end now.
func (r *run) running() {
	r.mu.Lock()
	before := r.preview.State
	if before == Starting {
		r.preview.State = Running
	}
	r.mu.Unlock()
	if before != Starting {
		return
	}
	for _, earlier := range r.replaces {
		earlier.stop("A newer preview of this pipeline took its place.")
	}
	r.tell()
}

// work is the preview's life. Its Flink job is cancelled by id until it is terminal, whatever happened before.
func (r *run) work() {
	defer close(r.done)
	defer r.sampled.release()
	ctx, cancel := context.WithTimeout(context.Background(), maxTime+time.Minute)
	defer cancel()
	ended := make(chan struct{})
	defer close(ended)
	go r.pulse(ctx, ended)
	err := r.show(ctx)
	state, message := Stopped, ""
	switch {
	case r.isStopped():
	case err != nil:
		state, message, r.failure = Failed, err.Error(), err
	default:
		r.running() // a short one may end before it was seen to run
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

// pulse tells new figures ten times a second, and the JobManager that the preview lives.
func (r *run) pulse(ctx context.Context, ended <-chan struct{}) {
	figures, life := time.NewTicker(figuresPause), time.NewTicker(lifePause)
	defer figures.Stop()
	defer life.Stop()
	for {
		select {
		case <-ended:
			return
		case <-figures.C:
			r.mu.Lock()
			changed := r.changed
			r.mu.Unlock()
			if changed {
				r.tell()
			}
		case <-life.C:
			err := r.client.KeepJob(ctx, r.reservation.FlinkJobID, time.Now().Add(lifeTimeout))
			if err != nil && !errors.Is(err, flink.ErrNotFound) {
				r.manager.options.Logger.Log(ctx, slog.LevelDebug, "preview's life is not told", "preview", r.reservation.ID, "error", err)
			}
		}
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

// cleanUp makes sure of the end of the Flink job. One that does not appear although it was submitted, and appears later after
// all, ends by itself: nobody takes its rows or says that it lives.
func (r *run) cleanUp() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if r.submitted {
		if _, err := r.client.CancelUntilTerminal(ctx, r.reservation.FlinkJobID); err != nil && !errors.Is(err, flink.ErrNotFound) {
			return err
		}
	}
	return r.manager.options.Store.ReleasePreview(ctx, r.reservation.ID)
}

// show runs the draft until the end, a failure or a stop. Where Flink does not plan it by one way, the next is tried; where it
// plans by none, the nodes that it does not plan by themselves are found and left out.
func (r *run) show(ctx context.Context) error {
	for {
		w := r.manager.workspace(r.sampled.session)
		ways, err := r.prepare(ctx, w)
		if err != nil {
			return err
		}
		var refused *flink.SQLError
		for _, way := range ways {
			if r.isStopped() {
				return nil
			}
			r.by(way)
			err = r.showBy(ctx, w, way)
			if !errors.As(err, &refused) || r.isStopped() {
				return err
			}
			if cause, ask := r.client.RootException(ctx, r.reservation.FlinkJobID); ask == nil && cause != "" {
				return errors.New(cause) // it planned, and failed when it ran
			}
			w.refused(r.draft, way)
		}
		if len(r.refused) > 0 || !r.blame(ctx, w) {
			return refused
		}
	}
}

func (r *run) showBy(ctx context.Context, w *workspace, way Way) error {
	if way == Union {
		return r.showByQuery(ctx, w)
	}
	return r.showByTap(ctx, w, way)
}

func (r *run) by(way Way) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.preview.Way = way
}

// prepare brings the draft into the session and says by which ways its rows may come, the best first.
func (r *run) prepare(ctx context.Context, w *workspace) ([]Way, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	d, err := w.update(ctx, r.client, r.doc, r.manager.options.Functions())
	if err != nil {
		return nil, err
	}
	for id := range r.refused {
		delete(d.columns, id)
	}
	d.diagnostics = append(d.diagnostics, r.blamed...)
	r.describe(d)
	if len(d.shown(r.doc)) == 0 {
		return nil, firstError(d.diagnostics)
	}
	return w.ways(d), nil
}

// config are the job's Flink options: rows as they come (an exactly-once collect sink shows them only after a checkpoint), no
// restart that would show rows twice, the id that was stored before, and an end when nobody says any more that it lives.
func (r *run) config(way Way) map[string]string {
	return map[string]string{
		"$internal.pipeline.job-id":           r.reservation.FlinkJobID,
		"pipeline.name":                       fmt.Sprintf("preview of %s [pv:%.8s]", r.doc.Name, r.reservation.ID),
		"execution.checkpointing.mode":        "AT_LEAST_ONCE",
		"restart-strategy.type":               "none",
		"execution.attached":                  "true",
		"execution.shutdown-on-attached-exit": "true",
		"client.heartbeat.timeout":            lifeTimeout.String(),
		// One scan and one evaluation for all nodes, also where they end in sinks of their own.
		"table.optimizer.reuse-optimize-block-with-digest-enabled": strconv.FormatBool(way == Tap),
	}
}

func (r *run) describe(d draft) {
	r.mu.Lock()
	r.draft = d
	// Concat would make nil of nothing, which is no list on the wire.
	r.preview.Diagnostics = append(append([]graph.Diagnostic{}, r.sampled.told...), d.diagnostics...)
	clear(r.preview.Nodes)
	clear(r.rows)
	for _, id := range d.shown(r.doc) {
		columns := make([]Column, len(d.columns[id]))
		for i, c := range d.columns[id] {
			columns[i] = Column{Name: c.Name, Type: c.Type}
		}
		r.columns[id] = columns
		for _, shown := range append([]string{id}, r.sinks[id]...) {
			if r.rows[shown] == nil {
				r.rows[shown] = &ring{}
			}
			if _, known := r.preview.Nodes[shown]; !known {
				r.preview.Nodes[shown] = Node{Columns: columns, Rows: []Row{}}
			}
		}
	}
	r.mu.Unlock()
	r.tell()
}

// take counts rows of a node and passes them on, once for the node and once for each sink behind it.
func (r *run) take(from string, subtask int, b batch) {
	r.taking.Lock()
	defer r.taking.Unlock()
	for _, node := range append([]string{from}, r.sinks[from]...) {
		r.mu.Lock()
		kept := r.rows[node]
		if kept == nil { // of a node that is not shown
			r.mu.Unlock()
			continue
		}
		state := r.preview.Nodes[node]
		first := state.Count + b.dropped
		state.Count = first + int64(len(b.rows))
		state.Dropped += b.dropped
		state.Watermark = r.watermark(node, origin{from, subtask}, b.watermark)
		r.preview.Nodes[node] = state
		kept.add(b.rows)
		r.changed = true
		r.mu.Unlock()
		if len(b.rows) > 0 {
			r.manager.options.OnRows(r.reservation.ID, node, first, b.rows)
		}
	}
	if len(b.rows) > 0 {
		r.running()
	}
}

// origin is one stream of rows: a subtask of the sink behind a node.
type origin struct {
	node    string
	subtask int
}

// watermark is a node's watermark: the lowest of all that come in. The caller holds mu.
func (r *run) watermark(node string, from origin, at int64) string {
	if r.marks[node] == nil {
		r.marks[node] = map[origin]int64{}
	}
	r.marks[node][from] = at
	for _, other := range r.marks[node] {
		at = min(at, other)
	}
	switch at {
	case noWatermark:
		return ""
	case endWatermark:
		return WatermarkEnd
	}
	return time.UnixMilli(at).UTC().Format("2006-01-02T15:04:05.000Z")
}

func firstError(diagnostics []graph.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == graph.Error {
			return fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return errors.New("no node of the pipeline can run")
}
