package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"millrace/graph"
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
