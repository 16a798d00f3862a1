package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"millrace/compiler"
	"millrace/graph"
)

// compiled is a document's script; start and end of a statement are bytes in it.
type compiled struct {
	Script      string               `json:"script"`
	Statements  []compiler.Statement `json:"statements"`
	Diagnostics []graph.Diagnostic   `json:"diagnostics"`
}

type imported struct {
	Document    document           `json:"document"`
	Diagnostics []compiler.Finding `json:"diagnostics"`
}

type documentRequest struct {
	Body struct {
		Document document `json:"document"`
	} `nameHint:"CompileBody"`
}

// edited is what an edited script makes of a document; both lists are empty when nothing changed, operations alone when the
// script has mistakes.
type edited struct {
	Operations  []graph.Operation  `json:"operations"`
	Diagnostics []compiler.Finding `json:"diagnostics"`
}

type editRequest struct {
	Body struct {
		Document document `json:"document"`
		Script   string   `json:"script" doc:"The document's script as it was edited"`
	} `nameHint:"EditBody"`
}

type importRequest struct {
	Body struct {
		SQL string `json:"sql" doc:"A script of Flink SQL"`
	} `nameHint:"ImportBody"`
}

func (s *server) compileRoutes() {
	route(s, huma.Operation{
		OperationID: "compile", Method: http.MethodPost, Path: "/compile", Summary: "Compile a document that need not be saved", SkipValidateBody: true,
	}, func(_ context.Context, in *documentRequest) (*reply[compiled], error) {
		doc, err := in.Body.Document.decode()
		if err != nil {
			return nil, err
		}
		return &reply[compiled]{s.compile(doc)}, nil
	})
	route(s, huma.Operation{
		OperationID: "edit", Method: http.MethodPost, Path: "/edit", Summary: "Turn an edit of a document's script into operations on the document", SkipValidateBody: true,
	}, func(_ context.Context, in *editRequest) (*reply[edited], error) {
		doc, err := in.Body.Document.decode()
		if err != nil {
			return nil, err
		}
		operations, findings := compiler.Edit(doc, in.Body.Script, compiler.Options{Functions: s.Catalog.Functions()})
		return &reply[edited]{edited{operations, findings}}, nil
	})
	route(s, huma.Operation{OperationID: "import", Method: http.MethodPost, Path: "/import", Summary: "Turn a script of Flink SQL into a document"},
		func(_ context.Context, in *importRequest) (*reply[imported], error) {
			doc, findings := compiler.ImportFindings(in.Body.SQL)
			return &reply[imported]{imported{Document: document{doc.Encode()}, Diagnostics: list(findings)}}, nil
		})
}

func (s *server) compile(doc *graph.Document) compiled {
	script := compiler.Compile(doc, compiler.Options{Functions: s.Catalog.Functions()})
	return compiled{
		Script: script.Text, Statements: list(script.Statements),
		Diagnostics: slices.Concat(list(script.Diagnostics), s.Check(doc), graph.CheckSamples(doc)),
	}
}

// list is the list itself, never null on the wire.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
