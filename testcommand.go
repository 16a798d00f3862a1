package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/preview"
	"millrace/server/verdict"
	"millrace/tap"
)

type testCommand struct {
	Path       string `arg:"" help:"A *.pipeline.json file, a folder with some, or - for standard input."`
	Mode       string `enum:",streaming,batch,both" default:"" help:"Run the tests in this mode (streaming, batch or both) instead of their own."`
	JUnit      string `name:"junit" placeholder:"FILE" help:"Write the results as JUnit's XML, too."`
	JSON       bool   `help:"Print the results as JSON."`
	Gateway    string `help:"Address of a SQL Gateway to run on instead of a Flink of our own, such as http://flink:8083."`
	JobManager string `name:"jobmanager" help:"Address of that Flink's JobManager, such as http://flink:8081."`
	Samples    string `help:"Folder for the samples while they are read; with an outside Flink one that both see (default: a temporary one)."`
	Cache      string `env:"MILLRACE_FLINK_CACHE" help:"Folder for Flink's jars (default: millrace in the user's cache folder)."`
}

// Run exits with 0 when all tests passed, 1 when one did not or the input is wrong, 2 when we or the engine failed.
func (c *testCommand) Run(stdout io.Writer, progress diagnosticsTo) error {
	if (c.Gateway == "") != (c.JobManager == "") {
		return mistake{"--gateway and --jobmanager belong together: give both addresses or none"}
	}
	if c.Gateway != "" && c.Samples == "" && !isLoopbackURL(c.Gateway) {
		return mistake{"--samples is missing: name a folder that this machine and the Flink at " + c.Gateway + " both see"}
	}
	suites, docs, err := c.read()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	bench, err := c.open(ctx, progress)
	if err != nil {
		return err
	}
	failure := c.runAll(ctx, bench.previews, suites, docs, stdout)
	failure = errors.Join(failure, bench.close())
	if failure == nil && c.JSON {
		failure = printJSON(stdout, map[string]any{"suites": suites})
	}
	if written := c.writeJUnit(suites); failure == nil {
		failure = written
	}
	if failure != nil {
		return failure
	}
	return verdictOf(suites)
}

// read reads the pipelines and leaves out those without tests; a file that was named must have some.
func (c *testCommand) read() ([]verdict.Suite, []*graph.Document, error) {
	files := []string{c.Path}
	if info, err := os.Stat(c.Path); err == nil && info.IsDir() {
		files, err = pipelinesIn(c.Path)
		if err != nil {
			return nil, nil, err
		}
	}
	var suites []verdict.Suite
	var docs []*graph.Document
	for _, file := range files {
		doc, err := readDocument(file)
		if err != nil {
			return nil, nil, err
		}
		if len(doc.Tests) > 0 {
			suites = append(suites, verdict.Suite{File: file, Pipeline: doc.Name})
			docs = append(docs, doc)
		}
	}
	if len(suites) == 0 {
		return nil, nil, mistake{fmt.Sprintf("there is no test in %s: save one in the page, or write it under \"tests\" of a *.pipeline.json file", c.Path)}
	}
	return suites, docs, nil
}

func pipelinesIn(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return mistake{fmt.Sprintf("%s cannot be read: %v", path, err)}
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != folder || entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(entry.Name(), ".pipeline.json") {
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

func (c *testCommand) runAll(ctx context.Context, evaluator verdict.Evaluator, suites []verdict.Suite, docs []*graph.Document, stdout io.Writer) error {
	begin := time.Now()
	passed, failed := 0, 0
	var modes []graph.Mode
	switch c.Mode {
	case "both":
		modes = []graph.Mode{graph.Streaming, graph.Batch}
	case "streaming", "batch":
		modes = []graph.Mode{graph.Mode(c.Mode)}
	}
	for i, doc := range docs {
		if !c.JSON {
			_, _ = fmt.Fprintln(stdout, suites[i].File)
		}
		results, err := verdict.Run(ctx, evaluator, doc, nil, modes)
		if err != nil {
			return fmt.Errorf("test %s: %w", suites[i].File, err)
		}
		suites[i].Results = results
		for _, r := range results {
			if r.Passed {
				passed++
			} else {
				failed++
			}
			if !c.JSON {
				_, _ = io.WriteString(stdout, "  "+strings.ReplaceAll(strings.TrimSuffix(r.Text(), "\n"), "\n", "\n  ")+"\n")
			}
		}
	}
	if !c.JSON {
		_, _ = fmt.Fprintf(stdout, "%d passed, %d failed in %.1f s\n", passed, failed, time.Since(begin).Seconds())
	}
	return nil
}

func (c *testCommand) writeJUnit(suites []verdict.Suite) error {
	if c.JUnit == "" {
		return nil
	}
	file, err := os.Create(c.JUnit)
	if err != nil {
		return mistake{fmt.Sprintf("%s cannot be written: %v", c.JUnit, errors.Unwrap(err))}
	}
	return errors.Join(verdict.WriteJUnit(file, suites), file.Close())
}

// verdictOf is an empty mistake when a test has not passed.
func verdictOf(suites []verdict.Suite) error {
	for _, suite := range suites {
		if slices.ContainsFunc(suite.Results, func(r verdict.Result) bool { return !r.Passed }) {
			return mistake{}
		}
	}
	return nil
}

func isLoopbackURL(address string) bool {
	parsed, err := url.Parse(address)
	return err == nil && isLoopback(parsed.Hostname())
}

// testBench is an engine with what runs on it, for as long as a command lasts.
type testBench struct {
	folder   string // removed with it
	engine   flink.Engine
	taps     *preview.Taps // nil when TaskManagers cannot reach this process
	previews *preview.Manager
	end      context.CancelFunc
	ended    chan struct{}
}

func (c *testCommand) open(ctx context.Context, progress io.Writer) (b *testBench, err error) {
	b = &testBench{}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	if b.folder, err = os.MkdirTemp("", "millrace-test-"); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	if b.engine, err = c.engine(b.folder); err != nil {
		return nil, err
	}
	if c.Gateway == "" || isLoopbackURL(c.Gateway) {
		if b.taps, err = preview.ListenTaps("127.0.0.1:0", ""); err != nil {
			return nil, err
		}
	}
	if err = ready(ctx, b.engine, progress); err != nil {
		return nil, err
	}
	samples := c.Samples
	if samples == "" {
		samples = filepath.Join(b.folder, "samples")
	}
	b.previews = preview.New(preview.Options{
		Taps: b.taps, Client: b.engine.Client, Samples: samples, Store: forgetful{}, Logger: slog.New(slog.DiscardHandler),
		Functions: func() []compiler.Function { return nil },
		Check:     func(*graph.Document) []graph.Diagnostic { return nil },
		OnStatus:  func(preview.Preview) {},
		OnRows:    func(string, string, int64, []json.RawMessage) {},
	})
	background, end := context.WithCancel(context.WithoutCancel(ctx))
	b.end, b.ended = end, make(chan struct{})
	go func() { b.previews.Run(background); close(b.ended) }()
	return b, nil
}

func (c *testCommand) engine(folder string) (flink.Engine, error) {
	if c.Gateway != "" {
		return flink.Remote(c.Gateway, c.JobManager, flink.RemoteOptions{}), nil
	}
	cache, err := cacheFolder(c.Cache)
	if err != nil {
		return nil, err
	}
	return flink.StartLocal(flink.LocalOptions{DataDir: folder, CacheDir: cache, Project: tap.Project}), nil
}

// ready waits for the engine, telling how far it is.
func ready(ctx context.Context, engine flink.Engine, progress io.Writer) error {
	told := ""
	for {
		status := engine.Status()
		switch status.State {
		case "ready":
			return nil
		case "down":
			return fmt.Errorf("the engine is down: %s", strings.Join(append([]string{status.Message}, status.Log...), "\n"))
		}
		if status.Message != told {
			told = status.Message
			_, _ = fmt.Fprintln(progress, told)
		}
		select {
		case <-ctx.Done():
			return errors.New("interrupted")
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (b *testBench) close() error {
	var failures []error
	if b.end != nil {
		b.end()
		<-b.ended
	}
	if b.taps != nil {
		failures = append(failures, b.taps.Close())
	}
	if b.engine != nil {
		ctx, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		failures = append(failures, b.engine.Close(ctx))
	}
	return errors.Join(append(failures, os.RemoveAll(b.folder))...)
}

// forgetful stores no reservations: runs of a command end with it, by their taps and by the engine's own lease.
type forgetful struct{}

func (forgetful) ReservePreview(context.Context, preview.Reservation) error { return nil }
func (forgetful) ReleasePreview(context.Context, string) error              { return nil }
func (forgetful) Reservations(context.Context) ([]preview.Reservation, error) {
	return nil, nil
}
