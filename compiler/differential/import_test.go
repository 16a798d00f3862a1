package differential_test

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// TestImportedScriptsDoWhatTheirScriptDoes holds what was written by hand against what it became: the optimised plans, and of
// scripts over rows of their own also the rows, as a stream and as a batch.
func TestImportedScriptsDoWhatTheirScriptDoes(t *testing.T) {
	flinktest.Start(t)
	for _, c := range importCases(t) {
		doc, diagnostics := compiler.Import(c.script)
		if graph.HasErrors(diagnostics) {
			continue
		}
		t.Run(c.name(), func(t *testing.T) {
			t.Parallel()
			if !onFlink(t, c.folder) {
				return
			}
			original := cut(t, c.script)
			script := compiler.Compile(doc, compiler.Options{})
			become := compiled(t, doc, script, original)
			byHand, imported := prepared(t, c, original, nil), prepared(t, c, become, nil)
			describes(t, imported, script)
			comparePlans(t, explained(t, byHand, original), explained(t, imported, become), script.Text)
			if !c.bounded() || len(original.inserts) == 0 {
				return
			}
			rows := compareRows(t, byHand, imported, original.inserts, become.inserts)
			if !c.choosesMode() {
				batch := map[string]string{"execution.runtime-mode": "BATCH"}
				byHand, imported = prepared(t, c, original, batch), prepared(t, c, become, batch)
				for number, filled := range compareRows(t, byHand, imported, original.inserts, become.inserts) {
					rows[number] = rows[number] || filled
				}
			}
			for _, insert := range original.inserts {
				if !rows[insert.number] {
					t.Errorf("gives no rows:\n%s", insert.sql)
				}
			}
		})
	}
}

// plansOf are those of a script: of all its INSERTs as one statement set, "" without one, and of each bare query.
type plansOf struct {
	inserts string
	queries []string
}

func explained(t *testing.T, session *flink.Session, script handWritten) (plans plansOf) {
	t.Helper()
	if len(script.inserts) > 0 {
		var set strings.Builder
		for _, insert := range script.inserts {
			set.WriteString(insert.sql + ";\n")
		}
		plans.inserts = explain(t, session, "STATEMENT SET\nBEGIN\n"+set.String()+"END")
	}
	for _, query := range script.queries {
		plans.queries = append(plans.queries, explain(t, session, query))
	}
	return plans
}

// prepared is a session in which everything has run but what asks for rows.
func prepared(t *testing.T, c importCase, script handWritten, properties map[string]string) *flink.Session {
	t.Helper()
	_, session := flinktest.Session(t, properties)
	runFile(t, session, filepath.Join(c.folder, "before.sql"))
	for _, sql := range script.prepare {
		if _, err := session.Run(t.Context(), sql, nil); err != nil {
			t.Fatalf("%s\n%v", sql, short(err))
		}
	}
	return session
}

func explain(t *testing.T, session *flink.Session, what string) string {
	t.Helper()
	result, err := session.Run(t.Context(), "EXPLAIN CHANGELOG_MODE "+what, nil)
	if err != nil {
		t.Fatalf("%s\n%v", what, short(err))
	}
	return fmt.Sprint(result.Rows[0].Values[0])
}

func comparePlans(t *testing.T, want, got plansOf, script string) {
	t.Helper()
	if want.inserts != "" {
		difference, err := samePlan(want.inserts, got.inserts)
		if err != nil {
			t.Fatal(err)
		}
		if difference != "" {
			t.Errorf("%s\nby hand:\n%s\nimported:\n%s\nfrom:\n%s", difference, optimized(want.inserts), optimized(got.inserts), script)
		}
	}
	for _, query := range want.queries {
		compareWithOneOf(t, query, got.queries, script)
	}
}

// compareWithOneOf looks for a bare query's plan among those of the ends that have no sink. Where none is it, the one whose
// length is nearest is shown.
func compareWithOneOf(t *testing.T, want string, got []string, script string) {
	t.Helper()
	nearest, away := "there is no end without a sink", math.MaxInt
	for _, candidate := range got {
		difference, err := samePlan(want, candidate)
		if err != nil {
			t.Fatal(err)
		}
		if difference == "" {
			return
		}
		if far := max(len(candidate), len(want)) - min(len(candidate), len(want)); far < away {
			nearest, away = difference+"\nimported:\n"+optimized(candidate), far
		}
	}
	t.Errorf("%s\nby hand:\n%s\nfrom:\n%s", nearest, optimized(want), script)
}

func optimized(plan string) string {
	_, text, _ := strings.Cut(plan, "== Optimized Physical Plan ==\n")
	return text
}

// TestImportedScriptsAreStructured counts the steps of the corpus that became an SQL node.
func TestImportedScriptsAreStructured(t *testing.T) {
	nodes, opaque := 0, 0
	for _, c := range importCases(t) {
		doc, _ := compiler.Import(c.script)
		for _, id := range doc.NodeIDs() {
			node := doc.Nodes[id]
			nodes++
			if node.Kind == "sql" {
				opaque++
				t.Logf("%s: %s: %s", c.name(), node.Name, firstLine(fmt.Sprint(node.Config["query"])))
			}
		}
	}
	t.Logf("%d of %d nodes are structured, %.1f %%", nodes-opaque, nodes, 100*float64(nodes-opaque)/float64(nodes))
	if opaque*10 > nodes {
		t.Errorf("%d of %d nodes are SQL nodes, more than a tenth", opaque, nodes)
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
