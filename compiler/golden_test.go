package compiler

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	goparser "go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/graph"
)

var update = flag.Bool("update", false, "rewrite the committed outputs under testdata")

// cases are the folders of a corpus.
func cases(tb testing.TB, corpus string) []string {
	tb.Helper()
	folders, err := filepath.Glob(filepath.Join("..", "testdata", corpus, "*"))
	if err != nil || len(folders) == 0 {
		tb.Fatalf("no cases of %s: %v", corpus, err)
	}
	return folders
}

func read(tb testing.TB, parts ...string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// golden holds an output against the committed one, or writes it.
func golden(tb testing.TB, got string, parts ...string) {
	tb.Helper()
	file := filepath.Join(parts...)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(read(tb, file)), got); diff != "" {
		tb.Errorf("%s (- committed, + now; go test ./compiler -update rewrites it):\n%s", file, diff)
	}
}

// optionsOf reads a case's functions.json; without one there are no functions.
func optionsOf(tb testing.TB, folder string) Options {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "functions.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return Options{}
	}
	var options Options
	if err == nil {
		err = json.Unmarshal(data, &options.Functions)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return options
}

// listing writes diagnostics one a line, with the text that a span means.
func listing(doc *graph.Document, diagnostics []graph.Diagnostic) string {
	var b strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&b, "%s %s %s", d.Severity, d.Code, d)
		if d.Span != nil {
			fmt.Fprintf(&b, " [%q]", fieldText(doc, d.Node, d.Field)[d.Span.Start:d.Span.End])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// fieldText is the text that a diagnostic's or a piece's field names; list entries are named by their index.
func fieldText(doc *graph.Document, node, field string) string {
	at := any(map[string]any(doc.Nodes[node].Config))
	if field == "name" {
		return doc.Nodes[node].Name
	}
	for rest := field; ; {
		if object, ok := at.(map[string]any); ok {
			if value, whole := object[rest]; whole { // option keys hold dots
				at = value
				break
			}
		}
		key, after, more := strings.Cut(rest, ".")
		switch v := at.(type) {
		case map[string]any:
			at = v[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				return ""
			}
			at = v[i]
		}
		if !more {
			break
		}
		rest = after
	}
	text, _ := at.(string)
	return text
}

func TestCompileGolden(t *testing.T) {
	for _, folder := range cases(t, "compile") {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			doc, err := graph.Decode(read(t, folder, "pipeline.json"))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, string(doc.Encode()), folder, "pipeline.json")
			script := Compile(doc, optionsOf(t, folder))
			golden(t, script.Text, folder, "script.sql")
			golden(t, listing(doc, script.Diagnostics), folder, "diagnostics.txt")
			checkScript(t, doc, script)
		})
	}
}

func TestImportGolden(t *testing.T) {
	for _, folder := range cases(t, "import") {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			sql := string(read(t, folder, "script.sql"))
			doc, diagnostics := Import(sql)
			golden(t, string(doc.Encode()), folder, "pipeline.json")
			golden(t, listing(doc, diagnostics), folder, "diagnostics.txt")
			script := Compile(doc, Options{})
			if graph.HasErrors(script.Diagnostics) {
				t.Errorf("what was imported does not compile:\n%s", listing(doc, script.Diagnostics))
			}
			checkScript(t, doc, script)
			checkImportIsStable(t, doc)
		})
	}
}

// checkImportIsStable imports what a document compiles to and compiles that again.
func checkImportIsStable(t testing.TB, doc *graph.Document) {
	t.Helper()
	first := Compile(doc, Options{})
	again, diagnostics := Import(first.Text)
	if graph.HasErrors(diagnostics) {
		t.Errorf("our own script is not taken in whole:\n%s%s", first.Text, listing(again, diagnostics))
	}
	again.Name = doc.Name // no statement says it
	for _, change := range graph.DiffByName(doc, again) {
		t.Errorf("compiled and imported it is another document: %v", change)
	}
	second := Compile(again, Options{})
	if diff := cmp.Diff(sortedSQL(first), sortedSQL(second)); diff != "" {
		t.Errorf("compiled, imported and compiled (- first, + second):\n%s", diff)
	}
}

func sortedSQL(script Script) []string {
	list := []string{}
	for _, statement := range script.Statements {
		list = append(list, statement.SQL)
	}
	sort.Strings(list)
	return list
}

// TestEveryDiagnosticHasACase finds the codes in the sources.
func TestEveryDiagnosticHasACase(t *testing.T) {
	covered := map[string]bool{}
	for _, corpus := range []string{"compile", "import"} {
		for _, folder := range cases(t, corpus) {
			for line := range strings.Lines(string(read(t, folder, "diagnostics.txt"))) {
				covered[strings.Fields(line)[1]] = true
			}
		}
	}
	found := append(codesIn(t, "."), codesIn(t, "../graph")...)
	if len(found) < 40 {
		t.Fatalf("only %d codes in the sources: does codesIn still see them? %v", len(found), found)
	}
	for _, code := range found {
		if !covered[code] {
			t.Errorf("no case under testdata/compile or testdata/import shows %q", code)
		}
	}
}

var codeForm = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// codesIn lists the codes that a package's sources hold: the third value of report and flinksql.LexError, the second of refuse and
// problem, and each Code field.
func codesIn(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	take := func(values []ast.Expr, at int) {
		if at >= len(values) {
			return
		}
		if literal, ok := values[at].(*ast.BasicLit); ok && literal.Kind == gotoken.STRING {
			if code, err := strconv.Unquote(literal.Value); err == nil && codeForm.MatchString(code) {
				codes = append(codes, code)
			}
		}
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "checksample.go") { // samples never reach a script; their codes have cases in graph
			continue
		}
		parsed, err := goparser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				switch name := calledName(n); name {
				case "report":
					take(n.Args, 2)
				case "refuse":
					take(n.Args, 1)
				}
			case *ast.CompositeLit:
				if of, ok := n.Type.(*ast.Ident); ok && of.Name == "flinksql.LexError" {
					take(n.Elts, 2)
				}
				if n.Type == nil && len(n.Elts) == 4 { // of []problem
					take(n.Elts, 1)
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
					take([]ast.Expr{n.Value}, 0)
				}
			}
			return true
		})
	}
	return codes
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// checkScript holds what is true of every script.
func checkScript(t reporter, doc *graph.Document, script Script) parsedScript {
	t.Helper()
	found := parsed(script)
	for _, statement := range script.Statements {
		if got := script.Text[statement.Start:statement.End]; got != statement.SQL {
			t.Errorf("the script has %q where statement %q should stand", got, statement.SQL)
		}
		if !strings.HasPrefix(script.Text[statement.End:], ";\n") {
			t.Errorf("no semicolon behind %q", statement.SQL)
		}
		for _, piece := range statement.Pieces {
			field := fieldText(doc, statement.Node, piece.Field)
			got := statement.SQL[piece.Start:piece.End]
			switch {
			case piece.exact() && (*piece.Offset+len(got) > len(field) || field[*piece.Offset:*piece.Offset+len(got)] != got),
				!piece.exact() && piece.Offset != nil && *piece.Offset+*piece.Length > len(field):
				t.Errorf("%s.%s is %q, the piece says %q at %d", statement.Node, piece.Field, field, got, *piece.Offset)
			}
		}
	}
	checkParsed(t, doc, script, found)
	for _, d := range script.Diagnostics {
		if d.Node != "" && doc.Nodes[d.Node] == nil {
			t.Errorf("no such node: %+v", d)
		}
		if len(strings.Fields(d.Summary)) > 8 {
			t.Errorf("more than eight words: %+v", d)
		}
		if d.Span != nil {
			if text := fieldText(doc, d.Node, d.Field); d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Start > d.Span.End {
				t.Errorf("span outside %q: %+v %+v", text, d, *d.Span)
			}
		}
	}
	return found
}
