package flink

import (
	"context"
	"sync"
	"time"
)

// Engine is a Flink that Millrace runs on: its own (StartLocal) or one that exists (Remote).
type Engine interface {
	Status() Status
	Client() *Client // nil until the engine was ready for the first time
	Close(ctx context.Context) error
}

// Status is what people see of the engine.
type Status struct {
	State      string   `json:"state"`      // "starting", "ready" or "down"
	Phase      string   `json:"phase"`      // "resolving", "starting", "ready", "restarting" or "down"
	Version    string   `json:"version"`    // Flink's, e.g. "2.3.0"; "" until known
	Seconds    float64  `json:"seconds"`    // since this start or restart began; once ready: how long it took
	Message    string   `json:"message"`    // one sentence
	Log        []string `json:"log"`        // last lines that matter, when something failed; never null
	Gateway    string   `json:"gateway"`    // base address, "" until known
	JobManager string   `json:"jobManager"` // base address, "" until known
	Local      bool     `json:"local"`      // our own engine
}

const (
	stateStarting = "starting"
	stateReady    = "ready"
	stateDown     = "down"

	phaseResolving  = "resolving"
	phaseStarting   = "starting"
	phaseRestarting = "restarting"
)

// board holds an engine's status and client, and tells a listener of each change, one call at a time.
type board struct {
	listen func(Status)

	telling sync.Mutex // held while the listener is told, so that changes arrive in order
	mu      sync.Mutex
	status  Status
	since   time.Time
	client  *Client
}

func newBoard(listen func(Status), status Status) *board {
	status.Log = []string{}
	return &board{listen: listen, status: status, since: time.Now()}
}

// Status returns the engine's present status.
func (b *board) Status() Status {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.snapshot()
}

// Client returns the engine's client, nil until the engine was ready for the first time.
func (b *board) Client() *Client {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.client
}

// starting enters a phase of a start; the clock starts anew when the engine was not starting before. log are the lines that
// explain why it has to start again, if it has.
func (b *board) starting(phase, message string, log ...string) {
	b.change(func(s *Status) {
		if s.State != stateStarting {
			b.since = time.Now()
		}
		s.State, s.Phase, s.Message, s.Log = stateStarting, phase, message, append([]string{}, log...)
	})
}

// ready says that the engine can be used; saying it again changes nothing.
func (b *board) ready(client *Client, version string) {
	if now := b.Status(); now.State == stateReady && now.Version == version && b.Client() == client {
		return
	}
	b.change(func(s *Status) {
		b.client = client
		if s.State != stateReady {
			s.Seconds = time.Since(b.since).Seconds()
		}
		s.State, s.Phase, s.Version, s.Log = stateReady, stateReady, version, []string{}
		s.Message = "Flink " + version + " is ready."
		s.Gateway, s.JobManager = client.gateway, client.jobManager
	})
}

func (b *board) down(message string, log []string) {
	b.change(func(s *Status) {
		s.State, s.Phase, s.Message, s.Log = stateDown, stateDown, message, append([]string{}, log...)
	})
}

func (b *board) change(edit func(*Status)) {
	b.telling.Lock()
	defer b.telling.Unlock()
	b.mu.Lock()
	edit(&b.status)
	status := b.snapshot()
	b.mu.Unlock()
	if b.listen != nil {
		b.listen(status)
	}
}

// snapshot copies the status with its clock. The caller holds mu.
func (b *board) snapshot() Status {
	status := b.status
	status.Log = append([]string{}, status.Log...)
	if status.State != stateReady {
		status.Seconds = time.Since(b.since).Seconds()
	}
	return status
}
