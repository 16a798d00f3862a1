package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"millrace/graph"
	"millrace/server/job"
	"millrace/server/verdict"
)

type runTestsRequest struct {
	ID   string `path:"id" maxLength:"128"`
	Body *struct {
		Tests []string     `json:"tests,omitempty" maxItems:"100" doc:"Ids of tests; without any all are run"`
		Modes []graph.Mode `json:"modes,omitempty" maxItems:"2" enum:"streaming,batch" doc:"Instead of each test's own"`
	} `nameHint:"RunTestsBody"`
}

type testResults struct {
	Results []verdict.Result `json:"results"` // of each test in each of its modes
}

func (s *server) testRoutes() {
	route(s, huma.Operation{
		OperationID: "runTests", Method: http.MethodPost, Path: "/pipelines/{id}/tests",
		Summary: "Run tests of the saved document on their samples, to the end",
	}, s.runTests)
	route(s, huma.Operation{
		OperationID: "compareVersions", Method: http.MethodPost, Path: "/pipelines/{id}/comparisons",
		Summary: "Run the saved document and what a job was deployed from on the same samples, and tell which rows differ",
	}, s.compareVersions)
}

type compareRequest struct {
	ID   string `path:"id" maxLength:"128"`
	Body struct {
		Job string `json:"job" doc:"One of the pipeline's; what it was deployed from is the first version"`
	}
}

// compareVersions compares what a job was deployed from with the saved document, on the saved one's samples.
func (s *server) compareVersions(ctx context.Context, in *compareRequest) (*reply[verdict.Comparison], error) {
	p, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	deployed, err := s.Jobs.Get(in.Body.Job)
	if err == nil && deployed.Pipeline != p.ID {
		err = job.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	first, err := graph.Decode(deployed.Document)
	if err != nil {
		return nil, fmt.Errorf("read what job %s was deployed from: %w", deployed.ID, err)
	}
	comparison, err := verdict.Compare(ctx, s.Evaluator, first, doc)
	if err != nil {
		return nil, err
	}
	comparison.Diagnostics = list(comparison.Diagnostics)
	return &reply[verdict.Comparison]{comparison}, nil
}

func (s *server) runTests(ctx context.Context, in *runTestsRequest) (*reply[testResults], error) {
	_, doc, err := s.savedDocument(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var ids []string
	var modes []graph.Mode
	if in.Body != nil {
		ids, modes = in.Body.Tests, in.Body.Modes
	}
	for _, id := range ids {
		if doc.Tests[id] == nil {
			return nil, unprocessable("unknown-test", "The pipeline has no test %q.", id)
		}
	}
	results, err := verdict.Run(ctx, s.Evaluator, doc, ids, modes)
	if err != nil {
		return nil, err
	}
	return &reply[testResults]{testResults{list(results)}}, nil
}
