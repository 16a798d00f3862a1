package api

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"

	"github.com/google/uuid"
)

type requestIDKey struct{}

// withRequestID gives each request an id, which its answer and its log lines carry.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := uuid.NewString()
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
	})
}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// recover turns a panic into an internal problem; the stack goes to the log only.
func (s *server) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if reason == http.ErrAbortHandler {
				panic(reason)
			}
			s.Logger.Error("panic", "request", requestID(r.Context()), "method", r.Method, "path", r.URL.Path, "reason", fmt.Sprint(reason), "stack", string(debug.Stack()))
			writeProblem(w, internalProblem(r.Context()))
		}()
		next.ServeHTTP(w, r)
	})
}

// onlyJSON refuses bodies that a form or a plain text could bring from a foreign page. Uploads check theirs themselves.
func onlyJSON(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		stated := r.Header.Get("Content-Type")
		kind, _, err := mime.ParseMediaType(stated)
		if stated != "" && (err != nil || kind != "application/json") && r.URL.Path != prefix+"/jars" {
			writeProblem(w, newProblem(http.StatusUnsupportedMediaType, "invalid-request", "Send the body as application/json."))
			return
		}
		next.ServeHTTP(w, r)
	})
}
