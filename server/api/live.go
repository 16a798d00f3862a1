package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/live"
	"millrace/server/preview"
)

// The messages of the websocket, server to page. They are written by server/live; a test holds the two together. Seq
// counts a connection's messages from 1; a gap means that the page must connect anew.
type (
	helloMessage struct {
		Seq     int64        `json:"seq"`
		Type    string       `json:"type" enum:"hello"`
		Version string       `json:"version"`
		Engine  flink.Status `json:"engine"`
		Jobs    []job.Job    `json:"jobs"`
	}
	engineMessage struct {
		Seq    int64        `json:"seq"`
		Type   string       `json:"type" enum:"engine"`
		Engine flink.Status `json:"engine"`
	}
	pipelineMessage struct {
		Seq      int64  `json:"seq"`
		Type     string `json:"type" enum:"pipeline"`
		ID       string `json:"id"`
		Revision int64  `json:"revision"`
		Client   string `json:"client" doc:"Tab that made the change; empty when unknown"`
	}
	pipelineDeletedMessage struct {
		Seq  int64  `json:"seq"`
		Type string `json:"type" enum:"pipelineDeleted"`
		ID   string `json:"id"`
	}
	jobMessage struct {
		Seq  int64   `json:"seq"`
		Type string  `json:"type" enum:"job"`
		Job  job.Job `json:"job"`
	}
	previewMessage struct {
		Seq     int64           `json:"seq"`
		Type    string          `json:"type" enum:"preview"`
		Preview preview.Preview `json:"preview" doc:"Without rows"`
	}
	rowsMessage struct {
		Seq     int64         `json:"seq"`
		Type    string        `json:"type" enum:"rows"`
		Preview string        `json:"preview" doc:"Its id"`
		Node    string        `json:"node"`
		First   int64         `json:"first" doc:"Index of the first row in all rows of the node, from 0; a jump means rows that were left out"`
		Rows    []preview.Row `json:"rows"`
	}
	errorMessage struct {
		Seq    int64  `json:"seq"`
		Type   string `json:"type" enum:"error"`
		Detail string `json:"detail"`
	}
)

// The messages of the websocket, page to server.
type (
	watchPreviewMessage struct {
		Type string `json:"type" enum:"watchPreview"`
		ID   string `json:"id"`
	}
	unwatchPreviewMessage struct {
		Type string `json:"type" enum:"unwatchPreview"`
		ID   string `json:"id"`
	}
)

// liveRoutes declares the ticket and puts the messages into the description.
func (s *server) liveRoutes() {
	route(s, huma.Operation{
		OperationID: "issueLiveTicket", Method: http.MethodPost, Path: "/live/tickets", DefaultStatus: http.StatusCreated,
		Summary: "Make a ticket that opens the websocket /api/v1/live?ticket= once within 30 seconds",
	}, func(context.Context, *none) (*reply[ticket], error) {
		return &reply[ticket]{ticket{Ticket: s.Auth.IssueTicket()}}, nil
	})
	registry := s.huma.OpenAPI().Components.Schemas
	registry.Map()["ServerMessage"] = oneOf(registry, "The websocket's messages to the page",
		reflect.TypeFor[helloMessage](), reflect.TypeFor[engineMessage](), reflect.TypeFor[pipelineMessage](), reflect.TypeFor[pipelineDeletedMessage](),
		reflect.TypeFor[jobMessage](), reflect.TypeFor[previewMessage](), reflect.TypeFor[rowsMessage](), reflect.TypeFor[errorMessage]())
	registry.Map()["ClientMessage"] = oneOf(registry, "The page's messages to the server",
		reflect.TypeFor[watchPreviewMessage](), reflect.TypeFor[unwatchPreviewMessage]())
}

type ticket struct {
	Ticket string `json:"ticket"`
}

func oneOf(registry huma.Registry, description string, types ...reflect.Type) *huma.Schema {
	union := &huma.Schema{Description: description}
	for _, t := range types {
		union.OneOf = append(union.OneOf, registry.Schema(t, true, ""))
	}
	return union
}

func (s *server) liveSource() live.Source {
	return live.Source{
		Version: s.Version,
		Hello: func(context.Context) (engine, jobs any, err error) {
			return s.engine(), list(s.Jobs.List()), nil
		},
		Watch:      s.watch,
		Unwatch:    s.Previews.Unwatch,
		SameOrigin: s.Auth.SameOrigin,
	}
}

func (s *server) watch(id string) (live.Snapshot, bool) {
	if !s.Previews.Watch(id) {
		return live.Snapshot{}, false
	}
	shown, rows, ok := s.Previews.Tail(id)
	if !ok {
		s.Previews.Unwatch(id)
		return live.Snapshot{}, false
	}
	snapshot := live.Snapshot{Preview: withLists(shown)}
	for node, tail := range rows {
		snapshot.Nodes = append(snapshot.Nodes, live.NodeRows{Node: node, First: shown.Nodes[node].Count - int64(len(tail)), Rows: tail})
	}
	return snapshot, true
}
