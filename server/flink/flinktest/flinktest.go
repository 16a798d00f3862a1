// Package flinktest gives tests a real Flink: one for each test process, started when the first test asks, or the one that
// MILLRACE_TEST_GATEWAY and MILLRACE_TEST_JOBMANAGER name. It is for tests only. A package that uses it calls Main from its
// TestMain.
package flinktest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"millrace/server/flink"
	"millrace/tap"
)

const patience = 6 * time.Minute // for a start whose jars have to be fetched

// Engine is the Flink that the tests of this process share.
type Engine struct {
	Client              *flink.Client
	Gateway, JobManager string       // base addresses
	Local               *flink.Local // nil when the addresses were given
	DataDir             string       // of Local; "" when the addresses were given
}

// Main runs a package's tests: func TestMain(m *testing.M) { flinktest.Main(m) }. It is the keeper when the test binary was
// started as one, and ends the engine after the tests.
func Main(m *testing.M) {
	Keeper()
	code := m.Run()
	if err := closeShared(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// Keeper ends the process as a keeper when the test binary was started as one, and else does nothing.
func Keeper() {
	if len(os.Args) > 1 && os.Args[1] == "keeper" {
		os.Exit(flink.RunKeeper(os.Args[2:]))
	}
}

// Start returns the shared engine once it is ready. It skips the test under -short.
func Start(tb testing.TB) *Engine {
	tb.Helper()
	if testing.Short() {
		tb.Skip("needs a real Flink")
	}
	engine, err := shared()
	if err != nil {
		tb.Fatalf("start the tests' Flink: %v", err)
	}
	return engine
}

// Session opens a session of the shared engine, which is closed after the test.
func Session(tb testing.TB, properties map[string]string) (*Engine, *flink.Session) {
	tb.Helper()
	engine := Start(tb)
	session, err := engine.Client.OpenSession(tb.Context(), tb.Name(), properties)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := session.Close(context.WithoutCancel(tb.Context())); err != nil {
			tb.Error(err)
		}
	})
	return engine, session
}

// Options are those of an engine whose data lies in dir: this repository's engine, and the cache that
// MILLRACE_FLINK_CACHE names or the user's.
func Options(dir string) (flink.LocalOptions, error) {
	cache := os.Getenv("MILLRACE_FLINK_CACHE")
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return flink.LocalOptions{}, fmt.Errorf("find cache folder: %w", err)
		}
		cache = filepath.Join(user, "millrace")
	}
	return flink.LocalOptions{DataDir: dir, CacheDir: cache, Project: tap.Project}, nil
}

// Await waits until the engine is ready; it fails as soon as the engine is down.
func Await(engine flink.Engine) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		switch status := engine.Status(); status.State {
		case "ready":
			return nil
		case "down":
			return fmt.Errorf("engine is down: %s %q", status.Message, status.Log)
		}
	}
	return fmt.Errorf("engine was not ready after %s: %s", patience, engine.Status().Message)
}

var shared = sync.OnceValues(func() (*Engine, error) {
	gateway, jobManager := os.Getenv("MILLRACE_TEST_GATEWAY"), os.Getenv("MILLRACE_TEST_JOBMANAGER")
	if gateway != "" && jobManager != "" {
		return &Engine{Client: flink.NewClient(gateway, jobManager), Gateway: gateway, JobManager: jobManager}, nil
	}
	dir, err := os.MkdirTemp("", "millrace-flink-")
	if err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	options, err := Options(dir)
	if err != nil {
		return nil, err
	}
	local := flink.StartLocal(options)
	started = &Engine{Local: local, DataDir: dir}
	if err := Await(local); err != nil {
		return nil, err
	}
	status := local.Status()
	started.Client, started.Gateway, started.JobManager = local.Client(), status.Gateway, status.JobManager
	return started, nil
})

var started *Engine // set by shared, read after the tests

func closeShared() error {
	if started == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return errors.Join(started.Local.Close(ctx), os.RemoveAll(started.DataDir))
}
