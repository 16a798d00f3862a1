package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"millrace/server/flink"
	"millrace/server/job"
)

// The description of the websocket's messages is held to what the hub writes: every message fits its type and nothing is lost.
func TestLiveMessagesAreAsDescribed(t *testing.T) {
	w := newWorld(t)
	p := w.create("x")
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/previews", "{}").is(201)
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/deployments", "{}").is(202)
	var at ticket
	w.send("POST", "/api/v1/live/tickets", "").is(201).into(&at)
	address := "ws" + strings.TrimPrefix(w.url, "http") + "/api/v1/live?ticket=" + at.Ticket
	socket, _, err := websocket.DefaultDialer.Dial(address, http.Header{"Origin": {w.url}})
	require.NoError(t, err)
	defer func() { _ = socket.Close() }()
	_, refused, err := websocket.DefaultDialer.Dial(address, nil)
	require.Error(t, err)
	require.Equal(t, 401, refused.StatusCode, "a ticket is for one socket")

	require.NoError(t, socket.WriteJSON(watchPreviewMessage{Type: "watchPreview", ID: "v1"}))
	require.NoError(t, socket.WriteJSON(watchPreviewMessage{Type: "watchPreview", ID: "none"}))
	w.hub.PublishEngine(flink.Status{State: "down", Log: []string{}})
	w.hub.PublishJob("j1", job.Job{ID: "j1", Nodes: map[string]job.Figures{}})
	w.send("POST", "/api/v1/pipelines/"+p.ID+"/operations", `{"revision":1,"label":"l","client":"tab","operations":[{"op":"set","path":["name"],"value":"y"}]}`).is(200)
	other := w.create("other")
	w.send("DELETE", "/api/v1/pipelines/"+other.ID, "").is(204)

	types := map[string]any{
		"hello": &helloMessage{}, "engine": &engineMessage{}, "pipeline": &pipelineMessage{}, "pipelineDeleted": &pipelineDeletedMessage{},
		"job": &jobMessage{}, "preview": &previewMessage{}, "rows": &rowsMessage{}, "error": &errorMessage{},
	}
	for len(types) > 0 {
		require.NoError(t, socket.SetReadDeadline(time.Now().Add(10*time.Second)))
		_, data, err := socket.ReadMessage()
		require.NoError(t, err)
		var head struct{ Type string }
		require.NoError(t, json.Unmarshal(data, &head))
		into, expected := types[head.Type]
		if !expected {
			continue
		}
		delete(types, head.Type)
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		require.NoError(t, decoder.Decode(into), string(data))
		again, err := json.Marshal(into)
		require.NoError(t, err)
		require.JSONEq(t, string(again), string(data))
		switch m := into.(type) {
		case *rowsMessage:
			require.EqualValues(t, 4, m.First)
		case *previewMessage:
			require.Empty(t, m.Preview.Nodes["n"].Rows)
		case *helloMessage:
			require.Equal(t, "1.2.3", m.Version)
			require.Len(t, m.Jobs, 1)
		}
	}
}

func TestDescriptionNamesEveryRouteAndMessage(t *testing.T) {
	var description struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Responses   map[string]any
		}
		Components struct{ Schemas map[string]json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(OpenAPI(), &description))
	require.Equal(t, "3.1.0", description.OpenAPI)
	for _, name := range []string{
		"ServerMessage", "ClientMessage", "Engine", "Status", "Problem", "Diagnostic", "Kind", "Port", "Field", "Value", "Connector", "ConnectorOption", "Function", "Jar",
		"Document", "Node", "Edge", "Compiled", "Imported", "PipelineSummary", "Pipeline", "Operation", "OperationsBody", "Relations", "RelationColumn", "Preview", "PreviewNode", "Row", "Job", "Command",
	} {
		require.Contains(t, description.Components.Schemas, name)
	}
	require.NotContains(t, string(OpenAPI()), "$schema")
	require.Contains(t, string(description.Components.Schemas["Document"]), `"streaming"`)
	require.Contains(t, string(description.Components.Schemas["Job"]), `"DEPLOY_FAILED"`)

	w := newWorld(t)
	served := w.send("GET", "/api/v1/openapi.json", "").is(200)
	require.Equal(t, strings.Replace(string(OpenAPI()), `"version": "dev"`, `"version": "1.2.3"`, 1), string(served.body))
	ids := map[string]bool{}
	require.NoError(t, chi.Walk(w.handler.(*chi.Mux), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if !strings.HasPrefix(pattern, "/api/") || strings.HasSuffix(pattern, "openapi.json") || strings.HasSuffix(pattern, "/live") {
			return nil
		}
		operation, ok := description.Paths[pattern][strings.ToLower(method)]
		require.True(t, ok, method+" "+pattern)
		require.NotEmpty(t, operation.OperationID)
		require.False(t, ids[operation.OperationID], operation.OperationID)
		require.Contains(t, operation.Responses, "default", pattern)
		ids[operation.OperationID] = true
		return nil
	}))
	described := 0
	for _, operations := range description.Paths {
		described += len(operations)
	}
	require.Len(t, ids, described, "a route that is described and not served")
}
