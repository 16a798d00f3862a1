package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"millrace/graph"
)

// Pipeline is a saved document. Revision counts its changes from 1.
type Pipeline struct {
	ID       string
	Name     string // the document's
	Document []byte // canonical; nil in lists
	Revision int64
	Created  time.Time
	Updated  time.Time
}

// Edit is one named step of a person's work.
type Edit struct {
	Base       int64  // revision that the operations were made on
	Label      string // e.g. "Move 2 nodes"
	Client     string // who made it; "" when unknown
	Operations []graph.Operation
}

// Conflict says that the pipeline has moved on since the revision that a change was made on.
type Conflict struct{ Current Pipeline }

// Error names the revision that is there.
func (c *Conflict) Error() string {
	return fmt.Sprintf("pipeline %s has moved on to revision %d", c.Current.ID, c.Current.Revision)
}

// Refused says that a change does not fit its document; its text is for the author.
type Refused struct{ Reason error }

// Error is the reason's text.
func (r *Refused) Error() string { return r.Reason.Error() }

const pipelineColumns = "id, name, document, revision, created, updated"

// Pipelines lists all pipelines without their documents, the last changed first.
func (s *Store) Pipelines(ctx context.Context) ([]Pipeline, error) {
	rows, err := s.reader.QueryContext(ctx,
		"SELECT id, name, '', revision, created, updated FROM pipelines WHERE deleted IS NULL ORDER BY updated DESC, id DESC")
	return collect(rows, err, scanPipeline)
}

// Pipeline returns one pipeline, or ErrNotFound.
func (s *Store) Pipeline(ctx context.Context, id string) (Pipeline, error) {
	return readPipeline(ctx, s.reader, id)
}

// CreatePipeline saves a new pipeline at revision 1.
func (s *Store) CreatePipeline(ctx context.Context, doc *graph.Document) (Pipeline, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Pipeline{}, fmt.Errorf("make an id: %w", err)
	}
	now := time.Now()
	p := Pipeline{ID: id.String(), Name: doc.Name, Document: doc.Encode(), Revision: 1, Created: fromMillis(now.UnixMilli()), Updated: fromMillis(now.UnixMilli())}
	err = s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO pipelines ("+pipelineColumns+") VALUES (?, ?, ?, 1, ?, ?)",
			p.ID, p.Name, string(p.Document), now.UnixMilli(), now.UnixMilli())
		if err != nil {
			return err
		}
		return insertHistory(ctx, tx, p, "Create", "", "[]", true)
	})
	if err != nil {
		return Pipeline{}, fmt.Errorf("create pipeline %s: %w", p.Name, err)
	}
	return p, nil
}

// PutPipeline replaces the document of a pipeline that is at the expected revision, else the error is a *Conflict.
func (s *Store) PutPipeline(ctx context.Context, id string, expected int64, doc *graph.Document) (Pipeline, error) {
	var p Pipeline
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if p, err = readPipeline(ctx, tx, id); err != nil {
			return err
		}
		if p.Revision != expected {
			return &Conflict{Current: p}
		}
		return updatePipeline(ctx, tx, &p, doc, func(p Pipeline) error {
			return insertHistory(ctx, tx, p, "Replace", "", "[]", true)
		})
	})
	if err != nil {
		return Pipeline{}, fmt.Errorf("put pipeline %s: %w", id, err)
	}
	return p, nil
}

// ApplyOperations does an edit on the pipeline and keeps it in the history, both or neither. An edit made on another
// revision is a *Conflict; one that does not fit the document, or whose outcome check refuses, is *Refused. An edit sent
// again by its client after a lost answer is done once: the revision that it made is returned.
func (s *Store) ApplyOperations(ctx context.Context, id string, edit Edit, check func(doc *graph.Document) error) (Pipeline, error) {
	operations, err := json.Marshal(edit.Operations)
	if err != nil {
		return Pipeline{}, &Refused{Reason: err}
	}
	var p Pipeline
	err = s.write(ctx, func(tx *sql.Tx) (err error) {
		if p, err = readPipeline(ctx, tx, id); err != nil {
			return err
		}
		if p.Revision != edit.Base {
			return sentAgain(ctx, tx, &p, edit, string(operations))
		}
		doc, err := graph.Decode(p.Document)
		if err != nil {
			return fmt.Errorf("read the stored document: %w", err)
		}
		if doc, err = graph.Apply(doc, edit.Operations); err == nil {
			err = check(doc)
		}
		if err != nil {
			return &Refused{Reason: err}
		}
		return updatePipeline(ctx, tx, &p, doc, func(p Pipeline) error {
			return insertHistory(ctx, tx, p, edit.Label, edit.Client, string(operations), false)
		})
	})
	if err != nil {
		return Pipeline{}, fmt.Errorf("edit pipeline %s: %w", id, err)
	}
	return p, nil
}

// DeletePipeline takes the pipeline out of all lists; its history stays in the file.
func (s *Store) DeletePipeline(ctx context.Context, id string) error {
	result, err := s.writer.ExecContext(ctx, "UPDATE pipelines SET deleted = ? WHERE id = ? AND deleted IS NULL", time.Now().UnixMilli(), id)
	if err := changed(result, err); err != nil {
		return fmt.Errorf("delete pipeline %s: %w", id, err)
	}
	return nil
}

// sentAgain sets p's revision to the one that the same edit of the same client made before, else it is a conflict.
func sentAgain(ctx context.Context, tx *sql.Tx, p *Pipeline, edit Edit, operations string) error {
	var same int64
	err := tx.QueryRowContext(ctx, "SELECT revision FROM operations WHERE pipeline = ? AND revision = ? AND client = ? AND client <> '' AND label = ? AND operations = ?",
		p.ID, edit.Base+1, edit.Client, edit.Label, operations).Scan(&same)
	if errors.Is(err, sql.ErrNoRows) {
		return &Conflict{Current: *p}
	}
	p.Revision = same
	return err
}

func updatePipeline(ctx context.Context, tx *sql.Tx, p *Pipeline, doc *graph.Document, history func(p Pipeline) error) error {
	now := time.Now().UnixMilli()
	p.Name, p.Document, p.Revision, p.Updated = doc.Name, doc.Encode(), p.Revision+1, fromMillis(now)
	result, err := tx.ExecContext(ctx, "UPDATE pipelines SET name = ?, document = ?, revision = ?, updated = ? WHERE id = ?",
		p.Name, string(p.Document), p.Revision, now, p.ID)
	if err := changed(result, err); err != nil {
		return err
	}
	return history(*p)
}

func insertHistory(ctx context.Context, tx *sql.Tx, p Pipeline, label, client, operations string, whole bool) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO operations (pipeline, revision, label, client, operations, document, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
		p.ID, p.Revision, label, client, operations, sql.NullString{String: string(p.Document), Valid: whole}, p.Updated.UnixMilli())
	return err
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, arguments ...any) *sql.Row
}

func readPipeline(ctx context.Context, from querier, id string) (Pipeline, error) {
	p, err := scanPipeline(from.QueryRowContext(ctx, "SELECT "+pipelineColumns+" FROM pipelines WHERE id = ? AND deleted IS NULL", id))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Pipeline{}, fmt.Errorf("read pipeline %s: %w", id, err)
	}
	return p, nil
}

func scanPipeline(row scanner) (Pipeline, error) {
	var p Pipeline
	var document string
	var created, updated int64
	err := row.Scan(&p.ID, &p.Name, &document, &p.Revision, &created, &updated)
	if document != "" {
		p.Document = []byte(document)
	}
	p.Created, p.Updated = fromMillis(created), fromMillis(updated)
	return p, err
}
