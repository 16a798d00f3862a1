package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"millrace/server/job"
)

type deployed struct {
	Job job.Job `json:"job"`
}

type commandRequest struct {
	ID   string `path:"id" maxLength:"128"`
	Body struct {
		Kind string `json:"kind" doc:"pause, resume, kill or savepoint" maxLength:"40"`
	} `nameHint:"CommandBody"`
}

func (s *server) jobRoutes() {
	route(s, huma.Operation{
		OperationID: "deploy", Method: http.MethodPost, Path: "/pipelines/{id}/deployments", DefaultStatus: http.StatusAccepted,
		Summary: "Run the saved document as a job; its Flink job id is fixed in the answer",
	}, s.deploy)
	route(s, huma.Operation{OperationID: "listJobs", Method: http.MethodGet, Path: "/jobs", Summary: "List the jobs, newest first"},
		func(context.Context, *none) (*reply[[]job.Job], error) {
			return &reply[[]job.Job]{list(s.Jobs.List())}, nil
		})
	route(s, huma.Operation{OperationID: "getJob", Method: http.MethodGet, Path: "/jobs/{id}", Summary: "Read a job"},
		func(_ context.Context, in *byID) (*reply[job.Job], error) {
			found, err := s.Jobs.Get(in.ID)
			return &reply[job.Job]{found}, err
		})
	route(s, huma.Operation{OperationID: "commandJob", Method: http.MethodPost, Path: "/jobs/{id}/commands", DefaultStatus: http.StatusAccepted, Summary: "Ask something of a job"},
		func(ctx context.Context, in *commandRequest) (*reply[job.Command], error) {
			command, err := s.Jobs.Command(ctx, in.ID, in.Body.Kind)
			return &reply[job.Command]{command}, err
		})
	route(s, huma.Operation{OperationID: "listCommands", Method: http.MethodGet, Path: "/jobs/{id}/commands", Summary: "List what was asked of a job, oldest first"},
		func(ctx context.Context, in *byID) (*reply[[]job.Command], error) {
			commands, err := s.Jobs.Commands(ctx, in.ID)
			return &reply[[]job.Command]{list(commands)}, err
		})
}

func (s *server) deploy(ctx context.Context, in *emptyRequest) (*reply[deployed], error) {
	p, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	started, err := s.Jobs.Deploy(ctx, p.ID, p.Name, p.Revision, doc)
	if err != nil {
		return nil, err
	}
	return &reply[deployed]{deployed{Job: started}}, nil
}
