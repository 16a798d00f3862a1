package preview_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/verdict"
)

func TestVersionsAreComparedOnTheSameSamples(t *testing.T) {
	b := newBench(t)
	first, second := followed(), followed()
	second.Nodes["dear"].Config["condition"] = "orders.price > 60"
	second.Nodes["fresh"] = &graph.Node{Kind: "filter", Name: "fresh", Config: graph.Config{"condition": "id > 1"}}
	connect(second, "orders fresh in")
	delete(second.Nodes, "apart")
	second.Edges = without(second.Edges, "apart")
	first.Samples = nil // the draft's are used
	c, err := verdict.Compare(t.Context(), b, first, second)
	require.NoError(t, err)
	require.Empty(t, c.Diagnostics)
	require.Equal(t, []string{"fresh"}, c.Added)
	require.Equal(t, []string{"apart"}, c.Gone)
	of := func(id string) verdict.Outcome {
		for _, outcome := range c.Nodes {
			if outcome.Node == id {
				return outcome
			}
		}
		t.Fatalf("%s was not compared", id)
		return verdict.Outcome{}
	}
	require.True(t, of("orders").Passed)
	require.False(t, of("priced").Passed)
	var gone []any
	for _, row := range of("priced").Missing {
		gone = append(gone, row.Values[0])
	}
	require.ElementsMatch(t, []any{json.Number("2"), json.Number("5")}, gone)
	require.Empty(t, of("priced").Unexpected)
	require.Equal(t, 2, of("windows").Differing, "both windows have other totals: %s", of("windows").Message)

	second.Nodes["dear"].Config["condition"] = "price >"
	c, err = verdict.Compare(t.Context(), b, first, second)
	require.NoError(t, err)
	require.False(t, of("priced").Passed, "it does not run")

	delete(second.Samples, "orders")
	c, err = verdict.Compare(t.Context(), b, first, second)
	require.NoError(t, err)
	require.NotEmpty(t, c.Diagnostics, "a source without end has no rows to compare")
}

func without(edges []graph.Edge, node string) (kept []graph.Edge) {
	for _, edge := range edges {
		if edge.To != node && edge.From != node {
			kept = append(kept, edge)
		}
	}
	return kept
}
