package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"millrace/examples"
	"millrace/frontend"
	"millrace/graph"
	"millrace/server/api"
	"millrace/server/auth"
	"millrace/server/catalog"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/live"
	"millrace/server/preview"
	"millrace/server/store"
	"millrace/tap"
)

const drainTime = 10 * time.Second

type serveCommand struct {
	Listen     string   `default:"127.0.0.1:8642" help:"Address to listen on; port 0 takes a free one."`
	Data       string   `env:"MILLRACE_DATA" help:"Folder for the database, JARs and the engine's state (default: millrace in the user's data folder)."`
	Cache      string   `env:"MILLRACE_FLINK_CACHE" help:"Folder for Flink's jars (default: millrace in the user's cache folder)."`
	Gateway    string   `help:"Address of a SQL Gateway to use instead of a Flink of our own, such as http://flink:8083."`
	JobManager string   `name:"jobmanager" help:"Address of that Flink's JobManager, such as http://flink:8081."`
	TapListen  string   `default:"127.0.0.1:0" help:"Address to which TaskManagers push the rows of previews; with an outside Flink one that they reach."`
	TapAddress string   `help:"That address as TaskManagers see it, such as millrace.example.org:8643, when it is another one."`
	Samples    string   `help:"Folder for the samples that previews read; with an outside Flink one that both see (default: in the data folder)."`
	Savepoints string   `help:"URL of the folder for savepoints; without it the cluster's own setting counts."`
	Host       []string `help:"Further names under which the server is reached, such as millrace.example.org."`
	HTTPS      bool     `name:"https" help:"Browsers reach the server by https, at a proxy in front of it."`
	Token      string   `env:"MILLRACE_TOKEN" hidden:"" help:"API token with all rights."`
}

// Run serves until the process is told to stop.
func (c *serveCommand) Run(stdout io.Writer) error {
	if (c.Gateway == "") != (c.JobManager == "") {
		return mistake{"--gateway and --jobmanager belong together: give both addresses or none"}
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return mistake{listenSentence(c.Listen, err)}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s, err := c.open(ctx, listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	token, err := s.auth.IssueToken(ctx)
	if err != nil {
		return errors.Join(err, s.close())
	}
	_, _ = fmt.Fprintf(stdout, "Millrace is ready at http://%s/?token=%s\n", listener.Addr(), token)
	return errors.Join(s.serve(ctx, listener), s.close())
}

func listenSentence(address string, err error) string {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Sprintf("%s is in use by another program: stop it, or choose another address with --listen", address)
	}
	return fmt.Sprintf("cannot listen on %s: %v", address, err)
}

// server is everything that a running server holds.
type server struct {
	store    *store.Store
	auth     *auth.Auth
	hub      *live.Hub
	engine   flink.Engine
	taps     *preview.Taps // nil when TaskManagers cannot reach this server
	previews *preview.Manager
	jobs     *job.Manager
	handler  http.Handler
	logger   *slog.Logger
}

func (c *serveCommand) open(ctx context.Context, address string) (_ *server, err error) {
	s := &server{logger: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if c.Data == "" {
		if c.Data, err = dataFolder(); err != nil {
			return nil, err
		}
	}
	if s.store, err = store.Open(ctx, c.Data); err != nil {
		return nil, err
	}
	if err = s.bringExamples(ctx); err != nil {
		return nil, err
	}
	jars, err := catalog.New(ctx, filepath.Join(s.store.Dir(), "jars"), s.store)
	if err != nil {
		return nil, err
	}
	s.auth, err = auth.New(auth.Options{
		Tokens: s.store, Sessions: s.store.Sessions(), Listen: address, Hosts: c.Host, HTTPS: c.HTTPS, Bearer: c.Token, Logger: s.logger,
	})
	if err != nil {
		return nil, err
	}
	s.hub = live.NewHub(s.logger)
	if s.taps, err = c.listenTaps(s.logger); err != nil {
		return nil, err
	}
	if err = s.openManagers(ctx, jars, c); err != nil {
		return nil, err
	}
	if s.engine, err = c.startEngine(s); err != nil {
		return nil, err
	}
	page, _ := frontend.FS()
	s.handler = api.New(api.Options{
		Store: s.store, Auth: s.auth, Hub: s.hub, Engine: s.engine, Previews: s.previews, Evaluator: s.previews, Relations: s.previews, Jobs: s.jobs, Catalog: jars,
		Check: s.outside, Page: page, Version: version, Logger: s.logger,
	})
	return s, nil
}

// listenTaps opens the address for the rows of previews. A Flink on another machine cannot reach a loopback address; without
// another one its previews come by queries.
func (c *serveCommand) listenTaps(logger *slog.Logger) (*preview.Taps, error) {
	listen, _, err := net.SplitHostPort(c.TapListen)
	if err != nil {
		return nil, mistake{fmt.Sprintf("--tap-listen %s is no address: write it as 0.0.0.0:8643", c.TapListen)}
	}
	if c.Gateway != "" && c.TapAddress == "" && isLoopback(listen) {
		if address, err := url.Parse(c.Gateway); err != nil || !isLoopback(address.Hostname()) {
			logger.Info("previews come by queries: give --tap-listen an address that the TaskManagers reach")
			return nil, nil
		}
	}
	taps, err := preview.ListenTaps(c.TapListen, c.TapAddress)
	if err != nil {
		return nil, mistake{listenSentence(c.TapListen, err)}
	}
	return taps, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func dataFolder() (string, error) {
	if folder := os.Getenv("XDG_DATA_HOME"); folder != "" {
		return filepath.Join(folder, "millrace"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", mistake{"there is no home folder for the data: name a folder with --data"}
	}
	return filepath.Join(home, ".local", "share", "millrace"), nil
}

// bringExamples puts the examples into a data folder that is new.
func (s *server) bringExamples(ctx context.Context) error {
	folder := filepath.Join(s.store.Dir(), "examples")
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	documents, err := examples.Unpack(folder)
	if err != nil {
		return err
	}
	for _, doc := range documents {
		if _, err := s.store.CreatePipeline(ctx, doc); err != nil {
			return fmt.Errorf("store example %s: %w", doc.Name, err)
		}
	}
	return nil
}

func (s *server) openManagers(ctx context.Context, jars *catalog.Catalog, c *serveCommand) (err error) {
	samples := c.Samples
	if samples == "" {
		samples = filepath.Join(s.store.Dir(), "samples")
	}
	s.previews = preview.New(preview.Options{
		Taps: s.taps, Client: s.client, Functions: jars.Functions, Check: s.outside, Store: s.store, Samples: samples, Logger: s.logger,
		OnStatus: func(p preview.Preview) { s.hub.PublishPreview(p.ID, p) },
		OnRows:   s.hub.PublishRows,
	})
	s.jobs, err = job.Open(ctx, job.Options{
		Client: s.client, Functions: jars.Functions, Check: s.outside, Store: s.store, Logger: s.logger, SavepointDir: c.Savepoints,
		OnChange: func(j job.Job) { s.hub.PublishJob(j.ID, j) },
	})
	return err
}

// client is the engine's client, nil while the engine is not ready.
func (s *server) client() *flink.Client {
	if s.engine == nil || s.engine.Status().State != "ready" {
		return nil
	}
	return s.engine.Client()
}

// outside finds what a document needs on this machine and does not find there; an engine elsewhere has files of its own.
func (s *server) outside(doc *graph.Document) []graph.Diagnostic {
	if !s.engine.Status().Local {
		return nil
	}
	return catalog.MissingFiles(doc)
}

func (c *serveCommand) startEngine(s *server) (flink.Engine, error) {
	publish := func(status flink.Status) { s.hub.PublishEngine(status) }
	if c.Gateway != "" {
		return flink.Remote(c.Gateway, c.JobManager, flink.RemoteOptions{OnStatus: publish, Logger: s.logger}), nil
	}
	cache, err := cacheFolder(c.Cache)
	if err != nil {
		return nil, err
	}
	return flink.StartLocal(flink.LocalOptions{DataDir: s.store.Dir(), CacheDir: cache, Project: tap.Project, OnStatus: publish, Logger: s.logger}), nil
}

// serve answers requests until ctx is done, then lets those under way finish.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{}, 3)
	for _, work := range []func(context.Context){s.previews.Run, s.jobs.Run, s.greet} {
		go func() { work(background); ended <- struct{}{} }()
	}
	web := &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(s.logger.Handler(), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.hub.Close()
	cancel()
	for range cap(ended) {
		<-ended
	}
	drain, end := context.WithTimeout(context.Background(), drainTime)
	defer end()
	if shutdown := web.Shutdown(drain); err == nil {
		err = shutdown
	}
	return err
}

// greet cancels previews that an earlier server left, as soon as there is an engine, and warms the engine up.
func (s *server) greet(ctx context.Context) {
	for {
		err := s.previews.Sweep(ctx)
		if err == nil {
			break
		}
		if !errors.Is(err, preview.ErrEngineNotReady) {
			s.logger.Warn("previews of an earlier run are not swept yet", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
	if err := s.previews.Warm(ctx); err != nil && ctx.Err() == nil {
		s.logger.Warn("the engine is not warmed up", "error", err)
	}
}

func (s *server) close() error {
	var failures []error
	if s.engine != nil {
		ctx, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		failures = append(failures, s.engine.Close(ctx))
	}
	if s.taps != nil {
		failures = append(failures, s.taps.Close())
	}
	if s.store != nil {
		failures = append(failures, s.store.Close())
	}
	return errors.Join(failures...)
}

type openapiCommand struct{}

// Run prints the description that the page's types are generated from.
func (openapiCommand) Run(stdout io.Writer) error {
	_, err := stdout.Write(api.OpenAPI())
	return err
}
