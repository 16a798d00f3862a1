package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
)

type status struct {
	Version string       `json:"version"`
	Engine  flink.Status `json:"engine"`
}

func (s *server) statusRoutes() {
	route(s, huma.Operation{OperationID: "getStatus", Method: http.MethodGet, Path: "/status", Summary: "Tell the server's version and the engine's state"},
		func(context.Context, *none) (*reply[status], error) {
			return &reply[status]{status{Version: s.Version, Engine: s.engine()}}, nil
		})
}

// engine is the engine's status with no list null.
func (s *server) engine() flink.Status {
	engine := s.Engine.Status()
	engine.Log = list(engine.Log)
	return engine
}

// function is a function that pipelines may call.
type function struct {
	Name       string   `json:"name"`
	Kind       string   `json:"kind" enum:"scalar,builtin"`
	Class      string   `json:"class,omitempty" doc:"Java class; absent for built-in functions"`
	Jar        string   `json:"jar,omitempty" doc:"Id of its JAR; absent for built-in functions"`
	Signatures []string `json:"signatures"`
}

func (s *server) kindRoutes() {
	route(s, huma.Operation{OperationID: "listKinds", Method: http.MethodGet, Path: "/kinds", Summary: "Describe the kinds of nodes"},
		func(context.Context, *none) (*reply[[]graph.Kind], error) {
			kinds := slices.Clone(compiler.Kinds())
			for i := range kinds {
				kinds[i].Inputs, kinds[i].Fields = list(kinds[i].Inputs), list(kinds[i].Fields)
			}
			return &reply[[]graph.Kind]{kinds}, nil
		})
	route(s, huma.Operation{OperationID: "listConnectors", Method: http.MethodGet, Path: "/connectors", Summary: "Describe the connectors of sources and sinks"},
		func(context.Context, *none) (*reply[[]compiler.Connector], error) {
			return &reply[[]compiler.Connector]{compiler.Connectors()}, nil
		})
	route(s, huma.Operation{OperationID: "listFunctions", Method: http.MethodGet, Path: "/functions", Summary: "List the functions of all JARs"},
		func(context.Context, *none) (*reply[[]function], error) {
			return &reply[[]function]{s.functions()}, nil
		})
}

func (s *server) functions() []function {
	list := []function{}
	for _, f := range s.Catalog.Functions() {
		list = append(list, function{Name: f.Name, Kind: "scalar", Class: f.Class, Jar: jarID(f.Jar), Signatures: f.Signatures})
	}
	return list
}
