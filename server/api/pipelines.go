package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"millrace/graph"
	"millrace/server/preview"
	"millrace/server/store"
)

type pipelineSummary struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Revision  int64     `json:"revision" doc:"Counts the changes from 1"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
}

type pipeline struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Revision  int64     `json:"revision" doc:"Counts the changes from 1"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Document  document  `json:"document"`
}

type pipelineReply struct {
	ETag string `header:"ETag" doc:"The revision in quotes, for If-Match"`
	Body pipeline
}

type pipelineBody struct {
	Name     string    `json:"name,omitempty" doc:"Replaces the document's name; needed without a document"`
	Document *document `json:"document,omitempty" doc:"Absent for an empty one"`
}

type createRequest struct {
	Body pipelineBody
}

type putRequest struct {
	ID      string `path:"id" maxLength:"128"`
	IfMatch string `header:"If-Match" doc:"ETag of the version that is replaced"`
	Body    pipelineBody
}

type operationsBody struct {
	Revision   int64             `json:"revision" minimum:"1" doc:"That the operations were made on"`
	Label      string            `json:"label,omitempty" maxLength:"200" doc:"What the person did, e.g. Move 2 nodes; for the history"`
	Operations []graph.Operation `json:"operations" minItems:"1" maxItems:"10000"`
	Client     string            `json:"client,omitempty" maxLength:"100" doc:"Tab that sends them; one that sends them again after a lost answer gets the same answer"`
}

type operationsRequest struct {
	ID   string `path:"id" maxLength:"128"`
	Body operationsBody
}

type operationsReply struct {
	Revision int64 `json:"revision"`
}

// sqlReply is a script as text.
type sqlReply struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (s *server) pipelineRoutes() {
	route(s, huma.Operation{OperationID: "listPipelines", Method: http.MethodGet, Path: "/pipelines", Summary: "List the pipelines, last changed first"}, s.listPipelines)
	route(s, huma.Operation{
		OperationID: "createPipeline", Method: http.MethodPost, Path: "/pipelines", DefaultStatus: http.StatusCreated, SkipValidateBody: true,
		Summary: "Save a new pipeline; its document may have mistakes",
	}, s.createPipeline)
	route(s, huma.Operation{OperationID: "getPipeline", Method: http.MethodGet, Path: "/pipelines/{id}", Summary: "Read a pipeline"}, s.getPipeline)
	route(s, huma.Operation{
		OperationID: "putPipeline", Method: http.MethodPut, Path: "/pipelines/{id}", SkipValidateBody: true,
		Summary: "Replace a pipeline's document if it is still at the revision in If-Match",
	}, s.putPipeline)
	route(s, huma.Operation{OperationID: "deletePipeline", Method: http.MethodDelete, Path: "/pipelines/{id}", Summary: "Delete a pipeline"}, s.deletePipeline)
	route(s, huma.Operation{
		OperationID: "applyOperations", Method: http.MethodPost, Path: "/pipelines/{id}/operations",
		Summary: "Do one named edit, all of it or nothing; the answer comes when it is on disk",
	}, s.applyOperations)
	route(s, huma.Operation{
		OperationID: "getPipelineSql", Method: http.MethodGet, Path: "/pipelines/{id}/sql", Summary: "Read the script of a pipeline without errors",
		Responses: map[string]*huma.Response{"200": {Description: "Flink SQL", Content: map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}}},
	}, s.getSQL)
	route(s, huma.Operation{OperationID: "compilePipeline", Method: http.MethodPost, Path: "/pipelines/{id}/compile", Summary: "Compile the saved document"}, s.compileSaved)
	route(s, huma.Operation{OperationID: "getRelations", Method: http.MethodGet, Path: "/pipelines/{id}/relations", Summary: "Ask Flink for the columns of every node"}, s.getRelations)
}

func (s *server) listPipelines(ctx context.Context, _ *none) (*reply[[]pipelineSummary], error) {
	saved, err := s.Store.Pipelines(ctx)
	if err != nil {
		return nil, err
	}
	summaries := []pipelineSummary{}
	for _, p := range saved {
		summaries = append(summaries, summary(p))
	}
	return &reply[[]pipelineSummary]{summaries}, nil
}

func (s *server) createPipeline(ctx context.Context, in *createRequest) (*pipelineReply, error) {
	doc, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	p, err := s.Store.CreatePipeline(ctx, doc)
	if err != nil {
		return nil, err
	}
	s.Hub.PublishPipeline(p.ID, p.Revision, "")
	return answer(p), nil
}

func (s *server) getPipeline(ctx context.Context, in *byID) (*pipelineReply, error) {
	p, err := s.Store.Pipeline(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return answer(p), nil
}

func (s *server) putPipeline(ctx context.Context, in *putRequest) (*pipelineReply, error) {
	expected, err := revisionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	doc, err := in.Body.decode()
	if err != nil {
		return nil, err
	}
	p, err := s.Store.PutPipeline(ctx, in.ID, expected, doc)
	var conflict *store.Conflict
	if errors.As(err, &conflict) {
		return nil, conflictProblem(http.StatusPreconditionFailed, conflict)
	}
	if err != nil {
		return nil, err
	}
	s.Hub.PublishPipeline(p.ID, p.Revision, "")
	return answer(p), nil
}

func (s *server) deletePipeline(ctx context.Context, in *byID) (*none, error) {
	if err := s.Store.DeletePipeline(ctx, in.ID); err != nil {
		return nil, err
	}
	s.Hub.PublishPipelineDeleted(in.ID)
	return nil, nil
}

func (s *server) applyOperations(ctx context.Context, in *operationsRequest) (*reply[operationsReply], error) {
	edit := store.Edit{Base: in.Body.Revision, Label: in.Body.Label, Client: in.Body.Client, Operations: in.Body.Operations}
	p, err := s.Store.ApplyOperations(ctx, in.ID, edit, checkDocument)
	if err != nil {
		return nil, err
	}
	s.Hub.PublishPipeline(p.ID, p.Revision, edit.Client)
	return &reply[operationsReply]{operationsReply{Revision: p.Revision}}, nil
}

func (s *server) getSQL(ctx context.Context, in *byID) (*sqlReply, error) {
	_, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	result := s.compile(doc)
	if graph.HasErrors(result.Diagnostics) {
		p := newProblem(http.StatusConflict, "invalid-pipeline", "The pipeline has errors; correct them first.")
		p.Diagnostics = result.Diagnostics
		return nil, p
	}
	return &sqlReply{ContentType: "text/plain; charset=utf-8", Body: []byte(result.Script)}, nil
}

func (s *server) compileSaved(ctx context.Context, in *byID) (*reply[compiled], error) {
	_, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &reply[compiled]{s.compile(doc)}, nil
}

func (s *server) getRelations(ctx context.Context, in *byID) (*reply[preview.Relations], error) {
	p, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	relations, err := s.Relations.Relations(ctx, p.ID, p.Revision, doc)
	if err != nil {
		return nil, err
	}
	for id, relation := range relations.Nodes {
		relations.Nodes[id] = preview.Relation{Columns: list(relation.Columns)}
	}
	relations.Diagnostics = list(relations.Diagnostics)
	return &reply[preview.Relations]{relations}, nil
}

func (s *server) savedDocument(ctx context.Context, id string) (store.Pipeline, *graph.Document, error) {
	p, err := s.Store.Pipeline(ctx, id)
	if err != nil {
		return p, nil, err
	}
	doc, err := graph.Decode(p.Document)
	return p, doc, err
}

// decode makes the document that the body asks for, under the name that it asks for.
func (b pipelineBody) decode() (*graph.Document, error) {
	doc := graph.New("")
	if b.Document != nil {
		var err error
		if doc, err = b.Document.decode(); err != nil {
			return nil, err
		}
	}
	if b.Name != "" {
		doc.Name = b.Name
	}
	if strings.TrimSpace(doc.Name) == "" {
		return nil, unprocessable("invalid-document", "The pipeline needs a name.")
	}
	if err := checkDocument(doc); err != nil {
		return nil, unprocessable("invalid-document", "%s.", sentence(err.Error()))
	}
	return doc, nil
}

func answer(p store.Pipeline) *pipelineReply {
	return &pipelineReply{ETag: strconv.Quote(strconv.FormatInt(p.Revision, 10)), Body: pipeline{
		ID: p.ID, Name: p.Name, Revision: p.Revision, CreatedAt: p.Created, UpdatedAt: p.Updated, Document: document{p.Document},
	}}
}

func summary(p store.Pipeline) pipelineSummary {
	return pipelineSummary{ID: p.ID, Name: p.Name, Revision: p.Revision, CreatedAt: p.Created, UpdatedAt: p.Updated}
}

func revisionOf(ifMatch string) (int64, error) {
	if ifMatch == "" {
		return 0, newProblem(http.StatusPreconditionRequired, "precondition-required", "Send If-Match with the ETag of the version that you replace.")
	}
	revision, err := strconv.ParseInt(strings.Trim(ifMatch, `"`), 10, 64)
	if err != nil {
		return 0, newProblem(http.StatusBadRequest, "invalid-request", `If-Match is not an ETag of a pipeline, such as "3".`)
	}
	return revision, nil
}
