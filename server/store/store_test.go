package store_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"millrace/graph"
	"millrace/server/catalog"
	"millrace/server/job"
	"millrace/server/preview"
	"millrace/server/store"
)

func open(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dir)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func accept(*graph.Document) error { return nil }

func rename(base int64, name string) store.Edit {
	value, _ := json.Marshal(name)
	return store.Edit{Base: base, Label: "Rename", Client: "tab", Operations: []graph.Operation{{Op: "set", Path: []string{"name"}, Value: value}}}
}

func TestEditedPipelineSurvivesReopening(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	s := open(t, dir)
	created, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	require.EqualValues(t, 1, created.Revision)
	edited, err := s.ApplyOperations(ctx, created.ID, rename(1, "second"), accept)
	require.NoError(t, err)
	require.EqualValues(t, 2, edited.Revision)
	require.NoError(t, s.Close())

	again, err := open(t, dir).Pipeline(ctx, created.ID)
	require.NoError(t, err)
	require.Equal(t, edited, again)
	doc := graph.New("second")
	require.Equal(t, string(doc.Encode()), string(again.Document))
}

func TestEditOnAnOldRevisionIsAConflictWithTheCurrentDocument(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	_, err = s.ApplyOperations(ctx, p.ID, rename(1, "second"), accept)
	require.NoError(t, err)
	other := rename(1, "third")
	other.Client = "other tab"
	_, err = s.ApplyOperations(ctx, p.ID, other, accept)
	var conflict *store.Conflict
	require.ErrorAs(t, err, &conflict)
	require.EqualValues(t, 2, conflict.Current.Revision)
	require.Equal(t, "second", conflict.Current.Name)
	_, err = s.PutPipeline(ctx, p.ID, 1, graph.New("fourth"))
	require.ErrorAs(t, err, &conflict)
}

func TestEditSentAgainAfterALostAnswerIsDoneOnce(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	for range 3 {
		got, err := s.ApplyOperations(ctx, p.ID, rename(1, "second"), accept)
		require.NoError(t, err)
		require.EqualValues(t, 2, got.Revision)
	}
	current, err := s.Pipeline(ctx, p.ID)
	require.NoError(t, err)
	require.EqualValues(t, 2, current.Revision)
}

func TestRefusedEditChangesNothing(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	edit := rename(1, "second")
	edit.Operations = append(edit.Operations, graph.Operation{Op: "set", Path: []string{"nodes", "none", "name"}, Value: []byte(`"x"`)})
	var refused *store.Refused
	_, err = s.ApplyOperations(ctx, p.ID, edit, accept)
	require.ErrorAs(t, err, &refused)
	_, err = s.ApplyOperations(ctx, p.ID, rename(1, "second"), func(*graph.Document) error { return errors.New("too large") })
	require.ErrorAs(t, err, &refused)
	current, err := s.Pipeline(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p, current)
}

func TestDeletedPipelineIsGoneFromListsAndReads(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	require.NoError(t, s.DeletePipeline(ctx, p.ID))
	require.ErrorIs(t, s.DeletePipeline(ctx, p.ID), store.ErrNotFound)
	_, err = s.Pipeline(ctx, p.ID)
	require.ErrorIs(t, err, store.ErrNotFound)
	_, err = s.ApplyOperations(ctx, p.ID, rename(1, "second"), accept)
	require.ErrorIs(t, err, store.ErrNotFound)
	list, err := s.Pipelines(ctx)
	require.NoError(t, err)
	require.Empty(t, list)
}

// Every revision can be made again from the history: the last whole document before it and the edits since.
func TestHistoryReplaysToTheStoredDocument(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	s := open(t, dir)
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	_, err = s.ApplyOperations(ctx, p.ID, rename(1, "a"), accept)
	require.NoError(t, err)
	_, err = s.PutPipeline(ctx, p.ID, 2, graph.New("b"))
	require.NoError(t, err)
	for i := int64(3); i < 13; i++ {
		_, err = s.ApplyOperations(ctx, p.ID, rename(i, fmt.Sprint("n", i)), accept)
		require.NoError(t, err)
	}
	stored, err := s.Pipeline(ctx, p.ID)
	require.NoError(t, err)

	rows, err := raw(t, dir).Query("SELECT operations, document FROM operations WHERE pipeline = ? ORDER BY revision", p.ID)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	var doc *graph.Document
	count := 0
	for ; rows.Next(); count++ {
		var operations string
		var whole sql.NullString
		require.NoError(t, rows.Scan(&operations, &whole))
		if whole.Valid {
			doc, err = graph.Decode([]byte(whole.String))
			require.NoError(t, err)
			continue
		}
		var list []graph.Operation
		require.NoError(t, json.Unmarshal([]byte(operations), &list))
		doc, err = graph.Apply(doc, list)
		require.NoError(t, err)
	}
	require.Equal(t, 13, count)
	require.Equal(t, string(stored.Document), string(doc.Encode()))
	_, err = raw(t, dir).Exec("DELETE FROM operations")
	require.ErrorContains(t, err, "append-only")
}

func TestTwentyWritersAndReadersAreNeverBusy(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	p, err := s.CreatePipeline(ctx, graph.New("first"))
	require.NoError(t, err)
	var wait sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[int64]bool{1: true}
	for writer := range 20 {
		wait.Add(2)
		go func() {
			defer wait.Done()
			for i := 0; i < 10; {
				current, err := s.Pipeline(ctx, p.ID)
				if err == nil {
					edit := rename(current.Revision, fmt.Sprintf("w%d_%d", writer, i))
					edit.Client = fmt.Sprint(writer)
					current, err = s.ApplyOperations(ctx, p.ID, edit, accept)
				}
				var conflict *store.Conflict
				if errors.As(err, &conflict) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				if acknowledged[current.Revision] {
					t.Errorf("revision %d was acknowledged twice", current.Revision)
				}
				acknowledged[current.Revision] = true
				mu.Unlock()
				i++
			}
		}()
		go func() {
			defer wait.Done()
			for range 50 {
				if _, err := s.Pipelines(ctx); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wait.Wait()
	current, err := s.Pipeline(ctx, p.ID)
	require.NoError(t, err)
	require.EqualValues(t, 201, current.Revision)
	require.Len(t, acknowledged, 201)
}

func TestSecondServerOnTheSameFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	_, err := store.Open(t.Context(), dir)
	require.ErrorContains(t, err, "another Millrace server (process "+fmt.Sprint(os.Getpid())+") uses the data folder")
	require.NoError(t, first.Close())
	open(t, dir)
}

func TestDataIsForTheOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := open(t, dir)
	_, err := s.CreatePipeline(t.Context(), graph.New("first"))
	require.NoError(t, err)
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(entries), 3)
	for _, entry := range entries {
		info, err := entry.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), entry.Name())
	}
}

func TestFolderNamesWithOddCharactersWork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?c#d%e'ü")
	s := open(t, dir)
	_, err := s.CreatePipeline(t.Context(), graph.New("first"))
	require.NoError(t, err)
	_, err = os.Stat(filepath.Join(dir, "millrace.db"))
	require.NoError(t, err)
}

func TestDatabaseOfANewerVersionIsRefused(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, open(t, dir).Close())
	_, err := raw(t, dir).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	require.NoError(t, err)
	_, err = store.Open(t.Context(), dir)
	require.ErrorContains(t, err, "newer version of Millrace")
}

func TestJobsCommandsAndReservationsComeBackAsTheyWere(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	now := time.Now().UTC().Truncate(time.Millisecond)
	in, observed := int64(7), now.Add(time.Second)
	j := job.Job{
		ID: "j1", Pipeline: "p", PipelineName: "flights", Revision: 3, State: job.Deploying, FlinkJobID: strings.Repeat("a", 32),
		CreatedAt: now, UpdatedAt: now, Nodes: map[string]job.Figures{"n": {RecordsIn: &in}}, Live: true, Document: []byte("{}\n"),
	}
	require.NoError(t, s.InsertJob(ctx, j))
	j.State, j.FlinkState, j.ObservedAt, j.Live = job.Failed, "FAILED", &observed, false
	j.Exception, j.Message, j.SavepointPath = "boom", "It failed.", "/sp"
	require.NoError(t, s.UpdateJob(ctx, j))
	jobs, err := s.Jobs(ctx)
	require.NoError(t, err)
	require.Equal(t, []job.Job{j}, jobs)
	twin := j
	twin.ID = "j2"
	require.Error(t, s.InsertJob(ctx, twin), "a Flink job id belongs to one attempt")
	twin.ID = "unknown"
	require.ErrorIs(t, s.UpdateJob(ctx, twin), store.ErrNotFound)

	c := job.Command{ID: "c1", Job: "j1", Kind: "kill", State: job.Undo, CreatedAt: now, UpdatedAt: now}
	require.NoError(t, s.PutCommand(ctx, c))
	c.State, c.Message, c.TriggerID = job.CommandFailed, "no", "t"
	require.NoError(t, s.PutCommand(ctx, c))
	for _, of := range []string{"j1", ""} {
		commands, err := s.Commands(ctx, of)
		require.NoError(t, err)
		require.Equal(t, []job.Command{c}, commands)
	}
	r := preview.Reservation{ID: "v1", FlinkJobID: strings.Repeat("b", 32), Pipeline: "p", StartedAt: now}
	require.NoError(t, s.ReservePreview(ctx, r))
	reservations, err := s.Reservations(ctx)
	require.NoError(t, err)
	require.Equal(t, []preview.Reservation{r}, reservations)
	require.NoError(t, s.ReleasePreview(ctx, "v1"))
	require.NoError(t, s.ReleasePreview(ctx, "v1"))
}

func TestJarsComeBackWithTheirFunctions(t *testing.T) {
	s, ctx := open(t, t.TempDir()), t.Context()
	jar := catalog.Jar{
		ID: "x", FileName: "f.jar", Size: 9, Notes: []string{"A note."}, UploadedAt: time.UnixMilli(5).UTC(),
		Functions: []catalog.Function{{Name: "a", Class: "A", Signatures: []string{"eval(INT) → INT"}}, {Name: "b", Class: "B", Signatures: []string{}}},
	}
	require.NoError(t, s.InsertJar(ctx, jar))
	bare := catalog.Jar{ID: "y", FileName: "g.jar", Notes: []string{}, Functions: []catalog.Function{}, UploadedAt: time.UnixMilli(6).UTC()}
	require.NoError(t, s.InsertJar(ctx, bare))
	jars, err := s.Jars(ctx)
	require.NoError(t, err)
	require.Equal(t, []catalog.Jar{bare, jar}, jars)
	require.NoError(t, s.DeleteJar(ctx, "x"))
	require.ErrorIs(t, s.DeleteJar(ctx, "x"), store.ErrNotFound)
}

func TestOneTimeTokenWorksOnceAndUntilTheNext(t *testing.T) {
	s, ctx, now := open(t, t.TempDir()), t.Context(), time.Now()
	use := func(hash string, at time.Time) bool {
		ok, err := s.UseToken(ctx, []byte(hash), at)
		require.NoError(t, err)
		return ok
	}
	require.NoError(t, s.PutToken(ctx, []byte("old"), now.Add(time.Hour)))
	require.NoError(t, s.PutToken(ctx, []byte("new"), now.Add(time.Hour)))
	require.False(t, use("old", now))
	require.False(t, use("new", now.Add(time.Hour)))
	require.True(t, use("new", now))
	require.False(t, use("new", now))
}

func TestExpiredSessionsAreNotFound(t *testing.T) {
	sessions := open(t, t.TempDir()).Sessions()
	require.NoError(t, sessions.Commit("old", []byte("x"), time.Now().Add(-time.Second)))
	require.NoError(t, sessions.Commit("new", []byte("y"), time.Now().Add(time.Hour)))
	_, found, err := sessions.Find("old")
	require.NoError(t, err)
	require.False(t, found)
	data, found, err := sessions.Find("new")
	require.NoError(t, err)
	require.True(t, found)
	require.Equal(t, "y", string(data))
	require.NoError(t, sessions.Delete("new"))
	_, found, err = sessions.Find("new")
	require.NoError(t, err)
	require.False(t, found)
}

// raw opens the database file beside the store.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "millrace.db")+"?_pragma=busy_timeout(5000)")
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}
