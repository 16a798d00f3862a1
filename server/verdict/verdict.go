// Package verdict runs a pipeline's tests on its samples and says what differs from what they expect. Rows come from an
// Evaluator; everything else is pure. It must not import Flink's client, the store or the API.
package verdict

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/preview"
)

// Evaluator runs documents on their samples to the end; *preview.Manager does.
type Evaluator interface {
	Evaluate(ctx context.Context, doc *graph.Document, mode graph.Mode) (preview.Preview, error)
}

// Result is what one run of a test came to.
type Result struct {
	Test         string             `json:"test"` // its id
	Name         string             `json:"name"`
	Mode         graph.Mode         `json:"mode"`
	Passed       bool               `json:"passed"`
	Seconds      float64            `json:"seconds"`
	Message      string             `json:"message"`      // why it could not run; "" when it could
	Diagnostics  []graph.Diagnostic `json:"diagnostics"`  // of what it could not run for
	Expectations []Outcome          `json:"expectations"` // by node id, sorted
}

// Outcome is what came of one expectation.
type Outcome struct {
	Node       string            `json:"node"`
	Name       string            `json:"name"` // the node's
	Passed     bool              `json:"passed"`
	Message    string            `json:"message"`    // what is wrong, in a sentence or some; "" when it passed
	Columns    []string          `json:"columns"`    // of the rows below
	Missing    []graph.SampleRow `json:"missing"`    // expected and not there, at most MaxTold
	Unexpected []graph.SampleRow `json:"unexpected"` // there and not expected, likewise
	Changed    []ChangedRow      `json:"changed"`    // rows of one key whose other values differ, likewise
	Differing  int               `json:"differing"`  // how many there are of all three, told or not
}

// ChangedRow is a row that is there with other values.
type ChangedRow struct {
	Kind  string        `json:"kind,omitempty"` // in the changelog; "" is +I
	Key   []any         `json:"key"`            // the values of the key's columns
	Row   []any         `json:"row"`            // as it is there
	Cells []ChangedCell `json:"cells"`
}

// ChangedCell is a value that differs.
type ChangedCell struct {
	Column   int `json:"column"` // its place among the columns
	Expected any `json:"expected"`
	Actual   any `json:"actual"`
}

// MaxTold is how many rows of each sort an outcome tells.
const MaxTold = 100

// limit bounds one run.
const limit = 3 * time.Minute

// Run runs tests of a document, in order of the ids; without ids all of them. Modes are those to run them in; without modes
// each test's own, else the document's. Results come test by test. An error is a failure of ours or of the engine; what is
// wrong with a test is in its result.
func Run(ctx context.Context, evaluator Evaluator, doc *graph.Document, ids []string, modes []graph.Mode) ([]Result, error) {
	if len(ids) == 0 {
		ids = slices.Sorted(maps.Keys(doc.Tests))
	}
	var results []Result
	for _, id := range ids {
		test := doc.Tests[id]
		if test == nil {
			continue
		}
		for _, mode := range modesOf(doc, test, modes) {
			results = append(results, Result{Test: id, Name: test.Name, Mode: mode})
		}
	}
	failures := make([]error, len(results))
	slots := make(chan struct{}, 2)
	var working sync.WaitGroup
	for i := range results {
		slots <- struct{}{}
		working.Go(func() {
			defer func() { <-slots }()
			failures[i] = results[i].run(ctx, evaluator, doc)
		})
	}
	working.Wait()
	return results, errors.Join(failures...)
}

func modesOf(doc *graph.Document, test *graph.Test, wanted []graph.Mode) []graph.Mode {
	switch {
	case len(wanted) > 0:
		return wanted
	case len(test.Modes) > 0:
		return test.Modes
	}
	return []graph.Mode{doc.Mode}
}

// run fills the result in.
func (r *Result) run(ctx context.Context, evaluator Evaluator, doc *graph.Document) error {
	begin := time.Now()
	defer func() { r.Seconds = time.Since(begin).Seconds() }()
	r.Diagnostics, r.Expectations = []graph.Diagnostic{}, []Outcome{}
	place := "tests." + r.Test
	for _, d := range graph.CheckSamples(doc) {
		if d.Field == place || strings.HasPrefix(d.Field, place+".") {
			r.Diagnostics = append(r.Diagnostics, d)
		}
	}
	if len(r.Diagnostics) > 0 {
		r.Message = "The test cannot run: " + r.Diagnostics[0].Detail
		return nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errors.New("it did not end within "+limit.String()+": a source without a sample may never end"))
	defer cancel()
	trial := newTrial(doc, r.Test)
	p, err := evaluator.Evaluate(ctx, trial.doc, r.Mode)
	var invalid *compiler.Invalid
	switch {
	case errors.As(err, &invalid):
		r.refuse(trial, invalid.Diagnostics)
		return nil
	case errors.Is(err, context.DeadlineExceeded) && context.Cause(ctx) != nil:
		r.Message = "The test was given up: " + context.Cause(ctx).Error() + "."
		return nil
	case err != nil:
		return err
	}
	r.Passed = true
	for _, node := range slices.Sorted(maps.Keys(trial.test.Expect)) {
		outcome := trial.judge(node, p)
		r.Passed = r.Passed && outcome.Passed
		r.Expectations = append(r.Expectations, outcome)
	}
	if p.State != preview.Finished {
		r.Passed, r.Message = false, "The run failed: "+p.Message
	}
	return nil
}

// refuse says why the test could not run, with diagnostics at their places in the document.
func (r *Result) refuse(trial *trial, diagnostics []graph.Diagnostic) {
	for _, d := range diagnostics {
		r.Diagnostics = append(r.Diagnostics, trial.placed(d))
	}
	r.Message = "The test cannot run."
	for _, d := range r.Diagnostics {
		if d.Severity == graph.Error {
			r.Message = "The test cannot run: " + d.Detail
			return
		}
	}
}
