package graph

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// Between lists the operations that make b of a, one for each path that differs. Applying them to a gives b.
func Between(a, b *Document) []Operation {
	var list operations
	if a.Name != b.Name {
		list.set(b.Name, "name")
	}
	if a.Mode != b.Mode {
		list.set(b.Mode, "mode")
	}
	for _, key := range slices.Sorted(maps.Keys(a.Settings)) {
		if _, kept := b.Settings[key]; !kept {
			list.remove("settings", key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(b.Settings)) {
		if value, had := a.Settings[key]; !had || value != b.Settings[key] {
			list.set(b.Settings[key], "settings", key)
		}
	}
	list.nodesAndEdges(a, b)
	list.samplesAndTests(a, b)
	return list
}

type operations []Operation

func (l *operations) set(value any, path ...string) {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err) // values of a document
	}
	*l = append(*l, Operation{Op: "set", Path: path, Value: data})
}

func (l *operations) remove(path ...string) {
	*l = append(*l, Operation{Op: "delete", Path: path})
}

// nodesAndEdges deletes edges before nodes and sets them behind, so that no operation leaves a loose end.
func (l *operations) nodesAndEdges(a, b *Document) {
	had, has := edgeSet(a), edgeSet(b)
	goes := func(id string) bool { return a.Nodes[id] != nil && b.Nodes[id] == nil }
	for _, edge := range a.sortedEdges() {
		if !has[edge] && !goes(edge.From) && !goes(edge.To) {
			l.remove("edges", edge.Key())
		}
	}
	for _, id := range a.NodeIDs() {
		if b.Nodes[id] == nil {
			l.remove("nodes", id)
		}
	}
	for _, id := range b.NodeIDs() {
		if before := a.Nodes[id]; before != nil {
			l.node(id, before, b.Nodes[id])
		} else {
			l.set(b.Nodes[id], "nodes", id)
		}
	}
	for _, edge := range b.sortedEdges() {
		if !had[edge] {
			l.set(edge, "edges", edge.Key())
		}
	}
}

func edgeSet(doc *Document) map[Edge]bool {
	set := make(map[Edge]bool, len(doc.Edges))
	for _, edge := range doc.Edges {
		set[edge] = true
	}
	return set
}

func (l *operations) node(id string, a, b *Node) {
	if a.Kind != b.Kind {
		l.set(b.Kind, "nodes", id, "kind")
	}
	if a.Name != b.Name {
		l.set(b.Name, "nodes", id, "name")
	}
	if a.Description != b.Description {
		l.set(b.Description, "nodes", id, "description")
	}
	if a.Position != b.Position {
		l.set(b.Position, "nodes", id, "position")
	}
	l.object([]string{"nodes", id, "config"}, a.Config, b.Config)
}

// object compares two objects key by key, objects inside them too.
func (l *operations) object(path []string, a, b map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(a)) {
		if _, kept := b[key]; !kept {
			l.remove(slices.Concat(path, []string{key})...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(b)) {
		before, had := a[key]
		if had && reflect.DeepEqual(before, b[key]) {
			continue
		}
		place := slices.Concat(path, []string{key})
		inner, isObject := b[key].(map[string]any)
		if outer, wasObject := before.(map[string]any); isObject && wasObject {
			l.object(place, outer, inner)
			continue
		}
		l.set(b[key], place...)
	}
}
