package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"millrace/graph"
	"millrace/server/flink"
)

const (
	pollInterval = time.Second
	lostAfter    = 10 * time.Second // a job that the JobManager has not known for so long is lost
	ghostsWithin = 24 * time.Hour   // a job that was given up before Flink showed it is cancelled when it appears after all
	appearWithin = 75 * time.Second // the gateway retries a submit for a minute: until then the job may still appear
)

// Run follows all live jobs until ctx is done. It takes up commands that an earlier server left unfinished.
func (m *Manager) Run(ctx context.Context) {
	m.mu.Lock()
	m.ctx = context.WithoutCancel(ctx)
	m.mu.Unlock()
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	resumed := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		client := m.options.Client()
		if client == nil {
			continue
		}
		if !resumed {
			resumed = m.resumeCommands(ctx) == nil
		}
		m.observe(ctx, client)
	}
}

// observe compares every live job with what the JobManager says.
func (m *Manager) observe(ctx context.Context, client *flink.Client) {
	var live, ghosts []Job
	for _, job := range m.List() {
		switch {
		case job.State.Live():
			live = append(live, job)
		case job.ObservedAt == nil && time.Since(job.UpdatedAt) < ghostsWithin:
			ghosts = append(ghosts, job)
		}
	}
	if len(live) == 0 && len(ghosts) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	overview, err := client.Overview(ctx)
	if err != nil {
		return // what is shown grows old, and says so by its observedAt
	}
	now := time.Now().UTC()
	states := make(map[string]string, len(overview))
	for _, seen := range overview {
		states[seen.ID] = seen.State
	}
	for _, job := range live {
		state, known := states[job.FlinkJobID]
		if known {
			delete(m.missing, job.ID)
			m.observed(ctx, client, job, state, now)
			continue
		}
		m.unseen(job, now)
	}
	for _, job := range ghosts {
		if state, known := states[job.FlinkJobID]; known && !flink.IsTerminal(state) {
			if err := client.Cancel(ctx, job.FlinkJobID); err != nil {
				m.options.Logger.Warn("late job is not cancelled; it will be tried again", "job", job.ID, "error", err)
			}
		}
	}
}

// unseen handles a job that a JobManager which answers does not list.
func (m *Manager) unseen(job Job, now time.Time) {
	since, counted := m.missing[job.ID]
	if !counted {
		m.missing[job.ID] = now
		return
	}
	gone := now.Sub(since)
	switch {
	case job.State == Deploying && job.FlinkState == "":
		if gone > appearWithin {
			m.change(job.ID, func(j *Job) {
				j.State, j.Message = DeployFailed, "Flink has not shown the job since it was submitted."
			})
		}
	case gone > lostAfter:
		m.change(job.ID, func(j *Job) {
			j.State, j.FlinkState, j.Message = Lost, "", "The JobManager does not know the job any more; it was restarted or its data is gone."
		})
	}
}

// observed takes in Flink's state of a job and its figures.
func (m *Manager) observed(ctx context.Context, client *flink.Client, job Job, state string, now time.Time) {
	exception := job.Exception
	if state == "FAILED" || state == "RESTARTING" || state == "FAILING" {
		if cause, err := client.RootException(ctx, job.FlinkJobID); err == nil && cause != "" {
			exception = cause
		}
	}
	nodes := m.figures(ctx, client, job)
	m.change(job.ID, func(j *Job) {
		j.FlinkState, j.Exception, j.ObservedAt = state, exception, &now
		if nodes != nil {
			j.Nodes = nodes
		}
		j.State = next(*j, state)
	})
}

// next is our state after Flink showed its own. A pause and a kill that are under way keep their name until Flink is done.
func next(job Job, flinkState string) State {
	switch flinkState {
	case "FINISHED":
		if job.State == Pausing {
			if job.SavepointPath == "" {
				return Pausing // the command records the path first
			}
			return Paused
		}
		return Finished
	case "CANCELED":
		return Killed
	case "FAILED":
		return Failed
	}
	if job.State == Pausing || job.State == Killing {
		return job.State
	}
	switch flinkState {
	case "RUNNING":
		return Running
	case "RESTARTING", "FAILING":
		return Restarting
	}
	return job.State
}

func (m *Manager) figures(ctx context.Context, client *flink.Client, job Job) map[string]Figures {
	detail, err := client.Job(ctx, job.FlinkJobID)
	if err != nil {
		return nil
	}
	metrics := make(map[string][]flink.OperatorMetric, len(detail.Vertices))
	for _, vertex := range detail.Vertices {
		if metrics[vertex.ID], err = client.OperatorMetrics(ctx, job.FlinkJobID, vertex.ID); err != nil {
			return nil
		}
	}
	doc, err := graph.Decode(job.Document)
	if err != nil {
		return nil
	}
	return figures(doc, detail, metrics)
}

// resumeCommands carries on with commands that were not finished when the last server ended.
func (m *Manager) resumeCommands(ctx context.Context) error {
	commands, err := m.options.Store.Commands(ctx, "")
	if err != nil {
		return fmt.Errorf("read commands: %w", err)
	}
	for _, command := range commands {
		if command.State == Undo || command.State == Doing {
			m.start(command)
		}
	}
	return nil
}

// missingJob tells whether an error says that Flink does not know the job.
func missingJob(err error) bool { return errors.Is(err, flink.ErrNotFound) }
