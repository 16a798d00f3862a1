package store

import (
	"database/sql"
	"path/filepath"
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
