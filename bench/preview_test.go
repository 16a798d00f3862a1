//go:build bench

package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// engineApart starts a Flink that outlives the servers of a test.
func engineApart(t *testing.T) *flink.Local {
	t.Helper()
	options, err := flinktest.Options(t.TempDir())
	require.NoError(t, err)
	engine := flink.StartLocal(options)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		require.NoError(t, engine.Close(ctx))
	})
	require.NoError(t, flinktest.Await(engine))
	return engine
}

func startOn(t *testing.T, engine *flink.Local) running {
	return start(t, "--gateway", engine.Status().Gateway, "--jobmanager", engine.Status().JobManager)
}

// datagen is a source without end.
func datagen(rowsPerSecond string, columns ...string) *graph.Node {
	var list []any
	for _, column := range columns {
		name, typ, _ := strings.Cut(column, " ")
		list = append(list, map[string]any{"name": name, "type": typ})
	}
	return &graph.Node{Kind: "source", Config: graph.Config{"table": map[string]any{
		"columns": list, "options": map[string]any{"connector": "datagen", "rows-per-second": rowsPerSecond},
	}}}
}

// drawing is a document of a source and filters behind it, side by side.
func drawing(source *graph.Node, filters int) *graph.Document {
	doc := graph.New("drawing")
	source.Name = "numbers"
	doc.Nodes["numbers"] = source
	for i := range filters {
		id := fmt.Sprintf("filter%d", i)
		doc.Nodes[id] = &graph.Node{Kind: "filter", Name: id, Config: graph.Config{"condition": fmt.Sprintf("n <> %d", i)}}
		doc.Edges = append(doc.Edges, graph.Edge{From: "numbers", To: id, Port: "in"})
	}
	return doc
}

func (s running) create(t *testing.T, doc *graph.Document) (pipeline string) {
	t.Helper()
	var created struct{ ID string }
	s.ask(t, http.MethodPost, "pipelines", map[string]any{"name": "bench", "document": json.RawMessage(doc.Encode())}, &created)
	return created.ID
}

func (s running) preview(t *testing.T, pipeline string) (id string) {
	t.Helper()
	var started struct{ ID string }
	s.ask(t, http.MethodPost, "pipelines/"+pipeline+"/previews", map[string]any{}, &started)
	return started.ID
}

type shown struct {
	State, Message string
	FlinkJobID     string `json:"flinkJobId"`
	Nodes          map[string]struct{ Count int64 }
}

func (s running) shown(t *testing.T, id string) (p shown) {
	t.Helper()
	s.ask(t, http.MethodGet, "previews/"+id, nil, &p)
	return p
}

// awaitRows waits until all nodes of a preview have made rows.
func (s running) awaitRows(t *testing.T, id string, nodes int) shown {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		p := s.shown(t, id)
		require.NotEqual(t, "failed", p.State, p.Message)
		with := 0
		for _, node := range p.Nodes {
			if node.Count > 0 {
				with++
			}
		}
		if with == nodes {
			return p
		}
	}
	t.Fatal("no rows within a minute")
	return shown{}
}

// live counts the jobs that have not ended, by the beginning of their names.
func live(t *testing.T, client *flink.Client, prefix string) (count int) {
	t.Helper()
	jobs, err := client.Overview(t.Context())
	require.NoError(t, err)
	for _, job := range jobs {
		if strings.HasPrefix(job.Name, prefix) && !flink.IsTerminal(job.State) {
			count++
		}
	}
	return count
}

const strangers = 20

// foreign starts jobs that are not ours.
func foreign(t *testing.T, client *flink.Client) {
	t.Helper()
	session, err := client.OpenSession(t.Context(), "foreign", nil)
	require.NoError(t, err)
	for _, statement := range []string{
		"CREATE TABLE a (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1')", "CREATE TABLE b (n INT) WITH ('connector' = 'blackhole')",
	} {
		_, err := session.Run(t.Context(), statement, nil)
		require.NoError(t, err)
	}
	for i := range strangers {
		_, err := session.Run(t.Context(), "INSERT INTO b SELECT * FROM a", map[string]string{"pipeline.name": fmt.Sprintf("foreign %d", i)})
		require.NoError(t, err)
	}
	require.Eventually(t, func() bool { return live(t, client, "foreign") == strangers }, time.Minute, 200*time.Millisecond)
}

// TestBenchLeases opens and closes 200 previews at random, kills the server, then the server and the gateway, and counts what is
// left each time, beside 20 jobs of others.
func TestBenchLeases(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	engine := engineApart(t)
	client := engine.Client()
	foreign(t, client)
	s := startOn(t, engine)
	var pipelines []string
	for range 6 {
		pipelines = append(pipelines, s.create(t, drawing(datagen("100", "n INT"), 2)))
	}
	var hands sync.WaitGroup
	for hand := range 4 {
		random := rand.New(rand.NewPCG(seed, uint64(hand)))
		hands.Go(func() {
			for range 50 {
				id := s.preview(t, pipelines[hand])
				time.Sleep(time.Duration(random.IntN(1200)) * time.Millisecond)
				s.ask(t, http.MethodDelete, "previews/"+id, nil, nil)
			}
		})
	}
	hands.Wait()
	time.Sleep(10 * time.Second)
	report(t, "jobs 10 s after 200 previews", float64(live(t, client, "preview of")), 0, "jobs")

	for _, pipeline := range pipelines {
		s.awaitRows(t, s.preview(t, pipeline), 3)
	}
	require.Equal(t, len(pipelines), live(t, client, "preview of"))
	require.NoError(t, syscall.Kill(s.pid, syscall.SIGKILL))
	time.Sleep(20 * time.Second)
	report(t, "jobs 20 s after the server was killed", float64(live(t, client, "preview of")), 0, "jobs")

	s = startOn(t, engine)
	for range 4 {
		s.awaitRows(t, s.preview(t, s.create(t, drawing(datagen("100", "n INT"), 2))), 3)
	}
	begin := time.Now()
	require.NoError(t, syscall.Kill(s.pid, syscall.SIGKILL))
	require.NoError(t, syscall.Kill(engine.PIDs()["gateway"], syscall.SIGKILL))
	for live(t, client, "preview of") > 0 && time.Since(begin) < 4*time.Minute {
		time.Sleep(500 * time.Millisecond)
	}
	report(t, "last job after server and gateway were killed", time.Since(begin).Seconds(), 180, "s")
	require.Equal(t, strangers, live(t, client, "foreign"), "jobs of others are left alone")
}

// TestBenchWideRows previews rows of 200 kB, 200 a second, for a minute, and then asks for another preview.
func TestBenchWideRows(t *testing.T) {
	s := start(t)
	doc := drawing(datagen("200", "n INT"), 0)
	doc.Nodes["wide"] = &graph.Node{Kind: "select", Name: "wide", Config: graph.Config{"keep": true, "columns": []any{
		map[string]any{"name": "text", "expression": "REPEAT('x', 200000)"},
	}}}
	doc.Edges = append(doc.Edges, graph.Edge{From: "numbers", To: "wide", Port: "in"})
	wide := s.preview(t, s.create(t, doc))
	before := s.awaitRows(t, wide, 2).Nodes["wide"].Count
	begin := time.Now()
	for range 60 {
		time.Sleep(time.Second)
		s.shown(t, wide)
	}
	p := s.shown(t, wide)
	require.Equal(t, "running", p.State)
	t.Logf("%.0f rows of 200 kB a second", float64(p.Nodes["wide"].Count-before)/time.Since(begin).Seconds())
	other := s.create(t, drawing(datagen("10", "n INT"), 0))
	begin = time.Now()
	s.awaitRows(t, s.preview(t, other), 1)
	report(t, "first row of another preview beside it", time.Since(begin).Seconds(), 5, "s")
	report(t, "server beside wide rows", float64(residentBytes(t, s.pid))/1e6, 300, "MB resident")
}

// TestBenchManyNodes compares the time until all nodes of a draft have rows with that of its slowest branch alone.
func TestBenchManyNodes(t *testing.T) {
	s := start(t)
	all, one := s.create(t, drawing(datagen("10", "n INT"), 9)), s.create(t, drawing(datagen("10", "n INT"), 1))
	var whole, alone []float64
	for i := range 13 {
		for _, try := range []struct {
			pipeline string
			nodes    int
			times    *[]float64
		}{{all, 10, &whole}, {one, 2, &alone}} {
			begin := time.Now()
			id := s.preview(t, try.pipeline)
			s.awaitRows(t, id, try.nodes)
			if i >= 3 {
				*try.times = append(*try.times, time.Since(begin).Seconds())
			}
			s.ask(t, http.MethodDelete, "previews/"+id, nil, nil)
		}
	}
	t.Logf("medians: 10 nodes %.3f s, one branch %.3f s", median(whole), median(alone))
	report(t, "10 nodes to one branch", median(whole)/median(alone), 1.8, "ratio of medians")
}

const viewers = 50

// TestBenchViewers watches one preview by 50 websockets of which one reads nothing.
func TestBenchViewers(t *testing.T) {
	s := start(t)
	pipeline := s.create(t, drawing(datagen("1000", "n INT", "text STRING"), 1))
	id := s.preview(t, pipeline)
	s.awaitRows(t, id, 2)
	before := residentBytes(t, s.pid)
	sockets := make([]*websocket.Conn, viewers)
	for i := range sockets {
		var ticket struct{ Ticket string }
		s.ask(t, http.MethodPost, "live/tickets", nil, &ticket)
		socket, _, err := websocket.DefaultDialer.Dial("ws://"+s.address+"/api/v1/live?ticket="+ticket.Ticket, http.Header{"Origin": {"http://" + s.address}})
		require.NoError(t, err)
		t.Cleanup(func() { _ = socket.Close() })
		require.NoError(t, socket.WriteJSON(map[string]any{"type": "watchPreview", "id": id}))
		sockets[i] = socket
	}
	// The first one stalls; the others take the time between two batches of rows.
	var mu sync.Mutex
	var waits []float64
	begin := time.Now()
	var readers sync.WaitGroup
	for _, socket := range sockets[1:] {
		readers.Go(func() {
			last := time.Now()
			for time.Since(begin) < time.Minute {
				_, data, err := socket.ReadMessage()
				if err != nil {
					t.Error(err)
					return
				}
				if !strings.Contains(string(data[:min(len(data), 60)]), `"rows"`) || time.Since(begin) < 5*time.Second {
					last = time.Now()
					continue
				}
				mu.Lock()
				waits = append(waits, float64(time.Since(last).Milliseconds()))
				mu.Unlock()
				last = time.Now()
			}
		})
	}
	readers.Wait()
	grown := float64(residentBytes(t, s.pid)-before) / 1e6
	require.NotEmpty(t, waits)
	median(waits) // sorts
	report(t, "a viewer", grown/viewers, 2, "MB resident")
	report(t, "between two batches of rows, p99", waits[len(waits)*99/100], 250, "ms")
	client := flink.NewClient(s.gateway, s.jobManager)
	report(t, "Flink jobs of one preview", float64(live(t, client, "preview of")), 1, "jobs")
	_ = os.Stdout.Sync()
}
