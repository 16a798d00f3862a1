package flinksql_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"millrace/compiler/flinksql"
)

// TestPrintedTreesParseToThemselves holds for the corpus of the grammar and for all golden cases: what Print writes gives the
// same tree, and is written the same way again.
func TestPrintedTreesParseToThemselves(t *testing.T) {
	expressions, scripts := accepted(t)
	for _, text := range expressions {
		x, err := flinksql.ParseExpression(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		checkExpression(t, text, x)
	}
	for _, text := range scripts {
		checkScript(t, text)
	}
}

// accepted are the expressions and scripts that Flink reads.
func accepted(tb testing.TB) (expressions, scripts []string) {
	tb.Helper()
	expressions = sections(tb, "grammar-expressions.txt", "\n")
	scripts = sections(tb, "grammar-statements.txt", "\n\n")
	files, err := filepath.Glob("../../testdata/*/*/script.sql")
	if err != nil || len(files) < 50 {
		tb.Fatalf("%d scripts, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		scripts = append(scripts, string(text))
	}
	return expressions, scripts
}

// sections are the pieces of a file of testdata/flink that stand above "## refused".
func sections(tb testing.TB, file, separator string) []string {
	tb.Helper()
	text, err := os.ReadFile("../../testdata/flink/" + file)
	if err != nil {
		tb.Fatal(err)
	}
	all, _, _ := strings.Cut(string(text), "## refused")
	_, all, _ = strings.Cut(all, "## accepted\n")
	var list []string
	for piece := range strings.SplitSeq(all, separator) {
		if piece = strings.Trim(piece, "\n"); piece != "" && !strings.HasPrefix(piece, "## ") {
			list = append(list, piece)
		}
	}
	return list
}

func checkExpression(tb testing.TB, text string, x flinksql.Expr) {
	tb.Helper()
	checkSpans(tb, text, x)
	printed := flinksql.Print(x)
	again, err := flinksql.ParseExpression(printed)
	switch {
	case err != nil:
		tb.Errorf("%s\nis printed as %s\n%v", text, printed, err)
	case !flinksql.Equal(x, again):
		tb.Errorf("%s\nis printed as %s\nwhich is another tree", text, printed)
	case flinksql.Print(again) != printed:
		tb.Errorf("%s\nis printed as %s\nand then as %s", text, printed, flinksql.Print(again))
	}
}

func checkScript(tb testing.TB, text string) {
	tb.Helper()
	for _, s := range flinksql.Parse(text).Statements {
		checkSpans(tb, text, s)
		printed := flinksql.Print(s)
		again := flinksql.Parse(printed)
		switch {
		case len(again.Errors) > 0 || len(again.Statements) != 1:
			tb.Errorf("%s\nis printed as\n%s\n%v", s.Range().Text(text), printed, again.Errors)
		case !flinksql.Equal(s, again.Statements[0]):
			tb.Errorf("%s\nis printed as\n%s\nwhich is another tree", s.Range().Text(text), printed)
		case flinksql.Print(again.Statements[0]) != printed:
			tb.Errorf("%s\nis printed as\n%s\nand then as\n%s", s.Range().Text(text), printed, flinksql.Print(again.Statements[0]))
		}
	}
}

// checkSpans holds that spans lie in the text and each in its parent's, and that brothers follow each other.
func checkSpans(tb testing.TB, text string, n flinksql.Node) {
	tb.Helper()
	span := n.Range()
	if span.Start < 0 || span.End < span.Start || span.End > len(text) {
		tb.Errorf("%s\n%T has the span %v", text, n, span)
		return
	}
	at := span.Start
	first := true
	flinksql.Walk(n, func(part flinksql.Node) bool {
		if first {
			first = false
			return true
		}
		inner := part.Range()
		if inner.Start < at || inner.End > span.End || inner.End <= inner.Start {
			tb.Errorf("%s\n%T at %v stands in %T at %v behind %d", text, part, inner, n, span, at)
		}
		at = inner.End
		checkSpans(tb, text, part)
		return false
	})
}

// TestMutationsPrintToThemselves holds the same for texts that nobody would write.
func TestMutationsPrintToThemselves(t *testing.T) {
	for _, a := range mutate(corpus(t)) {
		if a.Kind != "expression" {
			checkScript(t, a.Text)
		} else if x, err := flinksql.ParseExpression(a.Text); err == nil {
			checkExpression(t, a.Text, x)
		}
		if t.Failed() {
			return
		}
	}
}
