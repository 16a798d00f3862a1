package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Change is one difference between two documents by meaning: where nodes stand and what their ids are is none.
type Change struct {
	Op     ChangeOp `json:"op"`
	Of     Part     `json:"of"`
	Node   string   `json:"node,omitempty"`   // of a node or a field: the node's id in the newer document; of a node that is gone, in the older
	Name   string   `json:"name,omitempty"`   // of a node or a field: the node's name there
	Kind   string   `json:"kind,omitempty"`   // of a node or a field: the node's kind there
	Field  string   `json:"field,omitempty"`  // "name", "mode", a setting's key; of a node "name", "kind", "description" or a dotted config path, where entries of a list go by their names
	Before any      `json:"before,omitempty"` // what is gone: a text or another JSON value
	After  any      `json:"after,omitempty"`  // what came
	From   string   `json:"from,omitempty"`   // of an edge: the name of the node that it leaves
	To     string   `json:"to,omitempty"`     // of an edge: the name of the node that it enters
	Port   string   `json:"port,omitempty"`   // of an edge
}

// ChangeOp says what happened.
type ChangeOp string

// The things that can happen.
const (
	Added   ChangeOp = "add"
	Removed ChangeOp = "remove"
	Changed ChangeOp = "change"
	Moved   ChangeOp = "move" // the entries of a list are the same, in another order
)

// Part says what a change is about.
type Part string

// The parts of a document.
const (
	PipelinePart Part = "pipeline" // its name or its mode
	SettingPart  Part = "setting"
	NodePart     Part = "node"
	FieldPart    Part = "field" // of a node
	EdgePart     Part = "edge"
	SamplesPart  Part = "samples" // all of the document's; the field names those that differ
	TestsPart    Part = "tests"   // likewise
)

// Diff tells what differs from document a to document b. A node is the same when its id is, else when its name and kind
// are, else when nothing but its name differs. The changes come in this order: the pipeline's own, nodes that are gone, the
// other nodes in b's order, edges, samples, tests. A config value that is empty counts as absent, as it does for Check.
func Diff(a, b *Document) []Change { return diff(a, b, true) }

// DiffByName is Diff for documents whose ids say nothing, such as what was imported from a script: a node is the same when
// its name is.
func DiffByName(a, b *Document) []Change { return diff(a, b, false) }

func diff(a, b *Document, byID bool) []Change {
	d := &differ{a: a, b: b, changes: []Change{}}
	d.match(byID)
	d.pipeline()
	for _, id := range inOrder(a) {
		if _, kept := d.newer[id]; !kept {
			d.add(Change{Op: Removed, Of: NodePart, Node: id, Name: a.Nodes[id].Name, Kind: a.Nodes[id].Kind})
		}
	}
	for _, id := range inOrder(b) {
		if before, kept := d.older[id]; kept {
			d.node(id, a.Nodes[before], b.Nodes[id])
			continue
		}
		d.add(Change{Op: Added, Of: NodePart, Node: id, Name: b.Nodes[id].Name, Kind: b.Nodes[id].Kind})
	}
	d.edges()
	if byID { // what was imported has neither samples nor tests
		d.samplesAndTests()
	}
	return d.changes
}

type differ struct {
	a, b    *Document
	newer   map[string]string // node ids of a to those of b
	older   map[string]string // and back
	changes []Change
}

func (d *differ) add(c Change) { d.changes = append(d.changes, c) }

// inOrder lists all nodes in the order of the flow, those of cycles and behind them last.
func inOrder(doc *Document) []string {
	ordered, _ := doc.Order()
	seen := map[string]bool{}
	for _, id := range ordered {
		seen[id] = true
	}
	for _, id := range doc.NodeIDs() {
		if !seen[id] {
			ordered = append(ordered, id)
		}
	}
	return ordered
}

// match finds out which nodes are the same, the surest first.
func (d *differ) match(byID bool) {
	d.newer, d.older = map[string]string{}, map[string]string{}
	if byID {
		for _, id := range d.a.NodeIDs() {
			if d.b.Nodes[id] != nil {
				d.pair(id, id)
			}
		}
	}
	d.matchBy(func(n *Node) string { return canonical([]any{n.Name, n.Kind}) })
	if !byID {
		d.matchBy(func(n *Node) string { return n.Name })
	}
	d.matchBy(func(n *Node) string {
		if content := present(n.Config); content != nil {
			return canonical([]any{n.Kind, n.Description, content})
		}
		return ""
	})
}

func (d *differ) pair(older, newer string) {
	d.newer[older], d.older[newer] = newer, older
}

// matchBy pairs the nodes left over that alone have the same key on their side; "" is no key.
func (d *differ) matchBy(key func(*Node) string) {
	index := func(doc *Document, taken map[string]string) map[string][]string {
		found := map[string][]string{}
		for _, id := range doc.NodeIDs() {
			if _, gone := taken[id]; !gone {
				found[key(doc.Nodes[id])] = append(found[key(doc.Nodes[id])], id)
			}
		}
		return found
	}
	newer := index(d.b, d.older)
	for text, ids := range index(d.a, d.newer) {
		if others := newer[text]; text != "" && len(ids) == 1 && len(others) == 1 {
			d.pair(ids[0], others[0])
		}
	}
}

func (d *differ) pipeline() {
	d.text(Change{Of: PipelinePart, Field: "name"}, d.a.Name, d.b.Name)
	d.text(Change{Of: PipelinePart, Field: "mode"}, string(d.a.Mode), string(d.b.Mode))
	keys := map[string]any{}
	for _, settings := range []map[string]string{d.a.Settings, d.b.Settings} {
		for key := range settings {
			keys[key] = nil
		}
	}
	for _, key := range sortedKeys(keys) {
		before, had := d.a.Settings[key]
		after, has := d.b.Settings[key]
		c := Change{Op: Changed, Of: SettingPart, Field: key, Before: before, After: after}
		switch {
		case !had:
			c.Op, c.Before = Added, nil
		case !has:
			c.Op, c.After = Removed, nil
		case before == after:
			continue
		}
		d.add(c)
	}
}

// text adds the change of a text, if it is one; an empty one counts as absent.
func (d *differ) text(c Change, before, after string) {
	switch {
	case before == after:
		return
	case before == "":
		c.Op, c.After = Added, after
	case after == "":
		c.Op, c.Before = Removed, before
	default:
		c.Op, c.Before, c.After = Changed, before, after
	}
	d.add(c)
}

func (d *differ) node(id string, before, after *Node) {
	c := Change{Of: FieldPart, Node: id, Name: after.Name, Kind: after.Kind}
	for _, field := range []struct{ name, before, after string }{
		{"name", before.Name, after.Name},
		{"kind", before.Kind, after.Kind},
		{"description", before.Description, after.Description},
	} {
		c.Field = field.name
		d.text(c, field.before, field.after)
	}
	c.Field = ""
	d.value(c, present(before.Config), present(after.Config))
}

// present is a config value without what is empty in its objects; nil when nothing is left. Lists keep their empty entries,
// which have a meaning: the empty grouping set is the grand total.
func present(value any) any {
	if config, ok := value.(Config); ok {
		value = map[string]any(config)
	}
	if object, ok := value.(map[string]any); ok {
		kept := map[string]any{}
		for key, item := range object {
			if item = present(item); item != nil {
				kept[key] = item
			}
		}
		value = kept
	}
	if isEmpty(value) {
		return nil
	}
	return value
}

// value compares two values at c.Field; nil is an absent one.
func (d *differ) value(c Change, before, after any) {
	objectBefore, isObject := before.(map[string]any)
	objectAfter, areObjects := after.(map[string]any)
	listBefore, isList := before.([]any)
	listAfter, areLists := after.([]any)
	switch {
	case isObject && areObjects, c.Field == "" && (isObject || before == nil) && (areObjects || after == nil):
		d.object(c, objectBefore, objectAfter)
	case isList && areLists:
		d.list(c, listBefore, listAfter)
	case canonical(before) == canonical(after):
	default:
		c.Op, c.Before, c.After = Changed, before, after
		if before == nil {
			c.Op = Added
		} else if after == nil {
			c.Op = Removed
		}
		d.add(c)
	}
}

func (d *differ) object(c Change, before, after map[string]any) {
	keys := map[string]any{}
	for _, object := range []map[string]any{before, after} {
		for key := range object {
			keys[key] = nil
		}
	}
	for _, key := range sortedKeys(keys) {
		d.value(c.at(key), before[key], after[key])
	}
}

// at is the change one key further down.
func (c Change) at(key string) Change {
	if c.Field != "" {
		key = c.Field + "." + key
	}
	c.Field = key
	return c
}

// list compares lists whose entries go by names, or are scalars, as sets with an order, and others entry by entry.
func (d *differ) list(c Change, before, after []any) {
	keysBefore, setBefore := entryKeys(before)
	keysAfter, setAfter := entryKeys(after)
	if !setBefore || !setAfter {
		d.entries(c, before, after)
		return
	}
	at := func(i int, list []any, keys []string) Change {
		if _, isObject := list[i].(map[string]any); isObject {
			return c.at(keys[i])
		}
		return c
	}
	for i, key := range keysBefore {
		if !slices.Contains(keysAfter, key) {
			gone := at(i, before, keysBefore)
			gone.Op, gone.Before = Removed, before[i]
			d.add(gone)
		}
	}
	for i, key := range keysAfter {
		k := slices.Index(keysBefore, key)
		if k >= 0 {
			d.value(at(i, after, keysAfter), before[k], after[i])
			continue
		}
		came := at(i, after, keysAfter)
		came.Op, came.After = Added, after[i]
		d.add(came)
	}
	keptBefore := slices.DeleteFunc(slices.Clone(keysBefore), func(key string) bool { return !slices.Contains(keysAfter, key) })
	keptAfter := slices.DeleteFunc(slices.Clone(keysAfter), func(key string) bool { return !slices.Contains(keysBefore, key) })
	if !slices.Equal(keptBefore, keptAfter) {
		c.Op, c.Before, c.After = Moved, texts(keysBefore), texts(keysAfter)
		d.add(c)
	}
}

// entryKeys are what the entries of a list go by: the name of an object, the text of a scalar. ok is false when an entry has
// none or two have the same.
func entryKeys(list []any) (keys []string, ok bool) {
	seen := map[string]bool{}
	for _, entry := range list {
		key := ""
		switch e := entry.(type) {
		case map[string]any:
			if key, ok = e["name"].(string); !ok {
				return nil, false
			}
		case []any:
			return nil, false
		case string:
			key = e
		default:
			key = canonical(e)
		}
		if seen[key] {
			return nil, false
		}
		seen[key] = true
		keys = append(keys, key)
	}
	return keys, true
}

func texts(list []string) []any {
	values := make([]any, len(list))
	for i, text := range list {
		values[i] = text
	}
	return values
}

// entries compares lists by place, after what is the same at their starts and ends.
func (d *differ) entries(c Change, before, after []any) {
	start := 0
	for start < min(len(before), len(after)) && canonical(before[start]) == canonical(after[start]) {
		start++
	}
	endBefore, endAfter := len(before), len(after)
	for endBefore > start && endAfter > start && canonical(before[endBefore-1]) == canonical(after[endAfter-1]) {
		endBefore--
		endAfter--
	}
	for i := start; i < max(endBefore, endAfter); i++ {
		entry := c.at(fmt.Sprint(i))
		switch {
		case i >= endBefore:
			entry.Op, entry.After = Added, after[i]
			d.add(entry)
		case i >= endAfter:
			entry.Op, entry.Before = Removed, before[i]
			d.add(entry)
		default:
			d.value(entry, before[i], after[i])
		}
	}
}

func (d *differ) edges() {
	count := map[Edge]int{} // by the ids of b where there are any
	for _, edge := range d.b.Edges {
		count[edge]++
	}
	for _, edge := range d.a.sortedEdges() {
		moved := edge
		if id, kept := d.newer[edge.From]; kept {
			moved.From = id
		}
		if id, kept := d.newer[edge.To]; kept {
			moved.To = id
		}
		if count[moved] > 0 {
			count[moved]--
			continue
		}
		d.add(Change{Op: Removed, Of: EdgePart, From: d.a.nameOf(edge.From), To: d.a.nameOf(edge.To), Port: edge.Port})
	}
	for _, edge := range d.b.sortedEdges() {
		if count[edge] > 0 {
			count[edge]--
			d.add(Change{Op: Added, Of: EdgePart, From: d.b.nameOf(edge.From), To: d.b.nameOf(edge.To), Port: edge.Port})
		}
	}
}

// nameOf is a node's name, or its id when there is no such node.
func (d *Document) nameOf(id string) string {
	if node := d.Nodes[id]; node != nil && node.Name != "" {
		return node.Name
	}
	return id
}

// canonical is a value as JSON with sorted keys.
func canonical(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value) // no value of a document
	}
	return strings.TrimSpace(string(data))
}
