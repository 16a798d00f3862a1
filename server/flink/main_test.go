package flink_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

func TestMain(m *testing.M) {
	flinktest.Keeper()
	if len(os.Args) > 2 && os.Args[1] == "server" {
		serve(os.Args[2])
	}
	flinktest.Main(m)
}

// serve is a server that owns an engine: it tells the JVMs' process ids once it is ready, and waits to be killed.
func serve(dir string) {
	options, err := flinktest.Options(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	engine := flink.StartLocal(options)
	if err := flinktest.Await(engine); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(engine.PIDs()); err != nil {
		os.Exit(1)
	}
	select {}
}
