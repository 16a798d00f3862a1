package flink_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// startOwn starts an engine that the test may hurt.
func startOwn(t *testing.T) *flink.Local {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a real Flink")
	}
	options, err := flinktest.Options(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	options.OnStatus = func(s flink.Status) { t.Logf("%5.1f s  %-10s %s", s.Seconds, s.Phase, s.Message) }
	engine := flink.StartLocal(options)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := engine.Close(ctx); err != nil {
			t.Error(err)
		}
		if pids := engine.PIDs(); len(pids) > 0 {
			t.Errorf("JVMs left after Close: %v", pids)
		}
	})
	if err := flinktest.Await(engine); err != nil {
		t.Fatal(err)
	}
	return engine
}

func TestKilledJVMsAreStartedAgain(t *testing.T) {
	engine := startOwn(t)
	t.Logf("ready after %.1f s, %d MB resident", engine.Status().Seconds, residentMB(t, engine.PIDs()))
	for _, name := range []string{"taskmanager", "gateway", "jobmanager"} {
		before := engine.PIDs()[name]
		if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		eventually(t, 10*time.Second, func() bool { return engine.Status().Phase == "restarting" })
		eventually(t, 90*time.Second, func() bool { return engine.Status().State == "ready" })
		if now := engine.PIDs()[name]; now == before || now == 0 {
			t.Errorf("%s runs as %d, was %d", name, now, before)
		}
		selectOne(t, engine.Client())
	}
}

func TestFreshEngineIsSmall(t *testing.T) {
	engine := startOwn(t)
	if mb := residentMB(t, engine.PIDs()); mb == 0 || mb > 750 {
		t.Errorf("the three JVMs hold %d MB", mb)
	}
	selectOne(t, engine.Client())
}

// TestKilledServerLeavesNoJVM kills -9 a server that owns an engine.
func TestKilledServerLeavesNoJVM(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a real Flink")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(self, "server", t.TempDir())
	server.Stderr = os.Stderr
	told, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	var pids map[string]int
	if err := json.NewDecoder(told).Decode(&pids); err != nil {
		t.Fatal(err, server.Process.Kill(), server.Wait())
	}
	if len(pids) != 3 {
		t.Errorf("want three JVMs, got %v", pids)
	}
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var killed *exec.ExitError
	if err := server.Wait(); !errors.As(err, &killed) {
		t.Fatal(err)
	}
	start := time.Now()
	eventually(t, 10*time.Second, func() bool {
		for _, pid := range pids {
			if alive(pid) {
				return false
			}
		}
		return true
	})
	t.Logf("all gone after %s", time.Since(start).Round(10*time.Millisecond))
}

func selectOne(t *testing.T, client *flink.Client) {
	t.Helper()
	session, err := client.OpenSession(t.Context(), "one", fastRows)
	if err != nil {
		t.Fatal(err)
	}
	result := run(t, session, "SELECT 1")
	if len(result.Rows) != 1 {
		t.Errorf("got %v", result.Rows)
	}
	if err := session.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// alive tells whether a process runs; a zombie does not.
func alive(pid int) bool {
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return syscall.Kill(pid, 0) == nil
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(rest, "Z")
}

// residentMB sums the resident memory of processes, 0 where there is no /proc.
func residentMB(t *testing.T, pids map[string]int) int {
	t.Helper()
	sum := 0
	for name, pid := range pids {
		status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(status), "VmRSS:")
		kb, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d MB", name, kb/1024)
		sum += kb
	}
	return sum / 1024
}
