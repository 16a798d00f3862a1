package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	readLimit    = 64 << 10 // bytes of one message from a page
	writeTimeout = 10 * time.Second
	pingPause    = 15 * time.Second
	pongTimeout  = 10 * time.Second
	flushPause   = 100 * time.Millisecond // after rows
	statePause   = 10 * time.Millisecond  // after anything else
	maxWatched   = 16                     // previews of one connection
)

// Source is what a new connection is told first, and who is told that previews are watched.
type Source struct {
	Version string
	Hello   func(ctx context.Context) (engine, jobs any, err error)
	// Watch takes the lease of a preview and returns what it has shown so far; ok is false when there is no such preview.
	// The rows must include all that were published before the call.
	Watch   func(preview string) (s Snapshot, ok bool)
	Unwatch func(preview string) // once for each successful Watch
	// SameOrigin is asked before the upgrade.
	SameOrigin func(r *http.Request) bool
}

// Snapshot is a preview as it is now.
type Snapshot struct {
	Preview any // its state without rows
	Nodes   []NodeRows
}

// NodeRows are the newest rows of a node; First is the index of the first of them in the node's stream.
type NodeRows struct {
	Node  string
	First int64
	Rows  []json.RawMessage
}

// Handler upgrades requests to websockets on the hub. Whoever mounts it has checked the request's right.
func (h *Hub) Handler(source Source) http.Handler {
	upgrader := websocket.Upgrader{
		HandshakeTimeout: writeTimeout, CheckOrigin: source.SameOrigin,
		Error: func(w http.ResponseWriter, _ *http.Request, status int, reason error) {
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "code": "websocket", "detail": reason.Error()})
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		socket, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return // the upgrader has answered
		}
		c := &connection{hub: h, socket: socket, source: source, pending: newPending(), news: make(chan struct{}, 1), done: make(chan struct{})}
		if !h.add(c) {
			_ = socket.Close()
			return
		}
		go c.write()
		c.read()
	})
}

// connection is one websocket: read runs on the request's goroutine, write on its own, and only write writes.
type connection struct {
	hub     *Hub
	socket  *websocket.Conn
	source  Source
	pending pending

	news chan struct{} // holds one token when pending may have something
	done chan struct{} // closed when the connection ends
	once sync.Once
}

func (c *connection) wake() {
	select {
	case c.news <- struct{}{}:
	default:
	}
}

// stop ends both goroutines; it may be called by anyone, often.
func (c *connection) stop() {
	c.once.Do(func() {
		close(c.done)
		_ = c.socket.Close()
	})
}

// request is a message from the page.
type request struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

func (c *connection) read() {
	watched := map[string]bool{}
	defer c.hub.running.Done()
	defer func() {
		c.hub.remove(c)
		c.stop()
		for preview := range watched {
			c.source.Unwatch(preview)
		}
	}()
	c.socket.SetReadLimit(readLimit)
	alive := func(string) error { return c.socket.SetReadDeadline(time.Now().Add(pingPause + pongTimeout)) }
	c.socket.SetPongHandler(alive)
	if alive("") != nil {
		return
	}
	for {
		kind, data, err := c.socket.ReadMessage()
		if err != nil {
			return
		}
		request, err := parse(kind, data)
		if err != nil {
			c.fail("The server could not read a message of this page: " + err.Error() + ".")
			continue
		}
		c.handle(request, watched)
	}
}

func parse(kind int, data []byte) (request, error) {
	var r request
	if kind != websocket.TextMessage {
		return r, errors.New("it is not text")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return r, errors.New("it is not of the known form")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return r, errors.New("there is text behind it")
	}
	if r.Type != "watchPreview" && r.Type != "unwatchPreview" {
		return r, errors.New("its type is unknown")
	}
	return r, nil
}

func (c *connection) handle(r request, watched map[string]bool) {
	if r.Type == "unwatchPreview" {
		if watched[r.ID] {
			delete(watched, r.ID)
			c.change(func(p *pending) { p.unwatch(r.ID) })
			c.source.Unwatch(r.ID)
		}
		return
	}
	if !watched[r.ID] && len(watched) == maxWatched {
		c.fail("This page watches too many previews at once.")
		return
	}
	// Rows that are published from here on wait in pending; the snapshot, taken later, meets them.
	c.change(func(p *pending) { p.watch(r.ID) })
	snapshot, ok := c.source.Watch(r.ID)
	if !ok {
		c.change(func(p *pending) { p.unwatch(r.ID) })
		c.fail("The preview is gone. Start it again.")
		return
	}
	if watched[r.ID] {
		c.source.Unwatch(r.ID) // the lease was held already
	}
	watched[r.ID] = true
	state := c.hub.encode(snapshot.Preview)
	c.change(func(p *pending) { p.snapshot(r.ID, state, snapshot.Nodes) })
}

func (c *connection) fail(detail string) {
	c.change(func(p *pending) { p.fail(detail) })
}

func (c *connection) change(do func(p *pending)) {
	c.pending.mu.Lock()
	do(&c.pending)
	c.pending.mu.Unlock()
	c.wake()
}

func (c *connection) write() {
	defer c.hub.running.Done()
	defer c.stop()
	w := writer{connection: c}
	if !w.hello() {
		return
	}
	ping := time.NewTicker(pingPause)
	defer ping.Stop()
	for {
		select {
		case <-c.done:
			return
		case <-ping.C:
			if c.socket.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout)) != nil {
				return
			}
		case <-c.news:
			if !w.flush() {
				return
			}
		}
	}
}

// writer numbers and sends messages.
type writer struct {
	*connection
	sequence int64
}

// hello sends the first message. What was published while it was made comes after it, so nothing is missed.
func (w *writer) hello() bool {
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	engine, jobs, err := w.source.Hello(ctx)
	if err != nil {
		w.hub.logger.Error("greet a live connection", "error", err)
		return w.send(message{Type: "error", Detail: "The server could not read its state."}) && false
	}
	return w.send(message{Type: "hello", Version: w.source.Version, Engine: w.hub.encode(engine), Jobs: w.hub.encode(jobs)})
}

// flush sends all that is pending and rests, so that what comes meanwhile is sent together.
func (w *writer) flush() bool {
	w.pending.mu.Lock()
	messages, wait := w.pending.take(time.Now())
	w.pending.mu.Unlock()
	rest := statePause
	for _, m := range messages {
		if m.Type == "rows" {
			rest = flushPause
		}
		if !w.send(m) {
			return false
		}
	}
	if wait > 0 {
		time.AfterFunc(wait, w.wake)
	}
	select {
	case <-w.done:
		return false
	case <-time.After(rest):
		return true
	}
}

func (w *writer) send(m message) bool {
	w.sequence++
	data, err := json.Marshal(struct {
		Seq int64 `json:"seq"`
		message
	}{w.sequence, m})
	if err != nil {
		w.hub.logger.Error("encode a live message", "type", m.Type, "error", err)
		return false
	}
	if w.socket.SetWriteDeadline(time.Now().Add(writeTimeout)) != nil {
		return false
	}
	return w.socket.WriteMessage(websocket.TextMessage, data) == nil
}
