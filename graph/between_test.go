package graph_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"millrace/graph"
)

func TestOperationsBetweenTwoDocumentsMakeTheOtherOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := documents().Draw(t, "a"), documents().Draw(t, "b")
		if rapid.Bool().Draw(t, "related") {
			b = a.Clone()
			for _, id := range b.NodeIDs() {
				if rapid.IntRange(0, 2).Draw(t, "edit") == 0 {
					b.Nodes[id].Config["added"] = values(2).Draw(t, "value")
				}
			}
			for id := range b.Samples {
				b.Samples[id].Live = rapid.Bool().Draw(t, "live")
			}
		}
		for _, doc := range []*graph.Document{a, b} { // a set of a loose edge is refused
			seen := map[graph.Edge]bool{}
			doc.Edges = slices.DeleteFunc(doc.Edges, func(e graph.Edge) bool {
				twice := seen[e]
				seen[e] = true
				return twice || doc == b && (b.Nodes[e.From] == nil || b.Nodes[e.To] == nil)
			})
		}
		got, err := graph.Apply(a, graph.Between(a, b))
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Encode()) != string(b.Encode()) {
			t.Fatalf("%+v makes\n%s\nnot\n%s", graph.Between(a, b), got.Encode(), b.Encode())
		}
		if left := graph.Between(got, b); len(left) > 0 {
			t.Fatalf("%+v between equal documents", left)
		}
	})
}
