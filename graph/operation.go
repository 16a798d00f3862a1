package graph

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Operation is one edit: set or delete what stands at one path of the document. Paths are
//
//	name | mode | settings KEY | nodes ID | nodes ID kind|name|description|position | nodes ID config KEY… | edges FROM->TO:PORT
//	samples ID | samples ID live | tests ID
//
// Lists are set whole. Deleting a node deletes its edges and its sample.
type Operation struct {
	Op    string          `json:"op" enum:"set,delete"`
	Path  []string        `json:"path"`
	Value json.RawMessage `json:"value,omitempty"` // of a set
}

// Apply returns the document with all operations done in order; the given one is left as it is. An operation that does
// not fit its document is refused with a sentence and nothing is done.
func Apply(doc *Document, operations []Operation) (*Document, error) {
	edited := doc.Clone()
	for i, operation := range operations {
		if err := edited.apply(operation); err != nil {
			return nil, fmt.Errorf("operation %d (%s %s): %w", i+1, operation.Op, strings.Join(operation.Path, "/"), err)
		}
	}
	return edited, nil
}

// Clone returns a deep copy.
func (d *Document) Clone() *Document {
	copied := *d
	copied.Settings = make(map[string]string, len(d.Settings))
	for key, value := range d.Settings {
		copied.Settings[key] = value
	}
	copied.Nodes = make(map[string]*Node, len(d.Nodes))
	for id, node := range d.Nodes {
		n := *node
		n.Config, _ = cloneValue(map[string]any(node.Config)).(map[string]any)
		copied.Nodes[id] = &n
	}
	copied.Edges = append([]Edge{}, d.Edges...)
	copied.Samples, copied.Tests = cloneSamples(d.Samples), cloneTests(d.Tests)
	return &copied
}

func cloneValue(value any) any {
	switch v := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			object[key] = cloneValue(item)
		}
		return object
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = cloneValue(item)
		}
		return list
	}
	return value
}

func (d *Document) apply(operation Operation) error {
	set := operation.Op == "set"
	if !set && operation.Op != "delete" {
		return fmt.Errorf("op is set or delete")
	}
	if set && len(operation.Value) == 0 {
		return fmt.Errorf("a set needs a value")
	}
	path := operation.Path
	if len(path) == 0 {
		return fmt.Errorf("the path is empty")
	}
	switch {
	case len(path) == 1 && path[0] == "name" && set:
		return decodeStrict(operation.Value, textPlace, 1, &d.Name)
	case len(path) == 1 && path[0] == "mode" && set:
		return d.setMode(operation.Value)
	case len(path) == 2 && path[0] == "settings":
		return d.editSetting(path[1], set, operation.Value)
	case len(path) == 2 && path[0] == "edges":
		return d.editEdge(path[1], set, operation.Value)
	case len(path) == 2 && path[0] == "nodes":
		return d.editNode(path[1], set, operation.Value)
	case len(path) > 2 && path[0] == "nodes":
		node, ok := d.Nodes[path[1]]
		if !ok {
			return fmt.Errorf("there is no node %q", path[1])
		}
		return node.edit(path[2:], set, operation.Value)
	case (len(path) == 2 || len(path) == 3) && path[0] == "samples":
		return d.editSamples(path[1:], set, operation.Value)
	case len(path) == 2 && path[0] == "tests":
		return d.editTest(path[1], set, operation.Value)
	}
	return fmt.Errorf("there is nothing to %s at this path", operation.Op)
}

func (d *Document) setMode(value json.RawMessage) error {
	var mode Mode
	if err := decodeStrict(value, modePlace, 1, &mode); err != nil {
		return err
	}
	if mode != Streaming && mode != Batch {
		return fmt.Errorf("mode %q is neither streaming nor batch", mode)
	}
	d.Mode = mode
	return nil
}

func (d *Document) editSetting(key string, set bool, value json.RawMessage) error {
	if !set {
		delete(d.Settings, key)
		return nil
	}
	var text string
	if err := decodeStrict(value, textPlace, 2, &text); err != nil {
		return err
	}
	d.Settings[key] = text
	return nil
}

func (d *Document) editEdge(key string, set bool, value json.RawMessage) error {
	kept := make([]Edge, 0, len(d.Edges)+1)
	for _, other := range d.Edges {
		if other.Key() != key {
			kept = append(kept, other)
		}
	}
	if !set && len(kept) < len(d.Edges) { // whatever its ends and port are called
		d.Edges = kept
		return nil
	}
	edge, err := ParseEdgeKey(key)
	if err != nil || !set {
		return err
	}
	var written Edge
	if err := decodeStrict(value, edgePlace, 2, &written); err != nil {
		return err
	}
	if written != edge {
		return fmt.Errorf("the value is edge %s", written.Key())
	}
	for _, end := range []string{edge.From, edge.To} {
		if _, ok := d.Nodes[end]; !ok {
			return fmt.Errorf("there is no node %q", end)
		}
	}
	d.Edges = append(kept, edge)
	return nil
}

func (d *Document) editNode(id string, set bool, value json.RawMessage) error {
	if set {
		if !nodeID.MatchString(id) {
			return fmt.Errorf("node id %q: use 1 to 64 letters, digits, - and _", id)
		}
		node := &Node{Config: Config{}}
		if err := decodeStrict(value, nodePlace, 2, node); err != nil {
			return err
		}
		if node.Config == nil {
			node.Config = Config{}
		}
		d.Nodes[id] = node
		return nil
	}
	delete(d.Nodes, id)
	delete(d.Samples, id)
	kept := d.Edges[:0]
	for _, edge := range d.Edges {
		if edge.From != id && edge.To != id {
			kept = append(kept, edge)
		}
	}
	d.Edges = kept
	return nil
}

func (n *Node) edit(path []string, set bool, value json.RawMessage) error {
	if path[0] == "config" && len(path) > 1 {
		return n.editConfig(path[1:], set, value)
	}
	if len(path) != 1 || !set {
		return fmt.Errorf("a node has kind, name, description, position and config, which can be set")
	}
	switch path[0] {
	case "kind":
		return decodeStrict(value, textPlace, 3, &n.Kind)
	case "name":
		return decodeStrict(value, textPlace, 3, &n.Name)
	case "description":
		return decodeStrict(value, textPlace, 3, &n.Description)
	case "position":
		n.Position = Position{}
		return decodeStrict(value, positionPlace, 3, &n.Position)
	case "config":
		config := Config{}
		if err := decodeStrict(value, configPlace, 3, &config); err != nil {
			return err
		}
		n.Config = config
		return nil
	}
	return fmt.Errorf("a node has no %q", path[0])
}

// editConfig walks to the object that holds the last key; a set makes the objects on its way.
func (n *Node) editConfig(path []string, set bool, value json.RawMessage) error {
	depth := 3 + len(path) // the document, its nodes, the node, then the config and the objects on the way
	if set && depth > MaxDepth {
		return fmt.Errorf("nested deeper than %d levels", MaxDepth)
	}
	object := map[string]any(n.Config)
	for _, key := range path[:len(path)-1] {
		child, exists := object[key]
		next, isObject := child.(map[string]any)
		switch {
		case isObject:
		case !exists && !set:
			return nil
		case !exists:
			next = map[string]any{}
			object[key] = next
		default:
			return fmt.Errorf("%q holds a value, not an object", key)
		}
		object = next
	}
	last := path[len(path)-1]
	if !set {
		delete(object, last)
		return nil
	}
	var written any
	if err := decodeStrict(value, freePlace, depth, &written); err != nil {
		return err
	}
	object[last] = written
	return nil
}
