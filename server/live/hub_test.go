package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a hub behind a real server with one preview "v1".
type world struct {
	hub     *Hub
	address string

	mu       sync.Mutex
	leases   map[string]int
	snapshot func() Snapshot
}

func newWorld(t *testing.T) *world {
	w := &world{hub: NewHub(nil), leases: map[string]int{}, snapshot: func() Snapshot { return Snapshot{Preview: map[string]string{"id": "v1"}} }}
	server := httptest.NewServer(w.hub.Handler(Source{
		Version: "1.0",
		Hello: func(context.Context) (any, any, error) {
			return map[string]string{"state": "ready"}, []string{}, nil
		},
		Watch: func(id string) (Snapshot, bool) {
			if id != "v1" {
				return Snapshot{}, false
			}
			w.lease(id, 1)
			return w.snapshot(), true
		},
		Unwatch:    func(id string) { w.lease(id, -1) },
		SameOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") != "http://evil.example" },
	}))
	w.address = "ws" + strings.TrimPrefix(server.URL, "http")
	t.Cleanup(func() {
		w.hub.Close()
		server.Close()
		require.Empty(t, w.hub.connections)
	})
	return w
}

func (w *world) lease(id string, by int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.leases[id] += by
}

func (w *world) leased(id string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.leases[id]
}

type received struct {
	Seq      int64             `json:"seq"`
	Type     string            `json:"type"`
	ID       string            `json:"id"`
	Revision int64             `json:"revision"`
	Client   string            `json:"client"`
	Preview  json.RawMessage   `json:"preview"`
	Job      json.RawMessage   `json:"job"`
	Engine   json.RawMessage   `json:"engine"`
	Node     string            `json:"node"`
	First    int64             `json:"first"`
	Rows     []json.RawMessage `json:"rows"`
	Detail   string            `json:"detail"`
}

// page is a browser's end of a websocket; it checks that numbers have no gap.
type page struct {
	t      *testing.T
	socket *websocket.Conn
	seq    int64
}

func (w *world) connect(t *testing.T) *page {
	t.Helper()
	socket, _, err := websocket.DefaultDialer.Dial(w.address, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = socket.Close() })
	p := &page{t: t, socket: socket}
	require.Equal(t, "hello", p.read().Type)
	return p
}

func (p *page) read() received {
	p.t.Helper()
	require.NoError(p.t, p.socket.SetReadDeadline(time.Now().Add(20*time.Second)))
	_, data, err := p.socket.ReadMessage()
	require.NoError(p.t, err)
	var m received
	require.NoError(p.t, json.Unmarshal(data, &m))
	p.seq++
	require.Equal(p.t, p.seq, m.Seq)
	return m
}

func (p *page) until(kind string) received {
	p.t.Helper()
	for {
		if m := p.read(); m.Type == kind {
			return m
		}
	}
}

func (p *page) say(text string) {
	p.t.Helper()
	require.NoError(p.t, p.socket.WriteMessage(websocket.TextMessage, []byte(text)))
}

func numbers(from, to int64) []json.RawMessage {
	rows := []json.RawMessage{}
	for ; from < to; from++ {
		rows = append(rows, json.RawMessage(fmt.Sprint(from)))
	}
	return rows
}

func TestChangesOfOneThingAreCoalesced(t *testing.T) {
	w := newWorld(t)
	p := w.connect(t)
	for i := range 1000 {
		w.hub.PublishJob("j1", map[string]int{"n": i})
		w.hub.PublishPipeline("p1", int64(i+1), "tab")
	}
	w.hub.PublishEngine(map[string]string{"state": "down"})
	var job, pipeline received
	for pipeline.Revision != 1000 || string(job.Job) != `{"n":999}` {
		switch m := p.read(); m.Type {
		case "job":
			job = m
		case "pipeline":
			pipeline = m
		}
	}
	require.Equal(t, "tab", pipeline.Client)
	require.Less(t, p.seq, int64(50))
	w.hub.PublishPipelineDeleted("p1")
	require.Equal(t, "p1", p.until("pipelineDeleted").ID)
}

func TestWatcherGetsTheSnapshotThenTheRowsSince(t *testing.T) {
	w := newWorld(t)
	w.snapshot = func() Snapshot {
		// Rows that come between the lease and the answer, twice: once in the snapshot too, once only here.
		w.hub.PublishRows("v1", "n", 18, numbers(18, 25))
		w.hub.PublishPreview("v1", map[string]string{"id": "v1", "state": "newer"})
		time.Sleep(3 * flushPause)
		return Snapshot{Preview: map[string]string{"id": "v1"}, Nodes: []NodeRows{{Node: "n", First: 10, Rows: numbers(10, 20)}, {Node: "empty"}}}
	}
	p := w.connect(t)
	w.hub.PublishRows("v1", "n", 0, numbers(0, 3))
	p.say(`{"type":"watchPreview","id":"v1"}`)
	require.JSONEq(t, `{"id":"v1","state":"newer"}`, string(p.until("preview").Preview))
	m := p.until("rows")
	require.Equal(t, numbers(10, 25), m.Rows)
	require.EqualValues(t, 10, m.First)
	require.Equal(t, `"v1"`, string(m.Preview))

	w.hub.PublishRows("v1", "n", 23, numbers(23, 27))
	m = p.until("rows")
	require.EqualValues(t, 25, m.First)
	require.Equal(t, numbers(25, 27), m.Rows)

	p.say(`{"type":"unwatchPreview","id":"v1"}`)
	require.Eventually(t, func() bool { return w.leased("v1") == 0 }, 5*time.Second, time.Millisecond)
	w.hub.PublishRows("v1", "n", 27, numbers(27, 30))
	w.hub.PublishJob("last", 1)
	require.Equal(t, "job", p.read().Type)
}

func TestOnlyWatchersGetRows(t *testing.T) {
	w := newWorld(t)
	watching, other := w.connect(t), w.connect(t)
	watching.say(`{"type":"watchPreview","id":"v1"}`)
	watching.until("preview")
	w.hub.PublishRows("v1", "n", 0, numbers(0, 1))
	w.hub.PublishJob("j", 1)
	watching.until("rows")
	require.Equal(t, "job", other.read().Type)
}

func TestLeaseEndsWithTheConnection(t *testing.T) {
	w := newWorld(t)
	p := w.connect(t)
	p.say(`{"type":"watchPreview","id":"v1"}`)
	p.say(`{"type":"watchPreview","id":"v1"}`)
	p.until("preview")
	require.Eventually(t, func() bool { return w.leased("v1") == 1 }, 5*time.Second, time.Millisecond)
	require.NoError(t, p.socket.Close())
	require.Eventually(t, func() bool { return w.leased("v1") == 0 }, 5*time.Second, time.Millisecond)
}

func TestMessagesOutsideTheContractAreAnsweredWithAnError(t *testing.T) {
	p := newWorld(t).connect(t)
	for _, text := range []string{
		`{"type":"watchPreview","id":"none"}`, `{"type":"other","id":"v1"}`, `{"type":"watchPreview","id":"v1","x":1}`, `{`, `[]`, `null`, `"x"`,
		`{"type":"watchPreview","id":"v1"} {}`, `{"type":"watchPreview","id":1}`,
	} {
		p.say(text)
		m := p.read()
		require.Equal(t, "error", m.Type, text)
		require.NotEmpty(t, m.Detail)
	}
}

func TestTooLongMessageCutsTheConnection(t *testing.T) {
	p := newWorld(t).connect(t)
	p.say(`{"type":"watchPreview","id":"` + strings.Repeat("x", readLimit) + `"}`)
	_, _, err := p.socket.ReadMessage()
	require.Error(t, err)
}

func TestForeignOriginIsNotUpgraded(t *testing.T) {
	w := newWorld(t)
	_, response, err := websocket.DefaultDialer.Dial(w.address, http.Header{"Origin": {"http://evil.example"}})
	require.Error(t, err)
	require.Equal(t, http.StatusForbidden, response.StatusCode)
}

// RELIABILITY R14: one that reads nothing is cut, costs a bounded amount, and the others do not notice.
func TestStalledReaderIsBoundedAndCut(t *testing.T) {
	w := newWorld(t)
	stalled, lively := w.connect(t), w.connect(t)
	require.NoError(t, stalled.socket.NetConn().(*net.TCPConn).SetReadBuffer(4096))
	for _, p := range []*page{stalled, lively} {
		p.say(`{"type":"watchPreview","id":"v1"}`)
		p.until("preview")
	}
	row := json.RawMessage(`"` + strings.Repeat("x", 2000) + `"`)
	var first int64
	begin := time.Now()
	for time.Since(begin) < 15*time.Second && len(connections(w.hub)) == 2 {
		w.hub.PublishRows("v1", "n", first, []json.RawMessage{row, row, row, row, row, row, row, row, row, row})
		first += 10
		for p := lively; ; {
			if m := p.until("rows"); m.First+int64(len(m.Rows)) == first {
				break
			}
		}
		for i := range 100 {
			w.hub.PublishRows("v1", fmt.Sprint("wide", i), first*100, repeat(row, 100))
		}
		for c := range connections(w.hub) {
			c.pending.mu.Lock()
			require.LessOrEqual(t, c.pending.bytes, maxPendingBytes)
			c.pending.mu.Unlock()
		}
	}
	require.Len(t, connections(w.hub), 1, "the stalled one is cut")
	require.Less(t, time.Since(begin), 15*time.Second)
}

func repeat(row json.RawMessage, n int) []json.RawMessage {
	rows := make([]json.RawMessage, n)
	for i := range rows {
		rows[i] = row
	}
	return rows
}

func connections(h *Hub) map[*connection]struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := map[*connection]struct{}{}
	for c := range h.connections {
		list[c] = struct{}{}
	}
	return list
}

func TestConcurrentPublishersAndConnectionsEndCleanly(t *testing.T) {
	w := newWorld(t)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Add(2)
		go func() {
			defer wait.Done()
			for n := range int64(200) {
				w.hub.PublishRows("v1", fmt.Sprint(i), n, numbers(n, n+1))
				w.hub.PublishPreview("v1", n)
				w.hub.PublishEngine(n)
			}
		}()
		go func() {
			defer wait.Done()
			socket, _, err := websocket.DefaultDialer.Dial(w.address, nil)
			if err != nil {
				t.Error(err)
				return
			}
			_ = socket.WriteMessage(websocket.TextMessage, []byte(`{"type":"watchPreview","id":"v1"}`))
			_ = socket.SetReadDeadline(time.Now().Add(2 * time.Second))
			for range 5 {
				_, _, _ = socket.ReadMessage()
			}
			_ = socket.Close()
		}()
	}
	wait.Wait()
	require.Eventually(t, func() bool { return len(connections(w.hub)) == 0 && w.leased("v1") == 0 }, 5*time.Second, time.Millisecond)
}
