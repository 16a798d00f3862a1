package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/auth"
	"millrace/server/catalog"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/live"
	"millrace/server/preview"
	"millrace/server/store"
)

const bearer = "a bearer token of the tests"

// world is a server on a real store and socket, with fakes in place of Flink.
type world struct {
	t       *testing.T
	url     string
	handler http.Handler
	options Options
	store   *store.Store
	hub     *live.Hub
	fake    *fakeFlink
	log     *bytes.Buffer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, t.TempDir())
	require.NoError(t, err)
	c, err := catalog.New(ctx, filepath.Join(s.Dir(), "jars"), s)
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(nil)
	a, err := auth.New(auth.Options{Tokens: s, Sessions: s.Sessions(), Listen: server.Listener.Addr().String(), Bearer: bearer})
	require.NoError(t, err)
	w := &world{t: t, store: s, fake: &fakeFlink{status: flink.Status{State: "ready"}, leases: map[string]int{}}, log: &bytes.Buffer{}}
	w.hub = live.NewHub(nil)
	w.options = Options{
		Store: s, Auth: a, Hub: w.hub, Engine: w.fake, Previews: w.fake, Evaluator: w.fake, Relations: w.fake, Jobs: &fakeJobs{fakeFlink: w.fake}, Catalog: c, Version: "1.2.3",
		Logger: slog.New(slog.NewTextHandler(&locked{w: w.log}, nil)),
		Page: fstest.MapFS{
			"index.html":          {Data: []byte(`<meta name="csp-nonce" content="__CSP_NONCE__">`)},
			"theme.js":            {Data: []byte("1")},
			"assets/main-ab12.js": {Data: []byte(strings.Repeat("console.log(1);", 1000))},
		},
	}
	w.handler = New(w.options)
	server.Config.Handler = w.handler
	server.Start()
	w.url = server.URL
	t.Cleanup(func() {
		w.hub.Close()
		server.Close()
		require.NoError(t, s.Close())
	})
	return w
}

type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// send asks with the bearer token; headers are name, value, name, value…
func (w *world) send(method, path, body string, headers ...string) *answered {
	w.t.Helper()
	r, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	require.NoError(w.t, err)
	r.Header.Set("Authorization", "Bearer "+bearer)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	response, err := client.Do(r)
	require.NoError(w.t, err)
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	require.NoError(w.t, err)
	return &answered{t: w.t, status: response.StatusCode, header: response.Header, body: data}
}

type answered struct {
	t      *testing.T
	status int
	header http.Header
	body   []byte
}

func (a *answered) into(value any) {
	a.t.Helper()
	require.NoError(a.t, json.Unmarshal(a.body, value), string(a.body))
}

func (a *answered) is(status int) *answered {
	a.t.Helper()
	require.Equal(a.t, status, a.status, string(a.body))
	return a
}

func (a *answered) problem(status int, code string) Problem {
	a.t.Helper()
	a.is(status)
	require.Equal(a.t, "application/problem+json", a.header.Get("Content-Type"))
	var p Problem
	a.into(&p)
	require.Equal(a.t, code, p.Code, string(a.body))
	require.Equal(a.t, status, p.Status)
	require.NotEmpty(a.t, p.Title)
	require.NotEmpty(a.t, p.Detail)
	return p
}

type savedPipeline struct {
	ID       string
	Name     string
	Revision int64
	Document json.RawMessage
}

func (w *world) create(name string) savedPipeline {
	w.t.Helper()
	var p savedPipeline
	w.send("POST", "/api/v1/pipelines", `{"name":"`+name+`"}`).is(201).into(&p)
	return p
}

// fakeFlink stands for engine and previews.
type fakeFlink struct {
	mu       sync.Mutex
	status   flink.Status
	err      error // of every call
	previews map[string]preview.Preview
	leases   map[string]int
	jobs     []job.Job
	panics   bool
}

func (f *fakeFlink) Status() flink.Status {
	if f.panics {
		panic("a secret in a panic")
	}
	return f.status
}

func (f *fakeFlink) Start(_ context.Context, pipeline string, revision int64, _ *graph.Document) (string, error) {
	if f.err != nil {
		return "", f.err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.previews = map[string]preview.Preview{"v1": {
		ID: "v1", Pipeline: pipeline, Revision: revision, State: preview.Running, Diagnostics: []graph.Diagnostic{},
		Nodes: map[string]preview.Node{"n": {Count: 5, Columns: []preview.Column{{Name: "c", Type: "INT"}}, Rows: []preview.Row{{Kind: "+I", Values: []any{1, nil, "x"}}}}},
	}}
	return "v1", nil
}

func (f *fakeFlink) Get(id string) (preview.Preview, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, ok := f.previews[id]
	return p, ok
}

func (f *fakeFlink) Stop(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.previews, id)
	return f.err
}

func (f *fakeFlink) Evaluate(_ context.Context, doc *graph.Document, _ graph.Mode) (preview.Preview, error) {
	p := preview.Preview{State: preview.Finished, Nodes: map[string]preview.Node{}}
	for id := range doc.Nodes {
		p.Nodes[id] = preview.Node{Columns: []preview.Column{{Name: "id", Type: "INT"}}, Rows: []preview.Row{{Kind: "+I", Values: []any{json.Number("1")}}}}
	}
	return p, f.err
}

func (f *fakeFlink) Watch(id string) bool {
	_, ok := f.Get(id)
	return ok
}

func (f *fakeFlink) Unwatch(string) {}

func (f *fakeFlink) Tail(id string) (preview.Preview, map[string][]json.RawMessage, bool) {
	p, ok := f.Get(id)
	rows := map[string][]json.RawMessage{}
	for node, shown := range p.Nodes {
		for _, row := range shown.Rows {
			data, _ := json.Marshal(row)
			rows[node] = append(rows[node], data)
		}
		shown.Rows = []preview.Row{}
		p.Nodes[node] = shown
	}
	return p, rows, ok
}

func (f *fakeFlink) Trace(context.Context, *graph.Document) (preview.Trace, error) {
	return preview.Trace{Nodes: map[string]preview.TracedNode{}}, f.err
}

func (f *fakeFlink) Why(_ context.Context, id, node string) ([]preview.Reason, error) {
	if p, ok := f.Get(id); !ok || p.Nodes[node].Columns == nil {
		return nil, preview.ErrNotFound
	}
	return nil, f.err
}

func (f *fakeFlink) Pieces(_ context.Context, _ string, doc *graph.Document, node, _ string, _ map[string][]any) ([]preview.Part, error) {
	if doc.Nodes[node] == nil {
		return nil, preview.ErrNotFound
	}
	return []preview.Part{{End: 1}}, f.err
}

func (f *fakeFlink) Relations(_ context.Context, _ string, revision int64, _ *graph.Document) (preview.Relations, error) {
	return preview.Relations{Revision: revision, Nodes: map[string]preview.Relation{}}, f.err
}

// fakeJobs stands for jobs.
type fakeJobs struct{ *fakeFlink }

func (f *fakeJobs) Deploy(_ context.Context, pipeline, name string, revision int64, _ *graph.Document) (job.Job, error) {
	if f.err != nil {
		return job.Job{}, f.err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	j := job.Job{ID: "j1", Pipeline: pipeline, PipelineName: name, Revision: revision, State: job.Deploying, Nodes: map[string]job.Figures{"n": {}}, Document: []byte("secret")}
	f.jobs = append(f.jobs, j)
	return j, nil
}

func (f *fakeJobs) List() []job.Job {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]job.Job{}, f.jobs...)
}

func (f *fakeJobs) Get(id string) (job.Job, error) {
	for _, j := range f.List() {
		if j.ID == id {
			return j, nil
		}
	}
	return job.Job{}, job.ErrNotFound
}

func (f *fakeJobs) Command(_ context.Context, id, kind string) (job.Command, error) {
	if f.err != nil {
		return job.Command{}, f.err
	}
	if _, err := f.Get(id); err != nil {
		return job.Command{}, err
	}
	return job.Command{ID: "c1", Job: id, Kind: kind, State: job.Undo}, nil
}

func (f *fakeJobs) Commands(_ context.Context, id string) ([]job.Command, error) {
	_, err := f.Get(id)
	return nil, err
}
