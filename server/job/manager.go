package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
)

// What a caller may want to tell apart.
var (
	ErrEngineNotReady = errors.New("the engine is not ready yet")
	ErrNotFound       = errors.New("there is no such job")
	ErrLive           = errors.New("the pipeline has a job that runs; pause or kill it first")
)

// Refused says why a command cannot be carried out in the job's state.
type Refused struct{ Reason string }

func (e *Refused) Error() string { return e.Reason }

// Options are what a Manager works with.
type Options struct {
	Client       func() *flink.Client                     // nil while the engine is not ready
	Functions    func() []compiler.Function               // registered functions
	Check        func(*graph.Document) []graph.Diagnostic // what stands outside the document, such as missing files
	Store        Store
	SavepointDir string    // where savepoints go, as a URL; "" leaves it to the cluster
	OnChange     func(Job) // called after a change was stored, and when figures changed
	Logger       *slog.Logger
}

// Manager deploys pipelines and follows their jobs. It is safe for concurrent use.
type Manager struct {
	options Options
	mu      sync.Mutex
	jobs    map[string]*Job // by id; what the store holds, with newer figures
	missing map[string]time.Time
	busy    map[string]bool // commands that a goroutine of ours carries out
	ctx     context.Context
	work    sync.WaitGroup
}

// Open reads the jobs of the store. Run must be called for them to be followed.
func Open(ctx context.Context, options Options) (*Manager, error) {
	stored, err := options.Store.Jobs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read jobs: %w", err)
	}
	m := &Manager{options: options, jobs: map[string]*Job{}, missing: map[string]time.Time{}, busy: map[string]bool{}, ctx: context.Background()}
	for _, job := range stored {
		job.Live = job.State.Live()
		if job.Nodes == nil {
			job.Nodes = map[string]Figures{}
		}
		m.jobs[job.ID] = &job
	}
	return m, nil
}

// List returns all jobs, newest first.
func (m *Manager) List() []Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := make([]Job, 0, len(m.jobs))
	for _, job := range m.jobs {
		list = append(list, *job)
	}
	slices.SortFunc(list, func(a, b Job) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return list
}

// Get returns one job, or ErrNotFound.
func (m *Manager) Get(id string) (Job, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	job, ok := m.jobs[id]
	if !ok {
		return Job{}, ErrNotFound
	}
	return *job, nil
}

// Deploy writes the job down under a new Flink job id and submits it in the background. The error is a *compiler.Invalid
// for a document with errors, and ErrLive while another job of the pipeline runs.
func (m *Manager) Deploy(ctx context.Context, pipeline, name string, revision int64, doc *graph.Document) (Job, error) {
	return m.deploy(ctx, Job{Pipeline: pipeline, PipelineName: name, Revision: revision, Document: doc.Encode()}, "")
}

func (m *Manager) deploy(ctx context.Context, job Job, restore string) (Job, error) {
	if m.options.Client() == nil {
		return Job{}, ErrEngineNotReady
	}
	doc, err := graph.Decode(job.Document)
	if err != nil {
		return Job{}, fmt.Errorf("read deployed document: %w", err)
	}
	script := compiler.Compile(doc, compiler.Options{Functions: m.options.Functions()})
	found := append(script.Diagnostics, m.options.Check(doc)...)
	if script.StatementSet() == "" {
		found = append(found, graph.Diagnostic{Severity: graph.Error, Code: "no-sink", Summary: "Nothing to run", Detail: "A job needs a sink: connect one, or use the preview to look at rows."})
	}
	if graph.HasErrors(found) {
		return Job{}, &compiler.Invalid{Diagnostics: found}
	}
	now := time.Now().UTC()
	job.ID, job.FlinkJobID = uuid.Must(uuid.NewV7()).String(), flink.NewID()
	job.State, job.CreatedAt, job.UpdatedAt, job.Nodes, job.Live = Deploying, now, now, map[string]Figures{}, true
	if err := m.insert(ctx, job); err != nil {
		return Job{}, err
	}
	m.options.OnChange(job)
	m.work.Add(1)
	go func() {
		defer m.work.Done()
		m.submit(job, script, restore)
	}()
	return job, nil
}

// insert stores the job unless the pipeline has a live one.
func (m *Manager) insert(ctx context.Context, job Job) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, other := range m.jobs {
		if other.Pipeline == job.Pipeline && other.State.Live() {
			return ErrLive
		}
	}
	if err := m.options.Store.InsertJob(ctx, job); err != nil {
		return fmt.Errorf("store job: %w", err)
	}
	m.jobs[job.ID] = &job
	return nil
}

// change edits a job, stores it and tells about it. Figures alone are not worth a write.
func (m *Manager) change(id string, edit func(*Job)) {
	m.mu.Lock()
	job, ok := m.jobs[id]
	if !ok {
		m.mu.Unlock()
		return
	}
	before := *job
	edit(job)
	job.Live = job.State.Live()
	stored := before.State != job.State || before.SavepointPath != job.SavepointPath || before.Exception != job.Exception ||
		before.Message != job.Message || before.FlinkState != job.FlinkState
	if stored {
		job.UpdatedAt = time.Now().UTC()
		if err := m.options.Store.UpdateJob(m.ctx, *job); err != nil {
			m.options.Logger.Error("job is not stored; it will be tried again", "job", id, "error", err)
			*job = before
			m.mu.Unlock()
			return
		}
	}
	after := *job
	m.mu.Unlock()
	m.options.OnChange(after)
}

// submit sends the script under the job's fixed id. Whether the job runs is decided by what the JobManager shows of the
// id, never by the gateway's answer alone.
func (m *Manager) submit(job Job, script compiler.Script, restore string) {
	ctx, cancel := context.WithTimeout(m.ctx, 3*time.Minute)
	defer cancel()
	client := m.options.Client()
	if client == nil {
		m.refuse(job.ID, ErrEngineNotReady)
		return
	}
	refusal := m.send(ctx, client, job, script, restore)
	if refusal == nil {
		return // the observer takes over
	}
	if _, err := client.Job(ctx, job.FlinkJobID); errors.Is(err, flink.ErrNotFound) {
		m.refuse(job.ID, refusal)
	}
}

func (m *Manager) refuse(id string, why error) {
	m.change(id, func(job *Job) { job.State, job.Exception = DeployFailed, why.Error() })
}

func (m *Manager) send(ctx context.Context, client *flink.Client, job Job, script compiler.Script, restore string) error {
	session, err := client.OpenSession(ctx, "millrace-deploy", nil)
	if err != nil {
		return fmt.Errorf("open session: %w", err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = session.Close(ctx) // the job outlives its session
	}()
	for _, statement := range script.Statements {
		if statement.Insert {
			continue
		}
		if _, err := session.Run(ctx, statement.SQL, nil); err != nil {
			return fmt.Errorf("%s: %w", nodeName(job, statement.Node), err)
		}
	}
	_, err = session.Run(ctx, script.StatementSet(), config(job, restore))
	return err
}

func config(job Job, restore string) map[string]string {
	options := map[string]string{
		"$internal.pipeline.job-id": job.FlinkJobID,
		"pipeline.name":             fmt.Sprintf("%s [mr:%.8s]", job.PipelineName, job.ID),
		"execution.checkpointing.externalized-checkpoint-retention": "RETAIN_ON_CANCELLATION",
		"table.optimizer.reuse-optimize-block-with-digest-enabled":  "true", // a node with two sinks runs once
	}
	if restore != "" {
		options["execution.state-recovery.path"] = restore
	}
	return options
}

func nodeName(job Job, node string) string {
	if doc, err := graph.Decode(job.Document); err == nil && doc.Nodes[node] != nil {
		return doc.Nodes[node].Name
	}
	return "settings"
}
