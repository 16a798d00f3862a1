// Package preview shows the rows of every node of a draft: the whole draft runs as one Flink job whose rows come back
// tagged with their node. A preview holds a lease; when nobody watches it any more its Flink job is cancelled until it is
// terminal. It knows Flink only through the client of server/flink and must not import the store or the API.
package preview

import (
	"context"
	"time"

	"millrace/graph"
)

// State is the state of a preview.
type State string

// The states of a preview; the last three are final.
const (
	Starting State = "starting"
	Running  State = "running"
	Finished State = "finished" // all input read; the rows stay until the preview is closed
	Failed   State = "failed"
	Stopped  State = "stopped"
)

// Way is how the rows of a preview come.
type Way string

// The ways, the best first. With all but Tap a function such as RAND() is evaluated anew for each node.
const (
	Tap     Way = "tap"     // by the tap connector: one evaluation, shown to all
	TapEach Way = "tapEach" // by the tap connector, each node by itself, since Flink does not plan them together
	Union   Way = "union"   // by one SELECT, the UNION ALL of all nodes, for a Flink without the connector; nested values are text
)

// WatermarkEnd is a node's watermark once its input has ended.
const WatermarkEnd = "end"

// Preview is what is shown of one preview.
type Preview struct {
	ID          string             `json:"id"`
	Pipeline    string             `json:"pipeline"`
	Revision    int64              `json:"revision"` // of the document that runs
	State       State              `json:"state"`
	Way         Way                `json:"way"`
	Message     string             `json:"message"` // why it failed or stopped; "" otherwise
	FlinkJobID  string             `json:"flinkJobId"`
	StartedAt   time.Time          `json:"startedAt"`
	Nodes       map[string]Node    `json:"nodes"`       // by node id; nodes that could not run are absent
	Diagnostics []graph.Diagnostic `json:"diagnostics"` // why nodes are absent
}

// Node is what one node has put out so far; a sink shows its input.
type Node struct {
	Count     int64    `json:"count"`     // rows so far, of all kinds, those that were dropped too
	Dropped   int64    `json:"dropped"`   // rows that were too many to send
	Watermark string   `json:"watermark"` // RFC 3339 with milliseconds, UTC; "" while there is none, "end" when the input has ended
	Columns   []Column `json:"columns"`
	Rows      []Row    `json:"rows"` // the newest, oldest first; [] where only the figures are sent
}

// Column is a column's name and Flink type, e.g. "DECIMAL(10, 2)".
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// Row is one change of a node's output. Values are null, boolean, number (types of at most 32 bits, FLOAT and DOUBLE), a list
// (ARRAY; MAP and MULTISET as {"key", "value"}), an object (ROW) or a string: BIGINT and DECIMAL exact, bytes as hex, all
// others as Flink casts them to STRING.
type Row struct {
	Kind   string        `json:"kind" enum:"+I,-U,+U,-D"`
	Values []any         `json:"values"`
	Cut    map[int]int64 `json:"cut,omitempty"` // of values that were too long to send: their place and whole size in bytes
}

// Relations are the output columns of every node as Flink's DESCRIBE tells them.
type Relations struct {
	Revision    int64               `json:"revision"`
	Nodes       map[string]Relation `json:"nodes"` // by node id; nodes that do not plan are absent
	Diagnostics []graph.Diagnostic  `json:"diagnostics"`
}

// Relation is a node's output.
type Relation struct {
	Columns []RelationColumn `json:"columns"`
}

// RelationColumn is a column with what Flink knows of it.
type RelationColumn struct {
	Name      string `json:"name"`
	Type      string `json:"type"`
	Nullable  bool   `json:"nullable"`
	Rowtime   bool   `json:"rowtime"`   // it is the event time attribute
	Watermark string `json:"watermark"` // the watermark's expression; "" when none
}

// Reservation is a preview's Flink job id, stored before the submit so that a restarted server can sweep what is left.
type Reservation struct {
	ID         string
	FlinkJobID string
	Pipeline   string
	StartedAt  time.Time
}

// Store keeps reservations. Each call is durable when it returns.
type Store interface {
	ReservePreview(ctx context.Context, reservation Reservation) error
	ReleasePreview(ctx context.Context, id string) error
	Reservations(ctx context.Context) ([]Reservation, error)
}
