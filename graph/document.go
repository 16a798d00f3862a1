// Package graph is the domain: a pipeline's document, its nodes and edges, edits as operations, structural checks and
// diagnostics. Everything else in Millrace speaks in these types. It imports only the standard library.
package graph

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Format is the document format that this version writes; Decode refuses a higher one.
const Format = 1

// Mode is the runtime mode of a pipeline: "streaming" or "batch" (Flink's execution.runtime-mode in lower case).
type Mode string

// The two runtime modes.
const (
	Streaming Mode = "streaming"
	Batch     Mode = "batch"
)

// Document is a pipeline's only truth. Canvas and SQL are drawn from it.
type Document struct {
	Format   int               `json:"format"`
	Name     string            `json:"name"`
	Mode     Mode              `json:"mode"`
	Settings map[string]string `json:"settings"` // Flink options, emitted as SET 'key' = 'value'
	Nodes    map[string]*Node  `json:"nodes"`    // by node id
	Edges    []Edge            `json:"edges"`    // sorted by from, to, port in canonical form

	Samples map[string]*Sample `json:"samples,omitempty"` // by source node id: what previews read instead
	Tests   map[string]*Test   `json:"tests,omitempty"`   // by test id
}

// Node is one step of a pipeline. Its id is the key in Document.Nodes and never changes; its name is the name of its
// view or table in SQL.
type Node struct {
	Kind        string   `json:"kind"`
	Name        string   `json:"name"`
	Config      Config   `json:"config"`
	Position    Position `json:"position"`
	Description string   `json:"description"` // becomes the SQL comment above the node's statement
}

// Config is a node's settings as plain JSON values (string, bool, json.Number, []any, map[string]any); the kind gives
// them meaning.
type Config map[string]any

// Position is where the node's top left corner stands on the canvas, in canvas units (pixels at zoom 1).
type Position struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Edge carries the rows of node From into port Port of node To.
type Edge struct {
	From string `json:"from"`
	To   string `json:"to"`
	Port string `json:"port"`
}

// Key is the edge's identity in operations: "from->to:port".
func (e Edge) Key() string { return e.From + "->" + e.To + ":" + e.Port }

var edgeKey = regexp.MustCompile(`^([A-Za-z0-9_-]+?)->([A-Za-z0-9_-]+):([a-z]+)$`)

// ParseEdgeKey reads what Key writes.
func ParseEdgeKey(key string) (Edge, error) {
	m := edgeKey.FindStringSubmatch(key)
	if m == nil {
		return Edge{}, fmt.Errorf("edge key %q is not of the form from->to:port", key)
	}
	return Edge{From: m[1], To: m[2], Port: m[3]}, nil
}

// New returns an empty streaming document.
func New(name string) *Document {
	return &Document{Format: Format, Name: name, Mode: Streaming, Settings: map[string]string{}, Nodes: map[string]*Node{}, Edges: []Edge{}}
}

// At reads the config value at a dotted path such as "table.watermark.column"; ok is false when it is absent.
func (c Config) At(path string) (value any, ok bool) {
	var at any = map[string]any(c)
	for more := true; more; {
		var key string
		key, path, more = strings.Cut(path, ".")
		object, isObject := at.(map[string]any)
		if !isObject {
			return nil, false
		}
		if at, ok = object[key]; !ok {
			return nil, false
		}
	}
	return at, true
}

// UnmarshalJSON keeps numbers as they were written.
func (c *Config) UnmarshalJSON(data []byte) error {
	var object map[string]any
	if err := decode(data, &object); err != nil {
		return err
	}
	*c = object
	return nil
}

// MarshalJSON writes a nil config as {}.
func (c Config) MarshalJSON() ([]byte, error) {
	if c == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]any(c))
}
