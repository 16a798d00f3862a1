package preview_test

import (
	"encoding/json"
	"io"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/preview"
)

// randomDraft is a source of 200 rows, a random number beside each, a filter on it, and a count behind the filter.
func randomDraft() *graph.Document {
	doc := graph.New("random")
	doc.Nodes["numbers"] = &graph.Node{Kind: "source", Name: "numbers", Config: graph.Config{"table": map[string]any{
		"columns": []any{map[string]any{"name": "n", "type": "INT"}},
		"options": map[string]any{"connector": "datagen", "number-of-rows": "200", "fields.n.kind": "sequence", "fields.n.start": "1", "fields.n.end": "200"},
	}}}
	doc.Nodes["drawn"] = &graph.Node{Kind: "select", Name: "drawn", Config: graph.Config{"keep": true, "columns": []any{
		map[string]any{"name": "r", "expression": "RAND()"},
	}}}
	doc.Nodes["high"] = &graph.Node{Kind: "filter", Name: "high", Config: graph.Config{"condition": "r > 0.5"}}
	doc.Nodes["total"] = &graph.Node{Kind: "aggregate", Name: "total", Config: graph.Config{"groupBy": []any{}, "aggregates": []any{
		map[string]any{"name": "c", "expression": "COUNT(*)"}, map[string]any{"name": "most", "expression": "MAX(r)"},
	}}}
	doc.Edges = []graph.Edge{{From: "numbers", To: "drawn", Port: "in"}, {From: "drawn", To: "high", Port: "in"}, {From: "high", To: "total", Port: "in"}}
	return doc
}

func TestRowOfANodeIsTheRowThatItsConsumersGot(t *testing.T) {
	b := newBench(t)
	id, err := b.Start(t.Context(), "random", 1, randomDraft())
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Finished))
	require.Equal(t, preview.Tap, p.Way)
	require.Len(t, p.Nodes["numbers"].Rows, 200)
	require.Len(t, p.Nodes["drawn"].Rows, 200)
	var high []preview.Row
	var most float64
	for _, row := range p.Nodes["drawn"].Rows {
		r, err := row.Values[1].(json.Number).Float64()
		require.NoError(t, err)
		if r > 0.5 {
			high, most = append(high, row), max(most, r)
		}
	}
	require.NotEmpty(t, high)
	require.Equal(t, high, p.Nodes["high"].Rows)
	totals := p.Nodes["total"].Rows
	require.Len(t, totals, 2*len(high)-1, "one +I, then -U and +U for each")
	last := totals[len(totals)-1]
	require.Equal(t, "+U", last.Kind)
	greatest, err := last.Values[1].(json.Number).Float64()
	require.NoError(t, err)
	require.InDelta(t, most, greatest, 0)
}

func TestFlinkWithoutTheTapIsAskedByQuery(t *testing.T) {
	b := newBenchOf(t, nil)
	id, err := b.Start(t.Context(), "flights", 1, example(t, 0))
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Finished))
	require.Equal(t, preview.Union, p.Way)
	require.EqualValues(t, 4349, p.Nodes["late"].Count)
	require.EqualValues(t, 1802, p.Nodes["delays"].Count)
}

// A server that dies closes its sockets; nothing else tells the job.
func TestJobDoesNotOutliveTheServerThatItPushesTo(t *testing.T) {
	taps, err := preview.ListenTaps("127.0.0.1:0", "")
	require.NoError(t, err)
	b := newBenchOf(t, taps)
	id, err := b.Start(t.Context(), "orders", 1, example(t, 1))
	require.NoError(t, err)
	p := b.await(t, id, func(p preview.Preview) bool { return p.Nodes["orders"].Count > 0 })
	require.NoError(t, taps.Close())
	require.Eventually(t, func() bool {
		state, err := b.engine.Client.JobStatus(t.Context(), p.FlinkJobID)
		return err == nil && flink.IsTerminal(state)
	}, 20*time.Second, 100*time.Millisecond)
	p = b.await(t, id, state(preview.Failed))
	require.Contains(t, p.Message, "closed the connection")
}

func TestConnectionsThatAreNoTapsAreClosed(t *testing.T) {
	taps, err := preview.ListenTaps("127.0.0.1:0", "")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taps.Close()) })
	for name, said := range map[string]string{
		"another protocol": "GET / HTTP/1.1\r\n\r\n", "no greeting": "MRTAP1\n\x00\x00\x00\x01E", "a length without end": "MRTAP1\n\xff\xff\xff\xffH",
		"no JSON": "MRTAP1\n\x00\x00\x00\x03H{]", "an unknown secret": "MRTAP1\n\x00\x00\x00\x1cH" + `{"run":"stranger","node":""}`[:27],
	} {
		connection, err := net.Dial("tcp", taps.Address())
		require.NoError(t, err, name)
		_, err = io.WriteString(connection, said)
		require.NoError(t, err, name)
		require.NoError(t, connection.SetReadDeadline(time.Now().Add(5*time.Second)))
		answer, _ := io.ReadAll(connection)
		require.Empty(t, answer, name)
		_ = connection.Close()
	}
}
