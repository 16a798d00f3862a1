package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/catalog"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/preview"
	"millrace/server/store"
)

// Problem is every answer that is not a success (RFC 9457).
type Problem struct {
	Title       string             `json:"title" doc:"The status in words"`
	Status      int                `json:"status"`
	Code        string             `json:"code" doc:"Stable, e.g. conflict, engine-not-ready, invalid-pipeline, internal"`
	Detail      string             `json:"detail" doc:"What is wrong and what to do about it"`
	Diagnostics []graph.Diagnostic `json:"diagnostics,omitempty" doc:"Of invalid-pipeline"`
	Errors      []InvalidValue     `json:"errors,omitempty" doc:"Of invalid-request: the values that do not fit"`
	Revision    int64              `json:"revision,omitempty" doc:"Of conflict: the pipeline's current revision"`
	Document    *document          `json:"document,omitempty" doc:"Of conflict: the pipeline's current document"`
	RequestID   string             `json:"requestId,omitempty" doc:"Of internal: names the lines in the server's log"`
}

// InvalidValue is a value of a request that does not fit.
type InvalidValue struct {
	Location string `json:"location" doc:"e.g. body.operations[0].op"`
	Message  string `json:"message"`
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func newProblem(status int, code, detail string) *Problem {
	return &Problem{Title: http.StatusText(status), Status: status, Code: code, Detail: detail}
}

func internalProblem(ctx context.Context) *Problem {
	p := newProblem(http.StatusInternalServerError, "internal", "Something went wrong in the server. Its log says more under the request's id.")
	p.RequestID = requestID(ctx)
	return p
}

// unprocessable is a mistake in what was sent.
func unprocessable(code, format string, arguments ...any) *Problem {
	return newProblem(http.StatusUnprocessableEntity, code, fmt.Sprintf(format, arguments...))
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// problem finds the public form of an error; what has none is internal, logged and kept from the client.
func (s *server) problem(ctx context.Context, err error) *Problem {
	if p := publicProblem(err); p != nil {
		return p
	}
	if store.CannotWrite(err) {
		s.Logger.Error("write to the data folder", "request", requestID(ctx), "error", err)
		return newProblem(http.StatusInsufficientStorage, "storage", "The server's disk is full or cannot be written. Nothing was saved; make space and try again.")
	}
	if ctx.Err() != nil {
		return newProblem(http.StatusServiceUnavailable, "cancelled", "The request was given up before it was done.")
	}
	s.Logger.Error("request failed", "request", requestID(ctx), "error", err)
	return internalProblem(ctx)
}

func publicProblem(err error) *Problem {
	var (
		p          *Problem
		conflict   *store.Conflict
		refused    *store.Refused
		invalid    *compiler.Invalid
		jobRefused *job.Refused
		jar        *catalog.Refused
		sql        *flink.SQLError
	)
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &conflict):
		return conflictProblem(http.StatusConflict, conflict)
	case errors.As(err, &refused):
		return unprocessable("refused", "%s.", sentence(refused.Error()))
	case errors.As(err, &invalid):
		p = unprocessable("invalid-pipeline", "The pipeline has errors; correct them first.")
		p.Diagnostics = invalid.Diagnostics
		return p
	case errors.As(err, &jobRefused):
		return newProblem(http.StatusConflict, "refused", jobRefused.Reason)
	case errors.As(err, &jar):
		return unprocessable("jar-refused", "%s", jar.Reason)
	case errors.As(err, &sql):
		return unprocessable("sql-error", "Flink refuses the SQL: %s", sql.Message)
	}
	return knownProblem(err)
}

func knownProblem(err error) *Problem {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return newProblem(http.StatusNotFound, "not-found", "There is no pipeline with this id.")
	case errors.Is(err, job.ErrNotFound):
		return newProblem(http.StatusNotFound, "not-found", "There is no job with this id.")
	case errors.Is(err, catalog.ErrNotFound):
		return newProblem(http.StatusNotFound, "not-found", "There is no JAR with this id.")
	case errors.Is(err, job.ErrLive):
		return newProblem(http.StatusConflict, "job-live", "The pipeline has a job that runs. Pause or kill it first.")
	case errors.Is(err, preview.ErrTooMany):
		return newProblem(http.StatusTooManyRequests, "too-many-previews", sentence(preview.ErrTooMany.Error())+".")
	case errors.Is(err, job.ErrEngineNotReady), errors.Is(err, preview.ErrEngineNotReady):
		return newProblem(http.StatusServiceUnavailable, "engine-not-ready", "Flink is not ready yet. Its state stands at the top of the page; try again when it is ready.")
	case errors.Is(err, flink.ErrUnreachable):
		return newProblem(http.StatusServiceUnavailable, "engine-unreachable", "Flink does not answer. Try again in a moment.")
	}
	return nil
}

func conflictProblem(status int, conflict *store.Conflict) *Problem {
	current := conflict.Current
	p := newProblem(status, "conflict", fmt.Sprintf("The pipeline was changed meanwhile: it is at revision %d.", current.Revision))
	p.Revision, p.Document = current.Revision, &document{current.Document}
	return p
}

// sentence makes an error's text, which begins small and ends without a stop, begin with a capital.
func sentence(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".")
}

// requestProblem is the form of what huma finds wrong in a request. Values are not sent back.
func requestProblem(status int, message string, errs ...error) huma.StatusError {
	p := newProblem(status, "invalid-request", "The request does not fit: "+message+".")
	if status == http.StatusRequestEntityTooLarge {
		p.Code = "too-large"
	}
	for _, err := range errs {
		var detailed huma.ErrorDetailer
		if errors.As(err, &detailed) {
			detail := detailed.ErrorDetail()
			p.Errors = append(p.Errors, InvalidValue{Location: detail.Location, Message: detail.Message})
		} else if err != nil {
			p.Errors = append(p.Errors, InvalidValue{Message: err.Error()})
		}
	}
	return p
}
