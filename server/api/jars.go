package api

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"millrace/server/catalog"
)

const (
	maxUpload     = 65 << 20 // bytes of an upload's body: a JAR of 64 MB and what stands around it
	uploadTimeout = 5 * time.Minute
)

func (s *server) jarRoutes() {
	route(s, huma.Operation{
		OperationID: "uploadJar", Method: http.MethodPost, Path: "/jars", DefaultStatus: http.StatusCreated,
		Summary:     "Register the scalar functions of a JAR of at most 64 MB",
		Middlewares: huma.Middlewares{keepRequest},
	}, s.uploadJar)
	// Described after it is registered: huma would read and decode a body that it knows of.
	s.huma.OpenAPI().Paths[prefix+"/jars"].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
		Type: huma.TypeObject, Required: []string{"file"},
		Properties: map[string]*huma.Schema{"file": {Type: huma.TypeString, Format: "binary"}},
	}}}}
	route(s, huma.Operation{OperationID: "listJars", Method: http.MethodGet, Path: "/jars", Summary: "List the JARs, newest first"},
		func(context.Context, *none) (*reply[[]catalog.Jar], error) {
			return &reply[[]catalog.Jar]{s.Catalog.Jars()}, nil
		})
	route(s, huma.Operation{OperationID: "deleteJar", Method: http.MethodDelete, Path: "/jars/{id}", Summary: "Forget a JAR and its functions"},
		func(ctx context.Context, in *byID) (*none, error) {
			return nil, s.Catalog.Delete(ctx, in.ID)
		})
}

type exchangeKey struct{}

// exchange is a request with its answer, for the one handler that reads its body as a stream.
type exchange struct {
	request *http.Request
	writer  http.ResponseWriter
}

func keepRequest(ctx huma.Context, next func(huma.Context)) {
	r, w := humachi.Unwrap(ctx)
	next(huma.WithValue(ctx, exchangeKey{}, exchange{request: r, writer: w}))
}

func (s *server) uploadJar(ctx context.Context, _ *none) (*reply[catalog.Jar], error) {
	x, _ := ctx.Value(exchangeKey{}).(exchange)
	// Not every writer has deadlines; the server's own then hold.
	_ = http.NewResponseController(x.writer).SetReadDeadline(time.Now().Add(uploadTimeout))
	x.request.Body = http.MaxBytesReader(x.writer, x.request.Body, maxUpload)
	file, err := filePart(x.request)
	if err != nil {
		return nil, err
	}
	jar, err := s.Catalog.Upload(ctx, file.FileName(), file)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, newProblem(http.StatusRequestEntityTooLarge, "too-large", "The file is larger than 64 MB.")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, newProblem(http.StatusBadRequest, "invalid-request", "The upload broke off.")
	case err != nil:
		return nil, err
	}
	return &reply[catalog.Jar]{jar}, nil
}

// filePart is the first part of the body, which must be the field "file".
func filePart(r *http.Request) (*multipart.Part, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, newProblem(http.StatusUnsupportedMediaType, "invalid-request", "Send the JAR as multipart/form-data in the field file.")
	}
	part, err := reader.NextPart()
	if err != nil || part.FormName() != "file" {
		return nil, newProblem(http.StatusBadRequest, "invalid-request", "Send the JAR as multipart/form-data in the field file.")
	}
	return part, nil
}

// jarID is the id in the path of a kept JAR.
func jarID(path string) string { return strings.TrimSuffix(filepath.Base(path), ".jar") }
