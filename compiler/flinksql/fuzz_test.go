package flinksql_test

import (
	"strings"
	"testing"

	"millrace/compiler/flinksql"
)

// FuzzParse holds for any text: no panic, every place in it, spans nested, and what Print writes gives the same tree.
func FuzzParse(f *testing.F) {
	expressions, scripts := accepted(f)
	for i, text := range expressions {
		if i%5 == 0 {
			f.Add(text)
		}
	}
	for i, text := range scripts {
		if i%7 == 0 && len(text) < 2000 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		script := flinksql.Parse(text)
		for _, err := range script.Errors {
			checkError(t, text, err)
		}
		checkScript(t, text)
		x, err := flinksql.ParseExpression(text)
		if err != nil {
			checkError(t, text, err)
		} else {
			checkExpression(t, text, x)
		}
		if typ, err := flinksql.ParseType(text); err == nil {
			again, err := flinksql.ParseType(flinksql.Print(typ))
			if err != nil || !flinksql.Equal(typ, again) {
				t.Errorf("%q is printed as %q", text, flinksql.Print(typ))
			}
		}
	})
}

func checkError(tb testing.TB, text string, err *flinksql.Error) {
	tb.Helper()
	switch {
	case err.Start < 0 || err.End < err.Start || err.End > len(text) || err.Start == err.End && text != "" && strings.TrimSpace(text) != "" && err.End != len(text):
		tb.Errorf("%q: the mistake is at %d to %d: %v", text, err.Start, err.End, err)
	case err.Line < 1 || err.Column < 1 || err.Code == "" || err.Summary == "" || err.Detail == "":
		tb.Errorf("%q: %+v", text, err)
	case len(strings.Fields(err.Summary)) > 8:
		tb.Errorf("%q: %q has more than eight words", text, err.Summary)
	case err.Statement.Start > err.Start && err.Start < err.Statement.End, err.Statement.End > len(text):
		tb.Errorf("%q: the statement is at %v: %v", text, err.Statement, err)
	}
}
