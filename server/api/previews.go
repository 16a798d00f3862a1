package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"millrace/server/preview"
)

type created struct {
	ID string `json:"id"`
}

// emptyRequest starts something on a pipeline; its body is {} or absent.
type emptyRequest struct {
	ID   string `path:"id" maxLength:"128"`
	Body *none
}

func (s *server) previewRoutes() {
	route(s, huma.Operation{
		OperationID: "startPreview", Method: http.MethodPost, Path: "/pipelines/{id}/previews", DefaultStatus: http.StatusCreated,
		Summary: "Run the saved document to look at the rows of every node",
	}, s.startPreview)
	route(s, huma.Operation{OperationID: "getPreview", Method: http.MethodGet, Path: "/previews/{id}", Summary: "Read a preview with its newest rows"}, s.getPreview)
	route(s, huma.Operation{
		OperationID: "explainSilence", Method: http.MethodGet, Path: "/previews/{id}/nodes/{node}/why",
		Summary: "Tell why a node of a preview has made no rows, with edits that may help",
	}, s.explainSilence)
	route(s, huma.Operation{
		OperationID: "evaluate", Method: http.MethodPost, Path: "/pipelines/{id}/evaluations",
		Summary: "Work out an expression of a node of the saved document, and all its pieces, for rows of the node's inputs",
	}, s.evaluate)
	route(s, huma.Operation{
		OperationID: "trace", Method: http.MethodPost, Path: "/pipelines/{id}/traces",
		Summary: "Run the saved document on its samples and tell of every row which rows of the samples it is made of",
	}, s.trace)
	route(s, huma.Operation{OperationID: "stopPreview", Method: http.MethodDelete, Path: "/previews/{id}", Summary: "Stop a preview"}, s.stopPreview)
}

func (s *server) startPreview(ctx context.Context, in *emptyRequest) (*reply[created], error) {
	p, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	id, err := s.Previews.Start(ctx, p.ID, p.Revision, doc)
	if err != nil {
		return nil, err
	}
	return &reply[created]{created{ID: id}}, nil
}

func (s *server) getPreview(_ context.Context, in *byID) (*reply[preview.Preview], error) {
	shown, ok := s.Previews.Get(in.ID)
	if !ok {
		return nil, noPreview()
	}
	return &reply[preview.Preview]{withLists(shown)}, nil
}

// withLists is the preview with no list null.
func withLists(shown preview.Preview) preview.Preview {
	nodes := make(map[string]preview.Node, len(shown.Nodes))
	for id, node := range shown.Nodes {
		node.Columns, node.Rows = list(node.Columns), list(node.Rows)
		nodes[id] = node
	}
	shown.Nodes, shown.Diagnostics = nodes, list(shown.Diagnostics)
	return shown
}

func (s *server) stopPreview(ctx context.Context, in *byID) (*none, error) {
	if _, ok := s.Previews.Get(in.ID); !ok {
		return nil, noPreview()
	}
	return nil, s.Previews.Stop(ctx, in.ID)
}

type nodeOfPreview struct {
	ID   string `path:"id" maxLength:"128"`
	Node string `path:"node" maxLength:"128"`
}

type reasons struct {
	Reasons []preview.Reason `json:"reasons" doc:"The nearest first; none when the node has made rows"`
}

func (s *server) explainSilence(ctx context.Context, in *nodeOfPreview) (*reply[reasons], error) {
	found, err := s.Previews.Why(ctx, in.ID, in.Node)
	if errors.Is(err, preview.ErrNotFound) {
		return nil, noPreview()
	}
	return &reply[reasons]{reasons{Reasons: list(found)}}, err
}

type evaluation struct {
	ID   string `path:"id" maxLength:"128"`
	Body struct {
		Node       string           `json:"node"`
		Expression string           `json:"expression" maxLength:"100000"`
		Rows       map[string][]any `json:"rows" doc:"One row of each input, by the input's node id; values as a preview shows them"`
	}
}

type parts struct {
	Parts []preview.Part `json:"parts" doc:"The whole expression first"`
}

func (s *server) evaluate(ctx context.Context, in *evaluation) (*reply[parts], error) {
	p, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	found, err := s.Previews.Pieces(ctx, p.ID, doc, in.Body.Node, in.Body.Expression, in.Body.Rows)
	if errors.Is(err, preview.ErrNotFound) {
		return nil, unprocessable("no-node", "The saved pipeline has no such node.")
	}
	if err != nil {
		return nil, err
	}
	return &reply[parts]{parts{Parts: list(found)}}, nil
}

func (s *server) trace(ctx context.Context, in *emptyRequest) (*reply[preview.Trace], error) {
	_, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	trace, err := s.Previews.Trace(ctx, doc)
	if err != nil {
		return nil, err
	}
	trace.Diagnostics = list(trace.Diagnostics)
	return &reply[preview.Trace]{trace}, nil
}

func noPreview() error {
	return newProblem(http.StatusNotFound, "not-found", "There is no preview with this id. Start it again.")
}
