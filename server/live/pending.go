package live

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

const (
	maxPendingRows  = 1000    // of one node, as many as a snapshot has
	maxPendingBytes = 4 << 20 // of all rows of one connection
	maxPendingTexts = 20      // error messages
	previewPause    = 200 * time.Millisecond
)

// pending is what one connection has still to send: the newest state of each thing and the newest rows of each node. Its
// size is bounded by what there is, not by how long the connection is slow.
type pending struct {
	mu      sync.Mutex
	engine  json.RawMessage // nil when there is nothing new
	entries map[key]entry
	order   []key // of entries, oldest first
	rows    map[stream]*run
	streams []stream // of rows, in the order of their first row
	bytes   int      // of all rows
	errors  []string

	watched map[string]bool      // preview ids
	loading map[string]bool      // those whose snapshot has not come: nothing of them is sent before it
	next    map[stream]int64     // index behind the last row that was taken, of watched previews
	sent    map[string]time.Time // when a preview's state was sent last
}

// key names a thing that has one newest state.
type key struct{ kind, id string }

// entry is the newest state of a job or preview (data) or pipeline.
type entry struct {
	data     json.RawMessage
	revision int64
	client   string
	deleted  bool
}

// stream is one node of a preview.
type stream struct{ preview, node string }

// run is a stretch of rows without gaps.
type run struct {
	first int64
	rows  []json.RawMessage
	bytes int
}

func newPending() pending {
	return pending{
		entries: map[key]entry{}, rows: map[stream]*run{},
		watched: map[string]bool{}, loading: map[string]bool{}, next: map[stream]int64{}, sent: map[string]time.Time{},
	}
}

func (p *pending) put(k key, e entry) {
	if _, waiting := p.entries[k]; !waiting {
		p.order = append(p.order, k)
	}
	p.entries[k] = e
}

func (p *pending) fail(detail string) {
	if len(p.errors) < maxPendingTexts {
		p.errors = append(p.errors, detail)
	}
}

// addRows appends rows of a stream; those that were taken before are left out, and a gap starts the stretch anew, so that
// what is sent is always the newest and contiguous.
func (p *pending) addRows(s stream, first int64, rows []json.RawMessage) {
	if seen := p.next[s] - first; seen > 0 {
		if seen >= int64(len(rows)) {
			return
		}
		first, rows = first+seen, rows[seen:]
	}
	p.next[s] = first + int64(len(rows))
	r := p.rows[s]
	if r == nil {
		r = &run{first: first}
		p.rows[s] = r
		p.streams = append(p.streams, s)
	}
	if r.first+int64(len(r.rows)) != first {
		p.dropRows(r, len(r.rows))
		r.first = first
	}
	for _, row := range rows {
		r.bytes += len(row)
		p.bytes += len(row)
	}
	r.rows = append(r.rows, rows...)
	p.dropRows(r, len(r.rows)-maxPendingRows)
	for p.bytes > maxPendingBytes {
		if !p.dropFromLargest() {
			break
		}
	}
}

// dropRows forgets the n oldest rows of a stretch.
func (p *pending) dropRows(r *run, n int) {
	if n <= 0 {
		return
	}
	for _, row := range r.rows[:n] {
		r.bytes -= len(row)
		p.bytes -= len(row)
	}
	r.first += int64(n)
	r.rows = slices.Clone(r.rows[n:]) // let the dropped ones go
}

// dropFromLargest halves the stretch with the most bytes; false when nothing is left to drop.
func (p *pending) dropFromLargest() bool {
	var largest *run
	for _, r := range p.rows {
		if len(r.rows) > 1 && (largest == nil || r.bytes > largest.bytes) {
			largest = r
		}
	}
	if largest == nil {
		return false
	}
	p.dropRows(largest, (len(largest.rows)+1)/2)
	return true
}

// watch begins to take rows and states of a preview; they are held until its snapshot has come.
func (p *pending) watch(preview string) { p.watched[preview], p.loading[preview] = true, true }

// unwatch forgets a preview and what of it was not sent.
func (p *pending) unwatch(preview string) {
	delete(p.watched, preview)
	delete(p.loading, preview)
	delete(p.sent, preview)
	if k := (key{kind: "preview", id: preview}); p.entries[k].data != nil {
		delete(p.entries, k)
		p.order = slices.DeleteFunc(p.order, func(other key) bool { return other == k })
	}
	p.streams = slices.DeleteFunc(p.streams, func(s stream) bool {
		if s.preview != preview {
			return false
		}
		p.dropRows(p.rows[s], len(p.rows[s].rows))
		delete(p.rows, s)
		return true
	})
	for s := range p.next {
		if s.preview == preview {
			delete(p.next, s)
		}
	}
}

// snapshot puts what a preview has shown so far before what arrived since the watch began.
func (p *pending) snapshot(id string, state json.RawMessage, nodes []NodeRows) {
	delete(p.loading, id)
	if k := (key{kind: "preview", id: id}); p.entries[k].data == nil { // else a newer state has come
		p.put(k, entry{data: state})
	}
	for _, node := range nodes {
		s := stream{preview: id, node: node.Node}
		var since run
		if r := p.rows[s]; r != nil {
			since = run{first: r.first, rows: r.rows}
			p.dropRows(r, len(r.rows))
			r.first = 0
		}
		delete(p.next, s)
		p.addRows(s, node.First, node.Rows)
		if len(since.rows) > 0 {
			p.addRows(s, since.first, since.rows)
		}
	}
}

// message is one message to the page, without its number.
type message struct {
	Type string `json:"type"`

	Engine   json.RawMessage   `json:"engine,omitempty"`
	ID       string            `json:"id,omitempty"`
	Revision int64             `json:"revision,omitempty"`
	Client   *string           `json:"client,omitempty"`
	Job      json.RawMessage   `json:"job,omitempty"`
	Preview  any               `json:"preview,omitempty"` // the preview, or its id beside rows
	Node     string            `json:"node,omitempty"`
	First    *int64            `json:"first,omitempty"`
	Rows     []json.RawMessage `json:"rows,omitempty"`
	Detail   string            `json:"detail,omitempty"`
	Version  string            `json:"version,omitempty"`
	Jobs     json.RawMessage   `json:"jobs,omitempty"`
}

// take empties pending into messages, states before the rows that belong to them. A preview's state that was sent less
// than 200 ms ago stays; wait is then how long, else 0.
func (p *pending) take(now time.Time) (messages []message, wait time.Duration) {
	for _, detail := range p.errors {
		messages = append(messages, message{Type: "error", Detail: detail})
	}
	p.errors = nil
	if p.engine != nil {
		messages = append(messages, message{Type: "engine", Engine: p.engine})
		p.engine = nil
	}
	entries, wait := p.takeEntries(now)
	return append(append(messages, entries...), p.takeRows()...), wait
}

func (p *pending) takeEntries(now time.Time) (messages []message, wait time.Duration) {
	var kept []key
	for _, k := range p.order {
		if k.kind == "preview" {
			left := p.sent[k.id].Add(previewPause).Sub(now)
			if p.loading[k.id] || left > 0 {
				wait, kept = max(wait, left), append(kept, k)
				continue
			}
			p.sent[k.id] = now
		}
		messages = append(messages, p.entries[k].message(k))
		delete(p.entries, k)
	}
	p.order = kept
	return messages, wait
}

func (p *pending) takeRows() (messages []message) {
	var kept []stream
	for _, s := range p.streams {
		r := p.rows[s]
		if p.loading[s.preview] {
			kept = append(kept, s)
			continue
		}
		if len(r.rows) > 0 {
			messages = append(messages, message{Type: "rows", Preview: s.preview, Node: s.node, First: &r.first, Rows: r.rows})
		}
		p.bytes -= r.bytes
		delete(p.rows, s)
	}
	p.streams = kept
	return messages
}

func (e entry) message(k key) message {
	switch {
	case k.kind == "job":
		return message{Type: "job", Job: e.data}
	case k.kind == "preview":
		return message{Type: "preview", Preview: e.data}
	case e.deleted:
		return message{Type: "pipelineDeleted", ID: k.id}
	default:
		return message{Type: "pipeline", ID: k.id, Revision: e.revision, Client: &e.client}
	}
}
