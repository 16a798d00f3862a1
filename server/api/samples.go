package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"millrace/server/sample"
)

// maxPaste is what may be pasted or uploaded to make a sample of: much more than a sample holds, so that it can be said what
// is taken of it.
const maxPaste = 32 << 20

type parseSampleRequest struct {
	Body struct {
		Format  sample.Format       `json:"format" enum:"csv,jsonLines,avro"`
		Text    string              `json:"text,omitempty" doc:"Of csv and jsonLines"`
		Data    []byte              `json:"data,omitempty" doc:"Of avro, and of any other file as it is, in base64"`
		Columns []sample.ColumnSpec `json:"columns" maxItems:"1000" doc:"The source's columns that are not computed"`
	} `nameHint:"ParseSampleBody"`
}

type generateSampleRequest struct {
	Body struct {
		Columns []sample.ColumnSpec    `json:"columns" maxItems:"1000" doc:"The source's columns that are not computed"`
		Rules   map[string]sample.Rule `json:"rules,omitempty" doc:"By column; others follow from their types"`
		Rows    int                    `json:"rows" minimum:"0"`
		Seed    int64                  `json:"seed,omitempty" doc:"The same seed gives the same rows"`
	} `nameHint:"GenerateSampleBody"`
}

func (s *server) sampleRoutes() {
	route(s, huma.Operation{
		OperationID: "parseSample", Method: http.MethodPost, Path: "/samples/parse", MaxBodyBytes: maxPaste,
		Summary: "Make a sample of pasted or uploaded rows",
	}, func(_ context.Context, in *parseSampleRequest) (*reply[sample.Parsed], error) {
		data := in.Body.Data
		if len(data) == 0 {
			data = []byte(in.Body.Text)
		}
		return &reply[sample.Parsed]{sample.Parse(in.Body.Format, data, in.Body.Columns)}, nil
	})
	route(s, huma.Operation{
		OperationID: "generateSample", Method: http.MethodPost, Path: "/samples/generate", Summary: "Make up a sample by rules",
	}, func(_ context.Context, in *generateSampleRequest) (*reply[sample.Parsed], error) {
		return &reply[sample.Parsed]{sample.Generate(in.Body.Columns, in.Body.Rules, in.Body.Rows, uint64(in.Body.Seed))}, nil
	})
}
