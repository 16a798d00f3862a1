package preview_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/preview"
)

// TestWhatFlinkRefusesToPlanIsPutOnItsNode asks for rows of nodes that Flink describes and cannot plan.
func TestWhatFlinkRefusesToPlanIsPutOnItsNode(t *testing.T) {
	b := newBench(t)
	doc := tables(t)
	wrong := map[string]mistake{
		"option":    {sourceNode, "table.options.rows-per-secnd", "5", ""},
		"value":     {sourceNode, "table.options.rows-per-second", "many", ""},
		"connector": {sourceNode, "table.options.connector", "kafkaa", ""},
		"format":    {shape{"source", `{"table": {"columns": [{"name": "a", "type": "INT"}], "options": {"connector": "filesystem", "path": "/tmp/none"}}}`, nil}, "table.options.format", "jsn", ""},
		"sort":      {shape{"sort", `{"orderBy": [{"expression": ""}]}`, in}, "orderBy.0.expression", "note", ""},
		"pattern":   {patternNode, "orderBy.0.expression", "id", ""},
		"hint": {
			shape{"aggregate", `{"groupBy": ["note"], "aggregates": [{"name": "x", "expression": "COUNT(*)"}], "hints": [""]}`, in},
			"hints.0", "STATE_TTL('nobody' = '1d')", "",
		},
	}
	for id, m := range wrong {
		doc.Nodes[id] = &graph.Node{Kind: m.node.kind, Name: "wrong_" + id, Config: m.config(t, m.text)}
		for _, input := range m.node.inputs {
			doc.Edges = append(doc.Edges, graph.Edge{From: input, To: id, Port: "in"})
		}
	}
	doc.Nodes["behind"] = &graph.Node{Kind: "filter", Name: "behind", Config: graph.Config{"condition": "id > 1"}}
	doc.Edges = append(doc.Edges, graph.Edge{From: "option", To: "behind", Port: "in"})
	id, err := b.Start(t.Context(), "unplanned", 1, doc)
	require.NoError(t, err)
	p := b.await(t, id, func(p preview.Preview) bool { return p.State == preview.Failed || p.Nodes["orders"].Count > 0 })
	require.Equal(t, preview.Running, p.State, "the others run: %s", p.Message)
	found := map[string]graph.Diagnostic{}
	for _, d := range p.Diagnostics {
		if d.Severity == graph.Error {
			require.NotContains(t, found, d.Node, "said once")
			found[d.Node] = d
		}
	}
	require.NotContains(t, found, "orders")
	require.NotContains(t, found, "behind", "its input is to blame")
	require.NotContains(t, slices.Collect(maps.Keys(p.Nodes)), "behind")
	for id, m := range wrong {
		require.NotContains(t, slices.Collect(maps.Keys(p.Nodes)), id)
		require.Equal(t, m.field, found[id].Field, "%s: %s", id, found[id].Detail)
		if span := found[id].Span; span != nil {
			require.Equal(t, graph.Span{End: len(m.text)}, *span, "%s: %s", id, found[id].Detail)
		}
	}
}
