package preview

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/sample"
)

// sampled is a document that is ready to run.
type sampled struct {
	doc     *graph.Document
	session string             // the workspace's name: what runs on samples has tables of its own
	told    []graph.Diagnostic // about samples that are not used
	release func()             // lets the files go
}

// live is a document that runs without samples.
func live(session string, doc *graph.Document) sampled {
	return sampled{doc: doc, session: session, release: func() {}}
}

// onSamples makes the document run on its samples, whose files it writes. Samples that do not fit their sources are a
// *compiler.Invalid.
func (m *Manager) onSamples(ctx context.Context, client *flink.Client, pipeline string, doc *graph.Document) (sampled, error) {
	run, err := sample.On(doc, m.files.url(), func(source string) (sample.Described, error) {
		return m.describeCatalogTable(ctx, client, pipeline, doc, source)
	})
	if err != nil {
		return sampled{}, err
	}
	if graph.HasErrors(run.Diagnostics) {
		return sampled{}, &compiler.Invalid{Diagnostics: run.Diagnostics}
	}
	if len(run.Sampled) == 0 {
		unsampled := live(pipeline, doc)
		unsampled.told = run.Diagnostics
		return unsampled, nil
	}
	release, err := m.files.write(run.Files)
	if err != nil {
		return sampled{}, err
	}
	return sampled{doc: run.Document, session: pipeline + " on samples", told: run.Diagnostics, release: release}, nil
}

var primaryKey = regexp.MustCompile(`^PRI\((.*)\)$`)

// describeCatalogTable asks Flink for the columns of a source that is a catalog's table.
func (m *Manager) describeCatalogTable(ctx context.Context, client *flink.Client, pipeline string, doc *graph.Document, source string) (sample.Described, error) {
	plain := doc.Clone()
	delete(plain.Nodes[source].Config, "hints") // with them the reference is a view, which hides what is computed
	script := compiler.Compile(plain, compiler.Options{Functions: m.options.Functions()})
	if script.References[source] == "" {
		return sample.Described{}, &compiler.Invalid{Diagnostics: script.Diagnostics}
	}
	w := m.workspace(pipeline)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.open(ctx, client, script); err != nil {
		return sample.Described{}, err
	}
	columns, err := w.describe(ctx, script.References[source])
	var refused *flink.SQLError
	if errors.As(err, &refused) {
		return sample.Described{}, &compiler.Invalid{Diagnostics: []graph.Diagnostic{{
			Node: source, Field: "catalogTable", Severity: graph.Error, Code: "flink", Summary: "Flink refuses this node", Detail: refused.Message,
		}}}
	}
	if err != nil {
		return sample.Described{}, err
	}
	return described(columns), nil
}

func described(columns []flink.Column) sample.Described {
	var d sample.Described
	for _, c := range columns {
		d.Columns = append(d.Columns, sample.DescribedColumn{Name: c.Name, Type: c.Type, Nullable: c.Nullable, Expression: c.Computed, Watermark: c.Watermark})
		if key := primaryKey.FindStringSubmatch(c.Key); key != nil && d.PrimaryKey == nil {
			d.PrimaryKey = strings.Split(key[1], ", ")
		}
	}
	return d
}

// sampleFiles are the files that runs on samples read, each as long as a run needs it.
type sampleFiles struct {
	folder string
	mu     sync.Mutex
	users  map[string]int // by file name
}

func newSampleFiles(folder string) *sampleFiles {
	return &sampleFiles{folder: folder, users: map[string]int{}}
}

// url is the folder as Flink opens it.
func (f *sampleFiles) url() string {
	if f.folder == "" {
		return ""
	}
	absolute, err := filepath.Abs(f.folder)
	if err != nil {
		absolute = f.folder
	}
	return "file://" + filepath.ToSlash(absolute)
}

// write writes the files; release removes those that no other run reads. What an earlier server left behind is overwritten,
// since the name of a file is made of its content.
func (f *sampleFiles) write(files map[string][]byte) (release func(), err error) {
	if f.folder == "" {
		return nil, errors.New("write sample: no folder for samples is configured")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(f.folder, 0o755); err != nil {
		return nil, fmt.Errorf("make folder of samples: %w", err)
	}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(f.folder, name), files[name], 0o644); err != nil {
			return nil, fmt.Errorf("write sample: %w", err)
		}
	}
	for _, name := range names {
		f.users[name]++
	}
	return sync.OnceFunc(func() { f.remove(names) }), nil
}

func (f *sampleFiles) remove(names []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range names {
		if f.users[name]--; f.users[name] == 0 {
			delete(f.users, name)
			_ = os.Remove(filepath.Join(f.folder, name)) // what cannot be removed is overwritten one day
		}
	}
}

var sampleFile = regexp.MustCompile(`^[0-9a-f]{32}\.json$`)

// sweep removes files that a server left behind, here or another one that uses the folder: those that are older than any run.
func (f *sampleFiles) sweep() {
	f.mu.Lock()
	defer f.mu.Unlock()
	left, err := os.ReadDir(f.folder)
	if err != nil {
		return // nothing was ever written
	}
	for _, entry := range left {
		info, err := entry.Info()
		if err == nil && sampleFile.MatchString(entry.Name()) && f.users[entry.Name()] == 0 && time.Since(info.ModTime()) > maxTime+time.Minute {
			_ = os.Remove(filepath.Join(f.folder, entry.Name()))
		}
	}
}
