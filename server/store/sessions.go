package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Sessions keeps browser sessions; it is what scs asks of a store. Tokens reach it hashed.
type Sessions struct{ store *Store }

// Sessions returns the session table.
func (s *Store) Sessions() *Sessions { return &Sessions{store: s} }

// FindCtx returns a session's data; found is false when it is unknown or has expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.reader.QueryRowContext(ctx, "SELECT data FROM sessions WHERE token = ? AND expires > ?", token, time.Now().UnixMilli()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx saves a session and forgets those that have expired.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE expires <= ?", time.Now().UnixMilli()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO sessions (token, data, expires) VALUES (?, ?, ?)", token, data, expiry.UnixMilli())
		return err
	})
}

// DeleteCtx ends a session; one that is not there is no error.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.store.writer.ExecContext(ctx, "DELETE FROM sessions WHERE token = ?", token)
	return err
}

// Find is FindCtx without a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// PutToken saves the hash of the one-time token that was printed last; all earlier ones stop working.
func (s *Store) PutToken(ctx context.Context, hash []byte, expires time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM tokens"); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO tokens (hash, expires) VALUES (?, ?)", hash, expires.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("put a one-time token: %w", err)
	}
	return nil
}

// UseToken marks a one-time token as used; ok is false when it is unknown, used or expired.
func (s *Store) UseToken(ctx context.Context, hash []byte, now time.Time) (ok bool, err error) {
	result, err := s.writer.ExecContext(ctx, "UPDATE tokens SET used = ?1 WHERE hash = ?2 AND used IS NULL AND expires > ?1", now.UnixMilli(), hash)
	err = changed(result, err)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("use a one-time token: %w", err)
	}
	return true, nil
}
