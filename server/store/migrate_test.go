package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"millrace/graph"
)

func TestOlderDatabaseIsCopiedBeforeItIsMigrated(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	s, err := Open(ctx, dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	copies := func() []string {
		files, err := filepath.Glob(filepath.Join(dir, "millrace-schema*.db"))
		require.NoError(t, err)
		return files
	}
	require.Empty(t, copies(), "a new database needs no copy")

	first, err := migrations.ReadFile("migrations/00001_first.sql")
	require.NoError(t, err)
	newer := fstest.MapFS{
		"migrations/00001_first.sql":  {Data: first},
		"migrations/00002_second.sql": {Data: []byte("-- +goose Up\nDROP TABLE operations;\nALTER TABLE pipelines ADD COLUMN owner TEXT;")},
	}
	require.NoError(t, s.migrate(ctx, newer))
	require.NoError(t, s.migrate(ctx, newer))
	require.Len(t, copies(), 1)
	db, err := sql.Open("sqlite", copies()[0])
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	var document string
	require.NoError(t, db.QueryRow("SELECT document FROM operations WHERE pipeline = ?", p.ID).Scan(&document))
	require.Equal(t, string(p.Document), document)
}

// RELIABILITY R19.
func TestFullDiskRefusesAndRecovers(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, t.TempDir())
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	limit := func(pages int) {
		_, err := s.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		require.NoError(t, err)
	}
	limit(1) // as many as there are
	doc := graph.New("first")
	doc.Settings["key"] = strings.Repeat("x", 500_000)
	_, err = s.CreatePipeline(ctx, doc)
	require.Error(t, err)
	require.True(t, CannotWrite(err), err)
	list, err := s.Pipelines(ctx)
	require.NoError(t, err)
	require.Empty(t, list)
	limit(1_000_000)
	_, err = s.CreatePipeline(ctx, doc)
	require.NoError(t, err)
	require.False(t, CannotWrite(ErrNotFound))
}

func TestFailedMigrationLeavesTheOldSchema(t *testing.T) {
	ctx := t.Context()
	s, err := Open(ctx, t.TempDir())
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	first, err := migrations.ReadFile("migrations/00001_first.sql")
	require.NoError(t, err)
	require.Error(t, s.migrate(ctx, fstest.MapFS{
		"migrations/00001_first.sql":  {Data: first},
		"migrations/00002_broken.sql": {Data: []byte("-- +goose Up\nALTER TABLE pipelines ADD COLUMN owner TEXT;\nDROP TABLE nothing;")},
	}))
	_, err = s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	require.Error(t, s.reader.QueryRow("SELECT owner FROM pipelines").Err())
	require.NoError(t, s.migrate(ctx, migrations))
}
