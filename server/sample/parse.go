package sample

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"millrace/graph"
)

// Format is a form in which rows are given.
type Format string

// The formats.
const (
	CSV       Format = "csv"       // with a header or without; , ; or tabs between; a cell that is empty without quotes is NULL
	JSONLines Format = "jsonLines" // an object a line, or one list of them
	Avro      Format = "avro"      // an object container file
)

// ColumnSpec is a column of a source as a request names it.
type ColumnSpec struct {
	Name string `json:"name"`
	Type string `json:"type"` // Flink's, NOT NULL included
}

// Parsed is what became of the given rows.
type Parsed struct {
	Sample      graph.Sample       `json:"sample"`
	Diagnostics []graph.Diagnostic `json:"diagnostics"` // fields are "columns", "rows" and such as "rows.3" of the sample
}

// Parse makes a sample of a pasted or uploaded text, at most as large as a sample may be. Values are put into their normal
// form; what does not fit its column stays as it was given, so that it can be corrected, and is told.
func Parse(format Format, data []byte, specs []ColumnSpec) Parsed {
	in := newIntake(specs)
	switch format {
	case CSV:
		in.csv(strings.TrimPrefix(string(data), "\uFEFF"))
	case JSONLines:
		in.jsonLines(strings.TrimPrefix(string(data), "\uFEFF"))
	case Avro:
		in.avro(data)
	}
	return in.parsed()
}

// intake takes rows in, one after the other, until the sample is full.
type intake struct {
	columns  []Column // type nil: of none that a sample can hold
	places   map[string]int
	rows     []graph.SampleRow
	size     int // bytes of the rows so far, about
	full     string
	problems []problem
	notes    []graph.Diagnostic
	unknown  map[string]bool
	used     []bool // columns that the input has
}

func newIntake(specs []ColumnSpec) *intake {
	in := &intake{places: map[string]int{}, unknown: map[string]bool{}, used: make([]bool, len(specs)), rows: []graph.SampleRow{}}
	for i, spec := range specs {
		typ, err := ParseType(spec.Type)
		if err != nil {
			in.note(graph.Error, "columns", "sample-value", fmt.Sprintf("Column %s: %s.", spec.Name, strings.TrimSuffix(err.Error(), ".")))
		}
		in.columns = append(in.columns, Column{spec.Name, typ})
		in.places[spec.Name] = i
	}
	return in
}

func (in *intake) note(severity graph.Severity, field, code, detail string) {
	summary := map[string]string{"rows-left-out": "Not all rows are taken", "unknown-column": "Column is left out", "unreadable": "Row cannot be read"}[code]
	if summary == "" {
		summary = "Sample does not fit its source"
	}
	in.notes = append(in.notes, graph.Diagnostic{Field: field, Severity: severity, Code: code, Summary: summary, Detail: detail})
}

// unreadable tells of a line that is no row, for the first few of them.
func (in *intake) unreadable(line int, why string) {
	count := 0
	for _, d := range in.notes {
		if d.Code == "unreadable" {
			count++
		}
	}
	if count < mostProblems {
		in.note(graph.Error, "rows", "unreadable", fmt.Sprintf("Line %d: %s. It is left out.", line, strings.TrimSuffix(why, ".")))
	}
}

// leaveOut tells once of a column that the source does not have.
func (in *intake) leaveOut(name string) {
	if in.unknown[name] {
		return
	}
	in.unknown[name] = true
	if len(in.unknown) <= mostProblems {
		in.note(graph.Warning, "columns", "unknown-column", fmt.Sprintf("The source has no column %s to fill in: its values are left out.", shown(name)))
	}
}

// add takes one row; values are by the place of their column, absent ones NULL. It answers false when the sample is full.
func (in *intake) add(kind string, values map[int]any) bool {
	row := graph.SampleRow{Kind: kind, Values: make([]any, len(in.columns))}
	var found []problem
	for i, column := range in.columns {
		value, given := values[i]
		in.used[i] = in.used[i] || given
		row.Values[i] = value
		if column.Type == nil {
			continue
		}
		normal, err := Normal(value, column.Type, time.UTC)
		if err != nil {
			found = append(found, problem{len(in.rows), column.Name, err.Error()})
			continue
		}
		row.Values[i] = normal
	}
	encoded, err := json.Marshal(row.Values)
	if err != nil {
		return true // what was read from JSON, CSV or Avro is JSON again
	}
	size := len(encoded) + 40 // with the row's braces and indent
	switch {
	case len(in.rows) == graph.MaxSampleRows:
		in.full = fmt.Sprintf("%d rows", graph.MaxSampleRows)
		return false
	case in.size+size > graph.MaxSampleBytes:
		in.full = fmt.Sprintf("%d kB", graph.MaxSampleBytes>>10)
		return false
	}
	in.size += size
	in.rows = append(in.rows, row)
	in.problems = append(in.problems, found...)
	return true
}

// leftOut says which rows are taken of how many; "" for of is an unknown number.
func (in *intake) leftOut(of string) {
	if of != "" {
		of = " of " + of
	}
	taken := fmt.Sprintf("Rows 1 to %d%s are taken", len(in.rows), of)
	if len(in.rows) == 0 {
		taken = "No row is taken, since the first is too large"
	}
	in.note(graph.Warning, "rows", "rows-left-out", fmt.Sprintf("%s: a sample has at most %s.", taken, in.full))
}

// parsed is the sample with the columns that the input has; all of them when it has none.
func (in *intake) parsed() Parsed {
	sample := graph.Sample{Columns: []string{}, Rows: in.rows}
	kept := []int{}
	for i := range in.columns {
		if in.used[i] || !slices.Contains(in.used, true) {
			kept = append(kept, i)
			sample.Columns = append(sample.Columns, in.columns[i].Name)
		}
	}
	for r, row := range in.rows {
		values := make([]any, len(kept))
		for k, i := range kept {
			values[k] = row.Values[i]
		}
		in.rows[r].Values = values
	}
	found := in.notes
	for _, d := range diagnostics("", "", in.problems) {
		d.Field = strings.TrimPrefix(d.Field, ".")
		found = append(found, d)
	}
	if found == nil {
		found = []graph.Diagnostic{}
	}
	return Parsed{Sample: sample, Diagnostics: found}
}

// rowKind reads a row's kind as Flink writes it; ok is false of anything else.
func rowKind(text string) (kind string, ok bool) {
	switch text {
	case "+I", "":
		return "", true
	case "-U", "+U", "-D":
		return text, true
	}
	return "", false
}
