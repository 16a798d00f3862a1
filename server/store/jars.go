package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"millrace/server/catalog"
)

var _ catalog.Store = (*Store)(nil)

// InsertJar saves a JAR with its functions.
func (s *Store) InsertJar(ctx context.Context, jar catalog.Jar) error {
	notes, err := json.Marshal(jar.Notes)
	if err != nil {
		return fmt.Errorf("insert JAR %s: %w", jar.ID, err)
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO jars (id, file_name, size, notes, uploaded) VALUES (?, ?, ?, ?, ?)",
			jar.ID, jar.FileName, jar.Size, string(notes), jar.UploadedAt.UnixMilli())
		for _, f := range jar.Functions {
			if err == nil {
				err = insertFunction(ctx, tx, jar.ID, f)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("insert JAR %s: %w", jar.ID, err)
	}
	return nil
}

// DeleteJar forgets a JAR and its functions.
func (s *Store) DeleteJar(ctx context.Context, id string) error {
	result, err := s.writer.ExecContext(ctx, "DELETE FROM jars WHERE id = ?", id)
	if err := changed(result, err); err != nil {
		return fmt.Errorf("delete JAR %s: %w", id, err)
	}
	return nil
}

// Jars lists the JARs with their functions, newest first.
func (s *Store) Jars(ctx context.Context) ([]catalog.Jar, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, file_name, size, notes, uploaded,
		(SELECT json_group_array(json_object('name', name, 'class', class, 'signatures', json(signatures)) ORDER BY name, class) FROM functions WHERE jar = id)
		FROM jars ORDER BY uploaded DESC, id`)
	jars, err := collect(rows, err, scanJar)
	if err != nil {
		return nil, fmt.Errorf("list JARs: %w", err)
	}
	return jars, nil
}

func insertFunction(ctx context.Context, tx *sql.Tx, jar string, f catalog.Function) error {
	signatures, err := json.Marshal(f.Signatures)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO functions (jar, class, name, signatures) VALUES (?, ?, ?, ?)", jar, f.Class, f.Name, string(signatures))
	return err
}

func scanJar(row scanner) (catalog.Jar, error) {
	var jar catalog.Jar
	var notes, functions string
	var uploaded int64
	if err := row.Scan(&jar.ID, &jar.FileName, &jar.Size, &notes, &uploaded, &functions); err != nil {
		return jar, err
	}
	jar.UploadedAt = fromMillis(uploaded)
	if err := json.Unmarshal([]byte(notes), &jar.Notes); err != nil {
		return jar, err
	}
	return jar, json.Unmarshal([]byte(functions), &jar.Functions)
}
