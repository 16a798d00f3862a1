// Package api is the server's HTTP face: the REST API with its OpenAPI description, the websocket's address and the page's
// files. It turns requests into calls of the packages below and their results into wire types, and decides nothing itself.
package api

import (
	"context"
	"encoding/json"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"

	"millrace/graph"
	"millrace/server/auth"
	"millrace/server/catalog"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/live"
	"millrace/server/preview"
	"millrace/server/store"
	"millrace/server/verdict"
)

// Engine is the Flink that previews and jobs run on.
type Engine interface{ Status() flink.Status }

// Previews runs drafts; *preview.Manager does.
type Previews interface {
	Start(ctx context.Context, pipeline string, revision int64, doc *graph.Document) (id string, err error)
	Get(id string) (preview.Preview, bool)
	Tail(id string) (preview.Preview, map[string][]json.RawMessage, bool)
	Stop(ctx context.Context, id string) error
	Trace(ctx context.Context, doc *graph.Document) (preview.Trace, error)
	Why(ctx context.Context, id, node string) ([]preview.Reason, error)
	Pieces(ctx context.Context, pipeline string, doc *graph.Document, node, expression string, rows map[string][]any) ([]preview.Part, error)
	Watch(id string) bool
	Unwatch(id string)
}

// Relations asks Flink for the columns of every node; *preview.Manager does.
type Relations interface {
	Relations(ctx context.Context, pipeline string, revision int64, doc *graph.Document) (preview.Relations, error)
}

// Jobs deploys pipelines; *job.Manager does.
type Jobs interface {
	Deploy(ctx context.Context, pipeline, name string, revision int64, doc *graph.Document) (job.Job, error)
	List() []job.Job
	Get(id string) (job.Job, error)
	Command(ctx context.Context, jobID, kind string) (job.Command, error)
	Commands(ctx context.Context, jobID string) ([]job.Command, error)
}

// Options are what the API works with; all but Check, Page and Logger are needed.
type Options struct {
	Store     *store.Store
	Auth      *auth.Auth
	Hub       *live.Hub
	Engine    Engine
	Previews  Previews
	Evaluator verdict.Evaluator // runs tests; *preview.Manager does
	Relations Relations
	Jobs      Jobs
	Catalog   *catalog.Catalog
	Check     func(*graph.Document) []graph.Diagnostic // what stands outside the document, such as missing files
	Page      fs.FS                                    // the built page, index.html at the top; nil without one
	Version   string
	Logger    *slog.Logger
}

type server struct {
	Options
	huma     huma.API
	describe func() []byte // the OpenAPI description
}

// prefix is where the API lives; everything below it needs a right, whether there is a route or not.
const prefix = "/api/v1"

// New makes the server's handler.
func New(options Options) http.Handler {
	s := &server{Options: options}
	if s.Logger == nil {
		s.Logger = slog.Default()
	}
	if s.Check == nil {
		s.Check = func(*graph.Document) []graph.Diagnostic { return nil }
	}
	return s.router()
}

// OpenAPI renders the description that a server gives at /api/v1/openapi.json, indented.
func OpenAPI() []byte {
	s := &server{Options: Options{Version: "dev"}}
	s.routes(chi.NewMux())
	return s.describe()
}

func (s *server) router() *chi.Mux {
	mux := chi.NewMux()
	mux.Use(withRequestID, s.recover, s.Auth.Headers, s.Auth.CheckHost, s.Auth.CheckOrigin, s.guard, onlyJSON)
	s.routes(mux)
	mux.Get(prefix+"/openapi.json", s.openapi)
	mux.Method(http.MethodGet, prefix+"/live", s.Hub.Handler(s.liveSource()))
	newPage(s).routes(mux)
	mux.NotFound(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, newProblem(http.StatusNotFound, "not-found", "There is nothing at this address."))
	})
	mux.MethodNotAllowed(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, newProblem(http.StatusMethodNotAllowed, "method-not-allowed", "This address does not take that method."))
	})
	return mux
}

// routes declares every operation of the API.
func (s *server) routes(mux *chi.Mux) {
	s.huma = humachi.New(mux, humaConfig(s.Version))
	s.statusRoutes()
	s.kindRoutes()
	s.jarRoutes()
	s.compileRoutes()
	s.pipelineRoutes()
	s.previewRoutes()
	s.testRoutes()
	s.sampleRoutes()
	s.jobRoutes()
	s.liveRoutes()
	s.describe = describer(s.huma)
}

// guard requires a right below /api and keeps its answers out of caches.
func (s *server) guard(next http.Handler) http.Handler {
	guarded := s.Auth.Require(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api" && !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		guarded.ServeHTTP(w, r)
	})
}

const maxBody = 1 << 20 // bytes of a JSON body

// route declares one operation; its handler's errors become problems. Huma counts a body of exactly the limit as too large.
func route[I, O any](s *server, op huma.Operation, handle func(ctx context.Context, in *I) (*O, error)) {
	op.Path = prefix + op.Path
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = maxBody + 1
	}
	op.BodyReadTimeout = bodyTimeout
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return out, nil
	})
}

// reply is an answer with a JSON body.
type reply[T any] struct{ Body T }

// none is an answer or a request without a body.
type none struct{}

// byID is a request for one thing.
type byID struct {
	ID string `path:"id" maxLength:"128"`
}

func (s *server) openapi(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/openapi+json")
	_, _ = w.Write(s.describe())
}
