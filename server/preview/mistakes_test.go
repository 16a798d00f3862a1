package preview_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/graph"
)

func decode(t *testing.T, text string) graph.Config {
	t.Helper()
	var config graph.Config
	require.NoError(t, json.Unmarshal([]byte(text), &config), text)
	return config
}

const ordersTable = `{"table": {"columns": [
	{"name": "id", "type": "INT"}, {"name": "amount", "type": "DECIMAL(10, 2)"}, {"name": "note", "type": "STRING"},
	{"name": "paid", "type": "BOOLEAN"}, {"name": "born", "type": "DATE"}, {"name": "größe", "type": "INT"},
	{"name": "tags", "type": "MAP<STRING, STRING>"}, {"name": "items", "type": "ARRAY<ROW<sku STRING, qty INT>>"},
	{"name": "home", "type": "ROW<city STRING, zip INT>"}, {"name": "ts", "type": "TIMESTAMP(3)"}, {"name": "more", "expression": "id + 1"}
], "watermark": {"column": "ts", "expression": "ts - INTERVAL '5' SECOND"}, "primaryKey": ["id"], "options": {"connector": "datagen"}}}`

const customersTable = `{"table": {"columns": [
	{"name": "id", "type": "INT"}, {"name": "name", "type": "STRING"}, {"name": "since", "type": "TIMESTAMP(3)"}
], "watermark": {"column": "since", "expression": "since"}, "primaryKey": ["id"], "options": {"connector": "datagen"}}}`

// tables is a document with the inputs of the wrong nodes; one has a name that stands in back-ticks.
func tables(t *testing.T) *graph.Document {
	t.Helper()
	doc := graph.New("spans")
	doc.Nodes["orders"] = &graph.Node{Kind: "source", Name: "orders", Config: decode(t, ordersTable)}
	doc.Nodes["customers"] = &graph.Node{Kind: "source", Name: "Käufer-Übersicht", Config: decode(t, customersTable)}
	return doc
}

var (
	in   = []string{"orders"}
	both = []string{"orders:left", "customers:right"}

	filterNode    = shape{"filter", `{"condition": ""}`, in}
	selectNode    = shape{"select", `{"columns": [{"name": "id", "expression": "id"}, {"name": "x", "expression": ""}, {"name": "Größe", "expression": "größe"}]}`, in}
	keepNode      = shape{"select", `{"columns": [{"name": "x", "expression": ""}], "keep": true, "distinct": true}`, in}
	joinNode      = shape{"join", `{"type": "left", "condition": ""}`, both}
	joinColumns   = shape{"join", `{"type": "inner", "condition": "left.id = right.id", "columns": [{"name": "id", "expression": "left.id"}, {"name": "x", "expression": ""}]}`, both}
	semiNode      = shape{"join", `{"type": "anti", "condition": ""}`, both}
	asOfNode      = shape{"join", `{"type": "left", "condition": "left.id = right.id", "asOf": ""}`, both}
	aggregateNode = shape{"aggregate", `{"groupBy": ["note"], "dimensions": [{"name": "d", "expression": "id / 2"}], "alsoBy": ["amount"], "having": "COUNT(*) > 1", "aggregates": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	setsNode      = shape{"aggregate", `{"groupBy": ["note"], "dimensions": [{"name": "d", "expression": "id / 2"}], "grouping": "sets", "sets": [["note", "d"], ["d"]], "aggregates": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	cubeNode      = shape{"aggregate", `{"groupBy": ["note"], "dimensions": [{"name": "d", "expression": "id / 2"}], "grouping": "cube", "aggregates": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	tumbleNode    = shape{"windowAggregate", `{"window": "tumble", "timeColumn": "ts", "size": "10 MINUTE", "groupBy": ["note"], "dimensions": [{"name": "d", "expression": "id / 2"}], "having": "COUNT(*) > 1", "aggregates": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	sessionsNode  = shape{"windowAggregate", `{"window": "session", "timeColumn": "ts", "size": "10 MINUTE", "groupBy": ["note", "id"], "aggregates": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	windowNode    = shape{"window", `{"window": "hop", "timeColumn": "ts", "size": "10 MINUTE", "slide": "5 MINUTE"}`, in}
	overNode      = shape{"over", `{"partitionBy": ["note"], "orderBy": [{"expression": "ts"}], "columns": [{"name": "x", "expression": "COUNT(*)"}]}`, in}
	keysNode      = shape{"deduplicate", `{"keys": ["note", "id"], "orderBy": "ts", "keep": "last"}`, in}
	topNode       = shape{"topN", `{"partitionBy": ["note"], "orderBy": [{"expression": "id"}, {"expression": "note", "direction": "desc"}], "limit": "3"}`, in}
	unnestNode    = shape{"unnest", `{"expression": "items", "columns": ["sku", "qty"], "type": "left"}`, in}
	functionNode  = shape{"tableFunction", `{"function": "", "arguments": ["note"], "columns": ["x"], "type": "inner"}`, in}
	patternNode   = shape{"pattern", `{"partitionBy": ["note"], "orderBy": [{"expression": "ts"}], "measures": [{"name": "x", "expression": "LAST(A.id)"}], "afterMatch": "SKIP PAST LAST ROW", "pattern": "A B", "define": [{"name": "A", "expression": "A.id > 1"}]}`, in}
	sortNode      = shape{"sort", `{"orderBy": [{"expression": "id", "direction": "desc"}, {"expression": ""}], "limit": "5"}`, in}
	valuesNode    = shape{"values", `{"columns": ["a", "b"], "rows": [["1", "'größe 😀'"], ["2", ""]]}`, nil}
	udfNode       = shape{"udf", `{"function": "UPPER", "arguments": ["note"], "output": "x"}`, in}
	sqlNode       = shape{"sql", `{"query": ""}`, in}
	sqlOfTwo      = shape{"sql", `{"query": ""}`, []string{"orders", "customers"}}
	sourceNode    = shape{"source", ordersTable, nil}
	sinkNode      = shape{"sink", `{"table": {"columns": [{"name": "größe", "type": "INT"}, {"name": "id", "type": ""}], "options": {"connector": "blackhole"}}}`, []string{"orders"}}
)
