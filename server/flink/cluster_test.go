package flink

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPortsStayUnlessTaken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "engine")
	first := cluster{dir: dir}
	if err := first.choosePorts(); err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", local(first.ports.RPC))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	second := cluster{dir: dir}
	if err := second.choosePorts(); err != nil {
		t.Fatal(err)
	}
	if second.ports.Gateway != first.ports.Gateway || second.ports.JobManager != first.ports.JobManager {
		t.Errorf("free ports changed: %+v, then %+v", first.ports, second.ports)
	}
	if second.ports.RPC == first.ports.RPC || second.ports.RPC == 0 {
		t.Errorf("a taken port was kept: %+v", second.ports)
	}
}

func TestConfigurationBindsLoopbackAlone(t *testing.T) {
	c := cluster{dir: `/data/a "b": #c`, ports: ports{JobManager: 1, RPC: 2, Gateway: 3}}
	config := c.config()
	for _, line := range []string{
		`rest.bind-address: "127.0.0.1"`, `jobmanager.bind-host: "127.0.0.1"`, `taskmanager.bind-host: "127.0.0.1"`,
		`sql-gateway.endpoint.rest.bind-address: "127.0.0.1"`, `sql-gateway.endpoint.rest.port: "3"`,
		`execution.checkpointing.dir: "file:///data/a \"b\": #c/checkpoints"`,
	} {
		if !slices.Contains(strings.Split(config, "\n"), line) {
			t.Errorf("%s is not in\n%s", line, config)
		}
	}
}

func TestLastWordsAreTheLinesThatMatter(t *testing.T) {
	c := cluster{dir: t.TempDir()}
	j := c.jvms()[0]
	if err := os.MkdirAll(c.path("log"), 0o700); err != nil {
		t.Fatal(err)
	}
	log := "2026-01-01 00:00:00,000 INFO  o.a.f.X [] - Starting\n" +
		"2026-01-01 00:00:01,000 ERROR o.a.f.X [] - Could not start\njava.net.BindException: Address already in use\n\tat a.B(C.java)\n"
	if err := os.WriteFile(c.log(j), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	if words := c.lastWords(j); len(words) != 2 || !strings.Contains(words[1], "BindException") {
		t.Errorf("got %q", words)
	}
	if err := failedStart(j, c.lastWords(j)); !strings.Contains(err.Error(), "port taken") {
		t.Errorf("got %v", err)
	}
}
