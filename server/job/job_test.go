package job_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/examples"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
	"millrace/server/job"
)

func TestMain(m *testing.M) { flinktest.Main(m) }

// memory is a Store that lives as long as the test.
type memory struct {
	mu       sync.Mutex
	jobs     map[string]job.Job
	commands map[string]job.Command
}

func newMemory() *memory {
	return &memory{jobs: map[string]job.Job{}, commands: map[string]job.Command{}}
}

func (s *memory) InsertJob(_ context.Context, j job.Job) error {
	return s.UpdateJob(context.Background(), j)
}

func (s *memory) UpdateJob(_ context.Context, j job.Job) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs[j.ID] = j
	return nil
}

func (s *memory) Jobs(context.Context) ([]job.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []job.Job
	for _, j := range s.jobs {
		list = append(list, j)
	}
	return list, nil
}

func (s *memory) PutCommand(_ context.Context, c job.Command) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands[c.ID] = c
	return nil
}

func (s *memory) Commands(_ context.Context, id string) ([]job.Command, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []job.Command
	for _, c := range s.commands {
		if id == "" || c.Job == id {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b job.Command) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return list, nil
}

// open starts a manager over the store, as a server does.
func open(t *testing.T, store *memory, savepoints string) (*job.Manager, func()) {
	t.Helper()
	engine := flinktest.Start(t)
	m, err := job.Open(t.Context(), job.Options{
		Client:       func() *flink.Client { return engine.Client },
		Functions:    func() []compiler.Function { return nil },
		Check:        func(*graph.Document) []graph.Diagnostic { return nil },
		Store:        store,
		SavepointDir: "file://" + savepoints,
		OnChange:     func(job.Job) {},
		Logger:       slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { m.Run(ctx); close(ended) }()
	stop := sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(stop)
	return m, stop
}

func await(t *testing.T, m *job.Manager, id string, wanted func(job.Job) bool) job.Job {
	t.Helper()
	var seen job.Job
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var err error
		seen, err = m.Get(id)
		require.NoError(t, err)
		if wanted(seen) {
			return seen
		}
	}
	text, _ := json.Marshal(seen)
	t.Fatalf("job did not get there: %s", text)
	return seen
}

func in(state job.State) func(job.Job) bool { return func(j job.Job) bool { return j.State == state } }

func example(t *testing.T, number int) (*graph.Document, string) {
	t.Helper()
	dir := t.TempDir()
	docs, err := examples.Unpack(dir)
	require.NoError(t, err)
	return docs[number], dir
}

func TestFlightsExampleWritesItsSink(t *testing.T) {
	m, _ := open(t, newMemory(), t.TempDir())
	doc, dir := example(t, 0)
	deployed, err := m.Deploy(t.Context(), "flights", "Flights", 1, doc)
	require.NoError(t, err)
	done := await(t, m, deployed.ID, in(job.Finished))
	require.Equal(t, deployed.FlinkJobID, done.FlinkJobID)
	require.EqualValues(t, 20000, count(done.Nodes["flights"].RecordsOut), "what has ended is counted exactly")
	require.EqualValues(t, 3376, count(done.Nodes["airports"].RecordsOut))
	require.EqualValues(t, 4349+3376, count(done.Nodes["located"].RecordsIn))
	files, err := filepath.Glob(filepath.Join(dir, "delays-by-state", "part-*"))
	require.NoError(t, err)
	lines := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		lines += strings.Count(string(data), "\n")
	}
	require.Equal(t, 1802, lines)
}

func TestLifeOfAStreamingJob(t *testing.T) {
	store := newMemory()
	m, stop := open(t, store, t.TempDir())
	doc, _ := example(t, 1)
	deployed, err := m.Deploy(t.Context(), "orders", "Orders", 7, doc)
	require.NoError(t, err)
	_, err = m.Deploy(t.Context(), "orders", "Orders", 7, doc)
	require.ErrorIs(t, err, job.ErrLive)
	counting := await(t, m, deployed.ID, func(j job.Job) bool {
		return j.State == job.Running && count(j.Nodes["orders"].RecordsOut) > 0 && count(j.Nodes["per_product"].RecordsOut) > 0 && count(j.Nodes["totals"].RecordsIn) > 0
	})
	require.NotContains(t, counting.Nodes, "large", "a filter has no operator of its own")
	await(t, m, deployed.ID, func(j job.Job) bool {
		return count(j.Nodes["orders"].RecordsOut) > count(counting.Nodes["orders"].RecordsOut)
	})

	stop() // the server ends; a Flink of somebody else's runs on
	m, _ = open(t, store, t.TempDir())
	await(t, m, deployed.ID, func(j job.Job) bool { return j.State == job.Running && len(j.Nodes) > 0 })

	_, err = m.Command(t.Context(), deployed.ID, "pause")
	require.NoError(t, err)
	paused := await(t, m, deployed.ID, in(job.Paused))
	require.DirExists(t, strings.TrimPrefix(paused.SavepointPath, "file:"))
	_, err = m.Command(t.Context(), deployed.ID, "pause")
	require.ErrorContains(t, err, "PAUSED")

	_, err = m.Command(t.Context(), deployed.ID, "resume")
	require.NoError(t, err)
	var resumed job.Job
	require.Eventually(t, func() bool { resumed = m.List()[0]; return resumed.ID != deployed.ID && resumed.State == job.Running }, 30*time.Second, 50*time.Millisecond)
	require.NotEqual(t, deployed.FlinkJobID, resumed.FlinkJobID, "one Flink job id is one attempt")

	command, err := m.Command(t.Context(), resumed.ID, "kill")
	require.NoError(t, err)
	killed := await(t, m, resumed.ID, in(job.Killed))
	require.Equal(t, "CANCELED", killed.FlinkState)
	require.Eventually(t, func() bool { return stateOf(t, store, command.ID) == job.Succeeded }, 10*time.Second, 20*time.Millisecond)
}

func count(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

func TestRefusedDeploySaysWhyAndRunsNothing(t *testing.T) {
	m, _ := open(t, newMemory(), t.TempDir())
	doc, _ := example(t, 1)
	doc.Nodes["large"].Config["condition"] = "nonsense > 3"
	deployed, err := m.Deploy(t.Context(), "refused", "Refused", 1, doc)
	require.NoError(t, err)
	refused := await(t, m, deployed.ID, in(job.DeployFailed))
	require.Contains(t, refused.Exception, "nonsense")
	require.Contains(t, refused.Exception, "large")
}

func TestFailingJobShowsItsRootCause(t *testing.T) {
	m, _ := open(t, newMemory(), t.TempDir())
	doc, dir := example(t, 0)
	require.NoError(t, os.Remove(filepath.Join(dir, "flights-20k.json")))
	deployed, err := m.Deploy(t.Context(), "failing", "Failing", 1, doc)
	require.NoError(t, err)
	failing := await(t, m, deployed.ID, func(j job.Job) bool { return j.Exception != "" })
	require.Contains(t, failing.Exception, "flights-20k.json")
	if failing.State.Live() {
		_, err = m.Command(t.Context(), deployed.ID, "kill")
		require.NoError(t, err)
		await(t, m, deployed.ID, func(j job.Job) bool { return !j.State.Live() })
	}
}

func TestDocumentsThatCannotRunAreRefusedBeforeAnythingIsStored(t *testing.T) {
	store := newMemory()
	m, _ := open(t, store, t.TempDir())
	doc, _ := example(t, 1)
	doc.Nodes["large"].Config["condition"] = "(quantity > 3"
	var invalid *compiler.Invalid
	_, err := m.Deploy(t.Context(), "broken", "Broken", 1, doc)
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "large", invalid.Diagnostics[0].Node)
	_, err = m.Deploy(t.Context(), "empty", "Empty", 1, graph.New("empty"))
	require.ErrorAs(t, err, &invalid)
	require.Empty(t, store.jobs)
}

func stateOf(t *testing.T, store *memory, command string) job.CommandState {
	t.Helper()
	store.mu.Lock()
	defer store.mu.Unlock()
	return store.commands[command].State
}
