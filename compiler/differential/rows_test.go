package differential_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// TestImportedScriptsGiveTheRowsOfTheirScript runs the query of each INSERT of each bounded case, as it was written and as it
// became, in each mode in which the script may run.
func TestImportedScriptsGiveTheRowsOfTheirScript(t *testing.T) {
	flinktest.Start(t)
	for _, c := range importCases(t) {
		doc, diagnostics := compiler.Import(c.script)
		if graph.HasErrors(diagnostics) || !c.bounded() {
			continue
		}
		t.Run(c.name(), func(t *testing.T) {
			t.Parallel()
			if !onFlink(t, c.folder) {
				return
			}
			original := cut(t, c.script)
			become := compiled(t, doc, compiler.Compile(doc, compiler.Options{}), original)
			ran := map[string]bool{}
			for _, mode := range c.modes() {
				compareRows(t, c, mode, original, become, ran)
			}
			for _, insert := range original.inserts {
				if !ran[insert.sql] {
					t.Errorf("gives no rows in any mode:\n%s", insert.sql)
				}
			}
		})
	}
}

func compareRows(t *testing.T, c importCase, mode string, original, become handWritten, ran map[string]bool) {
	t.Helper()
	properties := map[string]string{"execution.runtime-mode": mode}
	byHand, imported := prepared(t, c, original, properties), prepared(t, c, become, properties)
	for i, insert := range original.inserts {
		want, wantErr := table(t, byHand, insert.query)
		got, gotErr := table(t, imported, become.inserts[i].query)
		if wantErr != nil && gotErr != nil { // what Flink cannot do in this mode
			continue
		}
		if wantErr != nil || gotErr != nil {
			t.Errorf("%s: by hand: %v, imported: %v\n%s", mode, wantErr, gotErr, insert.sql)
			continue
		}
		ran[insert.sql] = ran[insert.sql] || len(want) > 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: rows by hand (-) and imported (+):\n%s\n%s\n%s", mode, diff, insert.sql, become.inserts[i].sql)
		}
	}
}

// table runs a query to its end and returns the rows that are left when the changelog has been applied, sorted.
func table(t *testing.T, session *flink.Session, query string) ([]string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	result, err := session.Run(ctx, query, nil)
	if err != nil {
		return nil, fmt.Errorf("%s", short(err))
	}
	counts := map[string]int{}
	for _, row := range result.Rows {
		text, err := json.Marshal(row.Values)
		if err != nil {
			t.Fatal(err)
		}
		if row.Kind == "+I" || row.Kind == "+U" {
			counts[string(text)]++
		} else {
			counts[string(text)]--
		}
	}
	rows := []string{}
	for text, count := range counts {
		if count < 0 {
			t.Errorf("%s is taken back but was never there", text)
		}
		for range count {
			rows = append(rows, text)
		}
	}
	slices.Sort(rows)
	return rows, nil
}
