package compiler

import (
	"fmt"
	"strings"
	"testing"

	"millrace/graph"
)

// branches are n branches of ten nodes, from a source over filters and selects, that one query unites for one sink.
func branches(n int) *graph.Document {
	type object = map[string]any
	doc := graph.New("branches")
	columns := []any{object{"name": "id", "type": "INT"}, object{"name": "price", "type": "DOUBLE"}, object{"name": "name", "type": "STRING"}}
	selected := []any{
		object{"name": "id", "expression": "id"},
		object{"name": "price", "expression": "CASE WHEN price > 100 THEN 100 ELSE price * 1.1 END"},
		object{"name": "name", "expression": "UPPER(name) || '-' || CAST(id AS STRING)"},
	}
	var queries []string
	for branch := range n {
		before := ""
		for step := range 10 {
			id := fmt.Sprintf("n%d_%d", branch, step)
			node := &graph.Node{Name: id, Description: "Step of a branch."}
			switch {
			case step == 0:
				node.Kind, node.Config = "source", graph.Config{"table": object{"columns": columns, "options": object{"connector": "datagen"}}}
			case step%2 == 1:
				node.Kind, node.Config = "filter", graph.Config{"condition": "price > 10 AND name IS NOT NULL"}
			default:
				node.Kind, node.Config = "select", graph.Config{"columns": selected}
			}
			doc.Nodes[id] = node
			if before != "" {
				doc.Edges = append(doc.Edges, graph.Edge{From: before, To: id, Port: "in"})
			}
			before = id
		}
		queries = append(queries, "SELECT * FROM "+before)
		doc.Edges = append(doc.Edges, graph.Edge{From: before, To: "all", Port: "in"})
	}
	doc.Nodes["all"] = &graph.Node{Kind: "sql", Name: "united", Config: graph.Config{"query": strings.Join(queries, "\nUNION ALL\n")}}
	doc.Nodes["out"] = &graph.Node{Kind: "sink", Name: "outcome", Config: graph.Config{"table": object{"columns": columns, "options": object{"connector": "blackhole"}}}}
	doc.Edges = append(doc.Edges, graph.Edge{From: "all", To: "out", Port: "in"})
	return doc
}

func benchmarkCompile(b *testing.B, n int) {
	doc := branches(n)
	if script := Compile(doc, Options{}); graph.HasErrors(script.Diagnostics) || len(script.Statements) != 10*n+3 {
		b.Fatal(len(script.Statements), listing(doc, script.Diagnostics))
	}
	b.ReportAllocs()
	for b.Loop() {
		Compile(doc, Options{})
	}
}

func BenchmarkCompile1000(b *testing.B)  { benchmarkCompile(b, 100) }
func BenchmarkCompile10000(b *testing.B) { benchmarkCompile(b, 1000) }

func BenchmarkImport1000(b *testing.B) {
	script := Compile(branches(100), Options{}).Text
	b.SetBytes(int64(len(script)))
	for b.Loop() {
		Import(script)
	}
}

func BenchmarkImport10000(b *testing.B) {
	script := Compile(branches(1000), Options{}).Text
	b.SetBytes(int64(len(script)))
	for b.Loop() {
		Import(script)
	}
}
