package flink

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	startLimit   = 3 * time.Minute
	firstBackoff = time.Second
	lastBackoff  = 30 * time.Second
	steadyAfter  = time.Minute // a JVM that ran so long starts its back-off anew
)

// LocalOptions says how StartLocal runs a Flink of our own.
type LocalOptions struct {
	DataDir  string       // the engine's conf, log, checkpoints and savepoints lie in DataDir/engine
	CacheDir string       // resolved jars lie in CacheDir/<hash of the project>/lib
	Project  fs.FS        // the Maven project that builds the tap and whose dependencies are the engine; its "lib" is where the jars go
	OnStatus func(Status) // called after each change, one call at a time; may be nil
	Logger   *slog.Logger // nil means none
}

// Local is a Flink of our own: a JobManager, a TaskManager and a SQL Gateway on 127.0.0.1, each under a keeper, so that none
// outlives the server. A JVM that dies is started again.
type Local struct {
	*board
	options LocalOptions
	log     *slog.Logger
	cancel  context.CancelFunc
	done    chan struct{}

	pidsMu sync.Mutex
	pids   map[string]int
}

// StartLocal begins to resolve and start a Flink and returns at once; Status tells how far it is. A start that fails is
// tried again later.
func StartLocal(options LocalOptions) *Local {
	ctx, cancel := context.WithCancel(context.Background())
	l := &Local{
		board: newBoard(options.OnStatus, Status{
			State: stateStarting, Phase: phaseResolving, Message: "Looking for Flink's jars.", Local: true,
		}),
		options: options,
		log:     options.Logger,
		cancel:  cancel,
		done:    make(chan struct{}),
		pids:    map[string]int{},
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	go l.run(ctx)
	return l
}

// Close ends the three JVMs and waits until they have gone or ctx ends.
func (l *Local) Close(ctx context.Context) error {
	l.cancel()
	select {
	case <-l.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop engine: %w", ctx.Err())
	}
}

// PIDs returns the process ids of the running JVMs by name: "jobmanager", "taskmanager", "gateway".
func (l *Local) PIDs() map[string]int {
	l.pidsMu.Lock()
	defer l.pidsMu.Unlock()
	pids := make(map[string]int, len(l.pids))
	for name, pid := range l.pids {
		pids[name] = pid
	}
	return pids
}

func (l *Local) run(ctx context.Context) {
	defer close(l.done)
	for wait := 5 * time.Second; ; wait = min(wait*2, time.Minute) {
		err := l.attempt(ctx)
		if ctx.Err() != nil {
			l.down("The engine was stopped.", nil)
			return
		}
		l.fail(err)
		if !sleep(ctx, wait) {
			l.down("The engine was stopped.", nil)
			return
		}
		l.starting(phaseStarting, "Trying to start Flink again.")
	}
}

func (l *Local) fail(err error) {
	l.log.Error("engine failed to start", "error", err)
	var known *startError
	if errors.As(err, &known) {
		l.down(known.sentence, known.log)
		return
	}
	l.down("Flink could not be started: "+err.Error()+".", nil)
}

// attempt resolves, starts and watches the engine; it returns when it is told to stop or cannot go on.
func (l *Local) attempt(ctx context.Context) error {
	java, err := findJava(ctx)
	if err != nil {
		return err
	}
	progress := func(message string) { l.starting(phaseResolving, message) }
	jars, err := resolver{cacheDir: l.options.CacheDir, project: l.options.Project, progress: progress}.resolve(ctx)
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(filepath.Join(l.options.DataDir, "engine"))
	if err != nil {
		return fmt.Errorf("find data folder: %w", err)
	}
	lib, err := filepath.Abs(jars)
	if err != nil {
		return fmt.Errorf("find cache folder: %w", err)
	}
	c := cluster{dir: dir, lib: lib, java: java}
	if err := c.choosePorts(); err != nil {
		return err
	}
	if err := c.write(); err != nil {
		return err
	}
	return l.watch(ctx, c)
}

// watch runs the three JVMs until ctx ends. A JVM that ends before the engine was ever ready is a failed start; one that
// ends later is started again.
func (l *Local) watch(ctx context.Context, c cluster) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l.starting(phaseStarting, "Starting Flink's JobManager, SQL Gateway and TaskManager.")
	fleet := &fleet{local: l, cluster: c, client: c.client(), abort: cancel, check: make(chan struct{}, 1)}
	var running sync.WaitGroup
	for _, j := range c.jvms() {
		running.Go(func() { fleet.supervise(ctx, j) })
	}
	running.Go(func() { fleet.announce(ctx) })
	running.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return ctx.Err()
}

// fleet is one run of the three JVMs.
type fleet struct {
	local   *Local
	cluster cluster
	client  *Client
	abort   context.CancelCauseFunc
	check   chan struct{} // holds something when readiness must be looked at anew

	mu      sync.Mutex
	worker  int   // of the TaskManager that must be registered, counted from 1
	running *kept // the TaskManager, nil while none runs
	settled bool  // the engine was ready once
}

// supervise keeps one JVM running until ctx ends.
func (f *fleet) supervise(ctx context.Context, j jvm) {
	backoff := firstBackoff
	for {
		started := time.Now()
		err := f.runOnce(ctx, j)
		if ctx.Err() != nil {
			return
		}
		words := f.cluster.lastWords(j)
		if err != nil {
			words = append(words, err.Error())
		}
		f.local.log.Warn("engine JVM ended", "jvm", j.title, "after", time.Since(started).Round(time.Millisecond))
		if !f.isSettled() {
			f.abort(failedStart(j, words))
			return
		}
		if time.Since(started) > steadyAfter {
			backoff = firstBackoff
		}
		f.local.starting(phaseRestarting, fmt.Sprintf("Flink's %s ended; it is started again.", j.title), words...)
		if j.name == jobManager {
			f.stopWorker(ctx)
		}
		if !sleep(ctx, backoff) {
			return
		}
		backoff = min(backoff*2, lastBackoff)
	}
}

func failedStart(j jvm, words []string) error {
	sentence := "Flink's " + j.title + " ended while it was starting."
	if slices.ContainsFunc(words, portTaken.MatchString) {
		sentence = "Flink's " + j.title + " found its port taken; other ports are tried."
	}
	return &startError{sentence: sentence, log: words}
}

// stopWorker ends the TaskManager, which is started again at once: it would hold on to a JobManager that is gone, and to its
// tasks, until a heartbeat of 50 s is missed.
func (f *fleet) stopWorker(ctx context.Context) {
	f.mu.Lock()
	worker := f.running
	f.mu.Unlock()
	if worker != nil {
		_ = worker.stop(ctx) // ctx ends with the engine, and the TaskManager with it
	}
}

// runOnce starts a JVM and waits for its end, or ends it with ctx.
func (f *fleet) runOnce(ctx context.Context, j jvm) error {
	if j.name == taskManager {
		j.args = append(slices.Clone(j.args), "-Dtaskmanager.resource-id="+f.nextWorker())
	}
	process, err := startKept(f.cluster.out(j), []string{"FLINK_CONF_DIR=" + f.cluster.path("conf")}, f.cluster.command(j)...)
	if err != nil {
		return err
	}
	f.local.setPID(j.name, process.pid)
	defer f.local.setPID(j.name, 0)
	if j.name == taskManager {
		f.setRunning(process)
		defer f.setRunning(nil)
	}
	f.recheck()
	select {
	case <-process.ended:
		return nil
	case <-ctx.Done():
		return process.stop(context.WithoutCancel(ctx))
	}
}

// announce tells when the engine is ready, after the start and after each restart of a JVM.
func (f *fleet) announce(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.check:
		}
		version, err := f.waitReady(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			f.abort(err)
			return
		}
		f.settle()
		f.local.ready(f.client, version)
	}
}

// waitReady asks until the gateway answers and the present TaskManager is registered.
func (f *fleet) waitReady(ctx context.Context) (string, error) {
	deadline := time.Now().Add(startLimit)
	waiting := ""
	for {
		version, missing := f.missing(ctx)
		if missing == "" && len(f.local.PIDs()) == len(f.cluster.jvms()) {
			return version, nil
		}
		if missing != "" && missing != waiting {
			f.local.starting(f.phase(), "Waiting for Flink's "+missing+".", f.local.Status().Log...)
			waiting = missing
		}
		if time.Now().After(deadline) {
			return "", &startError{
				sentence: fmt.Sprintf("Flink's %s did not answer within %s.", missing, startLimit), log: f.cluster.wordsOf(missing),
			}
		}
		if !sleep(ctx, 100*time.Millisecond) {
			return "", ctx.Err()
		}
	}
}

// missing names the program that does not answer yet, "" when all do.
func (f *fleet) missing(ctx context.Context) (version, title string) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	workers, err := f.client.taskManagers(ctx)
	if err != nil {
		return "", "JobManager"
	}
	version, err = f.client.GatewayVersion(ctx)
	if err != nil {
		return "", "SQL Gateway"
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Contains(workers, workerName(f.worker)) {
		return "", "TaskManager"
	}
	return version, ""
}

func (f *fleet) setRunning(process *kept) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running = process
}

func (f *fleet) phase() string {
	if f.isSettled() {
		return phaseRestarting
	}
	return phaseStarting
}

func (f *fleet) nextWorker() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.worker++
	return workerName(f.worker)
}

func workerName(n int) string { return "worker-" + strconv.Itoa(n) }

func (f *fleet) isSettled() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.settled
}

func (f *fleet) settle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.settled = true
}

func (f *fleet) recheck() {
	select {
	case f.check <- struct{}{}:
	default:
	}
}

// setPID records a JVM's process id; 0 removes it.
func (l *Local) setPID(name string, pid int) {
	l.pidsMu.Lock()
	defer l.pidsMu.Unlock()
	if pid == 0 {
		delete(l.pids, name)
		return
	}
	l.pids[name] = pid
}

// sleep waits; it returns false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
