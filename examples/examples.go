// Package examples holds the pipelines that a first start brings along, and the public data that they read (see
// data/LICENSE).
package examples

import (
	"bytes"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"millrace/graph"
)

//go:embed *.pipeline.json data/flights-20k.json data/airports.csv data/LICENSE
var files embed.FS

var names = []string{"flights", "orders"}

// Unpack writes the examples' data into a folder and returns the pipelines that read it there. Files that are in the
// folder already stay as they are.
func Unpack(folder string) ([]*graph.Document, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("find folder of examples: %w", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of examples: %w", err)
	}
	for _, name := range []string{"flights-20k.json", "airports.csv", "LICENSE"} {
		data, err := files.ReadFile("data/" + name)
		if err != nil {
			return nil, err
		}
		if name == "airports.csv" { // Flink's csv format cannot skip a header
			_, data, _ = bytes.Cut(data, []byte("\n"))
		}
		if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			return nil, fmt.Errorf("write example data: %w", err)
		}
	}
	return documents(folder)
}

func documents(folder string) ([]*graph.Document, error) {
	var list []*graph.Document
	for _, name := range names {
		data, err := files.ReadFile(name + ".pipeline.json")
		if err != nil {
			return nil, err
		}
		doc, err := graph.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("%s.pipeline.json: %w", name, err)
		}
		for _, node := range doc.Nodes {
			place(node.Config, folder)
		}
		list = append(list, doc)
	}
	return list, nil
}

// place puts the folder where a source or sink says ${data}.
func place(config graph.Config, folder string) {
	options, _ := config.At("table.options")
	if object, ok := options.(map[string]any); ok {
		if path, ok := object["path"].(string); ok {
			object["path"] = strings.ReplaceAll(path, "${data}", "file://"+filepath.ToSlash(folder))
		}
	}
}
