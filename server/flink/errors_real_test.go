package flink_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

var record = flag.Bool("record", false, "record the real Flink's error texts anew")

// TestRealErrorsMatchRecorded runs each case's script on a real Flink: its last statement fails with the recorded sentence at
// the recorded place.
func TestRealErrorsMatchRecorded(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/flink/errors/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range cases {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			script, err := os.ReadFile(filepath.Join(dir, "script.sql"))
			if err != nil {
				t.Fatal(err)
			}
			got := failureOf(t, strings.Split(strings.TrimSpace(string(script)), ";\n"))
			if *record {
				if err := os.WriteFile(filepath.Join(dir, "flink.txt"), []byte(got.Full), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			compareError(t, dir, got)
		})
	}
}

// failureOf runs statements in a session of their own. All but the last must work, the last must fail.
func failureOf(t *testing.T, statements []string) *flink.SQLError {
	t.Helper()
	_, session := flinktest.Session(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	last := len(statements) - 1
	for _, statement := range statements[:last] {
		if _, err := session.Run(ctx, statement, nil); err != nil {
			t.Fatal(err)
		}
	}
	_, err := session.Run(ctx, statements[last], nil)
	var failure *flink.SQLError
	if !errors.As(err, &failure) {
		t.Fatalf("want an SQLError, got %v", err)
	}
	return failure
}

func compareError(t *testing.T, dir string, got *flink.SQLError) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "want.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want flink.SQLError
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	want.Full = got.Full
	if want != *got {
		t.Errorf("want %q at %d:%d, got %q at %d:%d", want.Message, want.Line, want.Column, got.Message, got.Line, got.Column)
	}
}
