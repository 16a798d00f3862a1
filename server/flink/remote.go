package flink

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"time"
)

// RemoteOptions says how Remote watches an existing Flink.
type RemoteOptions struct {
	OnStatus     func(Status)  // called after each change, one call at a time; may be nil
	Logger       *slog.Logger  // nil means none
	Every        time.Duration // between two probes; 0 means 3 s
	AllowUnfixed bool          // also take a version below the floor of safe ones
}

// RemoteEngine is a Flink that exists without us. It is probed for as long as the engine is open.
type RemoteEngine struct {
	*board
	probed  *Client
	options RemoteOptions
	log     *slog.Logger
	cancel  context.CancelFunc
	done    chan struct{}
}

// Remote watches the Flink at two base addresses and returns at once. It becomes ready when both answer and run a version
// without CVE-2026-35194, down when one stops answering.
func Remote(gateway, jobManager string, options RemoteOptions) *RemoteEngine {
	ctx, cancel := context.WithCancel(context.Background())
	e := &RemoteEngine{
		board: newBoard(options.OnStatus, Status{
			State: stateStarting, Phase: phaseStarting, Message: "Looking for Flink at " + gateway + ".",
			Gateway: gateway, JobManager: jobManager,
		}),
		probed:  NewClient(gateway, jobManager),
		options: options,
		log:     options.Logger,
		cancel:  cancel,
		done:    make(chan struct{}),
	}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	if e.options.Every == 0 {
		e.options.Every = 3 * time.Second
	}
	go e.run(ctx)
	return e
}

// Close stops watching; the Flink runs on.
func (e *RemoteEngine) Close(ctx context.Context) error {
	e.cancel()
	select {
	case <-e.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("stop watching engine: %w", ctx.Err())
	}
}

func (e *RemoteEngine) run(ctx context.Context) {
	defer close(e.done)
	for {
		version, sentence := e.probe(ctx)
		if ctx.Err() != nil {
			return
		}
		e.tell(version, sentence)
		if !sleep(ctx, e.options.Every) {
			return
		}
	}
}

// tell changes the status only when something is new.
func (e *RemoteEngine) tell(version, sentence string) {
	status := e.Status()
	switch {
	case sentence != "" && (status.State != stateDown || status.Message != sentence):
		e.log.Warn("engine is down", "reason", sentence)
		e.down(sentence, nil)
	case sentence == "" && (status.State != stateReady || status.Version != version):
		e.log.Info("engine is ready", "version", version)
		e.ready(e.probed, version)
	}
}

// probe returns the version, or the sentence that says why this Flink cannot be used.
func (e *RemoteEngine) probe(ctx context.Context) (version, sentence string) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	version, err := e.probed.GatewayVersion(ctx)
	if err != nil {
		return "", fmt.Sprintf("The SQL Gateway at %s does not answer.", e.probed.gateway)
	}
	cluster, err := e.probed.clusterVersion(ctx)
	if err != nil {
		return "", fmt.Sprintf("The JobManager at %s does not answer.", e.probed.jobManager)
	}
	if e.options.AllowUnfixed {
		return version, ""
	}
	for _, v := range []string{version, cluster} {
		if sentence := refusal(v); sentence != "" {
			return "", sentence
		}
	}
	return version, ""
}

// floors are the first patch releases of each line without CVE-2026-35194, code injection from SQL text; lines that are not
// listed and older than the newest here never got one, newer lines have it from the start.
var floors = map[[2]int]int{{1, 20}: 4, {2, 0}: 2, {2, 1}: 2, {2, 2}: 1}

var versionNumber = regexp.MustCompile(`^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(-SNAPSHOT|-rc\d+)?`)

// refusal says why a version of Flink is refused, "" when it is not.
func refusal(version string) string {
	match := versionNumber.FindStringSubmatch(version)
	if match == nil {
		return fmt.Sprintf("Flink tells the version %q, which Millrace cannot judge.", version)
	}
	line := [2]int{number(match[1]), number(match[2])}
	patch, listed := floors[line]
	switch {
	case listed && (number(match[3]) > patch || number(match[3]) == patch && match[4] == ""):
		return ""
	case listed:
		return fmt.Sprintf("Flink %s runs code out of SQL text (CVE-2026-35194): use %d.%d.%d or newer.", version, line[0], line[1], patch)
	case line[0] > 2 || line[0] == 2 && line[1] > 2:
		return ""
	}
	return fmt.Sprintf("Flink %s runs code out of SQL text (CVE-2026-35194) and its line has no fix: use 1.20.4, 2.2.1 or newer.", version)
}
