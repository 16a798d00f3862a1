package flink

import (
	"context"
	"log/slog"
)

// Engine is a Flink that Millrace runs on: its own (StartLocal) or one that exists (Remote).
type Engine interface {
	Status() Status
	Client() *Client // nil until the engine is ready
	Close(ctx context.Context) error
}

// Status is what people see of the engine.
type Status struct {
	State      string   `json:"state"`      // "starting", "ready" or "down"
	Phase      string   `json:"phase"`      // "resolving", "starting", "ready", "restarting" or "down"
	Version    string   `json:"version"`    // Flink's, e.g. "2.3.0"; "" until known
	Seconds    float64  `json:"seconds"`    // since the start; once ready: how long that took
	Message    string   `json:"message"`    // one sentence
	Log        []string `json:"log"`        // last lines that matter, when something failed; never null
	Gateway    string   `json:"gateway"`    // base address, "" until known
	JobManager string   `json:"jobManager"` // base address, "" until known
	Local      bool     `json:"local"`      // our own engine
}

// LocalOptions says how StartLocal runs a Flink of our own.
type LocalOptions struct {
	DataDir  string       // the engine's conf, log, checkpoints and savepoints lie in DataDir/engine
	CacheDir string       // resolved jars lie in CacheDir/<hash of the pom>/lib
	PomXML   []byte       // the Maven project whose dependencies are the engine
	OnStatus func(Status) // called after each change, one call at a time; may be nil
	Logger   *slog.Logger // nil means none
}
