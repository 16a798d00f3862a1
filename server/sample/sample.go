// Package sample knows what a pipeline's samples are made of: it holds values against Flink's types, writes the files that a
// run on samples reads and the document that reads them, and makes samples of pasted files and of rules. It is pure but for
// the zones of the time package, and must not import Flink's client, the store or the API.
package sample

import (
	"fmt"
	"time"

	"millrace/graph"
)

// Column is a column that a sample gives values of.
type Column struct {
	Name string
	Type *Type
}

// problem is what is wrong with one row, or with a column of all of them.
type problem struct {
	row    int // from 0; -1 when all are meant
	column string
	text   string
}

const mostProblems = 20 // of one sample that are told

// diagnostics puts problems at the place of their sample, such as "samples.orders".
func diagnostics(node, place string, problems []problem) []graph.Diagnostic {
	var found []graph.Diagnostic
	for i, p := range problems {
		d := graph.Diagnostic{Node: node, Field: place, Severity: graph.Error, Code: "sample-value", Summary: "Sample does not fit its source"}
		switch {
		case p.row < 0:
			d.Field, d.Detail = place+".columns", fmt.Sprintf("Column %s: %s.", p.column, p.text)
		case p.column == "":
			d.Field, d.Detail = fmt.Sprintf("%s.rows.%d", place, p.row), fmt.Sprintf("Row %d: %s.", p.row+1, p.text)
		default:
			d.Field, d.Detail = fmt.Sprintf("%s.rows.%d", place, p.row), fmt.Sprintf("Row %d, column %s: %s.", p.row+1, p.column, p.text)
		}
		if i == mostProblems {
			d.Field, d.Detail = place, fmt.Sprintf("%d more values do not fit: correct these first.", len(problems)-mostProblems)
			return append(found, d)
		}
		found = append(found, d)
	}
	return found
}

// Zone is the time zone of a document's session, in which its TIMESTAMP_LTZ values are written: the setting
// table.local-time-zone, UTC without one.
func Zone(doc *graph.Document) (*time.Location, error) {
	name := doc.Settings[zoneSetting]
	if name == "" {
		return time.UTC, nil
	}
	zone, err := parseZone(name)
	if err != nil {
		return nil, fmt.Errorf("%q is no time zone that is known here: write one such as Europe/Berlin, UTC or GMT-03:00", name)
	}
	return zone, nil
}
