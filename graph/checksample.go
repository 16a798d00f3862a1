package graph

import (
	"fmt"
	"maps"
	"slices"
)

// CheckSamples finds the mistakes in samples and tests that can be seen without Flink's types: sizes, sources and nodes that
// are not there, rows that do not fit their columns. They are warnings, since they keep no node from compiling; whoever runs on
// a sample needs those of that sample gone.
func CheckSamples(doc *Document) []Diagnostic {
	c := sampleChecker{doc: doc}
	c.samples("samples", doc.Samples)
	if len(doc.Tests) > MaxTests {
		c.report("", "tests", "too-many-tests", "Too many tests", fmt.Sprintf("There are %d tests, and a pipeline holds %d: delete some, or put them into a pipeline of their own.", len(doc.Tests), MaxTests))
	}
	for _, id := range slices.Sorted(maps.Keys(doc.Tests)) {
		c.test("tests."+id, doc.Tests[id])
	}
	return c.found
}

type sampleChecker struct {
	doc   *Document
	found []Diagnostic
}

func (c *sampleChecker) report(node, field, code, summary, detail string) {
	if c.doc.Nodes[node] == nil {
		node = ""
	}
	c.found = append(c.found, Diagnostic{Node: node, Field: field, Severity: Warning, Code: code, Summary: summary, Detail: detail})
}

func (c *sampleChecker) samples(place string, samples map[string]*Sample) {
	for _, id := range slices.Sorted(maps.Keys(samples)) {
		field := place + "." + id
		switch node := c.doc.Nodes[id]; {
		case node == nil:
			c.report("", field, "sample-without-source", "Sample of no source", fmt.Sprintf("There is no source %q: delete the sample, or move it to the source that it is for.", id))
		case node.Kind != "source":
			c.report(id, field, "sample-without-source", "Sample of no source", fmt.Sprintf("%s is a %s, and only sources have samples: delete it.", node.Name, node.Kind))
		}
		c.sample(id, field, samples[id])
	}
}

func (c *sampleChecker) sample(id, field string, sample *Sample) {
	if len(sample.Rows) > MaxSampleRows {
		c.report(id, field+".rows", "large-sample", "Sample has too many rows", fmt.Sprintf("It has %d rows and may have %d: delete those that show nothing new.", len(sample.Rows), MaxSampleRows))
	}
	if size := sample.size(); size > MaxSampleBytes {
		c.report(id, field, "large-sample", "Sample is too large", fmt.Sprintf("It has %d kB and may have %d kB: delete rows or shorten values.", (size+1023)>>10, MaxSampleBytes>>10))
	}
	c.names(id, field+".columns", sample.Columns)
	c.rows(id, field+".rows", sample.Rows, len(sample.Columns))
}

func (c *sampleChecker) names(node, field string, names []string) {
	seen := map[string]bool{}
	for i, name := range names {
		if seen[name] {
			c.report(node, fmt.Sprintf("%s.%d", field, i), "duplicate-column", "Column stands twice", fmt.Sprintf("The column %q is there twice: remove one.", name))
		}
		seen[name] = true
	}
}

func (c *sampleChecker) rows(node, field string, rows []SampleRow, columns int) {
	for i, row := range rows {
		if len(row.Values) != columns {
			c.report(node, fmt.Sprintf("%s.%d", field, i), "value-count", "Row does not fit its columns",
				fmt.Sprintf("Row %d has %s for %s: give each column a value, null where there is none.", i+1, counted(len(row.Values), "value"), counted(columns, "column")))
		}
	}
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (c *sampleChecker) test(place string, test *Test) {
	c.samples(place+".samples", test.Samples)
	if len(test.Expect) == 0 {
		c.report("", place, "test-of-nothing", "Test expects nothing", "It would always pass: say what rows a node must have.")
	}
	for _, id := range slices.Sorted(maps.Keys(test.Expect)) {
		field, expectation := place+".expect."+id, test.Expect[id]
		if c.doc.Nodes[id] == nil {
			c.report("", field, "expectation-without-node", "Expectation of no node", fmt.Sprintf("There is no node %q: delete the expectation, or move it to the node that it is for.", id))
		}
		if expectation.Rows == nil && expectation.Count == nil && expectation.Holds == "" {
			c.report(id, field, "test-of-nothing", "Expectation says nothing", "Give rows, a count or a condition.")
		}
		if len(expectation.Rows) > MaxSampleRows {
			c.report(id, field+".rows", "large-sample", "Too many expected rows", fmt.Sprintf("There are %d rows, and there may be %d: expect fewer columns, a count or a condition.", len(expectation.Rows), MaxSampleRows))
		}
		c.names(id, field+".columns", expectation.Columns)
		if len(expectation.Columns) > 0 {
			c.rows(id, field+".rows", expectation.Rows, len(expectation.Columns))
		}
	}
}
