// Command millrace is the server and the command line of Millrace. It only wires the packages together.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
)

// version is set by the linker (make build).
var version = "dev"

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the page and the API, with a Flink of our own or one given by its address."`
	Compile compileCommand `cmd:"" help:"Print the Flink SQL script of a pipeline."`
	Import  importCommand  `cmd:"" help:"Turn a Flink SQL script into a pipeline."`
	Fmt     fmtCommand     `cmd:"" help:"Print a pipeline in its canonical form."`
	Check   checkCommand   `cmd:"" help:"Print a pipeline's mistakes."`
	Test    testCommand    `cmd:"" help:"Run the tests of pipelines on their samples; exits with 1 when one does not pass."`
	Diff    diffCommand    `cmd:"" help:"Print what differs between two pipelines: nodes and fields, not positions."`
	Tap     tapCommand     `cmd:"" help:"Print the path of the tap, the JAR that previews on a Flink of your own need in its lib folder."`
	Openapi openapiCommand `cmd:"" hidden:"" help:"Print the API's description (OpenAPI 3.1)."`
	Version kong.VersionFlag
}

// mistake is an error in what the user gave: exit code 1. Any other error is ours or the engine's: exit code 2.
type mistake struct{ message string }

func (m mistake) Error() string { return m.message }

func main() {
	if len(os.Args) > 1 && os.Args[1] == "keeper" {
		os.Exit(flink.RunKeeper(os.Args[2:]))
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	var cli commands
	parser := kong.Must(&cli, kong.Name("millrace"), kong.Description("Draw a stream pipeline, see rows on every node, run it on your own Flink."),
		kong.Vars{"version": version}, kong.Writers(stdout, stderr), kong.BindTo(stdout, (*io.Writer)(nil)), kong.Bind(diagnosticsTo{stderr}))
	context, err := parser.Parse(args)
	if err == nil {
		err = context.Run()
	}
	if err == nil {
		return 0
	}
	if text := err.Error(); text != "" {
		_, _ = fmt.Fprintln(stderr, "millrace: "+text)
	}
	var wrong mistake
	var usage *kong.ParseError
	if errors.As(err, &wrong) || errors.As(err, &usage) {
		return 1
	}
	return 2
}

// diagnosticsTo is where diagnostics are printed.
type diagnosticsTo struct{ io.Writer }

// print writes the errors and warnings, one a line, and returns an empty mistake when there are errors among them.
func (to diagnosticsTo) print(diagnostics []graph.Diagnostic) error {
	var told []graph.Diagnostic
	for _, d := range diagnostics {
		if d.Severity != graph.Info {
			told = append(told, d)
		}
	}
	return to.printAll(told)
}

func (to diagnosticsTo) printAll(diagnostics []graph.Diagnostic) error {
	for _, d := range diagnostics {
		_, _ = fmt.Fprintln(to, d.String())
	}
	if graph.HasErrors(diagnostics) {
		return mistake{}
	}
	return nil
}

func printJSON(stdout io.Writer, value any) error {
	encoder := json.NewEncoder(stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func readInput(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(os.Stdin)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, mistake{fmt.Sprintf("%s cannot be read: %v", path, errors.Unwrap(err))}
	}
	return data, nil
}

func readDocument(path string) (*graph.Document, error) {
	data, err := readInput(path)
	if err != nil {
		return nil, err
	}
	doc, err := graph.Decode(data)
	if err != nil {
		return nil, mistake{fmt.Sprintf("%s: %v", path, err)}
	}
	return doc, nil
}

type compileCommand struct {
	File string `arg:"" help:"A *.pipeline.json file, or - for standard input."`
	JSON bool   `help:"Print statements and diagnostics as JSON."`
}

// Run prints the script on standard output and the diagnostics on standard error.
func (c *compileCommand) Run(stdout io.Writer, diagnostics diagnosticsTo) error {
	doc, err := readDocument(c.File)
	if err != nil {
		return err
	}
	script := compiler.Compile(doc, compiler.Options{})
	if c.JSON {
		err := printJSON(stdout, map[string]any{"script": script.Text, "statements": script.Statements, "diagnostics": script.Diagnostics})
		if err == nil && graph.HasErrors(script.Diagnostics) {
			err = mistake{}
		}
		return err
	}
	if err := diagnostics.print(script.Diagnostics); err != nil {
		return err
	}
	_, err = io.WriteString(stdout, script.Text)
	return err
}

type importCommand struct {
	Script string `arg:"" help:"A file of Flink SQL, or - for standard input."`
	Output string `short:"o" help:"Write the pipeline here instead of to standard output."`
	JSON   bool   `help:"Print document and diagnostics as JSON."`
}

// Run writes the document; what could not be taken in is told on standard error.
func (c *importCommand) Run(stdout io.Writer, diagnostics diagnosticsTo) error {
	data, err := readInput(c.Script)
	if err != nil {
		return err
	}
	doc, found := compiler.Import(string(data))
	if c.JSON {
		err := printJSON(stdout, map[string]any{"document": json.RawMessage(doc.Encode()), "diagnostics": found})
		if err == nil && graph.HasErrors(found) {
			err = mistake{}
		}
		return err
	}
	if c.Output != "" {
		err = os.WriteFile(c.Output, doc.Encode(), 0o644)
	} else {
		_, err = stdout.Write(doc.Encode())
	}
	if err != nil {
		return fmt.Errorf("write pipeline: %w", err)
	}
	return diagnostics.printAll(found)
}

type fmtCommand struct {
	File  string `arg:"" help:"A *.pipeline.json file, or - for standard input."`
	Write bool   `short:"w" help:"Write the file instead of printing it."`
}

// Run prints or writes the canonical form.
func (c *fmtCommand) Run(stdout io.Writer) error {
	doc, err := readDocument(c.File)
	if err != nil {
		return err
	}
	if c.Write && c.File != "-" {
		return os.WriteFile(c.File, doc.Encode(), 0o644)
	}
	_, err = stdout.Write(doc.Encode())
	return err
}

type checkCommand struct {
	File string `arg:"" help:"A *.pipeline.json file, or - for standard input."`
	JSON bool   `help:"Print the diagnostics as JSON."`
}

// Run prints the diagnostics.
func (c *checkCommand) Run(stdout io.Writer, diagnostics diagnosticsTo) error {
	doc, err := readDocument(c.File)
	if err != nil {
		return err
	}
	found := append(compiler.Compile(doc, compiler.Options{}).Diagnostics, graph.CheckSamples(doc)...)
	if !c.JSON {
		return diagnostics.print(found)
	}
	if err := printJSON(stdout, found); err != nil {
		return err
	}
	if graph.HasErrors(found) {
		return mistake{}
	}
	return nil
}
