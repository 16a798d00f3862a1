package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/preview"
	"millrace/server/verdict"
)

// RELIABILITY S9: every address of the API asks for a right; the public ones are the page's.
func TestEveryRouteWithoutARightIsUnauthorized(t *testing.T) {
	w := newWorld(t)
	router, ok := w.handler.(*chi.Mux)
	require.True(t, ok)
	public := map[string]bool{}
	count := 0
	require.NoError(t, chi.Walk(router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		path := strings.NewReplacer("{id}", "x", "*", "x").Replace(pattern)
		answer := w.send(method, path, "", "Authorization", "")
		if strings.HasPrefix(pattern, "/api/v1/") {
			count++
			answer.problem(401, "unauthorized")
			require.Equal(t, "no-store", answer.header.Get("Cache-Control"), pattern)
		} else {
			public[strings.SplitN(pattern, "/", 3)[1]] = true
		}
		require.Equal(t, "nosniff", answer.header.Get("X-Content-Type-Options"))
		require.NotEmpty(t, answer.header.Get("Content-Security-Policy"))
		return nil
	}))
	require.GreaterOrEqual(t, count, 26)
	require.Equal(t, map[string]bool{"": true, "pipelines": true, "jobs": true, "functions": true, "theme.js": true, "assets": true}, public)
	for _, path := range []string{"/api", "/api/", "/api/v2/x", "/api/v1/none", "/api/v1", "/%61pi/v1/status", "/api/v1/live"} {
		w.send("GET", path, "", "Authorization", "").problem(401, "unauthorized")
		w.send("GET", path, "", "Authorization", "Bearer wrong").problem(401, "unauthorized")
	}
	w.send("GET", "/api/v1/none", "").problem(404, "not-found")
	w.send("PATCH", "/api/v1/status", "").problem(405, "method-not-allowed")
	w.send("GET", "/api/v1/status", "", "Host", "x").is(200)
}

func TestForeignHostsAndOriginsAreRefusedEverywhere(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/", "/api/v1/status", "/theme.js", "/api/v1/live"} {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "evil.example"
		r.Header.Set("Authorization", "Bearer "+bearer)
		recorder := httptest.NewRecorder()
		w.handler.ServeHTTP(recorder, r)
		require.Equal(t, 421, recorder.Code, path)
	}
	w.send("POST", "/api/v1/pipelines", `{"name":"x"}`, "Origin", "http://evil.example").problem(403, "foreign-origin")
	w.send("POST", "/api/v1/pipelines", `{"name":"x"}`, "Sec-Fetch-Site", "cross-site").problem(403, "foreign-origin")
	w.send("POST", "/api/v1/pipelines", `{"name":"x"}`, "Origin", w.url).is(201)
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json, text/plain", "x"} {
		w.send("POST", "/api/v1/pipelines", `{"name":"x"}`, "Content-Type", kind).problem(415, "invalid-request")
	}
	w.send("POST", "/api/v1/pipelines", `{"name":"x"}`, "Content-Type", "").is(201)
}

func TestOneTimeTokenOpensASessionAndLeavesTheAddress(t *testing.T) {
	w := newWorld(t)
	token, err := w.options.Auth.IssueToken(t.Context())
	require.NoError(t, err)
	answer := w.send("GET", "/?token="+token, "", "Authorization", "").is(303)
	require.Equal(t, "/", answer.header.Get("Location"))
	cookie, _, _ := strings.Cut(answer.header.Get("Set-Cookie"), ";")
	w.send("GET", "/api/v1/status", "", "Authorization", "", "Cookie", cookie).is(200)
	w.send("GET", "/?token="+token, "", "Authorization", "").is(401)
	w.send("GET", "/?token="+token, "", "Authorization", "", "Cookie", cookie).is(303)
}

func TestPipelineLife(t *testing.T) {
	w := newWorld(t)
	p := w.create("flights")
	require.EqualValues(t, 1, p.Revision)
	doc, err := graph.Decode(p.Document)
	require.NoError(t, err)
	require.Equal(t, graph.New("flights"), doc)

	var list []pipelineSummary
	w.send("GET", "/api/v1/pipelines", "").is(200).into(&list)
	require.Len(t, list, 1)
	got := w.send("GET", "/api/v1/pipelines/"+p.ID, "").is(200)
	require.Equal(t, `"1"`, got.header.Get("ETag"))
	require.NotContains(t, string(got.body), "$schema")
	require.Regexp(t, `"createdAt":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"`, string(got.body))

	edit := `{"revision":1,"label":"Add","client":"tab","operations":[
		{"op":"set","path":["nodes","filter-1"],"value":{"kind":"filter","name":"late","config":{"condition":"delay > 15"},"position":{"x":1,"y":2},"description":""}},
		{"op":"set","path":["mode"],"value":"batch"}]}`
	var at operationsReply
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", edit).is(200).into(&at)
	require.EqualValues(t, 2, at.Revision)
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", edit).is(200).into(&at)
	require.EqualValues(t, 2, at.Revision, "sent again")
	conflict := w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", strings.Replace(edit, "tab", "other", 1)).problem(409, "conflict")
	require.EqualValues(t, 2, conflict.Revision)
	current, err := graph.Decode(conflict.Document.RawMessage)
	require.NoError(t, err)
	require.Equal(t, "late", current.Nodes["filter-1"].Name)

	document := `{"format":1,"name":"x","mode":"streaming","nodes":{},"edges":[]}`
	put := `{"name":"renamed","document":` + document + `}`
	w.send("PUT", "/api/v1/pipelines/"+p.ID, put).problem(428, "precondition-required")
	w.send("PUT", "/api/v1/pipelines/"+p.ID, put, "If-Match", "x").problem(400, "invalid-request")
	require.EqualValues(t, 2, w.send("PUT", "/api/v1/pipelines/"+p.ID, put, "If-Match", `"1"`).problem(412, "conflict").Revision)
	replaced := w.send("PUT", "/api/v1/pipelines/"+p.ID, put, "If-Match", `"2"`).is(200)
	require.Equal(t, `"3"`, replaced.header.Get("ETag"))
	replaced.into(&p)
	require.Equal(t, "renamed", p.Name)

	w.send("DELETE", "/api/v1/pipelines/"+p.ID, "").is(204)
	for method, path := range map[string]string{
		"GET": "", "PUT": "", "DELETE": "", "POST": "/operations", "GET ": "/sql", "POST ": "/compile", "GET  ": "/relations", "POST  ": "/previews", "POST    ": "/tests", "POST   ": "/deployments",
	} {
		body := map[string]string{"PUT": put, "POST": edit}[method]
		w.send(strings.TrimSpace(method), "/api/v1/pipelines/"+p.ID+path, body, "If-Match", `"3"`).problem(404, "not-found")
	}
}

func TestDraftsWithMistakesAreSaved(t *testing.T) {
	w := newWorld(t)
	document := `{"format":1,"name":"draft","mode":"streaming","nodes":{"f":{"kind":"filter","name":"1 bad name","config":{},"position":{"x":0,"y":0},"description":""}},"edges":[]}`
	var p savedPipeline
	w.send("POST", "/api/v1/pipelines", `{"document":`+document+`}`).is(201).into(&p)
	require.Equal(t, "draft", p.Name)
	require.NotEmpty(t, w.send("GET", "/api/v1/pipelines/"+p.ID+"/sql", "").problem(409, "invalid-pipeline").Diagnostics)
	var result compiled
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/compile", "").is(200).into(&result)
	require.True(t, graph.HasErrors(result.Diagnostics))
}

func nest(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func nodes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"n%d":{"kind":"filter","name":"n%d","config":{},"position":{"x":0,"y":0},"description":""}`, i, i)
	}
	return strings.TrimPrefix(b.String(), ",")
}

// RELIABILITY S20: nothing of this is taken, nothing of it is a failure of ours.
func TestHostileBodiesAreRefusedWithASentence(t *testing.T) {
	w := newWorld(t)
	p := w.create("victim")
	operations := "/api/v1/pipelines/" + p.ID + "/operations"
	withNode := func(node string) string {
		return `{"document":{"format":1,"name":"a","mode":"streaming","nodes":{"n":` + node + `},"edges":[]}}`
	}
	cases := []struct{ path, body string }{
		{"/api/v1/pipelines", `{`},
		{"/api/v1/pipelines", `[]`},
		{"/api/v1/pipelines", `null`},
		{"/api/v1/pipelines", `"x"`},
		{"/api/v1/pipelines", `{}`},
		{"/api/v1/pipelines", `{"name":""}`},
		{"/api/v1/pipelines", `{"name":"  "}`},
		{"/api/v1/pipelines", `{"name":1}`},
		{"/api/v1/pipelines", `{"name":["x"]}`},
		{"/api/v1/pipelines", `{"name":"x","name":"y"}`},
		{"/api/v1/pipelines", `{"name":"x"} {}`},
		{"/api/v1/pipelines", `{"name":"x"}x`},
		{"/api/v1/pipelines", `{"name":"x",}`},
		{"/api/v1/pipelines", `{"name":"x","id":"mine"}`},
		{"/api/v1/pipelines", `{"name":"x","revision":9}`},
		{"/api/v1/pipelines", `{"name":"x","owner":"me"}`},
		{"/api/v1/pipelines", `{"name":"x","__proto__":{}}`},
		{"/api/v1/pipelines", `{"name":"` + strings.Repeat("x", 201) + `"}`},
		{"/api/v1/pipelines", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`},
		{"/api/v1/pipelines", `{"document":` + nest(100_000) + `}`},
		{"/api/v1/pipelines", `{"name":` + nest(33) + `}`},
		{"/api/v1/pipelines", strings.Repeat(`{"a":`, 40) + "1" + strings.Repeat("}", 40)},
		{"/api/v1/pipelines", `{"document":null}`},
		{"/api/v1/pipelines", `{"document":[]}`},
		{"/api/v1/pipelines", `{"document":{}}`},
		{"/api/v1/pipelines", `{"document":{"format":2,"name":"x"}}`},
		{"/api/v1/pipelines", `{"document":{"format":1,"name":"x","mode":"fast"}}`},
		{"/api/v1/pipelines", `{"document":{"format":1,"name":"x","mode":"batch","extra":1}}`},
		{"/api/v1/pipelines", `{"document":{"format":1e400,"name":"x"}}`},
		{"/api/v1/pipelines", `{"document":{"format":1,"name":"x","settings":{"a":1}}}`},
		{"/api/v1/pipelines", withNode(`null`)},
		{"/api/v1/pipelines", withNode(`{"kind":"evil","name":"n"}`)},
		{"/api/v1/pipelines", withNode(`{"kind":"filter","name":"n","more":1}`)},
		{"/api/v1/pipelines", withNode(`{"kind":"filter","name":"n","position":{"x":1e999,"y":0}}`)},
		{"/api/v1/pipelines", withNode(`{"kind":"filter","name":"n","config":` + nest(40) + `}`)},
		{"/api/v1/pipelines", `{"document":{"format":1,"name":"x","mode":"batch","nodes":{` + nodes(2001) + `},"edges":[]}}`},
		{"/api/v1/pipelines", `{"document":{"format":1,"name":"x","nodes":{"a b":{"kind":"filter","name":"n"}}}}`},
		{"/api/v1/compile", `{}`},
		{"/api/v1/compile", `{"document":1}`},
		{"/api/v1/compile", `{"document":{"format":1},"document":{"format":1}}`},
		{"/api/v1/edit", `{"script":"SELECT 1"}`},
		{"/api/v1/edit", `{"document":{"format":1},"script":1}`},
		{"/api/v1/import", `{}`},
		{"/api/v1/import", `{"sql":1}`},
		{"/api/v1/import", `{"sql":null}`},
		{operations, `{}`},
		{operations, `{"revision":1,"label":"x","operations":[]}`},
		{operations, `{"revision":0,"label":"x","operations":[{"op":"delete","path":["nodes","n"]}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"move","path":["name"]}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":[],"value":1}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":["format"],"value":2}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":["name"]}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":["nodes","n"],"value":{"kind":"evil","name":"n"}}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":["nodes","n","config","__proto__","x"],"value":1}]}`},
		{operations, `{"revision":1,"label":"x","operations":[{"op":"set","path":["name"],"value":"x","who":"me"}]}`},
		{operations, `{"revision":1.5,"label":"x","operations":[{"op":"set","path":["name"],"value":"x"}]}`},
		{operations, `{"revision":99999999999999999999,"label":"x","operations":[{"op":"set","path":["name"],"value":"x"}]}`},
		{operations, `{"revision":1,"label":"` + strings.Repeat("x", 300) + `","operations":[{"op":"set","path":["name"],"value":"x"}]}`},
		{"/api/v1/jobs/j1/commands", `{}`},
		{"/api/v1/jobs/j1/commands", `{"kind":["kill"]}`},
		{"/api/v1/pipelines/" + p.ID + "/previews", `{"limit":1}`},
		{"/api/v1/pipelines/" + p.ID + "/deployments", `[]`},
	}
	require.GreaterOrEqual(t, len(cases), 50)
	for _, c := range cases {
		answer := w.send("POST", c.path, c.body)
		name := c.path + " " + c.body[:min(len(c.body), 120)]
		require.GreaterOrEqual(t, answer.status, 400, name)
		require.Less(t, answer.status, 500, name)
		var problem Problem
		answer.into(&problem)
		require.NotEmpty(t, problem.Detail, name)
		require.Less(t, len(answer.body), 4000, "values are not sent back")
	}
	var list []pipelineSummary
	w.send("GET", "/api/v1/pipelines", "").into(&list)
	require.Len(t, list, 1)
	require.EqualValues(t, 1, list[0].Revision)
	require.Empty(t, w.log.String())
	w.send("GET", "/api/v1/pipelines?limit=1", "").problem(422, "invalid-request")
}

func TestLargestAllowedDocumentIsTaken(t *testing.T) {
	w := newWorld(t)
	w.send("POST", "/api/v1/pipelines", `{"document":{"format":1,"name":"x","mode":"batch","nodes":{`+nodes(2000)+`},"edges":[]}}`).is(201)
}

func TestALargeDocumentSaysWhatItsSamplesTake(t *testing.T) {
	w := newWorld(t)
	rows := strings.TrimSuffix(strings.Repeat(`{"values":[1]},`, 50_000), ",")
	document := `{"format":1,"name":"x","nodes":{},"samples":{"o":{"columns":["id"],"rows":[` + rows + `]}}}`
	require.Contains(t, w.send("POST", "/api/v1/pipelines", `{"document":`+document+`}`).problem(422, "invalid-document").Detail, "it is larger than 1024 kB, of which samples and tests have ")
}

func TestCompileAndImport(t *testing.T) {
	w := newWorld(t)
	sql := "CREATE TABLE a (x INT) WITH ('connector' = 'datagen');\nCREATE TABLE b (x INT) WITH ('connector' = 'blackhole');\nINSERT INTO b SELECT x FROM a;\n"
	body, err := json.Marshal(map[string]string{"sql": sql})
	require.NoError(t, err)
	var in struct {
		Document    json.RawMessage
		Diagnostics []graph.Diagnostic
	}
	w.send("POST", "/api/v1/import", string(body)).is(200).into(&in)
	require.NotNil(t, in.Diagnostics)
	answer := w.send("POST", "/api/v1/compile", `{"document":`+string(in.Document)+`}`).is(200)
	var out compiled
	answer.into(&out)
	require.NotEmpty(t, out.Statements)
	for _, statement := range out.Statements {
		if statement.Node != "" {
			require.Equal(t, statement.SQL, out.Script[statement.Start:statement.End])
		}
	}
	for _, statement := range out.Statements {
		require.NotNil(t, statement.Pieces)
	}
	p := savedPipeline{}
	w.send("POST", "/api/v1/pipelines", `{"name":"imported","document":`+string(in.Document)+`}`).is(201).into(&p)
	text := w.send("GET", "/api/v1/pipelines/"+p.ID+"/sql", "").is(200)
	require.Equal(t, "text/plain; charset=utf-8", text.header.Get("Content-Type"))
	require.Contains(t, string(text.body), "CREATE TEMPORARY TABLE")
}

func TestImportSaysWhichCharactersItIsAbout(t *testing.T) {
	w := newWorld(t)
	sql := "SET 'größe' = '1';\nSELECT a FROM WHERE b"
	body, err := json.Marshal(map[string]string{"sql": sql})
	require.NoError(t, err)
	var in struct {
		Diagnostics []struct {
			Code       string
			Start, End int
		}
	}
	w.send("POST", "/api/v1/import", string(body)).is(200).into(&in)
	about := map[string]string{}
	for _, d := range in.Diagnostics {
		about[d.Code] = sql[d.Start:d.End]
	}
	require.Equal(t, map[string]string{"setting-not-taken": "SET 'größe' = '1'", "reserved-word": "WHERE"}, about)
}

func TestCompileTellsWhatStandsOutsideTheDocument(t *testing.T) {
	w := newWorld(t)
	w.options.Check = func(*graph.Document) []graph.Diagnostic {
		return []graph.Diagnostic{{Severity: graph.Error, Code: "missing-file", Summary: "s", Detail: "d"}}
	}
	r := httptest.NewRequest("POST", "/api/v1/compile", strings.NewReader(`{"document":{"format":1,"name":"x"}}`))
	r.Host = strings.TrimPrefix(w.url, "http://")
	r.Header.Set("Authorization", "Bearer "+bearer)
	recorder := httptest.NewRecorder()
	New(w.options).ServeHTTP(recorder, r)
	require.Contains(t, recorder.Body.String(), "missing-file")
}

func TestListsAreNeverNull(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"pipelines", "jobs", "jars", "functions"} {
		require.Equal(t, "[]\n", string(w.send("GET", "/api/v1/"+path, "").is(200).body), path)
	}
	for _, path := range []string{"kinds", "connectors", "status"} {
		answer := w.send("GET", "/api/v1/"+path, "").is(200)
		require.NotContains(t, string(answer.body), ":null", path)
	}
	p := w.create("x")
	require.JSONEq(t, `{"revision":1,"nodes":{},"diagnostics":[]}`, string(w.send("GET", "/api/v1/pipelines/"+p.ID+"/relations", "").is(200).body))
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/deployments", "").is(202)
	require.Equal(t, "[]\n", string(w.send("GET", "/api/v1/jobs/j1/commands", "").is(200).body))
}

func TestPreviewAndJobLife(t *testing.T) {
	w := newWorld(t)
	p := w.create("flights")
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/previews", "").is(201)
	require.JSONEq(t, `{"id":"v1"}`, string(w.send("POST", "/api/v1/pipelines/"+p.ID+"/previews", "{}").is(201).body))
	shown := w.send("GET", "/api/v1/previews/v1", "").is(200)
	require.Contains(t, string(shown.body), `"rows":[{"kind":"+I","values":[1,null,"x"]}]`)
	require.JSONEq(t, `{"reasons":[]}`, string(w.send("GET", "/api/v1/previews/v1/nodes/n/why", "").is(200).body))
	w.send("GET", "/api/v1/previews/v1/nodes/m/why", "").problem(404, "not-found")
	w.send("GET", "/api/v1/previews/v2/nodes/n/why", "").problem(404, "not-found")
	require.JSONEq(t, `{"nodes":{},"diagnostics":[]}`, string(w.send("POST", "/api/v1/pipelines/"+p.ID+"/traces", "").is(200).body))
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/comparisons", `{"job":"nobody"}`).problem(404, "not-found")
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/evaluations", `{"node":"nobody","expression":"1","rows":{}}`).problem(422, "no-node")
	w.send("DELETE", "/api/v1/previews/v1", "").is(204)
	w.send("DELETE", "/api/v1/previews/v1", "").problem(404, "not-found")
	w.send("GET", "/api/v1/previews/v1", "").problem(404, "not-found")

	answer := w.send("POST", "/api/v1/pipelines/"+p.ID+"/deployments", "{}").is(202)
	require.NotContains(t, string(answer.body), "secret", "the document is not part of a job on the wire")
	require.Contains(t, string(answer.body), `"nodes":{"n":{"recordsIn":null,"recordsOut":null}}`)
	w.send("GET", "/api/v1/jobs/j1", "").is(200)
	w.send("GET", "/api/v1/jobs/none", "").problem(404, "not-found")
	w.send("GET", "/api/v1/jobs/none/commands", "").problem(404, "not-found")
	var command job.Command
	w.send("POST", "/api/v1/jobs/j1/commands", `{"kind":"kill"}`).is(202).into(&command)
	require.Equal(t, job.Undo, command.State)
	w.send("POST", "/api/v1/jobs/none/commands", `{"kind":"kill"}`).problem(404, "not-found")
}

const tested = `{"format":1,"name":"tested","mode":"batch","nodes":{"o":{"kind":"source","name":"orders","config":{},"position":{"x":0,"y":0},"description":""}},"edges":[],
	"samples":{"o":{"columns":["id"],"rows":[{"values":[1]}]}},
	"tests":{"good":{"name":"One row","samples":{},"expect":{"o":{"count":1}}},"bad":{"name":"Two","modes":["streaming"],"samples":{},"expect":{"o":{"columns":["id"],"rows":[{"values":["1"]},{"values":[2]}]}}}}}`

func TestTestsOfASavedPipelineAreRun(t *testing.T) {
	w := newWorld(t)
	var p struct{ ID string }
	w.send("POST", "/api/v1/pipelines", `{"name":"tested","document":`+tested+`}`).is(201).into(&p)
	var out struct{ Results []verdict.Result }
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/tests", "").is(200).into(&out)
	require.Len(t, out.Results, 2)
	require.Equal(t, "bad", out.Results[0].Test)
	require.False(t, out.Results[0].Passed)
	require.Equal(t, []graph.SampleRow{{Values: []any{float64(2)}}}, out.Results[0].Expectations[0].Missing)
	require.True(t, out.Results[1].Passed)
	require.Equal(t, graph.Batch, out.Results[1].Mode)
	answer := w.send("POST", "/api/v1/pipelines/"+p.ID+"/tests", `{"tests":["good"],"modes":["streaming"]}`).is(200)
	require.NotContains(t, string(answer.body), ":null")
	answer.into(&out)
	require.Len(t, out.Results, 1)
	require.Equal(t, graph.Streaming, out.Results[0].Mode)
	require.Contains(t, w.send("POST", "/api/v1/pipelines/"+p.ID+"/tests", `{"tests":["gone"]}`).problem(422, "unknown-test").Detail, `no test "gone"`)
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/tests", `{"modes":["both"]}`).problem(422, "invalid-request")
	w.send("POST", "/api/v1/pipelines/none/tests", `{}`).problem(404, "not-found")
	w.fake.err = preview.ErrEngineNotReady
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/tests", "").problem(503, "engine-not-ready")
}

func TestSamplesAreMadeOfPastedRowsAndOfRules(t *testing.T) {
	w := newWorld(t)
	columns := `"columns":[{"name":"id","type":"BIGINT NOT NULL"},{"name":"note","type":"STRING"}]`
	answer := w.send("POST", "/api/v1/samples/parse", `{"format":"csv","text":"id,note\n9007199254740993,\n",`+columns+`}`).is(200)
	require.JSONEq(t, `{"sample":{"columns":["id","note"],"rows":[{"values":["9007199254740993",null]}]},"diagnostics":[]}`, string(answer.body))
	answer = w.send("POST", "/api/v1/samples/parse", `{"format":"jsonLines","data":"eyJpZCI6IDF9",`+columns+`}`).is(200)
	require.JSONEq(t, `{"sample":{"columns":["id"],"rows":[{"values":["1"]}]},"diagnostics":[]}`, string(answer.body))
	w.send("POST", "/api/v1/samples/parse", `{"format":"xml","text":"",`+columns+`}`).problem(422, "invalid-request")

	begin := time.Now()
	many := `{"format":"csv","text":"` + strings.Repeat(`1,a row\n`, 1_000_000) + `",` + columns + `}`
	require.Contains(t, string(w.send("POST", "/api/v1/samples/parse", many).is(200).body), "Rows 1 to 1000 of about 1000000 are taken: a sample has at most 1000 rows.")
	require.Less(t, time.Since(begin), 5*time.Second)
	w.send("POST", "/api/v1/samples/parse", `{"format":"csv","text":"`+strings.Repeat("x", 33<<20)+`",`+columns+`}`).problem(413, "too-large")

	rules := `"rules":{"note":{"kind":"choices","choices":["a"]}},"rows":2,"seed":5`
	answer = w.send("POST", "/api/v1/samples/generate", `{`+columns+`,`+rules+`}`).is(200)
	require.JSONEq(t, `{"sample":{"columns":["id","note"],"rows":[{"values":["1","a"]},{"values":["2","a"]}]},"diagnostics":[]}`, string(answer.body))
	w.send("POST", "/api/v1/samples/generate", `{`+columns+`,"rows":-1}`).problem(422, "invalid-request")
	w.send("POST", "/api/v1/samples/generate", `{`+columns+`,"rows":1,"rules":{"id":{"from":1}}}`).problem(422, "invalid-request")
}

func TestFailuresHaveTheirPublicForm(t *testing.T) {
	w := newWorld(t)
	p := w.create("x")
	deployments := "/api/v1/pipelines/" + p.ID + "/deployments"
	w.fake.err = fmt.Errorf("deploy: %w", &compiler.Invalid{Diagnostics: []graph.Diagnostic{{Severity: graph.Error, Code: "c", Summary: "s", Detail: "d"}}})
	require.Len(t, w.send("POST", deployments, "").problem(422, "invalid-pipeline").Diagnostics, 1)
	require.Len(t, w.send("POST", "/api/v1/pipelines/"+p.ID+"/previews", "").problem(422, "invalid-pipeline").Diagnostics, 1)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{job.ErrEngineNotReady, 503, "engine-not-ready"},
		{job.ErrLive, 409, "job-live"},
		{&job.Refused{Reason: "It is over."}, 409, "refused"},
		{flink.ErrUnreachable, 503, "engine-unreachable"},
		{&flink.SQLError{Message: "no such column"}, 422, "sql-error"},
	} {
		w.fake.err = fmt.Errorf("deploy: %w", c.err)
		w.send("POST", deployments, "").problem(c.status, c.code)
	}
	require.Empty(t, w.log.String())

	w.fake.err = errors.New("password=hunter2 at /home/x")
	answer := w.send("POST", deployments, "")
	problem := answer.problem(500, "internal")
	require.NotContains(t, string(answer.body), "hunter2")
	require.Equal(t, answer.header.Get("X-Request-Id"), problem.RequestID)
	require.Contains(t, w.log.String(), problem.RequestID)
	require.Contains(t, w.log.String(), "hunter2")
}

func TestPanicBecomesAnInternalProblem(t *testing.T) {
	w := newWorld(t)
	w.fake.panics = true
	answer := w.send("GET", "/api/v1/status", "")
	answer.problem(500, "internal")
	require.NotContains(t, string(answer.body), "secret")
	require.Contains(t, w.log.String(), "a secret in a panic")
	w.fake.panics = false
	require.Contains(t, string(w.send("GET", "/api/v1/status", "").is(200).body), `"version":"1.2.3"`)
}

// RELIABILITY R18 and I1: an acknowledged edit is in the database, whoever else writes.
func TestTwentyConcurrentWritersLoseNothing(t *testing.T) {
	w := newWorld(t)
	p := w.create("shared")
	var wait sync.WaitGroup
	for writer := range 20 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i, revision := 0, int64(1); i < 5; {
				body := fmt.Sprintf(`{"revision":%d,"label":"l","client":"%d","operations":[{"op":"set","path":["settings","k%d_%d"],"value":"v"}]}`, revision, writer, writer, i)
				answer := w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", body)
				var at struct{ Revision int64 }
				answer.into(&at)
				revision = at.Revision
				switch answer.status {
				case 200:
					i++
					saved, err := w.store.Pipeline(t.Context(), p.ID)
					if err != nil || saved.Revision < revision || !bytes.Contains(saved.Document, fmt.Appendf(nil, "k%d_%d", writer, i-1)) {
						t.Errorf("an acknowledged edit is not there: %v", err)
					}
				case 409:
				default:
					t.Errorf("%d %s", answer.status, answer.body)
					return
				}
			}
		}()
	}
	wait.Wait()
	saved, err := w.store.Pipeline(t.Context(), p.ID)
	require.NoError(t, err)
	require.EqualValues(t, 101, saved.Revision)
}

func (w *world) upload(name string, contents []byte) *answered {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	require.NoError(w.t, err)
	_, err = part.Write(contents)
	require.NoError(w.t, err)
	require.NoError(w.t, form.Close())
	return w.send("POST", "/api/v1/jars", body.String(), "Content-Type", form.FormDataContentType())
}

func TestUploadsAreRefusedWithASentence(t *testing.T) {
	w := newWorld(t)
	require.Contains(t, w.upload("x.jar", []byte("hello")).problem(422, "jar-refused").Detail, "no zip signature")
	w.upload("x.jar", nil).problem(422, "jar-refused")
	w.upload("x.jar", make([]byte, 64<<20+1)).problem(422, "jar-refused")
	w.send("POST", "/api/v1/jars", "{}").problem(415, "invalid-request")
	w.send("POST", "/api/v1/jars", "x", "Content-Type", "multipart/form-data; boundary=b").problem(400, "invalid-request")
	w.send("DELETE", "/api/v1/jars/none", "").problem(404, "not-found")
	require.Equal(t, "[]\n", string(w.send("GET", "/api/v1/jars", "").body))
}

func TestPageIsServedWithAFreshNonce(t *testing.T) {
	w := newWorld(t)
	seen := map[string]bool{}
	for _, path := range []string{"/", "/pipelines/abc", "/jobs", "/functions"} {
		answer := w.send("GET", path, "", "Authorization", "").is(200)
		require.Equal(t, "no-store", answer.header.Get("Cache-Control"))
		nonce := strings.TrimSuffix(strings.TrimPrefix(string(answer.body), `<meta name="csp-nonce" content="`), `">`)
		require.Len(t, nonce, 43)
		require.Contains(t, answer.header.Get("Content-Security-Policy"), "'nonce-"+nonce+"'")
		seen[nonce] = true
	}
	require.Len(t, seen, 4)
	asset := w.send("GET", "/assets/main-ab12.js", "", "Accept-Encoding", "br, gzip").is(200)
	require.Equal(t, "public, max-age=31536000, immutable", asset.header.Get("Cache-Control"))
	require.Equal(t, "gzip", asset.header.Get("Content-Encoding"))
	require.Contains(t, asset.header.Get("Content-Type"), "javascript")
	require.Less(t, len(asset.body), 1000)
	plain := w.send("GET", "/assets/main-ab12.js", "", "Accept-Encoding", "identity").is(200)
	require.Len(t, plain.body, 15000)
	require.Equal(t, "no-cache", w.send("GET", "/theme.js", "").is(200).header.Get("Cache-Control"))
	for _, path := range []string{"/index.html", "/assets/none.js", "/.git/config", "/assets/../index.html", "/docs", "/metrics", "/debug/pprof/"} {
		require.Equal(t, 404, w.send("GET", path, "").status, path)
	}
}

func TestServerWithoutAPageSaysSo(t *testing.T) {
	w := newWorld(t)
	w.options.Page = nil
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = strings.TrimPrefix(w.url, "http://")
	recorder := httptest.NewRecorder()
	New(w.options).ServeHTTP(recorder, r)
	require.Equal(t, 200, recorder.Code)
	require.Contains(t, recorder.Body.String(), "make build")
}

// TestEditOfAScriptGivesOperations edits a saved pipeline's script, applies what comes back, and reads the script again.
func TestEditOfAScriptGivesOperations(t *testing.T) {
	w := newWorld(t)
	p := savedPipeline{}
	w.send("POST", "/api/v1/pipelines", `{"name":"edited","document":`+withFilter+`}`).is(201).into(&p)
	edit := func(script string) (out edited) {
		body, err := json.Marshal(map[string]any{"document": json.RawMessage(withFilter), "script": script})
		require.NoError(t, err)
		w.send("POST", "/api/v1/edit", string(body)).is(200).into(&out)
		require.NotNil(t, out.Operations)
		require.NotNil(t, out.Diagnostics)
		return out
	}
	script := "CREATE TEMPORARY TABLE a (\n  x INT\n) WITH (\n  'connector' = 'datagen'\n);\n\nCREATE TEMPORARY VIEW f AS\nSELECT *\nFROM a\nWHERE x > 1;\n"
	require.Empty(t, edit(script).Operations)
	wrong := edit(strings.Replace(script, "x > 1", "x > > 1", 1))
	require.Empty(t, wrong.Operations)
	require.Equal(t, []int{strings.Index(script, "> 1") + 2}, []int{wrong.Diagnostics[0].Start})
	right := edit(strings.Replace(script, "x > 1", "x > 2", 1))
	operations, err := json.Marshal(right.Operations)
	require.NoError(t, err)
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", `{"revision":1,"label":"Edit SQL","operations":`+string(operations)+`}`).is(200)
	text := w.send("GET", "/api/v1/pipelines/"+p.ID+"/sql", "").is(200)
	require.Contains(t, string(text.body), "WHERE x > 2")
}

const withFilter = `{"format":1,"name":"edited","mode":"streaming","settings":{},"nodes":{` +
	`"s":{"kind":"source","name":"a","config":{"table":{"columns":[{"name":"x","type":"INT"}],"options":{"connector":"datagen"}}},"position":{"x":0,"y":0},"description":""},` +
	`"f":{"kind":"filter","name":"f","config":{"condition":"x > 1"},"position":{"x":300,"y":0},"description":""}},"edges":[{"from":"s","to":"f","port":"in"}]}`
