package preview

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// TestEveryGoldenPipelineCanBeTapped plans, for each case of testdata/compile that Flink can plan, the statement set of its preview.
// A time attribute, a key or a hint that does not survive between a node and its consumers would show here.
func TestEveryGoldenPipelineCanBeTapped(t *testing.T) {
	engine := flinktest.Start(t)
	taps, err := ListenTaps("127.0.0.1:0", "")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taps.Close()) })
	m := New(Options{
		Taps: taps, Client: func() *flink.Client { return engine.Client }, Functions: func() []compiler.Function { return nil },
		Check: func(*graph.Document) []graph.Diagnostic { return nil }, OnStatus: func(Preview) {},
		OnRows: func(string, string, int64, []json.RawMessage) {}, Logger: slog.New(slog.DiscardHandler),
	})
	folders, err := filepath.Glob("../../testdata/compile/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		needs, err := filepath.Glob(filepath.Join(folder, "[bnf][eou][fnt]*.*")) // before.sql, not-on-flink.txt, functions.json
		require.NoError(t, err)
		data, err := os.ReadFile(filepath.Join(folder, "pipeline.json"))
		require.NoError(t, err)
		doc, err := graph.Decode(data)
		require.NoError(t, err)
		if len(needs) > 0 || graph.HasErrors(compiler.Compile(doc, compiler.Options{}).Diagnostics) {
			continue
		}
		t.Run(filepath.Base(folder), func(t *testing.T) {
			r := newRun(m, engine.Client, Reservation{ID: "00000000-test", Pipeline: "golden"}, 1, live("", readOnly(doc)))
			w := m.workspace("golden")
			_, err := r.prepare(t.Context(), w)
			if len(doc.Nodes) == 0 {
				require.ErrorContains(t, err, "no node")
				return
			}
			require.NoError(t, err)
			way := Tap
			if each[filepath.Base(folder)] {
				require.Error(t, explained(t, r, w, Tap), "it can be tapped as one now")
				way = TapEach
			}
			err = explained(t, r, w, way)
			if alone[filepath.Base(folder)] {
				require.Error(t, err)
				require.True(t, r.blame(t.Context(), w))
				_, err = r.prepare(t.Context(), w)
				require.NoError(t, err)
				err = explained(t, r, w, way)
			}
			require.NoError(t, err)
		})
	}
}

// alone are cases with a node that Flink plans only as a part of the next one.
var alone = map[string]bool{"over-first-of-an-order": true}

// each are cases that Flink 2.3 does not plan with their common parts shared.
var each = map[string]bool{"join-of-joins": true, "window-session-of-several": true, "lookup-join": true}

func explained(t *testing.T, r *run, w *workspace, way Way) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	statement, err := r.tapStatement(t.Context(), w, "secret")
	require.NoError(t, err)
	_, err = w.session.Run(t.Context(), strings.Replace(statement, "EXECUTE", "EXPLAIN", 1), r.config(way))
	return err
}
