package preview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/preview"
)

// followed is a document of two sources on samples with a node of each way behind them.
func followed() *graph.Document {
	doc := graph.New("followed")
	generated(doc, "orders", `[{"name": "id", "type": "INT"}, {"name": "customer", "type": "STRING"}, {"name": "price", "type": "INT"}, {"name": "ts", "type": "TIMESTAMP(3)"}]`, `{"connector": "datagen"}`)
	generated(doc, "customers", `[{"name": "name", "type": "STRING"}, {"name": "city", "type": "STRING"}, {"name": "ts", "type": "TIMESTAMP(3)"}]`, `{"connector": "datagen"}`)
	row := func(values ...any) graph.SampleRow { return graph.SampleRow{Values: values} }
	doc.Samples = map[string]*graph.Sample{
		"orders": {Columns: []string{"id", "customer", "price", "ts"}, Rows: []graph.SampleRow{
			row(1, "ann", 5, "2026-01-01 10:00:00"), row(2, "bob", 50, "2026-01-01 10:01:00"), row(3, "ann", 70, "2026-01-01 10:02:00"),
			row(4, "eve", 90, "2026-01-01 10:12:00"), row(5, "bob", 20, "2026-01-01 10:13:00"),
		}},
		"customers": {Columns: []string{"name", "city", "ts"}, Rows: []graph.SampleRow{
			row("ann", "Ulm", "2026-01-01 09:00:00"), row("bob", "Graz", "2026-01-01 09:00:00"),
		}},
	}
	add := func(id, kind, config string, inputs ...string) {
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: id, Config: object(config)}
		for _, input := range inputs {
			connect(doc, strings.Replace(input, " ", " "+id+" ", 1))
		}
	}
	add("dear", "filter", `{"condition": "orders.price > 10"}`, "orders in")
	add("priced", "select", `{"columns": [{"name": "id", "expression": "id"}, {"name": "customer", "expression": "customer"}, {"name": "cents", "expression": "price * 100"}]}`, "dear in")
	add("located", "join", `{"type": "inner", "condition": "left.customer = right.name"}`, "priced left", "customers right")
	add("short", "join", `{"type": "left", "condition": "left.customer = right.name", "columns": [{"name": "id", "expression": "left.id"}, {"name": "city", "expression": "right.city"}]}`, "priced left", "customers right")
	add("again", "join", `{"type": "inner", "condition": "left.id = right.id"}`, "dear left", "orders right")
	add("strangers", "join", `{"type": "anti", "condition": "left.customer = right.name"}`, "dear left", "customers right")
	add("windows", "windowAggregate", `{"window": "tumble", "timeColumn": "ts", "size": "10 MINUTE", "groupBy": [], "aggregates": [{"name": "total", "expression": "SUM(price)"}]}`, "dear in")
	add("cities", "aggregate", `{"groupBy": ["city"], "aggregates": [{"name": "c", "expression": "COUNT(*)"}]}`, "located in")
	add("both", "union", `{"operation": "unionAll"}`, "orders left", "dear right")
	add("apart", "select", `{"distinct": true, "columns": [{"name": "customer", "expression": "customer"}]}`, "orders in")
	add("free", "sql", `{"query": "SELECT id + 1 AS following FROM priced"}`, "priced in")
	return doc
}

// content is the table that a changelog stands for, with how often it holds each row.
func content(rows []preview.Row) map[string]int {
	table := map[string]int{}
	for _, row := range rows {
		key := fmt.Sprint(row.Values)
		if row.Kind[0] == '+' {
			table[key]++
		} else if table[key]--; table[key] == 0 {
			delete(table, key)
		}
	}
	return table
}

func TestRowsAreFollowedToTheSamplesTheyAreMadeOf(t *testing.T) {
	b := newBench(t)
	doc := followed()
	before := string(doc.Encode())
	plain, err := b.Evaluate(t.Context(), doc, graph.Streaming)
	require.NoError(t, err)
	require.Equal(t, preview.Finished, plain.State, plain.Message)
	trace, err := b.Trace(t.Context(), doc)
	require.NoError(t, err)
	require.Equal(t, before, string(doc.Encode()), "the document is left alone")
	for _, d := range trace.Diagnostics {
		require.NotEqual(t, graph.Error, d.Severity, "%v", d)
	}
	for id, node := range trace.Nodes {
		require.Equal(t, plain.Nodes[id].Columns, node.Columns, id)
		rows := make([]preview.Row, len(node.Rows))
		for i, traced := range node.Rows {
			rows[i] = traced.Row
		}
		require.Equal(t, content(plain.Nodes[id].Rows), content(rows), "the rows of %s are those of an ordinary run", id)
	}
	from := func(id string) (all []string) {
		node := trace.Nodes[id]
		require.True(t, node.Traced, id)
		for _, row := range node.Rows {
			all = append(all, fmt.Sprint(row.Kind, row.Values[0], row.From))
		}
		slices.Sort(all)
		return all
	}
	require.Equal(t, []string{"+I2map[orders:[1]]", "+I3map[orders:[2]]", "+I4map[orders:[3]]", "+I5map[orders:[4]]"}, from("priced"))
	require.Equal(t, []string{"+I2map[customers:[1] orders:[1]]", "+I3map[customers:[0] orders:[2]]", "+I5map[customers:[1] orders:[4]]"}, from("located"))
	require.Contains(t, from("short"), "+I4map[orders:[3]]", "no partner")
	require.Equal(t, []string{"+I2map[orders:[1]]", "+I3map[orders:[2]]", "+I4map[orders:[3]]", "+I5map[orders:[4]]"}, from("again"), "both sides of one source")
	require.Contains(t, from("strangers"), "+I4map[orders:[3]]")
	require.Equal(t, []string{"+I2026-01-01 10:00:00.000map[orders:[1 2]]", "+I2026-01-01 10:10:00.000map[orders:[3 4]]"}, from("windows"))
	require.True(t, trace.Nodes["windows"].Set)
	require.False(t, trace.Nodes["located"].Set)
	require.Contains(t, from("cities"), "+UGrazmap[customers:[1] orders:[1 4]]")
	require.True(t, trace.Nodes["cities"].Set)
	require.Len(t, from("both"), 9)
	require.False(t, trace.Nodes["apart"].Traced, "DISTINCT would tell rows apart by their origins")
	require.False(t, trace.Nodes["free"].Traced)
}
