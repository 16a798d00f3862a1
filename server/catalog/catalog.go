// Package catalog takes in JARs of user-defined functions: it inspects the archive without running anything in it, finds
// its scalar functions by reading class files, and keeps the file under its hash. What it offers are the functions that
// the compiler may name. It must not import the other adapters.
package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"millrace/compiler"
)

// Jar is an accepted upload.
type Jar struct {
	ID         string     `json:"id"`         // SHA-256 of the file, 64 hex digits
	FileName   string     `json:"fileName"`   // as it was uploaded, without folders
	Size       int64      `json:"size"`       // bytes
	Functions  []Function `json:"functions"`  // sorted by name
	Notes      []string   `json:"notes"`      // what in the JAR cannot be used yet, one sentence each
	UploadedAt time.Time  `json:"uploadedAt"` // UTC
}

// Function is a scalar function of a JAR.
type Function struct {
	Name       string   `json:"name"`       // snake case of the class's simple name
	Class      string   `json:"class"`      // binary name, e.g. "org.example.Geo$Distance"
	Signatures []string `json:"signatures"` // one an eval method, e.g. "eval(INT, STRING) → STRING"
}

// Refused says why an upload was not taken, in a sentence for the person who sent it.
type Refused struct{ Reason string }

// Error is the reason.
func (r *Refused) Error() string { return r.Reason }

func refuse(format string, arguments ...any) error {
	return &Refused{Reason: fmt.Sprintf(format, arguments...)}
}

// ErrNotFound says that there is no JAR with the given id.
var ErrNotFound = errors.New("no such JAR")

// Store keeps what is known of the JARs. Each call is durable when it returns.
type Store interface {
	InsertJar(ctx context.Context, jar Jar) error
	DeleteJar(ctx context.Context, id string) error
	Jars(ctx context.Context) ([]Jar, error) // newest first
}

// Catalog is the set of JARs of one server. It is safe for concurrent use.
type Catalog struct {
	dir     string
	store   Store
	uploads sync.Mutex // one inspection at a time bounds memory and time

	mu   sync.RWMutex
	jars []Jar // newest first
}

// New opens the catalog whose files lie in the folder dir, which it makes.
func New(ctx context.Context, dir string, store Store) (*Catalog, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for JARs: %w", err)
	}
	jars, err := store.Jars(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the list of JARs: %w", err)
	}
	return &Catalog{dir: dir, store: store, jars: jars}, nil
}

// Jars lists the JARs, newest first.
func (c *Catalog) Jars() []Jar {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return append([]Jar{}, c.jars...)
}

// Functions lists the functions of all JARs, sorted by name; of two JARs with the same class the newer one counts.
func (c *Catalog) Functions() []compiler.Function {
	functions := []compiler.Function{}
	seen := map[string]bool{}
	for _, jar := range c.Jars() {
		for _, f := range jar.Functions {
			if seen[f.Name] {
				continue
			}
			seen[f.Name] = true
			functions = append(functions, compiler.Function{Name: f.Name, Class: f.Class, Jar: c.path(jar.ID), Signatures: f.Signatures})
		}
	}
	sort.Slice(functions, func(i, j int) bool { return functions[i].Name < functions[j].Name })
	return functions
}

// Upload takes the JAR that body holds. The error is *Refused when the file is not one that we take; the same file again
// is the JAR that is there.
func (c *Catalog) Upload(ctx context.Context, fileName string, body io.Reader) (Jar, error) {
	c.uploads.Lock()
	defer c.uploads.Unlock()
	temporary, err := os.CreateTemp(c.dir, "upload-*")
	if err != nil {
		return Jar{}, fmt.Errorf("make a file for the upload: %w", err)
	}
	defer func() {
		_ = temporary.Close()
		_ = os.Remove(temporary.Name()) // not there any more when the upload was taken
	}()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temporary, hash), io.LimitReader(body, maxSize+1))
	if err != nil {
		return Jar{}, fmt.Errorf("receive the upload: %w", err)
	}
	if size > maxSize {
		return Jar{}, refuse("The file is larger than %d MB.", maxSize>>20)
	}
	id := hex.EncodeToString(hash.Sum(nil))
	if jar, ok := c.find(id); ok {
		return jar, nil
	}
	contents, err := inspect(temporary, size)
	if err != nil {
		return Jar{}, err
	}
	if err := c.checkNames(contents.functions); err != nil {
		return Jar{}, err
	}
	jar := Jar{ID: id, FileName: cleanName(fileName), Size: size, Functions: contents.functions, Notes: contents.notes, UploadedAt: time.Now().UTC().Truncate(time.Millisecond)}
	return jar, c.keep(ctx, jar, temporary)
}

// Delete forgets a JAR and removes its file.
func (c *Catalog) Delete(ctx context.Context, id string) error {
	c.uploads.Lock()
	defer c.uploads.Unlock()
	if _, ok := c.find(id); !ok {
		return ErrNotFound
	}
	if err := c.store.DeleteJar(ctx, id); err != nil {
		return fmt.Errorf("delete JAR %s: %w", id, err)
	}
	c.mu.Lock()
	kept := []Jar{}
	for _, jar := range c.jars {
		if jar.ID != id {
			kept = append(kept, jar)
		}
	}
	c.jars = kept
	c.mu.Unlock()
	if err := os.Remove(c.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the file of JAR %s: %w", id, err)
	}
	return nil
}

// keep moves the file to its place, synced, before the row that names it is written.
func (c *Catalog) keep(ctx context.Context, jar Jar, temporary *os.File) error {
	if err := temporary.Sync(); err != nil {
		return fmt.Errorf("sync the upload: %w", err)
	}
	if err := os.Rename(temporary.Name(), c.path(jar.ID)); err != nil {
		return fmt.Errorf("keep the upload: %w", err)
	}
	if err := syncFolder(c.dir); err != nil {
		return fmt.Errorf("sync the folder for JARs: %w", err)
	}
	if err := c.store.InsertJar(ctx, jar); err != nil {
		_ = os.Remove(c.path(jar.ID))
		return fmt.Errorf("save JAR %s: %w", jar.ID, err)
	}
	c.mu.Lock()
	c.jars = append([]Jar{jar}, c.jars...)
	c.mu.Unlock()
	return nil
}

// checkNames refuses a function whose name another class has: a pipeline must not change its meaning by an upload.
// A newer version of the same class is welcome.
func (c *Catalog) checkNames(functions []Function) error {
	taken := map[string]Function{}
	owner := map[string]string{}
	for _, jar := range c.Jars() {
		for _, f := range jar.Functions {
			taken[f.Name], owner[f.Name] = f, jar.FileName
		}
	}
	for _, f := range functions {
		if other, ok := taken[f.Name]; ok && other.Class != f.Class {
			return refuse("There is already a function %s (class %s in %s). Rename class %s, or delete the other JAR first.", f.Name, other.Class, owner[f.Name], f.Class)
		}
		taken[f.Name], owner[f.Name] = f, "the same JAR"
	}
	return nil
}

func (c *Catalog) find(id string) (Jar, bool) {
	for _, jar := range c.Jars() {
		if jar.ID == id {
			return jar, true
		}
	}
	return Jar{}, false
}

func (c *Catalog) path(id string) string { return filepath.Join(c.dir, id+".jar") }

// cleanName is the last element of an uploaded file's name without control characters, at most 200 runes.
func cleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	runes := []rune{}
	for _, r := range name {
		if r >= ' ' && r != 0x7f && len(runes) < 200 {
			runes = append(runes, r)
		}
	}
	if len(runes) == 0 {
		return "functions.jar"
	}
	return string(runes)
}

func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
