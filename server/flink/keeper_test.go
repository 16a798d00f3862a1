package flink

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStopEndsTheWholeGroup stops a program that ignores SIGTERM and has a child that does too.
func TestStopEndsTheWholeGroup(t *testing.T) {
	dir := t.TempDir()
	output := filepath.Join(dir, "out")
	script := `trap "" TERM; sleep 300 & echo $!; wait; sleep 300`
	program, err := startKept(output, []string{"KEPT=1"}, "/bin/sh", "-c", script)
	if err != nil {
		t.Fatal(err)
	}
	grandchild := 0
	for range 100 {
		text, _ := os.ReadFile(output)
		if grandchild, err = strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*killAfter+5*time.Second)
	defer cancel()
	if err := program.stop(ctx); err != nil {
		t.Fatal(err)
	}
	for _, pid := range []int{program.pid, grandchild} {
		if pid == 0 || !gone(pid) {
			t.Errorf("process %d is left", pid)
		}
	}
}

func TestProgramsDoNotSeeOurSettings(t *testing.T) {
	t.Setenv("MILLRACE_TOKEN", "secret")
	output := filepath.Join(t.TempDir(), "out")
	program, err := startKept(output, []string{"FLINK_CONF_DIR=conf"}, "/usr/bin/env")
	if err != nil {
		t.Fatal(err)
	}
	<-program.ended
	text, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text); strings.Contains(got, "secret") || !strings.Contains(got, "FLINK_CONF_DIR=conf") {
		t.Errorf("got %s", got)
	}
}

func TestKeeperTellsOfAProgramThatDoesNotStart(t *testing.T) {
	_, err := startKept(filepath.Join(t.TempDir(), "out"), nil, "/nowhere/java")
	if err == nil || !strings.Contains(err.Error(), "/nowhere/java") {
		t.Errorf("got %v", err)
	}
}

// gone waits a moment for a process to disappear, or to be a zombie that nobody has collected.
func gone(pid int) bool {
	for range 40 {
		stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
		if err != nil && syscall.Kill(pid, 0) != nil || strings.Contains(string(stat), ") Z ") {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}
