package flink_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// fastRows makes a query show its rows without waiting for a checkpoint.
var fastRows = map[string]string{"execution.checkpointing.mode": "AT_LEAST_ONCE"}

func TestDescribeGivesFlinkTypes(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	run(t, session, `CREATE TEMPORARY TABLE t (
  a TINYINT, b SMALLINT, c INT NOT NULL, d BIGINT, e DECIMAL(10, 2), f FLOAT, g DOUBLE, h BOOLEAN, i CHAR(3),
  j VARCHAR(5), k STRING, l BINARY(2), m VARBINARY(3), n BYTES, o DATE, p TIME(0), q TIMESTAMP(3), r TIMESTAMP_LTZ(3),
  s ARRAY<STRING NOT NULL>, t MAP<STRING, INT>, u MULTISET<STRING>, v ROW<x INT, y ROW<`+"`z z`"+` STRING>>,
  w VARIANT, pt AS PROCTIME(), WATERMARK FOR q AS q - INTERVAL '1' SECOND, PRIMARY KEY (c) NOT ENFORCED
) WITH ('connector' = 'datagen')`)
	columns, err := session.Describe(t.Context(), "`t`")
	if err != nil {
		t.Fatal(err)
	}
	want := []flink.Column{
		{Name: "a", Type: "TINYINT", Nullable: true},
		{Name: "b", Type: "SMALLINT", Nullable: true},
		{Name: "c", Type: "INT", Key: "PRI(c)"},
		{Name: "d", Type: "BIGINT", Nullable: true},
		{Name: "e", Type: "DECIMAL(10, 2)", Nullable: true},
		{Name: "f", Type: "FLOAT", Nullable: true},
		{Name: "g", Type: "DOUBLE", Nullable: true},
		{Name: "h", Type: "BOOLEAN", Nullable: true},
		{Name: "i", Type: "CHAR(3)", Nullable: true},
		{Name: "j", Type: "VARCHAR(5)", Nullable: true},
		{Name: "k", Type: "STRING", Nullable: true},
		{Name: "l", Type: "BINARY(2)", Nullable: true},
		{Name: "m", Type: "VARBINARY(3)", Nullable: true},
		{Name: "n", Type: "BYTES", Nullable: true},
		{Name: "o", Type: "DATE", Nullable: true},
		{Name: "p", Type: "TIME(0)", Nullable: true},
		{Name: "q", Type: "TIMESTAMP(3)", Nullable: true, Rowtime: true, Watermark: "`q` - INTERVAL '1' SECOND"},
		{Name: "r", Type: "TIMESTAMP_LTZ(3)", Nullable: true},
		{Name: "s", Type: "ARRAY<STRING NOT NULL>", Nullable: true},
		{Name: "t", Type: "MAP<STRING, INT>", Nullable: true},
		{Name: "u", Type: "MULTISET<STRING>", Nullable: true},
		{Name: "v", Type: "ROW<`x` INT, `y` ROW<`z z` STRING>>", Nullable: true},
		{Name: "w", Type: "VARIANT", Nullable: true},
		{Name: "pt", Type: "TIMESTAMP_LTZ(3)", Computed: "PROCTIME()"},
	}
	if diff := cmp.Diff(want, columns); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestResultTypesAreDescribedTypes holds the types that a query's result carries against what DESCRIBE says of the same query.
func TestResultTypesAreDescribedTypes(t *testing.T) {
	_, session := flinktest.Session(t, fastRows)
	run(t, session, `CREATE TEMPORARY VIEW v AS SELECT CAST(1 AS TINYINT) AS a, 2 AS b, CAST(3 AS BIGINT) AS c,
  CAST(1.5 AS DECIMAL(10, 2)) AS d, CAST(1.5 AS FLOAT) AS e, CAST(NULL AS DOUBLE) AS f, TRUE AS g, CAST('a' AS CHAR(3)) AS h,
  CAST('b' AS VARCHAR(5)) AS i, CAST('c' AS STRING) AS j, CAST(X'cafe' AS BYTES) AS k, DATE '2020-01-02' AS l,
  TIME '10:11:12' AS m, TIMESTAMP '2020-01-01 00:00:00.123' AS n, ARRAY[1, 2] AS o, MAP['a', 1] AS p,
  CAST(ROW(1, 'x') AS ROW<a INT, b STRING>) AS q, CAST(TIMESTAMP '2020-01-01 00:00:00' AS TIMESTAMP_LTZ(3)) AS r`)
	described, err := session.Describe(t.Context(), "v")
	if err != nil {
		t.Fatal(err)
	}
	result := run(t, session, "SELECT * FROM v")
	if diff := cmp.Diff(described, result.Columns); diff != "" {
		t.Errorf("-described +result:\n%s", diff)
	}
}

func TestRowsKeepKindsAndValues(t *testing.T) {
	_, session := flinktest.Session(t, fastRows)
	result := run(t, session, "SELECT k, SUM(n) AS s FROM (VALUES ('a', 1), ('a', 2)) AS t(k, n) GROUP BY k")
	want := []flink.Row{
		{Kind: "+I", Values: []any{"a", json.Number("1")}},
		{Kind: "-U", Values: []any{"a", json.Number("1")}},
		{Kind: "+U", Values: []any{"a", json.Number("3")}},
	}
	if diff := cmp.Diff(want, result.Rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestValuesOfEveryType(t *testing.T) {
	_, session := flinktest.Session(t, fastRows)
	result := run(t, session, `SELECT CAST(NULL AS INT), 9223372036854775807, CAST(1.5 AS DOUBLE), TRUE, 'a "b" ü',
  ARRAY['x', CAST(NULL AS STRING)], CAST(ROW(1, 'y') AS ROW<b INT, a STRING>), X'cafe', TIMESTAMP '2020-01-01 00:00:00.123',
  CAST('NaN' AS DOUBLE), CAST(1 AS DECIMAL(38, 10)), TO_BASE64(X'cafe')`)
	want := []any{
		nil, json.Number("9223372036854775807"), json.Number("1.5"), true, `a "b" ü`,
		[]any{"x", nil},
		json.RawMessage(`{"b":1,"a":"y"}`), "yv4=", "2020-01-01T00:00:00.123", "NaN", json.Number("1"), "yv4=",
	}
	if diff := cmp.Diff(want, result.Rows[0].Values); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestUnknownColumnTellsItsPlace(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	_, err := session.Run(t.Context(), "SELECT a,\n  nope FROM (VALUES (1)) AS t(a)", nil)
	var failure *flink.SQLError
	if !errors.As(err, &failure) {
		t.Fatalf("want an SQLError, got %v", err)
	}
	place := [4]int{failure.Line, failure.Column, failure.EndLine, failure.EndColumn}
	if failure.Message != "Column 'nope' not found in any table" || place != [4]int{2, 3, 2, 6} {
		t.Errorf("got %q at %v", failure.Message, place)
	}
}

func TestJobRunsUnderTheChosenIDOnce(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	id := startEndless(t, engine, session, nil)
	result, err := session.Run(t.Context(), "INSERT INTO snk SELECT id FROM src", fixed(id))
	var refusal *flink.SQLError
	if !errors.As(err, &refusal) {
		t.Fatalf("a second submit of one id was taken: %v %v", result, err)
	}
	jobs, err := engine.Client.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(jobs, func(j flink.JobOverview) bool { return j.ID == id })
	if at < 0 || jobs[at].Start.IsZero() || !jobs[at].End.IsZero() {
		t.Fatalf("overview does not show the running job: %+v", jobs)
	}
	state, err := engine.Client.CancelUntilTerminal(t.Context(), id)
	if err != nil || state != "CANCELED" {
		t.Errorf("cancel ended in %q, %v", state, err)
	}
}

func TestOperatorMetricsCountRows(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	id := startEndless(t, engine, session, nil)
	counted := func() bool {
		found := map[string]float64{}
		for _, m := range operatorMetrics(t, engine.Client, id) {
			found[m.Operator+"."+m.Metric] = m.Value
		}
		return found["Source__src.numRecordsOut"] > 0 && found["snk__Writer.numRecordsIn"] > 0
	}
	eventually(t, 20*time.Second, counted)
}

func TestJobShowsVerticesAndTheirInputs(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	id := startEndless(t, engine, session, nil)
	job, err := engine.Client.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(job.Vertices) != 2 || !slices.Equal(job.Vertices[1].Inputs, []string{job.Vertices[0].ID}) {
		t.Fatalf("want a source vertex that feeds a writer vertex, got %+v", job.Vertices)
	}
	if !strings.Contains(job.Vertices[0].Description, "TableSourceScan(table=[[default_catalog, default_database, src") {
		t.Errorf("description is %q", job.Vertices[0].Description)
	}
}

func TestStopWithSavepointGivesItsPath(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	client := engine.Client
	id := startEndless(t, engine, session, nil)
	eventually(t, 20*time.Second, func() bool { return allRunning(t, client, id) })
	trigger := hexID(t)
	for range 2 { // the second ask is the same savepoint
		if err := client.StopWithSavepoint(t.Context(), id, trigger, ""); err != nil {
			t.Fatal(err)
		}
	}
	var status flink.SavepointStatus
	eventually(t, 30*time.Second, func() bool {
		var err error
		status, err = client.SavepointStatus(t.Context(), id, trigger)
		if err != nil {
			t.Fatal(err)
		}
		return status.Done
	})
	if status.Failure != "" || !strings.Contains(status.Path, "savepoint-") {
		t.Fatalf("savepoint is %+v", status)
	}
	eventually(t, 10*time.Second, func() bool {
		path, err := client.LatestSavepoint(t.Context(), id)
		return err == nil && path == status.Path
	})
	if job, err := client.Job(t.Context(), id); err != nil || !flink.IsTerminal(job.State) {
		t.Errorf("job is %s, %v", job.State, err)
	}
}

func TestFailedSavepointLeavesTheJobRunning(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	id := startEndless(t, engine, session, nil)
	eventually(t, 20*time.Second, func() bool { return allRunning(t, engine.Client, id) })
	trigger := hexID(t)
	if err := engine.Client.Savepoint(t.Context(), id, trigger, "file:///proc/nowhere"); err != nil {
		t.Fatal(err)
	}
	var status flink.SavepointStatus
	eventually(t, 30*time.Second, func() bool {
		status, _ = engine.Client.SavepointStatus(t.Context(), id, trigger)
		return status.Done
	})
	if status.Failure == "" || status.Path != "" {
		t.Errorf("savepoint is %+v", status)
	}
	if job, err := engine.Client.Job(t.Context(), id); err != nil || job.State != "RUNNING" {
		t.Errorf("job is %s, %v", job.State, err)
	}
}

func TestRootExceptionOfAFailedJob(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	run(t, session, "CREATE TEMPORARY TABLE snk (x INT) WITH ('connector' = 'blackhole')")
	id := hexID(t)
	sql := "INSERT INTO snk SELECT CAST(x AS INT) FROM (VALUES ('12'), ('abc')) AS t(x)"
	if _, err := session.Run(t.Context(), sql, fixed(id)); err != nil {
		t.Fatal(err)
	}
	var cause string
	eventually(t, 20*time.Second, func() bool {
		var err error
		cause, err = engine.Client.RootException(t.Context(), id)
		return err == nil && cause != ""
	})
	if cause != "For input string: 'abc'. Invalid character found" {
		t.Errorf("got %q", cause)
	}
}

func TestWhatFlinkDoesNotKnowIsNotFound(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	client, id := engine.Client, strings.Repeat("0", 32)
	_, job := client.Job(t.Context(), id)
	_, cancelled := client.CancelUntilTerminal(t.Context(), id)
	_, savepoint := client.SavepointStatus(t.Context(), id, id)
	_, exception := client.RootException(t.Context(), id)
	if err := session.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, err := range []error{job, client.Cancel(t.Context(), id), cancelled, savepoint, exception, session.Heartbeat(t.Context())} {
		if !errors.Is(err, flink.ErrNotFound) {
			t.Errorf("%d: want ErrNotFound, got %v", i, err)
		}
	}
	if err := session.Close(t.Context()); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

func TestNextEndsWithItsContext(t *testing.T) {
	_, session := flinktest.Session(t, fastRows)
	run(t, session, "CREATE TEMPORARY TABLE slow (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '1')")
	operation, err := session.Submit(t.Context(), "SELECT id FROM slow WHERE id IS NULL", nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := operation.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := operation.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAllRowsOfALongResultArriveOnce(t *testing.T) {
	_, session := flinktest.Session(t, fastRows)
	run(t, session, `CREATE TEMPORARY TABLE many (id BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '20000',
  'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '20000')`)
	result := run(t, session, "SELECT id FROM many")
	for i, row := range result.Rows {
		if row.Values[0] != json.Number(fmt.Sprint(i+1)) {
			t.Fatalf("row %d is %v", i, row.Values)
		}
	}
	if len(result.Rows) != 20000 {
		t.Errorf("got %d rows", len(result.Rows))
	}
}

func run(t *testing.T, session *flink.Session, sql string) flink.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	result, err := session.Run(ctx, sql, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// startEndless starts a job under a chosen id and cancels it after the test.
func startEndless(t *testing.T, engine *flinktest.Engine, session *flink.Session, config map[string]string) string {
	t.Helper()
	run(t, session, "CREATE TEMPORARY TABLE src (id INT) WITH ('connector' = 'datagen', 'rows-per-second' = '50')")
	run(t, session, "CREATE TEMPORARY TABLE snk (id INT) WITH ('connector' = 'blackhole')")
	id := hexID(t)
	all := fixed(id)
	for key, value := range config {
		all[key] = value
	}
	result, err := session.Run(t.Context(), "INSERT INTO snk SELECT id FROM src WHERE id > 0 OR id <= 0", all)
	if err != nil {
		t.Fatal(err)
	}
	if result.JobID != id {
		t.Fatalf("asked for job %s, got %q", id, result.JobID)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if _, err := engine.Client.CancelUntilTerminal(ctx, id); err != nil {
			t.Error(err)
		}
	})
	return id
}

func fixed(id string) map[string]string { return map[string]string{"$internal.pipeline.job-id": id} }

func hexID(t *testing.T) string {
	t.Helper()
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(id)
}

func operatorMetrics(t *testing.T, client *flink.Client, id string) []flink.OperatorMetric {
	t.Helper()
	job, err := client.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	var all []flink.OperatorMetric
	for _, vertex := range job.Vertices {
		metrics, err := client.OperatorMetrics(t.Context(), id, vertex.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, metrics...)
	}
	return all
}

func allRunning(t *testing.T, client *flink.Client, id string) bool {
	t.Helper()
	job, err := client.Job(t.Context(), id)
	return err == nil && len(job.Vertices) > 0 &&
		!slices.ContainsFunc(job.Vertices, func(v flink.Vertex) bool { return v.Status != "RUNNING" })
}

func eventually(t *testing.T, within time.Duration, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !holds(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("did not come true within %s", within)
		}
	}
}
