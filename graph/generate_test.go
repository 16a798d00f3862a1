package graph_test

import (
	"encoding/json"
	"fmt"

	"pgregory.net/rapid"

	"millrace/graph"
)

var (
	ids   = rapid.StringMatching(`[A-Za-z0-9_-]{1,6}`)
	ports = rapid.SampledFrom([]string{"in", "left", "right"})
)

// values are config values as Decode makes them, at most depth levels deep.
func values(depth int) *rapid.Generator[any] {
	scalars := []*rapid.Generator[any]{
		rapid.Just[any](nil),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.Map(rapid.Float64(), func(f float64) any { return json.Number(fmt.Sprint(f)) }).Filter(isJSON),
		rapid.Map(rapid.Int64(), func(i int64) any { return json.Number(fmt.Sprint(i)) }),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	return rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 3).Draw(t, "shape") {
		case 0:
			return rapid.SliceOfN(values(depth-1), 0, 4).Draw(t, "list")
		case 1:
			return rapid.MapOfN(rapid.String(), values(depth-1), 0, 4).Draw(t, "object")
		}
		return rapid.OneOf(scalars...).Draw(t, "scalar")
	})
}

func isJSON(value any) bool {
	_, err := json.Marshal(value)
	return err == nil
}

func nodes() *rapid.Generator[*graph.Node] {
	return rapid.Custom(func(t *rapid.T) *graph.Node {
		return &graph.Node{
			Kind:        rapid.SampledFrom([]string{"source", "filter", "join", "sink", "nonsense"}).Draw(t, "kind"),
			Name:        rapid.OneOf(rapid.StringMatching(`[a-z]{1,2}`), rapid.String()).Draw(t, "name"),
			Config:      rapid.MapOfN(rapid.StringMatching(`[a-z]{0,3}`), values(3), 0, 4).Draw(t, "config"),
			Position:    graph.Position{X: rapid.Float64().Draw(t, "x"), Y: rapid.Float64().Draw(t, "y")},
			Description: rapid.String().Draw(t, "description"),
		}
	})
}

// documents may hold edges to nodes that are not there, doubled ones and cycles.
func documents() *rapid.Generator[*graph.Document] {
	return rapid.Custom(func(t *rapid.T) *graph.Document {
		doc := graph.New(rapid.String().Draw(t, "name"))
		doc.Mode = rapid.SampledFrom([]graph.Mode{graph.Streaming, graph.Batch}).Draw(t, "mode")
		doc.Settings = rapid.MapOfN(rapid.String(), rapid.String(), 0, 3).Draw(t, "settings")
		doc.Nodes = rapid.MapOfN(ids, nodes(), 0, 8).Draw(t, "nodes")
		ends := ids
		if len(doc.Nodes) > 0 {
			ends = rapid.OneOf(rapid.SampledFrom(doc.NodeIDs()), rapid.SampledFrom(doc.NodeIDs()), ids)
		}
		for range rapid.IntRange(0, 10).Draw(t, "edges") {
			doc.Edges = append(doc.Edges, graph.Edge{From: ends.Draw(t, "from"), To: ends.Draw(t, "to"), Port: ports.Draw(t, "port")})
		}
		if rapid.Bool().Draw(t, "with samples") {
			doc.Samples = rapid.MapOfN(ends, samples(), 0, 3).Draw(t, "samples")
			doc.Tests = rapid.MapOfN(ids, tests(), 0, 2).Draw(t, "tests")
		}
		return doc
	})
}

func rows() *rapid.Generator[[]graph.SampleRow] {
	row := rapid.Custom(func(t *rapid.T) graph.SampleRow {
		return graph.SampleRow{
			Kind:   rapid.SampledFrom([]string{"", "-U", "+U", "-D"}).Draw(t, "kind"),
			Values: rapid.SliceOfN(values(2), 0, 3).Draw(t, "values"),
		}
	})
	return rapid.SliceOfN(row, 0, 3)
}

func samples() *rapid.Generator[*graph.Sample] {
	return rapid.Custom(func(t *rapid.T) *graph.Sample {
		return &graph.Sample{
			Live:    rapid.Bool().Draw(t, "live"),
			Columns: rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "columns"),
			Rows:    rows().Draw(t, "rows"),
		}
	})
}

// tests are in the form that Decode gives them: what says nothing is absent.
func tests() *rapid.Generator[*graph.Test] {
	names := rapid.OneOf(rapid.Just[[]string](nil), rapid.SliceOfN(rapid.String(), 1, 3))
	expectation := rapid.Custom(func(t *rapid.T) *graph.Expectation {
		e := &graph.Expectation{
			Columns: names.Draw(t, "columns"), Keys: names.Draw(t, "keys"), Ordered: rapid.Bool().Draw(t, "ordered"),
			View: rapid.SampledFrom([]graph.View{"", graph.ChangelogView}).Draw(t, "view"), Holds: rapid.String().Draw(t, "holds"),
		}
		if rapid.Bool().Draw(t, "with rows") {
			e.Rows = rows().Draw(t, "rows")
		}
		if rapid.Bool().Draw(t, "with count") {
			count := rapid.Int64Min(0).Draw(t, "count")
			e.Count = &count
		}
		return e
	})
	modes := [][]graph.Mode{nil, {graph.Batch}, {graph.Streaming, graph.Batch}}
	return rapid.Custom(func(t *rapid.T) *graph.Test {
		return &graph.Test{
			Name: rapid.String().Draw(t, "name"), Modes: rapid.SampledFrom(modes).Draw(t, "modes"),
			Samples: rapid.MapOfN(ids, samples(), 0, 2).Draw(t, "samples"), Expect: rapid.MapOfN(ids, expectation, 0, 2).Draw(t, "expect"),
		}
	})
}
