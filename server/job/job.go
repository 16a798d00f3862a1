// Package job deploys pipelines and keeps what it shows of them true. A job is one run of a pipeline under one Flink job
// id that is stored before anything is submitted; a command (pause, kill, savepoint) is written down before it is carried
// out. It knows Flink only through the client of server/flink and must not import the store or the API.
package job

import (
	"context"
	"time"
)

// State is what we say about a job; Flink's own state stands beside it.
type State string

// The states of a job. Those after Restarting are final: the Flink job is gone for good.
const (
	Deploying    State = "DEPLOYING"
	Running      State = "RUNNING"
	Pausing      State = "PAUSING"
	Killing      State = "KILLING"
	Restarting   State = "RESTARTING"
	Paused       State = "PAUSED"        // stopped with a savepoint whose path is recorded
	Killed       State = "KILLED"        // cancelled
	Finished     State = "FINISHED"      // all input read
	Failed       State = "FAILED"        // Flink gave up
	DeployFailed State = "DEPLOY_FAILED" // refused by Flink; nothing ran
	Lost         State = "LOST"          // the JobManager no longer knows the job
)

// Live tells whether a Flink job may still exist.
func (s State) Live() bool {
	switch s {
	case Deploying, Running, Pausing, Killing, Restarting:
		return true
	}
	return false
}

// Job is one run of a pipeline.
type Job struct {
	ID            string             `json:"id"`                   // ours, a UUID
	Pipeline      string             `json:"pipeline"`             // pipeline id
	PipelineName  string             `json:"pipelineName"`         // at the time of the deploy
	Revision      int64              `json:"revision"`             // of the document that was deployed
	State         State              `json:"state"`                // ours
	FlinkJobID    string             `json:"flinkJobId"`           // 32 hex digits, fixed before the submit
	FlinkState    string             `json:"flinkState"`           // Flink's JobStatus; "" until Flink has shown the job
	CreatedAt     time.Time          `json:"createdAt"`            // when the deploy was asked for
	UpdatedAt     time.Time          `json:"updatedAt"`            // last change of state
	ObservedAt    *time.Time         `json:"observedAt,omitempty"` // when Flink last told the state; absent when never
	SavepointPath string             `json:"savepointPath"`        // last savepoint taken of this job; "" when none
	Exception     string             `json:"exception"`            // root cause as Flink gives it; "" when none
	Message       string             `json:"message"`              // one sentence about the last command or failure; "" when none
	Nodes         map[string]Figures `json:"nodes"`                // by node id; only nodes that own an operator
	Live          bool               `json:"live"`                 // whether a Flink job may still exist

	Document []byte `json:"-"` // canonical document that was deployed, for mapping operators to nodes
}

// Figures are a node's counts since the job started; nil where Flink has not told them.
type Figures struct {
	RecordsIn  *int64 `json:"recordsIn"`
	RecordsOut *int64 `json:"recordsOut"`
}

// CommandState is the state of a command.
type CommandState string

// The states of a command.
const (
	Undo          CommandState = "UNDO" // written down, not begun
	Doing         CommandState = "DOING"
	Succeeded     CommandState = "SUCCEEDED"
	CommandFailed CommandState = "FAILED"
	NeedsDecision CommandState = "NEEDS_DECISION"
)

// Command is something that a person asked of a job.
type Command struct {
	ID        string       `json:"id"`
	Job       string       `json:"job"`  // job id
	Kind      string       `json:"kind"` // deploy, pause, kill, savepoint
	State     CommandState `json:"state"`
	TriggerID string       `json:"triggerId"` // of the savepoint, chosen before it is asked for; "" otherwise
	Message   string       `json:"message"`   // why it failed; "" otherwise
	CreatedAt time.Time    `json:"createdAt"`
	UpdatedAt time.Time    `json:"updatedAt"`
}

// Store keeps jobs and commands. Each call is durable when it returns.
type Store interface {
	InsertJob(ctx context.Context, job Job) error
	UpdateJob(ctx context.Context, job Job) error
	Jobs(ctx context.Context) ([]Job, error) // newest first
	PutCommand(ctx context.Context, command Command) error
	Commands(ctx context.Context, job string) ([]Command, error) // oldest first; of all jobs when job is ""
}
