package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// What a document holds at most of samples and tests; more is a diagnostic.
const (
	MaxSampleRows  = 1000
	MaxSampleBytes = 256 << 10 // of a sample in canonical form
	MaxTests       = 100
)

// Sample are the rows that a preview reads instead of a source. It is no logic: it never reaches the script.
type Sample struct {
	Live    bool        `json:"live,omitempty"` // the source itself is read; the rows are only kept
	Columns []string    `json:"columns"`
	Rows    []SampleRow `json:"rows"`
}

// SampleRow is one change. Its values are JSON in the form that a preview shows them in: BIGINT and DECIMAL as texts (numbers
// are read too), bytes as hex, dates and times as Flink casts them to STRING, rows as objects, maps as lists of
// {"key", "value"}.
type SampleRow struct {
	Kind   string `json:"kind,omitempty" enum:"+I,-U,+U,-D"` // "" is +I
	Values []any  `json:"values"`                            // one for each column
}

// Sign is the row's kind as Flink writes it: +I, -U, +U or -D.
func (r SampleRow) Sign() string {
	if r.Kind == "" {
		return "+I"
	}
	return r.Kind
}

// Test is a run on samples, with what it must give.
type Test struct {
	Name    string                  `json:"name"`
	Modes   []Mode                  `json:"modes,omitempty" enum:"streaming,batch"` // empty: the document's
	Samples map[string]*Sample      `json:"samples"`                                // by source; the others are read themselves, or their sample of the document
	Expect  map[string]*Expectation `json:"expect"`                                 // by node
}

// Expectation is what must hold of a node's rows when all input has been read. Everything that is given must hold.
type Expectation struct {
	Rows    []SampleRow `json:"rows,omitzero"`     // nil: any rows; empty: none
	Columns []string    `json:"columns,omitempty"` // those that the rows have values of; empty: all, in order
	View    View        `json:"view,omitempty"`    // what the rows are compared with; "" is the table
	Ordered bool        `json:"ordered,omitempty"` // the rows come in this order
	Keys    []string    `json:"keys,omitempty"`    // by which a difference is told; empty: the key that Flink knows, else the whole row
	Count   *int64      `json:"count,omitempty"`   // of the rows in the view; nil: any
	Holds   string      `json:"holds,omitempty"`   // a SELECT of one boolean over the pipeline's nodes; "": none
}

// View is a way to look at a node's rows.
type View string

// The views.
const (
	TableView     View = "table"     // the final content
	ChangelogView View = "changelog" // every change, with its kind
)

func cloneSamples(samples map[string]*Sample) map[string]*Sample {
	if samples == nil {
		return nil
	}
	copied := make(map[string]*Sample, len(samples))
	for id, sample := range samples {
		s := *sample
		s.Columns, s.Rows = slices.Clone(sample.Columns), cloneRows(sample.Rows)
		copied[id] = &s
	}
	return copied
}

func cloneRows(rows []SampleRow) []SampleRow {
	if rows == nil {
		return nil
	}
	copied := make([]SampleRow, len(rows))
	for i, row := range rows {
		values, _ := cloneValue(row.Values).([]any)
		copied[i] = SampleRow{Kind: row.Kind, Values: values}
	}
	return copied
}

func cloneTests(tests map[string]*Test) map[string]*Test {
	if tests == nil {
		return nil
	}
	copied := make(map[string]*Test, len(tests))
	for id, test := range tests {
		t := *test
		t.Modes, t.Samples, t.Expect = slices.Clone(test.Modes), cloneSamples(test.Samples), make(map[string]*Expectation, len(test.Expect))
		for node, expectation := range test.Expect {
			e := *expectation
			e.Rows, e.Columns, e.Keys = cloneRows(e.Rows), slices.Clone(e.Columns), slices.Clone(e.Keys)
			if e.Count != nil {
				count := *e.Count
				e.Count = &count
			}
			t.Expect[node] = &e
		}
		copied[id] = &t
	}
	return copied
}

// fill puts empty lists and objects where a sample has none.
func (s *Sample) fill() {
	if s.Columns == nil {
		s.Columns = []string{}
	}
	if s.Rows == nil {
		s.Rows = []SampleRow{}
	}
	fillRows(s.Rows)
}

func fillRows(rows []SampleRow) {
	for i := range rows {
		if rows[i].Kind == "+I" {
			rows[i].Kind = ""
		}
		if rows[i].Values == nil {
			rows[i].Values = []any{}
		}
	}
}

// fill puts empty objects where a test has none, and leaves out what says nothing.
func (t *Test) fill() {
	if t.Samples == nil {
		t.Samples = map[string]*Sample{}
	}
	if t.Expect == nil {
		t.Expect = map[string]*Expectation{}
	}
	for _, sample := range t.Samples {
		sample.fill()
	}
	if len(t.Modes) == 0 {
		t.Modes = nil
	}
	for _, expectation := range t.Expect {
		fillRows(expectation.Rows)
		if len(expectation.Columns) == 0 {
			expectation.Columns = nil
		}
		if len(expectation.Keys) == 0 {
			expectation.Keys = nil
		}
		if expectation.View == TableView {
			expectation.View = ""
		}
	}
}

// editSamples does an operation on samples; path stands behind "samples".
func (d *Document) editSamples(path []string, set bool, value json.RawMessage) error {
	id := path[0]
	if len(path) == 2 {
		sample := d.Samples[id]
		if path[1] != "live" || !set {
			return fmt.Errorf(`of a sample, "live" can be set`)
		}
		if sample == nil {
			return fmt.Errorf("there is no sample of %q", id)
		}
		return decodeStrict(value, flagPlace, 3, &sample.Live)
	}
	if !set {
		delete(d.Samples, id)
		return nil
	}
	if !nodeID.MatchString(id) {
		return fmt.Errorf("node id %q: use 1 to 64 letters, digits, - and _", id)
	}
	sample := &Sample{}
	if err := decodeStrict(value, samplePlace, 2, sample); err != nil {
		return err
	}
	sample.fill()
	if d.Samples == nil {
		d.Samples = map[string]*Sample{}
	}
	d.Samples[id] = sample
	return nil
}

func (d *Document) editTest(id string, set bool, value json.RawMessage) error {
	if !set {
		delete(d.Tests, id)
		return nil
	}
	if !nodeID.MatchString(id) {
		return fmt.Errorf("test id %q: use 1 to 64 letters, digits, - and _", id)
	}
	test := &Test{}
	if err := decodeStrict(value, testPlace, 2, test); err != nil {
		return err
	}
	test.fill()
	if d.Tests == nil {
		d.Tests = map[string]*Test{}
	}
	d.Tests[id] = test
	return nil
}

// samplesAndTests come behind the nodes, with which samples go.
func (l *operations) samplesAndTests(a, b *Document) {
	goes := func(id string) bool { return a.Nodes[id] != nil && b.Nodes[id] == nil }
	for _, id := range slices.Sorted(maps.Keys(a.Samples)) {
		if b.Samples[id] == nil && !goes(id) {
			l.remove("samples", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Samples)) {
		if before := a.Samples[id]; before == nil || goes(id) || !reflect.DeepEqual(before, b.Samples[id]) {
			l.set(b.Samples[id], "samples", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(a.Tests)) {
		if b.Tests[id] == nil {
			l.remove("tests", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.Tests)) {
		if before := a.Tests[id]; before == nil || !reflect.DeepEqual(before, b.Tests[id]) {
			l.set(b.Tests[id], "tests", id)
		}
	}
}
