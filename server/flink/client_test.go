package flink

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	sessionID   = "97e27e24-55c2-46dc-8451-144f602656b9"
	operationID = "63bb4152-2a64-4240-a176-e6b03df70d17"
)

// recorded answers of Flink 2.3.0, by method and path with query.
func recorded(t *testing.T, answers map[string][]string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Method + " " + r.URL.RequestURI()
		left := answers[key]
		if len(left) == 0 {
			t.Errorf("unexpected %s", key)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		if len(left) > 1 {
			answers[key] = left[1:]
		}
		_, _ = io.WriteString(w, left[0])
	}))
	t.Cleanup(server.Close)
	return NewClient(server.URL+"/", server.URL)
}

// TestNextWaitsOverEmptyPages: a query answers NOT_READY, then pages without rows, before its first rows.
func TestNextWaitsOverEmptyPages(t *testing.T) {
	result := "GET /v4/sessions/" + sessionID + "/operations/" + operationID + "/result/"
	next := `,"nextResultUri":"/v4/sessions/` + sessionID + `/operations/` + operationID + `/result/`
	columns := `"results":{"columns":[{"name":"id","logicalType":{"type":"BIGINT","nullable":false},"comment":null}],"rowFormat":"JSON","data":`
	payload := `{"resultType":"PAYLOAD","isQueryResult":true,"jobID":"ac2dd56bca15b9224373322f2bacf1f3","resultKind":"SUCCESS_WITH_CONTENT",` + columns
	client := recorded(t, map[string][]string{
		"POST /v4/sessions": {`{"sessionHandle":"` + sessionID + `"}`},
		"POST /v4/sessions/" + sessionID + "/statements": {`{"operationHandle":"` + operationID + `"}`},
		result + "0?rowFormat=JSON": {
			`{"resultType":"NOT_READY"` + next + `0?rowFormat=JSON"}`,
			payload + `[]}` + next + `1?rowFormat=JSON"}`,
		},
		result + "1?rowFormat=JSON": {payload + `[{"kind":"DELETE","fields":[9223372036854775807]}]}` + next + `2?rowFormat=JSON"}`},
		result + "2?rowFormat=JSON": {`{"resultType":"EOS",` + columns + `[]}}`},
		"DELETE /v4/sessions/" + sessionID + "/operations/" + operationID + "/close": {`{"status":"CLOSED"}`},
	})
	session, err := client.OpenSession(t.Context(), "s", nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := session.Run(t.Context(), "SELECT id FROM t", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Result{
		Columns: []Column{{Name: "id", Type: "BIGINT"}},
		Rows:    []Row{{Kind: "-D", Values: []any{json.Number("9223372036854775807")}}},
		JobID:   "ac2dd56bca15b9224373322f2bacf1f3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestIDsNeverBecomePaths: what is no id never reaches the JobManager.
func TestIDsNeverBecomePaths(t *testing.T) {
	client := recorded(t, nil)
	good := strings.Repeat("a", 32)
	for _, id := range []string{
		"", "..", "../jars", strings.Repeat("A", 32), good + "/", good + "?mode=cancel", good + "%2f", "%2e%2e%2f", good[1:] + "\n", good + "\n",
	} {
		ctx := t.Context()
		_, job := client.Job(ctx, id)
		_, until := client.CancelUntilTerminal(ctx, id)
		_, status := client.SavepointStatus(ctx, id, good)
		_, trigger := client.SavepointStatus(ctx, good, id)
		_, latest := client.LatestSavepoint(ctx, id)
		_, exception := client.RootException(ctx, id)
		_, metrics := client.OperatorMetrics(ctx, id, good)
		_, vertex := client.OperatorMetrics(ctx, good, id)
		for i, err := range []error{
			job, until, status, trigger, latest, exception, metrics, vertex, client.Cancel(ctx, id),
			client.StopWithSavepoint(ctx, id, good, ""), client.StopWithSavepoint(ctx, good, id, ""),
			client.Savepoint(ctx, id, good, ""), client.Savepoint(ctx, good, id, ""),
		} {
			if err == nil {
				t.Errorf("%q was taken by call %d", id, i)
			}
		}
	}
}

func TestOperatorNamesAndNumbers(t *testing.T) {
	job, vertex := strings.Repeat("a", 32), strings.Repeat("b", 32)
	path := "GET /jobs/" + job + "/vertices/" + vertex + "/subtasks/metrics"
	client := recorded(t, map[string][]string{
		path: {`[{"id":"o-ü_x[272]__Writer.numRecordsIn"},{"id":"StreamingFileWriter.numRecordsIn"},{"id":"numRecordsIn"},
			{"id":"Source__flights[238].numRecordsOut"},{"id":"Source__flights[238].numRecordsOutPerSecond"},{"id":"Calc[1].currentInputWatermark"}]`},
		path + "?agg=sum&get=o-%C3%BC_x%5B272%5D__Writer.numRecordsIn%2CStreamingFileWriter.numRecordsIn%2CSource__flights%5B238%5D.numRecordsOut": {
			`[{"id":"o-ü_x[272]__Writer.numRecordsIn","sum":1.0},{"id":"StreamingFileWriter.numRecordsIn","sum":2.0},{"id":"Source__flights[238].numRecordsOut","sum":20000.0}]`,
		},
	})
	got, err := client.OperatorMetrics(t.Context(), job, vertex)
	if err != nil {
		t.Fatal(err)
	}
	want := []OperatorMetric{
		{Operator: "o-ü_x__Writer", Number: 272, Metric: "numRecordsIn", Value: 1},
		{Operator: "StreamingFileWriter", Metric: "numRecordsIn", Value: 2},
		{Operator: "Source__flights", Number: 238, Metric: "numRecordsOut", Value: 20000},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSilenceIsUnreachableAndGivingUpIsNot(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	client := NewClient(server.URL, server.URL)
	server.Close()
	if _, err := client.Overview(t.Context()); !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer away.Close()
	if _, err := NewClient(away.URL, away.URL).OpenSession(t.Context(), "s", nil); !errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Overview(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnreachable) {
		t.Errorf("got %v", err)
	}
}

func TestRootCause(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"java.lang.IllegalStateException: boom\n\tat a.B.c(D.java:1)\n":                                                                "boom",
		"a.b.JobException: Recovery is suppressed by X\n\tat x(Y)\nCaused by: java.lang.IllegalStateException\n\tat a.B.c(D.java:1)\n": "IllegalStateException without a message",
		"a.b.CException: outer\nCaused by: java.util.ConcurrentModificationException\n":                                                "outer",
		"org.apache.flink.runtime.rest.NotFoundException: Job 00 not found":                                                            "Job 00 not found",
		"plain text": "plain text",
		"java.lang.NoClassDefFoundError: org/demo/Api": "Class 'org.demo.Api' was not found",
	} {
		if got := RootCause(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
