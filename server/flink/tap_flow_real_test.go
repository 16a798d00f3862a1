package flink_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// oneScan makes nodes with several sinks run once; a tap that goes fails its job for good.
var oneScan = map[string]string{
	"table.optimizer.reuse-optimize-block-with-digest-enabled": "true",
	"restart-strategy.type": "none",
}

// sequence makes a bounded table src of the numbers 1 to rows.
func sequence(t *testing.T, session *flink.Session, rows int) {
	t.Helper()
	run(t, session, fmt.Sprintf("CREATE TEMPORARY TABLE src (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '100000000', "+
		"'number-of-rows' = '%[1]d', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '%[1]d')", rows))
}

func TestTapsOfOneSetShowTheSameRandomRows(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	sequence(t, session, 2000)
	run(t, session, "CREATE TEMPORARY VIEW rnd AS SELECT id, RAND() AS r, UUID() AS u FROM src")
	run(t, session, "CREATE TEMPORARY VIEW high AS SELECT * FROM rnd WHERE r > 0.5")
	run(t, session, "CREATE TEMPORARY VIEW higher AS SELECT id, u FROM high WHERE r > 0.75")
	complete := map[string]string{"rnd": "'complete'='true'", "high": "'complete'='true'", "higher": "'complete'='true'"}
	id := tap(t, engine, session, server, complete, "rnd", "high", "higher")
	var high, higher []string
	for _, row := range server.whole("rnd").rows {
		r, err := strconv.ParseFloat(string(row.Values[1]), 64)
		if err != nil {
			t.Fatal(err)
		}
		if r > 0.5 {
			high = append(high, row.String())
		}
		if r > 0.75 {
			higher = append(higher, tapRow{Kind: row.Kind, Values: []json.RawMessage{row.Values[0], row.Values[2]}}.String())
		}
	}
	for view, want := range map[string][]string{"high": high, "higher": higher} {
		if got := texts(server.whole(view).rows); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %d rows are not the %d that its input has for it", view, len(got), len(want))
		}
	}
	checkOneSource(t, engine, id)
}

func TestTapsOfAFilteredFileShowOneScan(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	file := filepath.Join(t.TempDir(), "rows.csv")
	var lines strings.Builder
	for i := range 500 {
		fmt.Fprintf(&lines, "%d,name %d\n", i, i%7)
	}
	if err := os.WriteFile(file, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, session, "CREATE TEMPORARY TABLE people (id INT, name STRING) WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '"+file+"')")
	run(t, session, "CREATE TEMPORARY VIEW whole AS SELECT id, name, RAND() AS r FROM people")
	run(t, session, "CREATE TEMPORARY VIEW few AS SELECT * FROM whole WHERE id >= 490 AND name <> 'name 3'")
	id := tap(t, engine, session, server, nil, "whole", "few")
	var want []string
	for _, row := range server.whole("whole").rows {
		if id, err := strconv.Atoi(string(row.Values[0])); err == nil && id >= 490 && string(row.Values[1]) != `"name 3"` {
			want = append(want, row.String())
		}
	}
	if got := texts(server.whole("few").rows); len(want) != 9 || !slices.Equal(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	checkOneSource(t, engine, id)
}

func TestTapCapsRowsAndCountsTheRest(t *testing.T) {
	const all = 3_000_000
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	sequence(t, session, all)
	run(t, session, "CREATE TEMPORARY VIEW capped AS SELECT * FROM src")
	started := time.Now()
	tap(t, engine, session, server, map[string]string{"capped": "'rows-per-second'='100'"}, "capped")
	got := server.whole("capped")
	if most := 100 * (time.Since(started).Seconds() + 1); got.count < 100 || float64(got.count) > most {
		t.Errorf("%d rows came, with a cap of 100 a second at most %.0f were due", got.count, most)
	}
	if got.count+got.dropped != all {
		t.Errorf("%d sent and %d dropped are not the %d that were made", got.count, got.dropped, all)
	}
	next := int64(1)
	for _, row := range got.rows {
		if next += row.gap; string(row.Values[0]) != strconv.FormatInt(next, 10) {
			t.Fatalf("after a gap of %d came %s instead of %d", row.gap, row, next)
		}
		next++
	}
}

func TestStalledTapHoldsNobodyBack(t *testing.T) {
	const all = 1_500_000
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	server.keep = false
	stalled := make(chan struct{})
	server.before = func(node string) {
		if node == "slow" {
			<-stalled
		}
	}
	sequence(t, session, all)
	run(t, session, "CREATE TEMPORARY VIEW base AS SELECT id, 'some text that fills up a queue' AS name FROM src")
	run(t, session, "CREATE TEMPORARY VIEW slow AS SELECT * FROM base")
	run(t, session, "CREATE TEMPORARY VIEW fast AS SELECT id FROM base")
	tap(t, engine, session, server, map[string]string{"fast": "'complete'='true'"}, "slow", "fast")
	eventually(t, time.Minute, func() bool { return server.node("fast").count == all })
	if slow := server.node("slow"); slow.count != 0 {
		t.Errorf("the stalled reader read %d rows", slow.count)
	}
	close(stalled)
	if slow := server.whole("slow"); slow.dropped == 0 || slow.count == 0 || slow.count+slow.dropped != all {
		t.Errorf("%d sent and %d dropped are not the %d that were made", slow.count, slow.dropped, all)
	}
	if fast := server.whole("fast"); fast.dropped != 0 || fast.count != all {
		t.Errorf("the other tap sent %d and dropped %d", fast.count, fast.dropped)
	}
}

func TestCompleteTapWaitsForASlowReader(t *testing.T) {
	const all = 200_000
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	server.before = func(string) { time.Sleep(10 * time.Millisecond) }
	sequence(t, session, all)
	run(t, session, "CREATE TEMPORARY VIEW slowly AS SELECT id, REPEAT('text', 20) AS name FROM src")
	tap(t, engine, session, server, map[string]string{"slowly": "'complete'='true'"}, "slowly")
	got := server.whole("slowly")
	if got.count != all || got.dropped != 0 {
		t.Fatalf("%d sent and %d dropped of %d", got.count, got.dropped, all)
	}
	for i, row := range got.rows {
		if string(row.Values[0]) != strconv.Itoa(i+1) {
			t.Fatalf("row %d is %s", i, row)
		}
	}
}

// TestStalledCompleteTapEndsWithItsJobOrItsServer holds the one place where a task waits for the server.
func TestStalledCompleteTapEndsWithItsJobOrItsServer(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	sequence(t, session, 10_000_000)
	for _, view := range []string{"cancelled", "abandoned"} {
		server := listenTap(t)
		stalled := make(chan struct{})
		server.before = func(string) { <-stalled }
		run(t, session, "CREATE TEMPORARY VIEW "+view+" AS SELECT id, REPEAT('x', 200) AS x FROM src")
		id := tap(t, engine, session, server, map[string]string{view: "'complete'='true'"}, view)
		eventually(t, 20*time.Second, func() bool { return server.node(view).hellos == 1 && allRunning(t, engine.Client, id) })
		time.Sleep(time.Second) // enough to fill the queue and the network's buffers
		if view == "abandoned" {
			server.close()
			checkGone(t, engine, id, 5*time.Second)
		} else {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			if state, err := engine.Client.CancelUntilTerminal(ctx, id); err != nil || state != "CANCELED" {
				t.Errorf("the cancelled job is %q, %v", state, err)
			}
			cancel()
		}
		close(stalled)
	}
}

func TestTapCarriesTheWatermarkWithoutRowsToo(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	run(t, session, "CREATE TEMPORARY TABLE timed (id INT, ts AS TO_TIMESTAMP_LTZ(id * 1000, 3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"+
		" WITH ('connector' = 'datagen', 'rows-per-second' = '100', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '300')")
	run(t, session, "CREATE TEMPORARY VIEW some_rows AS SELECT id, ts FROM timed")
	run(t, session, "CREATE TEMPORARY VIEW no_rows AS SELECT id, ts FROM timed WHERE id < 0")
	started := time.Now()
	tap(t, engine, session, server, nil, "some_rows", "no_rows")
	for _, view := range []string{"some_rows", "no_rows"} {
		node := server.whole(view)
		marks := node.watermarks
		if marks[0] == noWatermark {
			marks = marks[1:]
		}
		if len(marks) < 3 || !slices.IsSorted(marks) || marks[len(marks)-1] != endWatermark {
			t.Errorf("%s: the watermarks were %d", view, marks)
			continue
		}
		for _, mark := range marks[:len(marks)-1] {
			if mark%1000 != 0 || mark > 295_000 {
				t.Errorf("%s: %d is no row's time less five seconds", view, mark)
			}
		}
		if most := int(time.Since(started)/(200*time.Millisecond)) + 2; node.figures > most {
			t.Errorf("%s: %d frames without rows in %s", view, node.figures, time.Since(started))
		}
	}
	if rows := server.whole("no_rows").count; rows != 0 {
		t.Errorf("%d rows came through a filter that is never true", rows)
	}
}

func TestHugeCellsAreCut(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	sequence(t, session, 2)
	run(t, session, `CREATE TEMPORARY VIEW huge AS SELECT id, REPEAT('x', 50000000 + id) AS ascii, CONCAT('a', REPEAT('é', 100000 * id)) AS accents,
  CAST(REPEAT('y', 1000000 * id) AS BYTES) AS bin, ARRAY[REPEAT('"', 3000 * id), 'ü'] AS nested, REPEAT('z', 4096) AS fits FROM src`)
	id := tap(t, engine, session, server, map[string]string{"huge": "'complete'='true'"}, "huge")
	got := server.whole("huge")
	if len(got.rows) != 2 {
		t.Fatalf("got %d rows", len(got.rows))
	}
	for i, row := range got.rows {
		n := int64(i + 1)
		wantCut := map[string]int64{"1": 50_000_000 + n, "2": 1 + 200_000*n, "3": 1_000_000 * n, "4": 2 + 6000*n + 7}
		if fmt.Sprint(row.Cut) != fmt.Sprint(wantCut) {
			t.Errorf("row %d: got the sizes %v, want %v", i, row.Cut, wantCut)
		}
		want := []string{
			strconv.Itoa(i + 1), strings.Repeat("x", 4096), "a" + strings.Repeat("é", 2047), strings.Repeat("79", 2048),
			`["` + strings.Repeat(`\"`, 2047), strings.Repeat("z", 4096),
		}
		for column, value := range row.Values[1:] {
			var text string
			if err := json.Unmarshal(value, &text); err != nil || text != want[column+1] {
				t.Errorf("row %d, column %d: got %d bytes, %.20q…, %v; want %d", i, column+1, len(text), text, err, len(want[column+1]))
			}
		}
	}
	eventually(t, 10*time.Second, func() bool {
		job, err := engine.Client.Job(t.Context(), id)
		return err == nil && job.State == "FINISHED"
	})
}

func TestTapWorksInBatchAndInParallel(t *testing.T) {
	for _, mode := range []string{"streaming", "batch"} {
		t.Run(mode, func(t *testing.T) {
			properties := maps.Clone(oneScan)
			properties["execution.runtime-mode"], properties["parallelism.default"] = mode, "2"
			engine, session := flinktest.Session(t, properties)
			server := listenTap(t)
			sequence(t, session, 1000)
			run(t, session, "CREATE TEMPORARY VIEW numbers AS SELECT id FROM src")
			run(t, session, "CREATE TEMPORARY VIEW rests AS SELECT MOD(id, 10) AS m, COUNT(*) AS n FROM src GROUP BY MOD(id, 10)")
			tap(t, engine, session, server, nil, "numbers", "rests")
			numbers, rests := server.whole("numbers"), server.whole("rests")
			if numbers.count+numbers.dropped != 1000 || numbers.ended != numbers.hellos || mode == "streaming" && numbers.ended != 2 {
				t.Errorf("%d of %d subtasks sent %d rows", numbers.ended, numbers.hellos, numbers.count)
			}
			final := map[string]string{}
			for _, row := range rests.rows {
				final[string(row.Values[0])] = row.String()
			}
			if len(final) != 10 || !strings.HasSuffix(final["7"], `[7, "100"]`) {
				t.Errorf("got %s", final)
			}
			if mode == "batch" && len(rests.rows) != 10 {
				t.Errorf("in batch mode %d rows came for 10 keys", len(rests.rows))
			}
		})
	}
}

// endless makes a view of a source that never ends and a filter that lets no row through.
func endless(t *testing.T, session *flink.Session) {
	t.Helper()
	run(t, session, "CREATE TEMPORARY TABLE src (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1')")
	run(t, session, "CREATE TEMPORARY VIEW silent AS SELECT id FROM src WHERE CHAR_LENGTH(CAST(id AS STRING)) > 100")
}

func TestClosedServerFailsAJobWithoutRows(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	endless(t, session)
	id := tap(t, engine, session, server, nil, "silent")
	eventually(t, 20*time.Second, func() bool { return server.node("silent").hellos == 1 && allRunning(t, engine.Client, id) })
	server.close()
	checkGone(t, engine, id, 5*time.Second)
}

func TestRefusedRunFailsTheJob(t *testing.T) {
	engine, session := flinktest.Session(t, oneScan)
	server := listenTap(t)
	endless(t, session)
	id := tap(t, engine, session, server, map[string]string{"silent": "'run'='guessed'"}, "silent")
	checkGone(t, engine, id, 20*time.Second)
	if server.refusals() == 0 {
		t.Error("the server saw nobody")
	}
}

// checkGone waits for a job to fail because of its preview.
func checkGone(t *testing.T, engine *flinktest.Engine, id string, within time.Duration) {
	t.Helper()
	eventually(t, within, func() bool {
		job, err := engine.Client.Job(t.Context(), id)
		return err == nil && job.State == "FAILED"
	})
	if cause, err := engine.Client.RootException(t.Context(), id); err != nil || !strings.Contains(cause, "the preview is gone") {
		t.Errorf("the job failed with %q, %v", cause, err)
	}
}

// checkOneSource fails when a job reads its sources more than once.
func checkOneSource(t *testing.T, engine *flinktest.Engine, id string) {
	t.Helper()
	job, err := engine.Client.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sources := 0
	for _, vertex := range job.Vertices {
		sources += strings.Count(vertex.Description, "TableSourceScan(")
	}
	if sources != 1 {
		t.Errorf("the job has %d scans: %+v", sources, job.Vertices)
	}
}

func texts(rows []tapRow) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		all[i] = row.String()
	}
	return all
}
