package verdict

import (
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/preview"
)

// Comparison is what the rows of two versions of a pipeline differ in, on the same samples.
type Comparison struct {
	Nodes       []Outcome          `json:"nodes"`       // of the nodes that both have, by id; missing rows are of the first version alone, unexpected ones of the second
	Added       []string           `json:"added"`       // ids of nodes that only the second has
	Gone        []string           `json:"gone"`        // ids of nodes that only the first has
	Diagnostics []graph.Diagnostic `json:"diagnostics"` // why a version cannot run
}

// Compare runs two versions of a pipeline on the samples of the second one, in its mode, and compares the final content of each
// node, in the columns that both versions have. An error is a failure of ours or of the engine.
func Compare(ctx context.Context, evaluator Evaluator, first, second *graph.Document) (Comparison, error) {
	c := Comparison{Nodes: []Outcome{}, Added: []string{}, Gone: []string{}, Diagnostics: []graph.Diagnostic{}}
	first = first.Clone()
	first.Samples = map[string]*graph.Sample{}
	for source, sample := range second.Samples {
		if first.Nodes[source] != nil {
			first.Samples[source] = sample
		}
	}
	var before, after preview.Preview
	var both errgroup.Group
	both.Go(func() (err error) { before, err = evaluator.Evaluate(ctx, first, second.Mode); return err })
	both.Go(func() (err error) { after, err = evaluator.Evaluate(ctx, second, second.Mode); return err })
	var invalid *compiler.Invalid
	if err := both.Wait(); errors.As(err, &invalid) {
		c.Diagnostics = invalid.Diagnostics
		return c, nil
	} else if err != nil {
		return c, err
	}
	for _, p := range []preview.Preview{before, after} {
		if p.State != preview.Finished {
			c.Diagnostics = append(c.Diagnostics, graph.Diagnostic{Severity: graph.Error, Code: "flink", Summary: "The run failed", Detail: p.Message})
			return c, nil
		}
	}
	c.nodes(first, second, before, after)
	return c, nil
}

func (c *Comparison) nodes(first, second *graph.Document, before, after preview.Preview) {
	for _, id := range first.NodeIDs() {
		if second.Nodes[id] == nil {
			c.Gone = append(c.Gone, id)
		}
	}
	t := &trial{test: &graph.Test{Expect: map[string]*graph.Expectation{}}, doc: second}
	for _, id := range second.NodeIDs() {
		node, ran := before.Nodes[id]
		switch {
		case first.Nodes[id] == nil:
			c.Added = append(c.Added, id)
		case second.Nodes[id].Kind != "sink" && ran:
			t.test.Expect[id] = expected(node, after.Nodes[id])
			c.Nodes = append(c.Nodes, t.judge(id, after))
		}
	}
}

// expected wants of a node the content that it had, in the columns that it still has.
func expected(before, after preview.Node) *graph.Expectation {
	e := &graph.Expectation{Rows: []graph.SampleRow{}}
	var places []int
	for place, column := range before.Columns {
		if slices.ContainsFunc(after.Columns, func(c preview.Column) bool { return c.Name == column.Name }) {
			places, e.Columns = append(places, place), append(e.Columns, column.Name)
		}
	}
	for _, row := range final(before.Rows) {
		values := make([]any, len(places))
		for i, place := range places {
			values[i] = row.Values[place]
		}
		e.Rows = append(e.Rows, graph.SampleRow{Values: values})
	}
	return e
}
