package flink

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// JobOverview is a job as the JobManager lists it.
type JobOverview struct {
	ID, Name string
	State    string    // Flink's JobStatus, e.g. "RUNNING"
	Start    time.Time // UTC
	End      time.Time // UTC; zero while the job runs
}

// JobDetail is a job with its vertices.
type JobDetail struct {
	ID, Name string
	State    string // Flink's JobStatus
	Start    time.Time
	End      time.Time // zero while the job runs
	Vertices []Vertex
}

// Vertex is a job vertex: one or more operators chained into one task.
type Vertex struct {
	ID          string
	Name        string
	Parallelism int
	Status      string   // Flink's ExecutionState, e.g. "RUNNING"
	Inputs      []string // ids of the vertices that feed it
	RecordsIn   int64    // read by all subtasks; exact once the job has ended, where operators' counters stay behind
	RecordsOut  int64    // written by all subtasks, counted once for every consumer
	Description string   // the plan's text: operators with their numbers, e.g. "[7]:Calc(select=[…])", one a line
}

// SavepointStatus is how far a savepoint or a stop with savepoint has come.
type SavepointStatus struct {
	Done    bool
	Path    string // of the savepoint; "" unless it succeeded
	Failure string // the root cause; "" unless it failed
}

const goneAfter = 3 * time.Second // a job that stays unknown for so long is not about to appear

// NewID makes an id as Flink has them for jobs and savepoint triggers: 16 random bytes as 32 hex digits.
func NewID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// IsTerminal tells whether a job in this state (Flink's JobStatus) has ended for good.
func IsTerminal(state string) bool {
	return state == "FINISHED" || state == "CANCELED" || state == "FAILED"
}

// Overview lists the jobs that the JobManager knows, the ended ones too. It is the freshest of its answers.
func (c *Client) Overview(ctx context.Context) ([]JobOverview, error) {
	var wire struct {
		Jobs []struct {
			ID    string `json:"jid"`
			Name  string `json:"name"`
			State string `json:"state"`
			Start int64  `json:"start-time"`
			End   int64  `json:"end-time"`
		} `json:"jobs"`
	}
	if err := c.askJobManager(ctx, http.MethodGet, "/jobs/overview", nil, &wire); err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	jobs := make([]JobOverview, len(wire.Jobs))
	for i, job := range wire.Jobs {
		jobs[i] = JobOverview{ID: job.ID, Name: job.Name, State: job.State, Start: millis(job.Start), End: millis(job.End)}
	}
	return jobs, nil
}

// Job asks for one job; ErrNotFound when the JobManager does not know it.
func (c *Client) Job(ctx context.Context, id string) (JobDetail, error) {
	var wire wireJob
	if err := c.askJob(ctx, http.MethodGet, id, "", nil, &wire); err != nil {
		return JobDetail{}, fmt.Errorf("read job %s: %w", id, err)
	}
	return wire.detail(), nil
}

// Cancel asks the JobManager once to cancel a job. Cancelling a job that has ended is no error.
func (c *Client) Cancel(ctx context.Context, id string) error {
	if err := c.askJob(ctx, http.MethodPatch, id, "?mode=cancel", nil, nil); err != nil {
		return fmt.Errorf("cancel job %s: %w", id, err)
	}
	return nil
}

// CancelUntilTerminal cancels a job again and again until it has ended, and returns the state in which it did. A job that
// stays unknown for 3 s counts as gone: state "" and ErrNotFound.
func (c *Client) CancelUntilTerminal(ctx context.Context, id string) (string, error) {
	var unknownSince time.Time
	for wait := 100 * time.Millisecond; ; wait = min(wait*3/2, time.Second) {
		state, err := c.JobStatus(ctx, id)
		switch {
		case err == nil && IsTerminal(state):
			return state, nil
		case err == nil:
			unknownSince = time.Time{}
			// A refusal is no reason to stop: the job may be between two states, and the next round looks again.
			_ = c.Cancel(ctx, id)
		case errors.Is(err, ErrNotFound) && unknownSince.IsZero():
			unknownSince = time.Now()
		case errors.Is(err, ErrNotFound) && time.Since(unknownSince) >= goneAfter:
			return "", fmt.Errorf("cancel job %s: %w", id, ErrNotFound)
		case !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrUnreachable):
			return "", fmt.Errorf("cancel job %s: %w", id, err)
		}
		select {
		case <-ctx.Done():
			return state, fmt.Errorf("cancel job %s: %w", id, ctx.Err())
		case <-time.After(wait):
		}
	}
}

// StopWithSavepoint starts a stop with savepoint under a trigger id of the caller's (32 hex digits); dir "" means the
// cluster's default. Asking twice with one id makes one savepoint. An accepted stop is no success: ask SavepointStatus.
func (c *Client) StopWithSavepoint(ctx context.Context, id, triggerID, dir string) error {
	in := savepointRequest(triggerID, dir, "targetDirectory")
	in["drain"] = false
	if err := c.trigger(ctx, id, triggerID, "/stop", in); err != nil {
		return fmt.Errorf("stop job %s with savepoint: %w", id, err)
	}
	return nil
}

// Savepoint starts a savepoint of a job that goes on running; the arguments are StopWithSavepoint's.
func (c *Client) Savepoint(ctx context.Context, id, triggerID, dir string) error {
	in := savepointRequest(triggerID, dir, "target-directory")
	in["cancel-job"] = false
	if err := c.trigger(ctx, id, triggerID, "/savepoints", in); err != nil {
		return fmt.Errorf("take savepoint of job %s: %w", id, err)
	}
	return nil
}

// SavepointStatus asks how a savepoint or stop is doing. The JobManager forgets a finished one after some 5 minutes
// (ErrNotFound); LatestSavepoint still knows its path.
func (c *Client) SavepointStatus(ctx context.Context, id, triggerID string) (SavepointStatus, error) {
	if !hexID.MatchString(triggerID) {
		return SavepointStatus{}, fmt.Errorf("trigger id %q is not 32 hex digits", triggerID)
	}
	var wire struct {
		Status struct {
			ID string `json:"id"`
		} `json:"status"`
		Operation struct {
			Location string `json:"location"`
			Failure  *struct {
				Trace string `json:"stack-trace"`
			} `json:"failure-cause"`
		} `json:"operation"`
	}
	if err := c.askJob(ctx, http.MethodGet, id, "/savepoints/"+triggerID, nil, &wire); err != nil {
		return SavepointStatus{}, fmt.Errorf("read savepoint %s of job %s: %w", triggerID, id, err)
	}
	status := SavepointStatus{Done: wire.Status.ID == "COMPLETED", Path: wire.Operation.Location}
	if wire.Operation.Failure != nil {
		status.Path, status.Failure = "", RootCause(wire.Operation.Failure.Trace)
	}
	return status, nil
}

// LatestSavepoint returns the path of a job's newest completed savepoint, "" when it has none.
func (c *Client) LatestSavepoint(ctx context.Context, id string) (string, error) {
	var wire struct {
		Latest struct {
			Savepoint *struct {
				Path string `json:"external_path"`
			} `json:"savepoint"`
		} `json:"latest"`
	}
	if err := c.askJob(ctx, http.MethodGet, id, "/checkpoints", nil, &wire); err != nil {
		return "", fmt.Errorf("read checkpoints of job %s: %w", id, err)
	}
	if wire.Latest.Savepoint == nil {
		return "", nil
	}
	return wire.Latest.Savepoint.Path, nil
}

// RootException returns the root cause of a job's newest failure as one sentence, "" when there is none.
func (c *Client) RootException(ctx context.Context, id string) (string, error) {
	var wire struct {
		History struct {
			Entries []struct {
				Trace string `json:"stacktrace"`
			} `json:"entries"`
		} `json:"exceptionHistory"`
	}
	if err := c.askJob(ctx, http.MethodGet, id, "/exceptions?maxExceptions=1", nil, &wire); err != nil {
		return "", fmt.Errorf("read exceptions of job %s: %w", id, err)
	}
	if len(wire.History.Entries) == 0 {
		return "", nil
	}
	return RootCause(wire.History.Entries[0].Trace), nil
}

// taskManagers lists the ids of the registered TaskManagers that offer slots.
func (c *Client) taskManagers(ctx context.Context) ([]string, error) {
	var wire struct {
		TaskManagers []struct {
			ID    string `json:"id"`
			Slots int    `json:"slotsNumber"`
		} `json:"taskmanagers"`
	}
	if err := c.askJobManager(ctx, http.MethodGet, "/taskmanagers", nil, &wire); err != nil {
		return nil, err
	}
	var ids []string
	for _, t := range wire.TaskManagers {
		if t.Slots > 0 {
			ids = append(ids, t.ID)
		}
	}
	return ids, nil
}

// clusterVersion asks the JobManager for Flink's version.
func (c *Client) clusterVersion(ctx context.Context) (string, error) {
	var wire struct {
		Version string `json:"flink-version"`
	}
	err := c.askJobManager(ctx, http.MethodGet, "/config", nil, &wire)
	return wire.Version, err
}

// KeepJob says that a job's client lives: a job that was submitted with execution.shutdown-on-attached-exit is cancelled by
// the JobManager when the last such time has passed (it looks once a minute).
func (c *Client) KeepJob(ctx context.Context, id string, until time.Time) error {
	in := map[string]any{"expiredTimestamp": until.UnixMilli()}
	if err := c.askJob(ctx, http.MethodPatch, id, "/clientHeartbeat", in, nil); err != nil {
		return fmt.Errorf("keep job %s: %w", id, err)
	}
	return nil
}

// JobStatus is the state alone (Flink's JobStatus), which the JobManager answers without the cache that Job reads from.
func (c *Client) JobStatus(ctx context.Context, id string) (string, error) {
	var wire struct {
		Status string `json:"status"`
	}
	err := c.askJob(ctx, http.MethodGet, id, "/status", nil, &wire)
	return wire.Status, err
}

// askJob does one exchange about a job, whose id must be a job's id before it becomes part of an address.
func (c *Client) askJob(ctx context.Context, method, id, rest string, in, out any) error {
	if !hexID.MatchString(id) {
		return fmt.Errorf("job id %q is not 32 hex digits", id)
	}
	return c.askJobManager(ctx, method, "/jobs/"+id+rest, in, out)
}

func (c *Client) trigger(ctx context.Context, id, triggerID, path string, in map[string]any) error {
	if !hexID.MatchString(triggerID) {
		return fmt.Errorf("trigger id %q is not 32 hex digits", triggerID)
	}
	return c.askJob(ctx, http.MethodPost, id, path, in, nil)
}

func savepointRequest(triggerID, dir, dirKey string) map[string]any {
	in := map[string]any{"triggerId": triggerID}
	if dir != "" {
		in[dirKey] = dir
	}
	return in
}

type wireJob struct {
	ID       string `json:"jid"`
	Name     string `json:"name"`
	State    string `json:"state"`
	Start    int64  `json:"start-time"`
	End      int64  `json:"end-time"`
	Vertices []struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		Parallelism int    `json:"parallelism"`
		Status      string `json:"status"`
		Metrics     struct {
			Read    int64 `json:"read-records"`
			Written int64 `json:"write-records"`
		} `json:"metrics"`
	} `json:"vertices"`
	Plan struct {
		Nodes []wirePlanNode `json:"nodes"`
	} `json:"plan"`
}

type wirePlanNode struct {
	ID          string `json:"id"`
	Description string `json:"description"`
	Inputs      []struct {
		ID string `json:"id"`
	} `json:"inputs"`
}

func (w wireJob) detail() JobDetail {
	nodes := make(map[string]wirePlanNode, len(w.Plan.Nodes))
	for _, node := range w.Plan.Nodes {
		nodes[node.ID] = node
	}
	job := JobDetail{ID: w.ID, Name: w.Name, State: w.State, Start: millis(w.Start), End: millis(w.End)}
	for _, v := range w.Vertices {
		node := nodes[v.ID]
		vertex := Vertex{
			ID: v.ID, Name: v.Name, Parallelism: v.Parallelism, Status: v.Status,
			RecordsIn: v.Metrics.Read, RecordsOut: v.Metrics.Written, Description: planText(node.Description),
		}
		for _, input := range node.Inputs {
			vertex.Inputs = append(vertex.Inputs, input.ID)
		}
		job.Vertices = append(job.Vertices, vertex)
	}
	return job
}

// millis reads Flink's times, where a missing one is -1.
func millis(ms int64) time.Time {
	if ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
