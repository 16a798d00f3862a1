package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"millrace/compiler"
	"millrace/graph"
)

type diffCommand struct {
	A        string `arg:"" help:"The older pipeline: a *.pipeline.json file, a script (*.sql), or - for standard input."`
	B        string `arg:"" help:"The newer one."`
	JSON     bool   `help:"Print the changes as JSON."`
	ExitCode bool   `help:"Exit with 1 when there are changes."`
}

// Run prints a line for each change. What could not be taken in from a script is told on standard error.
func (c *diffCommand) Run(stdout io.Writer, diagnostics diagnosticsTo) error {
	if c.A == "-" && c.B == "-" {
		return mistake{"standard input can be read once only: give one of the two as a file"}
	}
	a, err := readSide(c.A)
	if err != nil {
		return err
	}
	b, err := readSide(c.B)
	if err != nil {
		return err
	}
	changes := changesBetween(a, b)
	if c.JSON {
		err = printJSON(stdout, changes)
	} else {
		err = printChanges(stdout, changes)
	}
	if err != nil {
		return fmt.Errorf("print changes: %w", err)
	}
	if err := diagnostics.print(append(a.diagnostics, b.diagnostics...)); err != nil {
		return err
	}
	if c.ExitCode && len(changes) > 0 {
		return mistake{}
	}
	return nil
}

// side is one of the two documents that are compared.
type side struct {
	doc         *graph.Document
	script      bool // it was imported: its ids and its name say nothing
	diagnostics []graph.Diagnostic
}

func readSide(path string) (side, error) {
	data, err := readInput(path)
	if err != nil {
		return side{}, err
	}
	isScript := strings.EqualFold(filepath.Ext(path), ".sql")
	if path == "-" {
		isScript = !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{"))
	}
	if isScript {
		doc, diagnostics := compiler.Import(string(data))
		return side{doc, true, diagnostics}, nil
	}
	doc, err := graph.Decode(data)
	if err != nil {
		return side{}, mistake{fmt.Sprintf("%s: %v", path, err)}
	}
	return side{doc: doc}, nil
}

func changesBetween(a, b side) []graph.Change {
	if !a.script && !b.script {
		return graph.Diff(a.doc, b.doc)
	}
	if a.script {
		a.doc.Name = b.doc.Name
	} else {
		b.doc.Name = a.doc.Name
	}
	return graph.DiffByName(a.doc, b.doc)
}

func printChanges(stdout io.Writer, changes []graph.Change) error {
	for _, change := range changes {
		if _, err := fmt.Fprintln(stdout, change); err != nil {
			return err
		}
	}
	return nil
}
