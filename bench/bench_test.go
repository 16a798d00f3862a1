//go:build bench

// Package bench measures a built Millrace (./millrace) against the limits that the project sets itself. Every figure is a
// ratio of two things done in turns in one run, or a size; none is a time by itself. Run it with `make bench`.
package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink/flinktest"
)

const token = "bench-token-bench-token-bench-token"

// running is a server with its own data folder.
type running struct {
	address, gateway, jobManager string
	pid                          int
}

func start(t *testing.T, flags ...string) running {
	t.Helper()
	command := exec.Command("../millrace", append([]string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir()}, flags...)...)
	command.Env = append(os.Environ(), "MILLRACE_TOKEN="+token)
	out, err := command.StdoutPipe()
	require.NoError(t, err)
	command.Stderr = os.Stderr
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		_ = command.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	s := running{address: regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(line), pid: command.Process.Pid}
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		var status struct {
			Engine struct{ State, Gateway, JobManager string } `json:"engine"`
		}
		s.ask(t, http.MethodGet, "status", nil, &status)
		if status.Engine.State == "ready" {
			s.gateway, s.jobManager = status.Engine.Gateway, status.Engine.JobManager
			return s
		}
	}
	t.Fatal("the engine did not come up")
	return s
}

func (s running) ask(t *testing.T, method, path string, in, out any) {
	t.Helper()
	ask(t, method, "http://"+s.address+"/api/v1/"+path, in, out)
}

func ask(t *testing.T, method, url string, in, out any) {
	t.Helper()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		require.NoError(t, err)
		body = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Less(t, response.StatusCode, 300, "%s %s: %s", method, url, data)
	if out != nil {
		require.NoError(t, json.Unmarshal(data, out))
	}
}

// residentBytes is a process's resident memory.
func residentBytes(t *testing.T, pid int) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	require.NoError(t, err)
	kilobytes, err := strconv.ParseInt(regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindStringSubmatch(string(status))[1], 10, 64)
	require.NoError(t, err)
	return kilobytes << 10
}

// engineBytes is the memory of the JVMs that belong to a server, found by its data folder in their command lines.
func engineBytes(t *testing.T, s running) (total int64, count int) {
	t.Helper()
	out, err := exec.Command("ps", "-eo", "pid=,ppid=,comm=").Output()
	require.NoError(t, err)
	parent, name := map[int]int{}, map[int]string{}
	for line := range strings.Lines(string(out)) {
		var pid, ppid int
		var comm string
		if _, err := fmt.Sscan(line, &pid, &ppid, &comm); err == nil {
			parent[pid], name[pid] = ppid, comm
		}
	}
	for pid := range parent {
		for up := pid; up > 1; up = parent[up] {
			if up == s.pid && name[pid] == "java" {
				total += residentBytes(t, pid)
				count++
				break
			}
		}
	}
	return total, count
}

func TestBenchSizes(t *testing.T) {
	binary, err := os.Stat("../millrace")
	require.NoError(t, err)
	s := start(t)
	time.Sleep(20 * time.Second) // the engine warms itself up
	engine, jvms := engineBytes(t, s)
	report(t, "binary", float64(binary.Size())/1e6, 60, "MB")
	report(t, "server at rest", float64(residentBytes(t, s.pid))/1e6, 80, "MB resident")
	require.Equal(t, 3, jvms)
	report(t, "three fresh JVMs", float64(engine)/1e6, 750, "MB resident")
}

func report(t *testing.T, what string, value, limit float64, unit string) {
	t.Helper()
	t.Logf("%-40s %8.2f %s (limit %g)", what, value, unit, limit)
	if value > limit {
		t.Errorf("%s is %.2f %s, over the limit of %g", what, value, unit, limit)
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

const pairs = 40

// TestBenchFirstRow compares a preview of a pipeline of one node, from the request to the first row at the websocket, with
// a bare client that submits the same SELECT in a warm session of the same settings and polls each 10 ms.
func TestBenchFirstRow(t *testing.T) {
	s := start(t)
	doc := graph.New("one")
	doc.Nodes["numbers"] = &graph.Node{Kind: "source", Name: "numbers", Config: graph.Config{"table": map[string]any{
		"columns": []any{map[string]any{"name": "n", "type": "BIGINT"}},
		"options": map[string]any{"connector": "datagen", "rows-per-second": "10"},
	}}}
	ours, bare := newOurs(t, s, doc), newBare(t, s, doc)
	var ourTimes, bareTimes []float64
	for i := range pairs + 3 {
		a, b := ours.firstRow(t), bare.firstRow(t)
		if i >= 3 { // the first ones warm both up
			ourTimes, bareTimes = append(ourTimes, a.Seconds()), append(bareTimes, b.Seconds())
		}
	}
	t.Logf("medians: preview %.3f s, bare client %.3f s", median(ourTimes), median(bareTimes))
	report(t, "first row, preview to bare client", median(ourTimes)/median(bareTimes), 1, "ratio of medians")
}

type ours struct {
	server   running
	pipeline string
	socket   *websocket.Conn
}

func newOurs(t *testing.T, s running, doc *graph.Document) *ours {
	var pipeline struct{ ID string }
	s.ask(t, http.MethodPost, "pipelines", map[string]any{"name": "one", "document": json.RawMessage(doc.Encode())}, &pipeline)
	var ticket struct{ Ticket string }
	s.ask(t, http.MethodPost, "live/tickets", nil, &ticket)
	socket, _, err := websocket.DefaultDialer.Dial("ws://"+s.address+"/api/v1/live?ticket="+ticket.Ticket, http.Header{"Origin": {"http://" + s.address}})
	require.NoError(t, err)
	t.Cleanup(func() { _ = socket.Close() })
	return &ours{s, pipeline.ID, socket}
}

func (o *ours) firstRow(t *testing.T) time.Duration {
	begin := time.Now()
	var preview struct{ ID string }
	o.server.ask(t, http.MethodPost, "pipelines/"+o.pipeline+"/previews", map[string]any{}, &preview)
	require.NoError(t, o.socket.WriteJSON(map[string]any{"type": "watchPreview", "id": preview.ID}))
	for {
		var message struct{ Type, Preview, Node string }
		_, data, err := o.socket.ReadMessage()
		require.NoError(t, err)
		if json.Unmarshal(data, &message) == nil && message.Type == "rows" && message.Preview == preview.ID {
			break
		}
	}
	took := time.Since(begin)
	require.NoError(t, o.socket.WriteJSON(map[string]any{"type": "unwatchPreview", "id": preview.ID}))
	o.server.ask(t, http.MethodDelete, "previews/"+preview.ID, nil, nil)
	return took
}

// bare speaks to the gateway with nothing but HTTP.
type bare struct {
	server  running
	session string
}

func newBare(t *testing.T, s running, doc *graph.Document) *bare {
	var session struct{ SessionHandle string }
	ask(t, http.MethodPost, s.gateway+"/v4/sessions", map[string]any{"properties": map[string]string{}}, &session)
	b := &bare{s, session.SessionHandle}
	for _, statement := range compiler.Compile(doc, compiler.Options{}).Statements {
		b.submit(t, statement.SQL)
	}
	return b
}

func (b *bare) url(path string) string { return b.server.gateway + "/v4/sessions/" + b.session + path }

func (b *bare) submit(t *testing.T, sql string) string {
	var operation struct{ OperationHandle string }
	ask(t, http.MethodPost, b.url("/statements"), map[string]any{"statement": sql, "executionConfig": map[string]string{
		"execution.checkpointing.mode": "AT_LEAST_ONCE", "restart-strategy.type": "none",
	}}, &operation)
	return operation.OperationHandle
}

func (b *bare) firstRow(t *testing.T) time.Duration {
	begin := time.Now()
	operation := b.submit(t, "SELECT 'numbers' AS node, ARRAY[CAST(n AS STRING)] AS cols FROM numbers")
	next := "/v4/sessions/" + b.session + "/operations/" + operation + "/result/0?rowFormat=JSON"
	var page struct {
		ResultType    string
		JobID         string
		NextResultURI string `json:"nextResultUri"`
		Results       struct{ Data []json.RawMessage }
	}
	for len(page.Results.Data) == 0 {
		ask(t, http.MethodGet, b.server.gateway+next, nil, &page)
		if page.ResultType != "NOT_READY" && page.NextResultURI != "" {
			next = page.NextResultURI
		}
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(begin)
	ask(t, http.MethodDelete, b.url("/operations/"+operation+"/close"), nil, nil)
	ask(t, http.MethodPatch, b.server.jobManager+"/jobs/"+page.JobID+"?mode=cancel", nil, nil)
	return took
}

// TestBenchCompile compares compiling 1,000 nodes, 100 branches of 10, with Flink's EXPLAIN of the script.
func TestBenchCompile(t *testing.T) {
	s := start(t)
	doc := branches(100, 10)
	compile := medianOf(20, func() { compiler.Compile(doc, compiler.Options{}) })
	script := compiler.Compile(doc, compiler.Options{})
	b := &bare{server: s}
	var session struct{ SessionHandle string }
	ask(t, http.MethodPost, s.gateway+"/v4/sessions", map[string]any{}, &session)
	b.session = session.SessionHandle
	for _, statement := range script.Statements {
		if !statement.Insert {
			b.await(t, b.submit(t, statement.SQL))
		}
	}
	explain := medianOf(1, func() { b.await(t, b.submit(t, "EXPLAIN "+strings.TrimPrefix(script.StatementSet(), "EXECUTE "))) })
	large := branches(1000, 10)
	ratios := make([]float64, 9)
	for i := range ratios { // ten small ones and a large one in turns, so that both meet the same load of the machine
		small := medianOf(1, func() {
			for range 10 {
				compiler.Compile(doc, compiler.Options{})
			}
		})
		ratios[i] = 10 * medianOf(1, func() { compiler.Compile(large, compiler.Options{}) }).Seconds() / small.Seconds()
	}
	t.Logf("compile 1,000 nodes %s, EXPLAIN %s, compile 10,000 nodes to 1,000 nodes %.1f", compile, explain, ratios)
	report(t, "compile of 1,000 nodes", compile.Seconds()*1000, 40, "ms")
	report(t, "compile to EXPLAIN", 100*compile.Seconds()/explain.Seconds(), 1, "%")
	report(t, "10,000 nodes to 1,000", median(ratios), 11, "times")
}

// TestBenchImport compares importing a script of 2,000 lines, real pipelines of the corpus one behind the other, with what
// Flink takes to read its statements and to plan its INSERTs.
func TestBenchImport(t *testing.T) {
	s := start(t)
	var script strings.Builder
	var jobs []string
	for _, name := range []string{"credit-feature-store", "supply-chain-stock-and-orders", "telecom-cdr-rating", "airline-operations", "insurance-claims-triage", "hospital-wards-and-vitals", "ad-billing-and-pacing", "smart-meter-grid-balance"} {
		data, err := os.ReadFile("../testdata/import/" + name + "/script.sql")
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(script.String(), "\n"); lines < 2000 {
			script.Write(data)
			script.WriteString("\n")
			jobs = append(jobs, string(data))
		}
	}
	lines := strings.Count(script.String(), "\n")
	take := medianOf(10, func() { compiler.Import(script.String()) })
	var planning time.Duration
	for _, job := range jobs {
		planning += s.planning(t, job)
	}
	t.Logf("import of %d lines %s, Flink's own reading and planning %s", lines, take, planning)
	if lines < 1800 {
		t.Fatalf("only %d lines", lines)
	}
	report(t, "import to planning", 100*take.Seconds()/planning.Seconds(), 5, "%")
}

// planning is the time that Flink takes for a script in a session of its own: its statements, and EXPLAIN of its INSERTs.
func (s running) planning(t *testing.T, script string) time.Duration {
	b := &bare{server: s}
	var session struct{ SessionHandle string }
	ask(t, http.MethodPost, s.gateway+"/v4/sessions", map[string]any{}, &session)
	b.session = session.SessionHandle
	parsed := flinksql.Parse(script)
	var inserts []string
	begin := time.Now()
	for _, statement := range parsed.Statements {
		switch statement := statement.(type) {
		case *flinksql.StatementSet:
			for _, insert := range statement.Inserts {
				inserts = append(inserts, insert.Text(script))
			}
		case *flinksql.Insert:
			inserts = append(inserts, statement.Text(script))
		case *flinksql.QueryStatement:
		default:
			b.await(t, b.submit(t, statement.Range().Text(script)))
		}
	}
	b.await(t, b.submit(t, "EXPLAIN STATEMENT SET\nBEGIN\n"+strings.Join(inserts, ";\n")+";\nEND"))
	return time.Since(begin)
}

func (b *bare) await(t *testing.T, operation string) {
	for {
		var page struct{ ResultType string }
		ask(t, http.MethodGet, b.url("/operations/"+operation+"/result/0?rowFormat=JSON"), nil, &page)
		if page.ResultType != "NOT_READY" {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// medianOf is how long work takes, the median of n times.
func medianOf(n int, work func()) time.Duration {
	times := make([]float64, n)
	for i := range times {
		begin := time.Now()
		work()
		times[i] = time.Since(begin).Seconds()
	}
	return time.Duration(median(times) * float64(time.Second))
}

// branches is n chains of a source, filters and a sink, length nodes each.
func branches(n, length int) *graph.Document {
	doc := graph.New("branches")
	table := func(connector string) graph.Config {
		return graph.Config{"table": map[string]any{
			"columns": []any{map[string]any{"name": "n", "type": "BIGINT"}}, "options": map[string]any{"connector": connector},
		}}
	}
	for branch := range n {
		var before string
		for step := range length {
			id := fmt.Sprintf("n%d_%d", branch, step)
			node := &graph.Node{Kind: "filter", Name: id, Config: graph.Config{"condition": fmt.Sprintf("n > %d", step)}}
			switch step {
			case 0:
				node.Kind, node.Config = "source", table("datagen")
			case length - 1:
				node.Kind, node.Config = "sink", table("blackhole")
			}
			doc.Nodes[id] = node
			if before != "" {
				doc.Edges = append(doc.Edges, graph.Edge{From: before, To: id, Port: "in"})
			}
			before = id
		}
	}
	return doc
}

func TestMain(m *testing.M) {
	flinktest.Keeper()
	if _, err := os.Stat(filepath.Join("..", "millrace")); err != nil {
		fmt.Fprintln(os.Stderr, "build it first: make build")
		os.Exit(1)
	}
	os.Exit(m.Run())
}
