package differential_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink/flinktest"
)

// TestTypesFitAsFlinkSays writes a column of each type into one of each other type: the compiler refuses what Flink refuses,
// and nothing else.
func TestTypesFitAsFlinkSays(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	types := []string{
		"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT NOT NULL", "DECIMAL(10, 2)", "FLOAT", "DOUBLE PRECISION", "CHAR(3)", "STRING", "BINARY(3)", "BYTES",
		"DATE", "TIME(0)", "TIMESTAMP(3)", "TIMESTAMP(6) WITH LOCAL TIME ZONE",
	}
	refused := 0
	for i, has := range types {
		for _, prefix := range []string{"source", "sink"} {
			if _, err := session.Run(t.Context(), fmt.Sprintf("CREATE TABLE %s_%d (c %s) WITH ('connector' = '%s')", prefix, i, has, map[string]string{"source": "datagen", "sink": "blackhole"}[prefix]), nil); err != nil {
				t.Fatal(short(err))
			}
		}
	}
	for i, has := range types {
		for j, wants := range types {
			_, err := session.Run(t.Context(), fmt.Sprintf("EXPLAIN INSERT INTO sink_%d SELECT c FROM source_%d", j, i), nil)
			if err != nil && !strings.Contains(short(err), "ncompatible types") && !strings.Contains(short(err), "do not match") {
				t.Fatalf("%s into %s: %s", has, wants, short(err))
			}
			doc := graph.New("fit")
			for id, typ := range map[string]string{"source": has, "sink": wants} {
				doc.Nodes[id] = &graph.Node{Kind: id, Name: id, Config: graph.Config{"table": map[string]any{
					"columns": []any{map[string]any{"name": "c", "type": typ}}, "options": map[string]any{"connector": map[string]string{"source": "datagen", "sink": "blackhole"}[id]},
				}}}
			}
			doc.Edges = []graph.Edge{{From: "source", To: "sink", Port: "in"}}
			ours := slices.ContainsFunc(compiler.Compile(doc, compiler.Options{}).Diagnostics, func(d graph.Diagnostic) bool { return d.Code == "type-does-not-fit" })
			if ours != (err != nil) {
				t.Errorf("%s into %s: the compiler refuses it: %t, Flink: %t", has, wants, ours, err != nil)
			}
			if ours {
				refused++
			}
		}
	}
	if refused < 150 {
		t.Errorf("only %d pairs were refused", refused)
	}
}
