// Package store keeps everything that outlives the server in one SQLite file: pipelines with their history of edits,
// jobs, preview reservations, JARs, sessions. A method that changes something returns only after the change is synced to
// disk. It imports the domain types it stores and knows nothing of HTTP, Flink or the compiler.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // also the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound says that there is no row with the given id.
var ErrNotFound = errors.New("not found")

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the open data folder. It is safe for concurrent use.
type Store struct {
	dir    string
	lock   *os.File
	writer *sql.DB // one connection: SQLite has one writer
	reader *sql.DB
}

// fileName is the database inside the data folder.
const fileName = "millrace.db"

// Open locks the data folder dir, making it when it is missing, and opens its database, bringing an older one up to date
// after copying it. A folder that another server holds is refused with a sentence for the person who started this one.
func Open(ctx context.Context, dir string) (_ *Store, err error) {
	dir, err = filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, lock: lock}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	if err := s.openPools(ctx); err != nil {
		return nil, fmt.Errorf("open the database %s: %w", s.file(), err)
	}
	if err := s.migrate(ctx, migrations); err != nil {
		return nil, fmt.Errorf("bring the database %s up to date: %w", s.file(), err)
	}
	return s, nil
}

// Close closes the database and gives up the data folder.
func (s *Store) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{s.reader, s.writer} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(append(errs, s.lock.Close())...)
}

// Dir is the absolute path of the data folder.
func (s *Store) Dir() string { return s.dir }

func (s *Store) file() string { return filepath.Join(s.dir, fileName) }

func (s *Store) openPools(ctx context.Context) error {
	// SQLite gives its -wal and -shm files the permissions of the database file.
	file, err := os.OpenFile(s.file(), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Chmod(0o600), file.Close()); err != nil {
		return err
	}
	if s.writer, err = sql.Open("sqlite", s.source("_txlock", "immediate")); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if s.reader, err = sql.Open("sqlite", s.source("_pragma", "query_only(1)")); err != nil {
		return err
	}
	s.reader.SetMaxOpenConns(8)
	if err := assertPragmas(ctx, s.writer, map[string]string{"query_only": "0"}); err != nil {
		return err
	}
	return assertPragmas(ctx, s.reader, map[string]string{"query_only": "1"})
}

// source is the data source name with the settings that both pools share and one more parameter.
func (s *Store) source(key, value string) string {
	query := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}}
	query.Add(key, value)
	return (&url.URL{Scheme: "file", Path: s.file(), RawQuery: query.Encode()}).String()
}

// assertPragmas reads the settings back: a driver that ignores one would cost durability in silence.
func assertPragmas(ctx context.Context, pool *sql.DB, own map[string]string) error {
	want := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"}
	for name, value := range own {
		want[name] = value
	}
	for name, value := range want {
		var got string
		if err := pool.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return fmt.Errorf("read pragma %s: %w", name, err)
		}
		if got != value {
			return fmt.Errorf("pragma %s is %s, not %s", name, got, value)
		}
	}
	return nil
}

// migrate brings the database to the newest schema of files, one transaction a step.
func (s *Store) migrate(ctx context.Context, files fs.FS) error {
	folder, err := fs.Sub(files, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, folder)
	if err != nil {
		return err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > target {
		return fmt.Errorf("it was written by a newer version of Millrace (schema %d, this one knows %d)", current, target)
	}
	if current > 0 && current < target {
		if err := s.backup(ctx, current); err != nil {
			return err
		}
	}
	_, err = provider.Up(ctx)
	return err
}

// backup writes a consistent copy of the database beside it, named after its schema and the time.
func (s *Store) backup(ctx context.Context, version int64) error {
	name := fmt.Sprintf("millrace-schema%d-%s.db", version, time.Now().UTC().Format("20060102T150405.000"))
	path := filepath.Join(s.dir, name)
	if _, err := s.writer.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("copy it to %s: %w", name, err)
	}
	return os.Chmod(path, 0o600)
}

// write runs do in one immediate transaction and commits it.
func (s *Store) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// changed returns ErrNotFound when a statement met no row.
func changed(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	rows, err := result.RowsAffected()
	if err == nil && rows == 0 {
		return ErrNotFound
	}
	return err
}

// collect reads all rows, so that no read transaction stays open behind a slow caller.
func collect[T any](rows *sql.Rows, err error, scan func(row scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	list := []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// CannotWrite tells whether an error means that the disk is full, broken or read-only: nothing was saved, and the same may
// work when there is space again.
func CannotWrite(err error) bool {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return false
	}
	switch failure.Code() & 0xff { // the rest tells the kind of I/O error
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY:
		return true
	}
	return false
}

// scanner is a *sql.Row or *sql.Rows.
type scanner interface{ Scan(into ...any) error }

func fromMillis(millis int64) time.Time { return time.UnixMilli(millis).UTC() }
