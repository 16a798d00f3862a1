package flinksql

import (
	"os"
	"path/filepath"
	"testing"
)

// TestScriptsOfTheCorpusParse reads every script that a golden case holds, but for those that are there to be refused.
func TestScriptsOfTheCorpusParse(t *testing.T) {
	files, err := filepath.Glob("../../testdata/*/*/script.sql")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d scripts, %v", len(files), err)
	}
	refused := map[string]int{"error-query-breaks-out": 1, "open-text": 1, "refused": 5}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script := Parse(string(text))
		if want := refused[filepath.Base(filepath.Dir(file))]; len(script.Errors) != want {
			t.Errorf("%s: %d mistakes, not %d: %v", file, len(script.Errors), want, script.Errors)
		}
	}
}
