package flink

import (
	"path/filepath"
	"testing"
)

// TestKilledKeeperTakesItsProgramAlong holds on Linux alone, where the kernel ties a child to its parent.
func TestKilledKeeperTakesItsProgramAlong(t *testing.T) {
	program, err := startKept(filepath.Join(t.TempDir(), "out"), nil, "/bin/sleep", "300")
	if err != nil {
		t.Fatal(err)
	}
	if err := program.keeper.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-program.ended
	if !gone(program.pid) {
		t.Errorf("process %d is left", program.pid)
	}
}
