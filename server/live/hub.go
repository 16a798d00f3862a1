// Package live tells browsers what changed: one websocket a tab, one closed set of messages a direction, numbered without
// gaps. Whoever changes something publishes it to the hub and never waits for a browser; a slow browser gets coalesced
// state, never a queue that grows. It knows no other package of ours: payloads are values that become JSON.
package live

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
)

// Hub spreads changes over all open websockets. It is safe for concurrent use; its zero value is not ready, use NewHub.
type Hub struct {
	logger *slog.Logger

	mu          sync.Mutex
	connections map[*connection]struct{}
	closed      bool
	running     sync.WaitGroup // goroutines of connections
}

// NewHub makes a hub without connections.
func NewHub(logger *slog.Logger) *Hub {
	if logger == nil {
		logger = slog.Default()
	}
	return &Hub{logger: logger, connections: map[*connection]struct{}{}}
}

// Close cuts all websockets, refuses new ones and returns when their goroutines have ended.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for c := range h.connections {
		c.stop()
	}
	h.mu.Unlock()
	h.running.Wait()
}

// PublishEngine tells the engine's new status.
func (h *Hub) PublishEngine(engine any) {
	data := h.encode(engine)
	h.each(func(p *pending) { p.engine = data })
}

// PublishJob tells a job's new state.
func (h *Hub) PublishJob(id string, job any) {
	data := h.encode(job)
	h.each(func(p *pending) { p.put(key{kind: "job", id: id}, entry{data: data}) })
}

// PublishPipeline tells that a pipeline is at a new revision, made by the given client (a tab's id, "" when unknown).
func (h *Hub) PublishPipeline(id string, revision int64, client string) {
	h.each(func(p *pending) { p.put(key{kind: "pipeline", id: id}, entry{revision: revision, client: client}) })
}

// PublishPipelineDeleted tells that a pipeline is gone.
func (h *Hub) PublishPipelineDeleted(id string) {
	h.each(func(p *pending) { p.put(key{kind: "pipeline", id: id}, entry{deleted: true}) })
}

// PublishPreview tells a preview's new state, without rows, to those who watch it.
func (h *Hub) PublishPreview(id string, preview any) {
	data := h.encode(preview)
	h.each(func(p *pending) {
		if p.watched[id] {
			p.put(key{kind: "preview", id: id}, entry{data: data})
		}
	})
}

// PublishRows tells new rows of a preview's node to those who watch it. First is the index of the first of them in the
// node's stream, from 0.
func (h *Hub) PublishRows(preview, node string, first int64, rows []json.RawMessage) {
	if len(rows) == 0 {
		return
	}
	h.each(func(p *pending) {
		if p.watched[preview] {
			p.addRows(stream{preview: preview, node: node}, first, rows)
		}
	})
}

// each changes what every connection has still to send. Change is quick and never blocks.
func (h *Hub) each(change func(p *pending)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.connections {
		c.pending.mu.Lock()
		change(&c.pending)
		c.pending.mu.Unlock()
		c.wake()
	}
}

func (h *Hub) encode(value any) json.RawMessage {
	data, err := json.Marshal(value)
	if err != nil {
		h.logger.Error("encode a live message", "type", fmt.Sprintf("%T", value), "error", err)
		return json.RawMessage("null")
	}
	return data
}

// add counts the connection's two goroutines; ok is false when the hub is closed.
func (h *Hub) add(c *connection) (ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.connections[c] = struct{}{}
	h.running.Add(2)
	return true
}

func (h *Hub) remove(c *connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.connections, c)
}
