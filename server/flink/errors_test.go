package flink

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the recorded expectations")

// wantedError is what a case's want.json holds.
type wantedError struct {
	Message   string `json:"message"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Subject   string `json:"subject,omitempty"`
	Table     string `json:"table,omitempty"`
}

// TestErrorTextsBecomeOneSentence reads the stack texts that a real Flink 2.3.0 answered (flink.txt, recorded by
// TestRealErrorsMatchRecorded -record).
func TestErrorTextsBecomeOneSentence(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/flink/errors/*")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(dir, "flink.txt"))
			if err != nil {
				t.Fatal(err)
			}
			e := newSQLError(string(text))
			got := wantedError{e.Message, e.Line, e.Column, e.EndLine, e.EndColumn, e.Subject, e.Table}
			golden(t, filepath.Join(dir, "want.json"), got)
		})
	}
}

func golden[T any](t *testing.T, name string, got T) {
	t.Helper()
	if *update {
		text, err := json.MarshalIndent(got, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var want T
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
