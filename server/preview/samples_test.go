package preview_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/preview"
	"millrace/server/sample"
)

var update = flag.Bool("update", false, "write what the samples of testdata/preview give")

// TestSamplesGiveTheRecordedRows runs each case on a real Flink, in both modes and by both ways.
func TestSamplesGiveTheRecordedRows(t *testing.T) {
	folders, err := filepath.Glob("../../testdata/preview/*")
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	b := newBench(t)
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			doc := sampleCase(t, filepath.Base(folder))
			for _, mode := range []graph.Mode{graph.Streaming, graph.Batch} {
				p, err := b.Evaluate(t.Context(), doc, mode)
				require.NoError(t, err)
				require.Equal(t, preview.Finished, p.State, "%s %v", p.Message, p.Diagnostics)
				require.Equal(t, preview.Tap, p.Way)
				checkRecorded(t, filepath.Join(folder, string(mode)+".txt"), recorded(p, mode))
			}
			left, err := os.ReadDir(b.samples)
			require.NoError(t, err)
			require.Empty(t, left, "files outlive their run")
		})
	}
}

func sampleCase(t *testing.T, name string) *graph.Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../testdata/preview", name, "pipeline.json"))
	require.NoError(t, err)
	doc, err := graph.Decode(data)
	require.NoError(t, err)
	return doc
}

func TestTheSameSampleGivesTheSameRowsEachTime(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"late-rows", "upsert-source"} {
		want, err := os.ReadFile(filepath.Join("../../testdata/preview", name, "streaming.txt"))
		require.NoError(t, err)
		for range 5 {
			p, err := b.Evaluate(t.Context(), sampleCase(t, name), graph.Streaming)
			require.NoError(t, err)
			require.Equal(t, string(want), recorded(p, graph.Streaming))
		}
	}
}

func TestSamplesWorkWithoutTheTap(t *testing.T) {
	b := newBenchOf(t, nil)
	for _, name := range []string{"late-rows", "upsert-source", "metadata-and-computed"} {
		p, err := b.Evaluate(t.Context(), sampleCase(t, name), graph.Streaming)
		require.NoError(t, err)
		require.Equal(t, preview.Union, p.Way)
		want, err := os.ReadFile(filepath.Join("../../testdata/preview", name, "streaming.txt"))
		require.NoError(t, err)
		got := recorded(p, graph.Streaming)
		if name == "metadata-and-computed" { // nested values are text there
			want = []byte(strings.NewReplacer(`[{"key":"from","value":"6d65"}]`, `"{\"from\":\"bWU=\"}"`, `,[],null]`, `,"{}",null]`).Replace(string(want)))
		}
		require.Equal(t, string(want), got)
	}
}

func checkRecorded(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// recorded are the columns and rows of all nodes: in the order in which they came, in batch mode, which promises none, sorted.
func recorded(p preview.Preview, mode graph.Mode) string {
	var b strings.Builder
	for _, d := range p.Diagnostics {
		if d.Severity != graph.Info {
			fmt.Fprintln(&b, d)
		}
	}
	ids := make([]string, 0, len(p.Nodes))
	for id := range p.Nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		fmt.Fprintf(&b, "%s:", id)
		for i, column := range p.Nodes[id].Columns {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, " %s %s", column.Name, column.Type)
		}
		b.WriteByte('\n')
		var rows []string
		for _, row := range p.Nodes[id].Rows {
			rows = append(rows, fmt.Sprintf("  %s %s\n", row.Kind, line(row.Values)))
		}
		if mode == graph.Batch {
			slices.Sort(rows)
		}
		b.WriteString(strings.Join(rows, ""))
	}
	return b.String()
}

func line(values []any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(values); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// TestValuesComeBackAsTheyWere holds what Flink gives against what the sample says, each in its normal form.
func TestValuesComeBackAsTheyWere(t *testing.T) {
	b := newBench(t)
	doc := sampleCase(t, "types")
	p, err := b.Evaluate(t.Context(), doc, graph.Streaming)
	require.NoError(t, err)
	zone, err := sample.Zone(doc)
	require.NoError(t, err)
	sent := doc.Samples["all"]
	require.Len(t, p.Nodes["all"].Rows, len(sent.Rows))
	for r, row := range p.Nodes["all"].Rows {
		for i, column := range p.Nodes["all"].Columns {
			typ, err := sample.ParseType(column.Type)
			require.NoError(t, err)
			want, err := sample.Normal(sent.Rows[r].Values[i], typ, zone)
			require.NoError(t, err)
			got, err := sample.Normal(row.Values[i], typ, zone)
			require.NoError(t, err)
			require.Equal(t, want, got, "row %d, column %s", r, column.Name)
		}
	}
}

func TestASampleThatDoesNotFitStartsNothing(t *testing.T) {
	b := newBench(t)
	doc := sampleCase(t, "two-sources")
	doc.Samples["orders"].Rows[2].Values[2] = "a lot"
	_, err := b.Start(t.Context(), "orders", 1, doc)
	var invalid *compiler.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Len(t, invalid.Diagnostics, 1)
	require.Equal(t, "samples.orders.rows.2", invalid.Diagnostics[0].Field)
	require.Contains(t, invalid.Diagnostics[0].Detail, `Row 3, column amount: "a lot" is no DOUBLE`)
	require.Empty(t, b.store.held)
}

func TestASampleIsReadUntilItIsSwitchedToLive(t *testing.T) {
	b := newBench(t)
	doc := sampleCase(t, "two-sources")
	doc.Samples["unused"].Live = false
	id, err := b.Start(t.Context(), "orders", 1, doc)
	require.NoError(t, err)
	p := b.await(t, id, state(preview.Finished))
	require.EqualValues(t, 1, p.Nodes["unused"].Count)
	doc.Samples["unused"].Live = true
	id, err = b.Start(t.Context(), "orders", 2, doc)
	require.NoError(t, err)
	p = b.await(t, id, state(preview.Finished))
	require.EqualValues(t, 2, p.Nodes["unused"].Count)
	require.NoError(t, b.Stop(t.Context(), id))
	left, err := os.ReadDir(b.samples)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestFilesThatAServerLeftBehindAreSwept(t *testing.T) {
	b := newBench(t)
	old := time.Now().Add(-time.Hour)
	for name, at := range map[string]time.Time{
		"00112233445566778899aabbccddeeff.json": old, "ffeeddccbbaa99887766554433221100.json": time.Now(), "notes.json": old,
	} {
		path := filepath.Join(b.samples, name)
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		require.NoError(t, os.Chtimes(path, at, at))
	}
	require.NoError(t, b.Sweep(t.Context()))
	left, err := filepath.Glob(filepath.Join(b.samples, "*"))
	require.NoError(t, err)
	require.Len(t, left, 2, left)
	require.Equal(t, "notes.json", filepath.Base(left[1]))
}

func TestEvaluatingWhatNeverEndsIsRefused(t *testing.T) {
	b := newBench(t)
	_, err := b.Evaluate(t.Context(), example(t, 1), graph.Streaming)
	var invalid *compiler.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Equal(t, "endless-source", invalid.Diagnostics[0].Code)
}

func TestAnEvaluationThatFailsSaysWhy(t *testing.T) {
	b := newBench(t)
	doc := sampleCase(t, "two-sources")
	doc.Nodes["broken"] = &graph.Node{Kind: "filter", Name: "broken", Config: graph.Config{"condition": "10 / (id - 1) > 0"}}
	doc.Edges = append(doc.Edges, graph.Edge{From: "orders", To: "broken", Port: "in"})
	p, err := b.Evaluate(t.Context(), doc, graph.Streaming)
	require.NoError(t, err)
	require.Equal(t, preview.Failed, p.State)
	require.Contains(t, p.Message, "by zero")
}
