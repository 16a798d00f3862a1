package differential_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
)

// handWritten is a script in the pieces that a session runs: what prepares, and what asks for rows.
type handWritten struct {
	prepare []string // CREATE, SET, USE and the like, in their order
	inserts []insert
	queries []string // bare queries
}

type insert struct {
	table, path string // the last name of the table that is written, and its whole path as written
	sql, query  string
	width       int // of the list of columns behind the table; 0 without one
	number      int // of the table among those that the original writes
}

func cut(t *testing.T, source string) handWritten {
	t.Helper()
	parsed := flinksql.Parse(source)
	if len(parsed.Errors) > 0 {
		t.Fatalf("the script is not read: %v", parsed.Errors[0])
	}
	var script handWritten
	numbers := map[string]int{}
	add := func(i *flinksql.Insert) {
		sql := i.Text(source)
		if i.Execute {
			sql = strings.TrimSpace(sql[len("EXECUTE"):])
		}
		path := i.Table.Text(source)
		if _, known := numbers[path]; !known {
			numbers[path] = len(numbers)
		}
		script.inserts = append(script.inserts, insert{lastName(i.Table), path, sql, i.Query.Text(source), len(i.Columns), numbers[path]})
	}
	for _, statement := range parsed.Statements {
		switch s := statement.(type) {
		case *flinksql.Insert:
			add(s)
		case *flinksql.StatementSet:
			for _, i := range s.Inserts {
				add(i)
			}
		case *flinksql.QueryStatement:
			script.queries = append(script.queries, s.Query.Text(source))
		default:
			script.prepare = append(script.prepare, statement.Range().Text(source))
		}
	}
	return script
}

func lastName(path flinksql.Path) string { return path.Parts[len(path.Parts)-1].Text }

// compiled is what a document compiles to, in the same pieces: INSERTs in the order of the original's, and for each bare
// query the ends that may be it.
func compiled(t *testing.T, doc *graph.Document, script compiler.Script, original handWritten) handWritten {
	t.Helper()
	if graph.HasErrors(script.Diagnostics) {
		t.Fatalf("what was imported does not compile: %v\n%s", script.Diagnostics, script.Text)
	}
	pieces := cut(t, script.Text)
	pieces.inserts = inOrder(t, pieces.inserts, original.inserts)
	fed := map[string]bool{}
	for _, edge := range doc.Edges {
		fed[edge.From] = true
	}
	for id, reference := range script.References {
		if kind := doc.Nodes[id].Kind; !fed[id] && kind != "source" {
			pieces.queries = append(pieces.queries, "SELECT * FROM "+reference)
		}
	}
	slices.Sort(pieces.queries)
	return pieces
}

// inOrder brings INSERTs into the order of others, by the tables that they write. Several into one table may have become one.
func inOrder(t *testing.T, inserts, like []insert) []insert {
	t.Helper()
	left := slices.Clone(inserts)
	var ordered []insert
	done := map[int]bool{}
	for _, wanted := range like {
		at := slices.IndexFunc(left, func(i insert) bool { return letters(i.table) == letters(wanted.table) })
		if at < 0 {
			at = slices.IndexFunc(left, func(i insert) bool { return keepsName(wanted.table, i.table) })
		}
		switch {
		case at >= 0:
			left[at].number = wanted.number
			done[wanted.number] = true
			ordered = append(ordered, left[at])
			left = slices.Delete(left, at, at+1)
		case !done[wanted.number]:
			t.Fatalf("no INSERT into %q is left: %+v", wanted.table, left)
		}
	}
	if len(left) > 0 {
		t.Fatalf("INSERTs that the original has not: %+v", left)
	}
	return ordered
}

// importCase is a folder of testdata/import.
type importCase struct {
	folder, script string // the script with the case's own data folder in it
}

func importCases(t *testing.T) []importCase {
	t.Helper()
	var cases []importCase
	for _, folder := range folders(t, "import") {
		data, err := os.ReadFile(filepath.Join(folder, "script.sql"))
		if err != nil {
			t.Fatal(err)
		}
		absolute, err := filepath.Abs(filepath.Join(folder, "data"))
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, importCase{folder, strings.ReplaceAll(string(data), "${data}", absolute)})
	}
	return cases
}

func (c importCase) name() string { return filepath.Base(c.folder) }

var (
	connector = regexp.MustCompile(`'connector'\s*=\s*'([a-z-]+)'`)
	volatile  = regexp.MustCompile(`(?i)\b(PROCTIME|NOW|RAND|RAND_INTEGER|UUID|CURRENT_\w+|LOCALTIME\w*)\b`)
	ownMode   = regexp.MustCompile(`(?i)SET\s+'execution.runtime-mode'`)
)

// bounded tells a script that reads files of its own folder or rows that stand in it, and gives the same rows each time.
func (c importCase) bounded() bool {
	files := false
	for _, found := range connector.FindAllStringSubmatch(c.script, -1) {
		switch found[1] {
		case "filesystem":
			files = true
		case "print", "blackhole":
		default:
			return false
		}
	}
	if files {
		files = strings.Contains(c.script, filepath.Join(filepath.Base(c.folder), "data"))
	} else {
		files = strings.Contains(strings.ToUpper(c.script), "VALUES")
	}
	return files && !volatile.MatchString(c.script)
}

// choosesMode tells a script that says itself whether it runs as a batch or as a stream; the others run as both.
func (c importCase) choosesMode() bool { return ownMode.MatchString(c.script) }
