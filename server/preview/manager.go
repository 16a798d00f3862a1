package preview

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
)

// How long things last.
const (
	MaxRows      = 1000             // rows of each node in an answer
	MaxPreviews  = 8                // at one time
	maxTime      = 15 * time.Minute // of a preview
	figuresPause = 100 * time.Millisecond
	statePause   = 500 * time.Millisecond
	patience     = 10 * time.Second // with an engine that does not answer
	lifePause    = 10 * time.Second // between two signs of life to the JobManager
	lifeTimeout  = 30 * time.Second // after which it counts a preview's owner as gone
	unwatched    = 2 * time.Second  // after the last watcher is gone
	unasked      = time.Minute      // without a watcher from the start, after the last Get
	leaseCheck   = 500 * time.Millisecond
	workspaceTTL = 8 * time.Minute // the gateway forgets idle sessions after ten
)

// ErrEngineNotReady says that there is no Flink to ask right now.
var ErrEngineNotReady = errors.New("the engine is not ready yet")

// ErrTooMany says that no further preview may run.
var ErrTooMany = fmt.Errorf("%d previews run already: stop one, or wait until one ends", MaxPreviews)

// Options are what a Manager works with.
type Options struct {
	Taps      *Taps                                    // nil: rows come by queries only
	Client    func() *flink.Client                     // nil while the engine is not ready
	Functions func() []compiler.Function               // registered functions
	Check     func(*graph.Document) []graph.Diagnostic // what stands outside the document, such as missing files
	Store     Store                                    // keeps job ids across a restart
	Samples   string                                   // folder for the files of samples, which Flink reads; "": runs on samples are refused
	OnStatus  func(Preview)                            // called on each change, without rows
	// OnRows is told rows, each the JSON of a Row. First is the index of the first of them in the node's output.
	OnRows func(preview, node string, first int64, rows []json.RawMessage)
	Logger *slog.Logger
}

// Manager runs previews and keeps a warm session for each pipeline. It is safe for concurrent use.
type Manager struct {
	options    Options
	offer      *offer
	mu         sync.Mutex
	runs       map[string]*run
	workspaces map[string]*workspace
	files      *sampleFiles
	slots      chan string // the sessions that evaluations take turns in
}

// New returns a manager; Run must be called for leases to end.
func New(options Options) *Manager {
	return &Manager{
		options: options, offer: &offer{taps: options.Taps}, runs: map[string]*run{}, workspaces: map[string]*workspace{},
		files: newSampleFiles(options.Samples), slots: newSlots(),
	}
}

// Relations describes every node of a document. Failures of ours and of the engine are errors; what Flink says of the
// nodes are diagnostics.
func (m *Manager) Relations(ctx context.Context, pipeline string, revision int64, doc *graph.Document) (Relations, error) {
	client := m.options.Client()
	if client == nil {
		return Relations{}, ErrEngineNotReady
	}
	doc = readOnly(doc)
	w := m.workspace(pipeline)
	w.mu.Lock()
	d, err := w.update(ctx, client, doc, m.options.Functions())
	if err != nil {
		w.mu.Unlock()
		return Relations{}, err
	}
	go func() {
		defer w.mu.Unlock()
		w.prepareTaps(context.WithoutCancel(ctx), d.shown(doc), d.columns)
	}()
	relations := Relations{Revision: revision, Nodes: make(map[string]Relation, len(d.columns)), Diagnostics: d.diagnostics}
	for id, columns := range d.columns {
		relation := Relation{Columns: make([]RelationColumn, len(columns))}
		for i, c := range columns {
			relation.Columns[i] = RelationColumn{Name: c.Name, Type: c.Type, Nullable: c.Nullable, Rowtime: c.Rowtime, Watermark: c.Watermark}
		}
		relations.Nodes[id] = relation
	}
	return relations, nil
}

func (m *Manager) workspace(pipeline string) *workspace {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := m.workspaces[pipeline]
	if w == nil {
		w = &workspace{check: m.options.Check, offer: m.offer}
		m.workspaces[pipeline] = w
	}
	return w
}

// Start runs the whole draft, on its samples where there are some, and returns the preview's id at once. Nodes with errors are
// left out; when none is left, the error is a *compiler.Invalid. A preview of the same pipeline that is still there gives way as
// soon as this one runs.
func (m *Manager) Start(ctx context.Context, pipeline string, revision int64, doc *graph.Document) (string, error) {
	r, err := m.start(ctx, Reservation{Pipeline: pipeline}, revision, doc, false)
	if err != nil {
		return "", err
	}
	return r.reservation.ID, nil
}

func (m *Manager) start(ctx context.Context, reservation Reservation, revision int64, doc *graph.Document, complete bool) (*run, error) {
	client := m.options.Client()
	if client == nil {
		return nil, ErrEngineNotReady
	}
	script := compiler.Compile(doc, compiler.Options{Functions: m.options.Functions()})
	if len(script.References) == 0 {
		return nil, &compiler.Invalid{Diagnostics: append(script.Diagnostics, nothingToPreview(doc)...)}
	}
	sampled, err := m.onSamples(ctx, client, reservation.Pipeline, readOnly(doc))
	if err != nil {
		return nil, err
	}
	reservation.ID, reservation.FlinkJobID, reservation.StartedAt = uuid.Must(uuid.NewV7()).String(), flink.NewID(), time.Now().UTC()
	if err := m.options.Store.ReservePreview(ctx, reservation); err != nil {
		sampled.release()
		return nil, fmt.Errorf("reserve preview: %w", err)
	}
	r := newRun(m, client, reservation, revision, sampled)
	r.complete = complete
	if !m.admit(r) {
		sampled.release()
		return nil, errors.Join(ErrTooMany, m.options.Store.ReleasePreview(ctx, reservation.ID))
	}
	go r.work()
	return r, nil
}

// admit takes a run in unless too many others run. Of its own pipeline's runs it waits for none: they end when it runs, those
// that have not begun to show anything at once.
func (m *Manager) admit(r *run) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	others := 0
	for _, other := range m.runs {
		switch {
		case !other.isLive():
		case other.pipeline != r.pipeline:
			others++
		case other.isStarting():
			other.stop("A newer preview of this pipeline took its place.")
		default:
			r.replaces = append(r.replaces, other)
		}
	}
	if others >= MaxPreviews {
		return false
	}
	m.runs[r.reservation.ID] = r
	return true
}

func nothingToPreview(doc *graph.Document) []graph.Diagnostic {
	if len(doc.Nodes) > 0 {
		return nil
	}
	return []graph.Diagnostic{{Severity: graph.Error, Code: "empty", Summary: "Nothing to preview", Detail: "The pipeline is empty: add a source."}}
}

// Get returns a preview with its newest rows, at most MaxRows of each node; asking counts as a sign of life where no socket
// watches.
func (m *Manager) Get(id string) (Preview, bool) {
	p, rows, ok := m.Tail(id)
	for node, tail := range rows {
		shown := p.Nodes[node]
		shown.Rows = decodeRows(tail)
		p.Nodes[node] = shown
	}
	return p, ok
}

// Tail is Get with the rows as they go over the wire, by node; the last of them is the newest.
func (m *Manager) Tail(id string) (Preview, map[string][]json.RawMessage, bool) {
	m.mu.Lock()
	r := m.runs[id]
	m.mu.Unlock()
	if r == nil {
		return Preview{}, nil, false
	}
	p, rows := r.ask(MaxRows)
	return p, rows, true
}

func decodeRows(encoded []json.RawMessage) []Row {
	rows := make([]Row, len(encoded))
	for i, data := range encoded {
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		if decoder.Decode(&rows[i]) != nil {
			rows[i] = Row{Kind: "+I", Values: []any{}} // rows were valid JSON when they came; only their shape can be wrong
		}
	}
	return rows
}

// Watch takes the lease of a preview; Unwatch gives it back. A preview ends when its last watcher has been gone for two
// seconds. Watch answers false when there is no such preview.
func (m *Manager) Watch(id string) bool { return m.lease(id, 1) }

// Unwatch gives back what Watch took.
func (m *Manager) Unwatch(id string) { m.lease(id, -1) }

func (m *Manager) lease(id string, change int) bool {
	m.mu.Lock()
	r := m.runs[id]
	m.mu.Unlock()
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watchers += change
	if r.watchers == 0 {
		r.left = time.Now()
	}
	return true
}

// Stop ends a preview and returns when its Flink job is terminal or ctx is done.
func (m *Manager) Stop(ctx context.Context, id string) error {
	m.mu.Lock()
	r := m.runs[id]
	m.mu.Unlock()
	if r == nil {
		return nil
	}
	r.stop("")
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop preview %s: %w", id, ctx.Err())
	}
}

// Run ends previews whose lease is over and closes sessions that nobody uses, until ctx is done; then it ends all.
func (m *Manager) Run(ctx context.Context) {
	ticker := time.NewTicker(leaseCheck)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			m.stopAll()
			return
		case now := <-ticker.C:
			m.expire(now)
		}
	}
}

func (m *Manager) expire(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, r := range m.runs {
		over, why := r.leaseOver(now)
		if !over {
			continue
		}
		r.stop(why)
		select {
		case <-r.done:
			delete(m.runs, id)
		default:
		}
	}
	for pipeline, w := range m.workspaces {
		if !w.mu.TryLock() {
			continue
		}
		if now.Sub(w.used) > workspaceTTL {
			delete(m.workspaces, pipeline)
			go w.close(context.Background())
		}
		w.mu.Unlock()
	}
}

func (m *Manager) stopAll() {
	m.mu.Lock()
	var runs []*run
	for _, r := range m.runs {
		r.stop("The server was stopped.")
		runs = append(runs, r)
	}
	m.mu.Unlock()
	deadline := time.After(5 * time.Second)
	for _, r := range runs {
		select {
		case <-r.done:
		case <-deadline:
			return
		}
	}
}

// Sweep cancels the Flink jobs of previews that an earlier server left behind, by their ids and until they are terminal, and
// removes the files of its samples.
func (m *Manager) Sweep(ctx context.Context) error {
	client := m.options.Client()
	if client == nil {
		return ErrEngineNotReady
	}
	m.files.sweep()
	left, err := m.options.Store.Reservations(ctx)
	if err != nil {
		return fmt.Errorf("read preview reservations: %w", err)
	}
	for _, reservation := range left {
		m.mu.Lock()
		ours := m.runs[reservation.ID] != nil
		m.mu.Unlock()
		if ours {
			continue
		}
		if _, err := client.CancelUntilTerminal(ctx, reservation.FlinkJobID); err != nil && !errors.Is(err, flink.ErrNotFound) {
			return fmt.Errorf("sweep preview %s: %w", reservation.ID, err)
		}
		if err := m.options.Store.ReleasePreview(ctx, reservation.ID); err != nil {
			return fmt.Errorf("release preview %s: %w", reservation.ID, err)
		}
	}
	return nil
}
