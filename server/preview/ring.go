package preview

import "encoding/json"

// What is kept of each node.
const (
	keptRows  = 100_000
	keptBytes = 32 << 20
)

// ring keeps the newest rows of a node as they go over the wire, oldest first.
type ring struct {
	rows  []json.RawMessage
	bytes int
}

func (r *ring) add(rows []json.RawMessage) {
	for _, row := range rows {
		r.bytes += len(row)
	}
	r.rows = append(r.rows, rows...)
	gone := 0
	for len(r.rows)-gone > keptRows || r.bytes > keptBytes && len(r.rows)-gone > 1 {
		r.bytes -= len(r.rows[gone])
		r.rows[gone] = nil // let its frame go
		gone++
	}
	r.rows = r.rows[gone:] // append moves the rest to new memory when the old is used up
}

// last returns the newest n rows, oldest first. They may be read for as long as the caller likes.
func (r *ring) last(n int) []json.RawMessage {
	from := max(0, len(r.rows)-n)
	return append([]json.RawMessage(nil), r.rows[from:]...)
}
