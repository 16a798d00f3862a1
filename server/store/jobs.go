package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"millrace/server/job"
	"millrace/server/preview"
)

const jobColumns = `id, pipeline, pipeline_name, revision, state, flink_job_id, flink_state, created, updated, observed,
	savepoint_path, exception, message, nodes, live, document`

var (
	_ job.Store     = (*Store)(nil)
	_ preview.Store = (*Store)(nil)
)

// InsertJob saves a new job; a Flink job id that any job ever had is refused.
func (s *Store) InsertJob(ctx context.Context, j job.Job) error {
	values, err := jobValues(j)
	if err == nil {
		_, err = s.writer.ExecContext(ctx, "INSERT INTO jobs ("+jobColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values...)
	}
	if err != nil {
		return fmt.Errorf("insert job %s: %w", j.ID, err)
	}
	return nil
}

// UpdateJob saves what changes in a job's life; pipeline, revision, Flink job id and document never do.
func (s *Store) UpdateJob(ctx context.Context, j job.Job) error {
	nodes, err := json.Marshal(j.Nodes)
	if err != nil {
		return fmt.Errorf("update job %s: %w", j.ID, err)
	}
	result, err := s.writer.ExecContext(ctx, `UPDATE jobs SET state = ?, flink_state = ?, updated = ?, observed = ?,
		savepoint_path = ?, exception = ?, message = ?, nodes = ?, live = ? WHERE id = ?`,
		j.State, j.FlinkState, j.UpdatedAt.UnixMilli(), nullMillis(j.ObservedAt), j.SavepointPath, j.Exception, j.Message, string(nodes), j.Live, j.ID)
	if err := changed(result, err); err != nil {
		return fmt.Errorf("update job %s: %w", j.ID, err)
	}
	return nil
}

// Jobs lists all jobs, newest first.
func (s *Store) Jobs(ctx context.Context) ([]job.Job, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+jobColumns+" FROM jobs ORDER BY created DESC, id DESC")
	jobs, err := collect(rows, err, scanJob)
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	return jobs, nil
}

// PutCommand saves a command, new or changed.
func (s *Store) PutCommand(ctx context.Context, c job.Command) error {
	_, err := s.writer.ExecContext(ctx, `INSERT INTO commands (id, job, kind, state, trigger_id, message, created, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, trigger_id = excluded.trigger_id, message = excluded.message, updated = excluded.updated`,
		c.ID, c.Job, c.Kind, c.State, c.TriggerID, c.Message, c.CreatedAt.UnixMilli(), c.UpdatedAt.UnixMilli())
	if err != nil {
		return fmt.Errorf("put command %s: %w", c.ID, err)
	}
	return nil
}

// Commands lists the commands of a job, or of all when jobID is "", oldest first.
func (s *Store) Commands(ctx context.Context, jobID string) ([]job.Command, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, job, kind, state, trigger_id, message, created, updated FROM commands
		WHERE ?1 = '' OR job = ?1 ORDER BY created, id`, jobID)
	commands, err := collect(rows, err, scanCommand)
	if err != nil {
		return nil, fmt.Errorf("list commands: %w", err)
	}
	return commands, nil
}

// ReservePreview saves a preview's Flink job id before it is submitted.
func (s *Store) ReservePreview(ctx context.Context, r preview.Reservation) error {
	_, err := s.writer.ExecContext(ctx, "INSERT INTO previews (id, flink_job_id, pipeline, started) VALUES (?, ?, ?, ?)",
		r.ID, r.FlinkJobID, r.Pipeline, r.StartedAt.UnixMilli())
	if err != nil {
		return fmt.Errorf("reserve preview %s: %w", r.ID, err)
	}
	return nil
}

// ReleasePreview forgets a preview whose Flink job is gone; one that is not there is no error.
func (s *Store) ReleasePreview(ctx context.Context, id string) error {
	if _, err := s.writer.ExecContext(ctx, "DELETE FROM previews WHERE id = ?", id); err != nil {
		return fmt.Errorf("release preview %s: %w", id, err)
	}
	return nil
}

// Reservations lists the previews whose Flink job may exist, oldest first.
func (s *Store) Reservations(ctx context.Context) ([]preview.Reservation, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT id, flink_job_id, pipeline, started FROM previews ORDER BY started, id")
	reservations, err := collect(rows, err, func(row scanner) (preview.Reservation, error) {
		var r preview.Reservation
		var started int64
		err := row.Scan(&r.ID, &r.FlinkJobID, &r.Pipeline, &started)
		r.StartedAt = fromMillis(started)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("list preview reservations: %w", err)
	}
	return reservations, nil
}

func jobValues(j job.Job) ([]any, error) {
	nodes, err := json.Marshal(j.Nodes)
	return []any{
		j.ID, j.Pipeline, j.PipelineName, j.Revision, j.State, j.FlinkJobID, j.FlinkState, j.CreatedAt.UnixMilli(), j.UpdatedAt.UnixMilli(),
		nullMillis(j.ObservedAt), j.SavepointPath, j.Exception, j.Message, string(nodes), j.Live, string(j.Document),
	}, err
}

func scanJob(row scanner) (job.Job, error) {
	var j job.Job
	var created, updated int64
	var observed sql.NullInt64
	var nodes, document string
	err := row.Scan(&j.ID, &j.Pipeline, &j.PipelineName, &j.Revision, &j.State, &j.FlinkJobID, &j.FlinkState, &created, &updated, &observed,
		&j.SavepointPath, &j.Exception, &j.Message, &nodes, &j.Live, &document)
	if err != nil {
		return j, err
	}
	j.CreatedAt, j.UpdatedAt, j.Document = fromMillis(created), fromMillis(updated), []byte(document)
	if observed.Valid {
		at := fromMillis(observed.Int64)
		j.ObservedAt = &at
	}
	if err := json.Unmarshal([]byte(nodes), &j.Nodes); err != nil {
		return j, fmt.Errorf("read figures of job %s: %w", j.ID, err)
	}
	if j.Nodes == nil {
		j.Nodes = map[string]job.Figures{}
	}
	return j, nil
}

func scanCommand(row scanner) (job.Command, error) {
	var c job.Command
	var created, updated int64
	err := row.Scan(&c.ID, &c.Job, &c.Kind, &c.State, &c.TriggerID, &c.Message, &created, &updated)
	c.CreatedAt, c.UpdatedAt = fromMillis(created), fromMillis(updated)
	return c, err
}

func nullMillis(at *time.Time) sql.NullInt64 {
	if at == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: at.UnixMilli(), Valid: true}
}
