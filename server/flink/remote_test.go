package flink

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestVersionsBelowTheFloorAreRefused(t *testing.T) {
	for version, refused := range map[string]bool{
		"1.17.2": true, "1.19.3": true, "1.20.3": true, "1.20.4": false, "1.20.10": false, "2.0.1": true, "2.0.2": false,
		"2.1.1": true, "2.1.2": false, "2.2.0": true, "2.2.1": false, "2.3.0": false, "2.2.1-SNAPSHOT": true, "2.2.2-SNAPSHOT": false,
		"2.10.0": false, "3.0.0": false, "2.0": true, "": true, "latest": true, "1.20": true,
	} {
		if sentence := refusal(version); (sentence != "") != refused {
			t.Errorf("%q: got %q", version, sentence)
		}
	}
}

// fakeFlink answers as a gateway and a JobManager of a version, as recorded from 2.3.0, while up is set.
func fakeFlink(t *testing.T, version string, up *atomic.Bool) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !up.Load():
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/v4/info":
			_, _ = fmt.Fprintf(w, `{"productName":"Apache Flink","version":%q}`, version)
		case r.URL.Path == "/config":
			_, _ = fmt.Fprintf(w, `{"refresh-interval":500,"flink-version":%q,"features":{"web-submit":true}}`, version)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func awaitStatus(t *testing.T, engine Engine, state, part string) {
	t.Helper()
	for range 200 {
		if s := engine.Status(); s.State == state && strings.Contains(s.Message, part) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("want %s, %q; got %+v", state, part, engine.Status())
}

func TestRemoteComesAndGoes(t *testing.T) {
	var up atomic.Bool
	address := fakeFlink(t, "2.3.0", &up)
	var told []string // OnStatus comes one call at a time
	engine := Remote(address, address, RemoteOptions{
		Every:    10 * time.Millisecond,
		OnStatus: func(s Status) { told = append(told, s.State) },
	})
	awaitStatus(t, engine, "down", "The SQL Gateway at "+address+" does not answer")
	if engine.Client() != nil {
		t.Error("there is a client before the engine was ready")
	}
	up.Store(true)
	awaitStatus(t, engine, "ready", "Flink 2.3.0 is ready.")
	if engine.Client() == nil {
		t.Error("there is no client")
	}
	up.Store(false)
	awaitStatus(t, engine, "down", "does not answer")
	up.Store(true)
	awaitStatus(t, engine, "ready", "")
	if err := engine.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(told, " "); got != "down ready down ready" {
		t.Errorf("told %s", got)
	}
}

func TestRemoteRefusesAnUnsafeVersion(t *testing.T) {
	var up atomic.Bool
	up.Store(true)
	address := fakeFlink(t, "2.2.0", &up)
	engine := Remote(address, address, RemoteOptions{Every: 10 * time.Millisecond})
	awaitStatus(t, engine, "down", "CVE-2026-35194")
	if err := engine.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	allowed := Remote(address, address, RemoteOptions{Every: 10 * time.Millisecond, AllowUnfixed: true})
	awaitStatus(t, allowed, "ready", "2.2.0")
	if err := allowed.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}
