package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"millrace/server/flink"
)

// Command writes down what a person asks of a job and begins it. Kinds: pause (stop with savepoint), resume (a new job of
// the same document from the savepoint), kill (cancel), savepoint. The error is a *Refused where the job's state does not
// allow it.
func (m *Manager) Command(ctx context.Context, jobID, kind string) (Command, error) {
	if m.options.Client() == nil {
		return Command{}, ErrEngineNotReady
	}
	now := time.Now().UTC()
	command := Command{ID: uuid.Must(uuid.NewV7()).String(), Job: jobID, Kind: kind, State: Undo, CreatedAt: now, UpdatedAt: now}
	if kind == "pause" || kind == "savepoint" {
		command.TriggerID = flink.NewID()
	}
	m.mu.Lock()
	job, ok := m.jobs[jobID]
	if !ok {
		m.mu.Unlock()
		return Command{}, ErrNotFound
	}
	before := job.State
	refusal := m.accept(job, kind)
	if refusal == nil {
		if err := m.options.Store.PutCommand(ctx, command); err != nil {
			refusal = fmt.Errorf("store command: %w", err)
		} else if err := m.options.Store.UpdateJob(ctx, *job); err != nil {
			refusal = fmt.Errorf("store job: %w", err)
		}
	}
	if refusal != nil {
		job.State = before
		m.mu.Unlock()
		return Command{}, refusal
	}
	changed := *job
	m.mu.Unlock()
	m.options.OnChange(changed)
	m.start(command)
	return command, nil
}

// accept checks a command against the job's state and puts the job on its way.
func (m *Manager) accept(job *Job, kind string) error {
	refuse := func(reason string, values ...any) error { return &Refused{Reason: fmt.Sprintf(reason, values...)} }
	switch kind {
	case "pause", "savepoint":
		if job.State != Running {
			return refuse("A savepoint needs a job that runs; this one is %s.", job.State)
		}
		if kind == "pause" {
			job.State = Pausing
		}
	case "kill":
		if !job.State.Live() {
			return refuse("The job is %s already.", job.State)
		}
		job.State = Killing
	case "resume":
		if job.State != Paused {
			return refuse("Only a paused job can be resumed; this one is %s.", job.State)
		}
	case "restart", "rescale":
		return refuse("%s is not available yet: pause the job and deploy it again.", kind)
	default:
		return refuse("There is no command %q: use pause, resume, kill or savepoint.", kind)
	}
	return nil
}

// Commands returns what was asked of a job, oldest first.
func (m *Manager) Commands(ctx context.Context, jobID string) ([]Command, error) {
	if _, err := m.Get(jobID); err != nil {
		return nil, err
	}
	commands, err := m.options.Store.Commands(ctx, jobID)
	if err != nil {
		return nil, fmt.Errorf("read commands: %w", err)
	}
	return commands, nil
}

// start carries a command out in the background, once.
func (m *Manager) start(command Command) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.busy[command.ID] {
		return
	}
	m.busy[command.ID] = true
	m.work.Add(1)
	go func() {
		defer m.work.Done()
		m.carryOut(command)
	}()
}

func (m *Manager) carryOut(command Command) {
	ctx, cancel := context.WithTimeout(m.ctx, 10*time.Minute)
	defer cancel()
	m.put(ctx, &command, Doing, "")
	var err error
	switch command.Kind {
	case "kill":
		err = m.kill(ctx, command)
	case "pause", "savepoint":
		err = m.savepoint(ctx, command)
	case "resume":
		err = m.resume(ctx, command)
	}
	if err == nil {
		m.put(ctx, &command, Succeeded, "")
		return
	}
	m.put(ctx, &command, CommandFailed, err.Error())
	m.change(command.Job, func(job *Job) {
		job.Message = fmt.Sprintf("The %s failed: %s", command.Kind, err)
		if job.State == Pausing { // the job runs on; the observer corrects this when it does not
			job.State = Running
		}
	})
}

func (m *Manager) put(ctx context.Context, command *Command, state CommandState, message string) {
	command.State, command.Message, command.UpdatedAt = state, message, time.Now().UTC()
	if err := m.options.Store.PutCommand(ctx, *command); err != nil {
		m.options.Logger.Error("command is not stored", "command", command.ID, "state", state, "error", err)
	}
}

func (m *Manager) kill(ctx context.Context, command Command) error {
	job, err := m.Get(command.Job)
	if err != nil {
		return err
	}
	state, err := m.options.Client().CancelUntilTerminal(ctx, job.FlinkJobID)
	if err != nil {
		return err
	}
	m.change(job.ID, func(j *Job) {
		if !j.State.Live() {
			return
		}
		if state != "" {
			j.FlinkState = state
		}
		if j.State = Killed; state == "FINISHED" || state == "FAILED" {
			j.State = next(*j, state)
		}
	})
	return nil
}

// savepoint asks for a savepoint under the command's trigger id, which makes asking twice harmless, and records its path.
func (m *Manager) savepoint(ctx context.Context, command Command) error {
	job, err := m.Get(command.Job)
	if err != nil {
		return err
	}
	client := m.options.Client()
	ask := client.Savepoint
	if command.Kind == "pause" {
		ask = client.StopWithSavepoint
	}
	if err := ask(ctx, job.FlinkJobID, command.TriggerID, m.options.SavepointDir); err != nil && !missingJob(err) {
		return err
	}
	path, err := m.awaitSavepoint(ctx, client, job.FlinkJobID, command.TriggerID)
	if err != nil {
		return err
	}
	m.change(job.ID, func(j *Job) {
		j.SavepointPath, j.Message = path, ""
		if j.State == Pausing && j.FlinkState == "FINISHED" {
			j.State = Paused
		}
	})
	return nil
}

func (m *Manager) awaitSavepoint(ctx context.Context, client *flink.Client, flinkJobID, trigger string) (string, error) {
	for {
		status, err := client.SavepointStatus(ctx, flinkJobID, trigger)
		switch {
		case missingJob(err): // Flink forgets triggers of jobs that have ended
			if path, err := client.LatestSavepoint(ctx, flinkJobID); err == nil && path != "" {
				return path, nil
			}
			return "", errors.New("the savepoint is forgotten: Flink shows neither its trigger nor a path")
		case err != nil && !errors.Is(err, flink.ErrUnreachable):
			return "", err
		case status.Failure != "":
			return "", errors.New(status.Failure)
		case status.Done:
			return status.Path, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("wait for savepoint: %w", ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// resume deploys the paused job's document anew, from its savepoint.
func (m *Manager) resume(ctx context.Context, command Command) error {
	job, err := m.Get(command.Job)
	if err != nil {
		return err
	}
	_, err = m.deploy(ctx, Job{Pipeline: job.Pipeline, PipelineName: job.PipelineName, Revision: job.Revision, Document: job.Document}, job.SavepointPath)
	return err
}
