package preview_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/examples"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
	"millrace/server/preview"
)

func TestMain(m *testing.M) { flinktest.Main(m) }

// memory is a Store that forgets when the test ends.
type memory struct {
	mu   sync.Mutex
	held map[string]preview.Reservation
}

func (s *memory) ReservePreview(_ context.Context, r preview.Reservation) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[r.ID] = r
	return nil
}

func (s *memory) ReleasePreview(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, id)
	return nil
}

func (s *memory) Reservations(context.Context) ([]preview.Reservation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []preview.Reservation
	for _, r := range s.held {
		list = append(list, r)
	}
	return list, nil
}

type bench struct {
	*preview.Manager
	engine  *flinktest.Engine
	store   *memory
	samples string
	rows    map[string]int64 // "preview/node": place behind the newest row passed on
	mu      sync.Mutex
}

func newBench(t *testing.T) *bench {
	t.Helper()
	taps, err := preview.ListenTaps("127.0.0.1:0", "")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taps.Close()) })
	return newBenchOf(t, taps)
}

func newBenchOf(t *testing.T, taps *preview.Taps) *bench {
	t.Helper()
	b := &bench{engine: flinktest.Start(t), store: &memory{held: map[string]preview.Reservation{}}, samples: t.TempDir(), rows: map[string]int64{}}
	b.Manager = preview.New(preview.Options{
		Taps:      taps,
		Client:    func() *flink.Client { return b.engine.Client },
		Functions: func() []compiler.Function { return nil },
		Check:     func(*graph.Document) []graph.Diagnostic { return nil },
		Store:     b.store,
		Samples:   b.samples,
		OnStatus:  func(preview.Preview) {},
		OnRows: func(id, node string, first int64, rows []json.RawMessage) {
			b.mu.Lock()
			defer b.mu.Unlock()
			if first < b.rows[id+"/"+node] {
				t.Errorf("rows of %s begin at %d after %d", node, first, b.rows[id+"/"+node])
			}
			b.rows[id+"/"+node] = first + int64(len(rows))
		},
		Logger: slog.New(slog.DiscardHandler),
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { b.Run(ctx); close(ended) }()
	t.Cleanup(func() { cancel(); <-ended })
	return b
}

// await asks until the preview is as wanted.
func (b *bench) await(t *testing.T, id string, wanted func(preview.Preview) bool) preview.Preview {
	t.Helper()
	var seen preview.Preview
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		var ok bool
		seen, ok = b.Get(id)
		require.True(t, ok)
		if wanted(seen) {
			return seen
		}
	}
	t.Fatalf("preview did not get there: %s %s %v", seen.State, seen.Message, seen.Diagnostics)
	return seen
}

func state(wanted preview.State) func(preview.Preview) bool {
	return func(p preview.Preview) bool { return p.State == wanted }
}

func example(t *testing.T, number int) *graph.Document {
	t.Helper()
	docs, err := examples.Unpack(t.TempDir())
	require.NoError(t, err)
	return docs[number]
}

func TestFlightsExampleShowsRowsOfEveryNode(t *testing.T) {
	b := newBench(t)
	doc := example(t, 0)
	id, err := b.Start(t.Context(), "flights", 1, doc)
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Finished))
	counts := map[string]int64{}
	for node, shown := range p.Nodes {
		counts[node] = shown.Count
		require.NotEmpty(t, shown.Rows, node)
		require.Len(t, shown.Rows[0].Values, len(shown.Columns), node)
		require.LessOrEqual(t, b.rows[id+"/"+node], shown.Count, node)
	}
	require.Equal(t, map[string]int64{"flights": 20000, "late": 4349, "airports": 3376, "located": 4349, "capped": 4349, "by_state": 1802, "delays": 1802}, counts)
	require.Equal(t, []preview.Column{{Name: "window_start", Type: "TIMESTAMP(3)"}, {Name: "window_end", Type: "TIMESTAMP(3)"}, {Name: "state", Type: "STRING"}, {Name: "flights", Type: "BIGINT"}, {Name: "average_delay", Type: "DOUBLE"}}, p.Nodes["by_state"].Columns)
	row := p.Nodes["by_state"].Rows[0]
	require.Equal(t, "+I", row.Kind)
	require.IsType(t, "", row.Values[3], "BIGINT crosses as a string")
	_, err = os.Stat(filepath.Join(filepath.Dir(doc.Nodes["delays"].Config["table"].(map[string]any)["options"].(map[string]any)["path"].(string)), "delays-by-state"))
	require.Error(t, err, "a preview writes no sink")
}

func TestRelationsAreFlinksOwn(t *testing.T) {
	b := newBench(t)
	doc := example(t, 0)
	relations, err := b.Relations(t.Context(), "flights", 3, doc)
	require.NoError(t, err)
	require.Empty(t, relations.Diagnostics)
	located := relations.Nodes["located"].Columns
	require.Equal(t, preview.RelationColumn{Name: "event_time", Type: "TIMESTAMP(3)", Nullable: true, Rowtime: true}, withoutWatermark(located[5]))

	doc.Nodes["late"].Config["condition"] = "delay > 15 AND nonsense = 1"
	relations, err = b.Relations(t.Context(), "flights", 4, doc)
	require.NoError(t, err)
	require.Len(t, relations.Diagnostics, 1)
	d := relations.Diagnostics[0]
	require.Equal(t, "late", d.Node)
	require.Equal(t, "condition", d.Field)
	require.Equal(t, &graph.Span{Start: 15, End: 23}, d.Span)
	require.NotContains(t, relations.Nodes, "located")
	require.Contains(t, relations.Nodes, "airports")

	doc.Nodes["late"].Config["condition"] = "delay > 30"
	relations, err = b.Relations(t.Context(), "flights", 5, doc)
	require.NoError(t, err)
	require.Empty(t, relations.Diagnostics)
	require.Len(t, relations.Nodes, 6)
}

func TestNamesMayGoFromOneNodeToAnother(t *testing.T) {
	b := newBench(t)
	doc := example(t, 1)
	_, err := b.Relations(t.Context(), "orders", 1, doc)
	require.NoError(t, err)
	doc.Nodes["large"].Name, doc.Nodes["revenue"].Name = "revenue", "large"
	doc.Nodes["large"].Config["condition"] = "quantity > 4"
	relations, err := b.Relations(t.Context(), "orders", 2, doc)
	require.NoError(t, err)
	require.Empty(t, relations.Diagnostics)
	require.Len(t, relations.Nodes["large"].Columns, 4)
	require.Len(t, relations.Nodes["revenue"].Columns, 3)
	require.Len(t, relations.Nodes["per_product"].Columns, 5)
	id, err := b.Start(t.Context(), "orders", 2, doc)
	require.NoError(t, err)
	b.await(t, id, func(p preview.Preview) bool { return p.Nodes["revenue"].Count > 0 })
	require.NoError(t, b.Stop(t.Context(), id))
}

func withoutWatermark(c preview.RelationColumn) preview.RelationColumn {
	c.Watermark = ""
	return c
}

func TestStopEndsTheFlinkJobWithinFiveSeconds(t *testing.T) {
	b := newBench(t)
	id, err := b.Start(t.Context(), "orders", 1, example(t, 1))
	require.NoError(t, err)
	p := b.await(t, id, func(p preview.Preview) bool { return p.Nodes["orders"].Count > 0 })
	begin := time.Now()
	require.NoError(t, b.Stop(t.Context(), id))
	require.Less(t, time.Since(begin), 5*time.Second)
	requireGone(t, b, p.FlinkJobID)
	p, _ = b.Get(id)
	require.Equal(t, preview.Stopped, p.State)
	require.Empty(t, b.store.held)
}

func TestPreviewEndsWhenItsLastWatcherIsGone(t *testing.T) {
	b := newBench(t)
	id, err := b.Start(t.Context(), "orders", 1, example(t, 1))
	require.NoError(t, err)
	require.True(t, b.Watch(id))
	p := b.await(t, id, func(p preview.Preview) bool { return p.Nodes["large"].Count > 0 })
	b.Unwatch(id)
	b.await(t, id, state(preview.Stopped))
	requireGone(t, b, p.FlinkJobID)
}

func TestStopsAtAnyMomentLeaveNoJob(t *testing.T) {
	b := newBench(t)
	doc := example(t, 1)
	var jobs []string
	for i := range 12 {
		id, err := b.Start(t.Context(), "orders", 1, doc)
		require.NoError(t, err)
		time.Sleep(time.Duration(i) * 100 * time.Millisecond)
		p, _ := b.Get(id)
		jobs = append(jobs, p.FlinkJobID)
		require.NoError(t, b.Stop(t.Context(), id))
	}
	time.Sleep(2 * time.Second)
	for _, id := range jobs {
		requireGone(t, b, id)
	}
}

func TestSweepCancelsWhatAnEarlierServerLeft(t *testing.T) {
	b := newBench(t)
	id, err := b.Start(t.Context(), "orders", 1, example(t, 1))
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Running))
	next := preview.New(preview.Options{Client: func() *flink.Client { return b.engine.Client }, Store: b.store, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, next.Sweep(t.Context()))
	requireGone(t, b, p.FlinkJobID)
	require.Empty(t, b.store.held)
}

func requireGone(t *testing.T, b *bench, job string) {
	t.Helper()
	overview, err := b.engine.Client.Overview(t.Context())
	require.NoError(t, err)
	for _, seen := range overview {
		if seen.ID == job {
			require.True(t, flink.IsTerminal(seen.State), seen.State)
		}
	}
}

func TestFailingJobSaysWhy(t *testing.T) {
	b := newBench(t)
	doc := example(t, 0)
	doc.Nodes["flights"].Config["table"].(map[string]any)["options"].(map[string]any)["path"] = "file:///nowhere/flights.json"
	id, err := b.Start(t.Context(), "missing", 1, doc)
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Failed))
	require.Contains(t, p.Message, "/nowhere/flights.json")
}

func TestWarmUpIsAQueryThatFlinkTakes(t *testing.T) {
	require.NoError(t, newBench(t).Warm(t.Context()))
}
