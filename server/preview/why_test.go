package preview_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/preview"
)

// source adds a source of rows from a file's lines of JSON, or of generated ones, to a document.
func generated(doc *graph.Document, id, columns, options string) {
	doc.Nodes[id] = &graph.Node{Kind: "source", Name: id, Config: graph.Config{"table": map[string]any{
		"columns": list(columns), "watermark": map[string]any{"column": "ts", "expression": "ts"}, "options": object(options),
	}}}
}

func list(text string) (value []any) {
	must(json.Unmarshal([]byte(text), &value))
	return value
}

func object(text string) (value map[string]any) {
	must(json.Unmarshal([]byte(text), &value))
	return value
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// numbersWithTime is an endless source of n = 1, 2, …, with the present as its time.
func numbersWithTime(doc *graph.Document, id string) {
	generated(doc, id, `[{"name": "n", "type": "BIGINT"}, {"name": "ts", "expression": "CAST(CURRENT_TIMESTAMP AS TIMESTAMP(3))"}]`,
		`{"connector": "datagen", "rows-per-second": "20", "fields.n.kind": "sequence", "fields.n.start": "1", "fields.n.end": "100000"}`)
}

func connect(doc *graph.Document, edges ...string) {
	for _, text := range edges {
		ends := strings.Fields(text) // from to port
		doc.Edges = append(doc.Edges, graph.Edge{From: ends[0], To: ends[1], Port: ends[2]})
	}
}

func TestSilenceIsExplainedWhereItBegins(t *testing.T) {
	b := newBench(t)
	doc := graph.New("silent")
	numbersWithTime(doc, "numbers")
	numbersWithTime(doc, "others")
	add := func(id, kind, config string) {
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: id, Config: object(config)}
	}
	add("never", "filter", `{"condition": "n < 0"}`)
	add("behind", "select", `{"keep": true, "columns": [{"name": "twice", "expression": "n * 2"}]}`)
	add("pairs", "join", `{"type": "inner", "condition": "left.n + 100000 = right.n"}`)
	add("days", "windowAggregate", `{"window": "tumble", "timeColumn": "ts", "size": "1 DAY", "groupBy": [], "aggregates": [{"name": "c", "expression": "COUNT(*)"}]}`)
	add("many", "aggregate", `{"groupBy": ["n"], "aggregates": [{"name": "c", "expression": "COUNT(*)"}], "having": "COUNT(*) > 1"}`)
	connect(doc, "numbers never in", "never behind in", "numbers pairs left", "others pairs right", "numbers days in", "numbers many in")
	id, err := b.Start(t.Context(), "silent", 1, doc)
	require.NoError(t, err)
	b.await(t, id, func(p preview.Preview) bool {
		return p.Nodes["numbers"].Count > 20 && p.Nodes["others"].Count > 20 && p.Nodes["numbers"].Watermark != ""
	})
	why := func(node string) preview.Reason {
		reasons, err := b.Why(t.Context(), id, node)
		require.NoError(t, err)
		require.Len(t, reasons, 1, node)
		return reasons[0]
	}
	reason := why("behind")
	require.Equal(t, "never", reason.Node)
	require.Equal(t, "filter", reason.Code)
	require.Contains(t, reason.Detail, "n < 0")
	require.Equal(t, "partner", why("pairs").Code)
	require.Equal(t, "having", why("many").Code)
	reason = why("days")
	require.Equal(t, "window", reason.Code)
	require.Contains(t, reason.Detail, "T00:00:00Z", "the day's end")
	reasons, err := b.Why(t.Context(), id, "numbers")
	require.NoError(t, err)
	require.Empty(t, reasons, "it has rows")
	_, err = b.Why(t.Context(), id, "nobody")
	require.ErrorIs(t, err, preview.ErrNotFound)
}

func TestLateRowsAndWatermarksThatDoNotComeAreNamed(t *testing.T) {
	b := newBench(t)
	doc := graph.New("late")
	// Time runs backwards by an hour a row: all rows but the first are late.
	generated(doc, "backwards", `[{"name": "n", "type": "INT"}, {"name": "ts", "expression": "TIMESTAMPADD(HOUR, -n, TIMESTAMP '2026-01-01 00:00:00.000')"}]`,
		`{"connector": "datagen", "rows-per-second": "50", "fields.n.kind": "sequence", "fields.n.start": "1", "fields.n.end": "100000"}`)
	doc.Nodes["hours"] = &graph.Node{Kind: "windowAggregate", Name: "hours", Config: object(
		`{"window": "tumble", "timeColumn": "ts", "size": "1 HOUR", "groupBy": [], "aggregates": [{"name": "c", "expression": "COUNT(*)"}]}`)}
	// No row, so no watermark.
	generated(doc, "quiet", `[{"name": "n", "type": "INT"}, {"name": "ts", "type": "TIMESTAMP(3)"}]`, `{"connector": "datagen", "rows-per-second": "0"}`)
	doc.Nodes["all"] = &graph.Node{Kind: "union", Name: "all", Config: object(`{"operation": "unionAll"}`)}
	doc.Nodes["both"] = &graph.Node{Kind: "windowAggregate", Name: "both", Config: doc.Nodes["hours"].Config}
	connect(doc, "backwards hours in", "backwards all left", "quiet all right", "all both in")
	id, err := b.Start(t.Context(), "late", 1, doc)
	require.NoError(t, err)
	b.await(t, id, func(p preview.Preview) bool { return p.Nodes["backwards"].Count > 200 })
	var reasons []preview.Reason
	require.Eventually(t, func() bool {
		reasons, err = b.Why(t.Context(), id, "hours")
		require.NoError(t, err)
		return len(reasons) > 0 && reasons[0].Code == "late"
	}, 30e9, 5e8)
	require.Equal(t, "ts - INTERVAL '1' MINUTE", unquoted(t, reasons[0].Remedies[0].Operations[0].Value))
	edited, err := graph.Apply(doc, reasons[0].Remedies[0].Operations)
	require.NoError(t, err)
	expression, _ := edited.Nodes["backwards"].Config.At("table.watermark.expression")
	require.Equal(t, "ts - INTERVAL '1' MINUTE", expression)

	reasons, err = b.Why(t.Context(), id, "both")
	require.NoError(t, err)
	held := reasons[len(reasons)-1]
	require.Equal(t, "watermark", held.Code)
	require.Equal(t, "quiet", held.Node)
	edited, err = graph.Apply(doc, held.Remedies[0].Operations)
	require.NoError(t, err)
	require.Equal(t, "5 s", edited.Settings["table.exec.source.idle-timeout"])
}

func unquoted(t *testing.T, data json.RawMessage) (text string) {
	t.Helper()
	require.NoError(t, json.Unmarshal(data, &text))
	return text
}

func TestPiecesOfAnExpressionAreWorkedOutForARow(t *testing.T) {
	b := newBench(t)
	doc := tables(t)
	doc.Nodes["dear"] = &graph.Node{Kind: "filter", Name: "dear", Config: graph.Config{"condition": "amount > 10 AND (UPPER(note) = 'A' OR tags['k'] = 'v')"}}
	doc.Nodes["known"] = &graph.Node{Kind: "join", Name: "known", Config: graph.Config{"type": "inner", "condition": "left.id = right.id"}}
	connect(doc, "orders dear in", "orders known left", "customers known right")
	relations, err := b.Relations(t.Context(), "pieces", 1, doc)
	require.NoError(t, err)
	given := map[string]any{
		"id": json.Number("7"), "amount": "12.50", "note": "it's", "tags": []any{map[string]any{"key": "k", "value": "v"}},
		"items": []any{map[string]any{"sku": "s", "qty": json.Number("2")}}, "home": map[string]any{"city": "Ulm", "zip": json.Number("89073")}, "ts": "2026-01-02 03:04:05.678",
	}
	var order []any
	for _, column := range relations.Nodes["orders"].Columns {
		order = append(order, given[column.Name])
	}
	values := func(node, expression string, rows map[string][]any) map[string]string {
		parts, err := b.Pieces(t.Context(), "pieces", doc, node, expression, rows)
		require.NoError(t, err)
		require.Equal(t, expression, expression[parts[0].Start:parts[0].End], "the whole first")
		found := map[string]string{}
		for _, part := range parts {
			found[expression[part.Start:part.End]] = "NULL"
			if part.Value != nil {
				found[expression[part.Start:part.End]] = *part.Value
			}
		}
		return found
	}
	require.Equal(t, map[string]string{
		"amount > 10 AND (UPPER(note) = 'A' OR tags['k'] = 'v')": "TRUE", "amount > 10": "TRUE", "amount": "12.50",
		"UPPER(note) = 'A' OR tags['k'] = 'v'": "TRUE", "UPPER(note) = 'A'": "FALSE", "UPPER(note)": "IT'S", "note": "it's",
		"tags['k'] = 'v'": "TRUE", "tags['k']": "v", "tags": "{k=v}",
	}, values("dear", "amount > 10 AND (UPPER(note) = 'A' OR tags['k'] = 'v')", map[string][]any{"orders": order}))
	require.Equal(t, "FALSE", values("known", "left.id = right.id", map[string][]any{"orders": order, "customers": {json.Number("8"), nil, nil}})["left.id = right.id"])
	require.Equal(t, "NULL", values("known", "right.name", map[string][]any{"orders": order, "customers": {json.Number("8"), nil, nil}})["right.name"])
	_, err = b.Pieces(t.Context(), "pieces", doc, "dear", "amount >", map[string][]any{"orders": order})
	require.ErrorContains(t, err, "Expected an expression")
	_, err = b.Pieces(t.Context(), "pieces", doc, "dear", "amount", map[string][]any{"orders": order[:2]})
	require.Error(t, err)
}
