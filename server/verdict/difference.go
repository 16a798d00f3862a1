package verdict

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

// difference tells which rows are missing, too many or changed; where none are, whether their order is right.
func (o *Outcome) difference(e *graph.Expectation, c comparison, expected, actual []entry) []string {
	missing, unexpected := apart(expected, actual)
	changed, missing, unexpected := c.pair(missing, unexpected)
	o.Differing = len(missing) + len(unexpected) + len(changed)
	if o.Differing > 0 {
		o.Missing, o.Unexpected, o.Changed = told(rowsOf(missing)), told(rowsOf(unexpected)), told(changed)
		var parts []string
		for _, part := range []struct {
			count int
			what  string
		}{{len(missing), "missing"}, {len(unexpected), "unexpected"}, {len(changed), "changed"}} {
			if part.count > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", part.count, part.what))
			}
		}
		return []string{fmt.Sprintf("The rows differ: %s.", strings.Join(parts, ", "))}
	}
	if !e.Ordered {
		return nil
	}
	for i := range expected {
		if expected[i].text != actual[i].text {
			return []string{fmt.Sprintf("The rows are right, their order is not: row %d is %s, and %s was expected there.", i+1, actual[i].text, expected[i].text)}
		}
	}
	return nil
}

// apart takes away what both have, as often as both have it.
func apart(expected, actual []entry) (missing, unexpected []entry) {
	counts := map[string]int{}
	for _, e := range actual {
		counts[e.text]++
	}
	for _, e := range expected {
		if counts[e.text] > 0 {
			counts[e.text]--
			continue
		}
		missing = append(missing, e)
	}
	for i := len(actual) - 1; i >= 0; i-- { // the last ones of equal rows are too many
		if counts[actual[i].text] > 0 {
			counts[actual[i].text]--
			unexpected = append(unexpected, actual[i])
		}
	}
	slices.Reverse(unexpected)
	return missing, unexpected
}

// pair finds the rows that are there with other values: those with the same key, or the only ones on both sides.
func (c comparison) pair(missing, unexpected []entry) (changed []ChangedRow, stillMissing, stillUnexpected []entry) {
	if len(c.keys) == 0 {
		if len(missing) == 1 && len(unexpected) == 1 && missing[0].row.Kind == unexpected[0].row.Kind {
			return []ChangedRow{c.changed(missing[0], unexpected[0])}, nil, nil
		}
		return nil, missing, unexpected
	}
	byKey := map[string][]int{}
	for i, e := range unexpected {
		byKey[c.key(e)] = append(byKey[c.key(e)], i)
	}
	taken := map[int]bool{}
	for _, e := range missing {
		places := byKey[c.key(e)]
		if len(places) == 0 {
			stillMissing = append(stillMissing, e)
			continue
		}
		byKey[c.key(e)] = places[1:]
		taken[places[0]] = true
		changed = append(changed, c.changed(e, unexpected[places[0]]))
	}
	for i, e := range unexpected {
		if !taken[i] {
			stillUnexpected = append(stillUnexpected, e)
		}
	}
	return changed, stillMissing, stillUnexpected
}

// key is a row's kind and key as a text.
func (c comparison) key(e entry) string {
	parts := []string{e.row.Kind}
	for _, place := range c.keys {
		parts = append(parts, e.cells[place])
	}
	return strings.Join(parts, "\n")
}

func (c comparison) changed(expected, actual entry) ChangedRow {
	row := ChangedRow{Kind: actual.row.Kind, Key: []any{}, Row: actual.row.Values, Cells: []ChangedCell{}}
	for _, place := range c.keys {
		row.Key = append(row.Key, actual.row.Values[place])
	}
	for i := range expected.cells {
		if expected.cells[i] != actual.cells[i] {
			row.Cells = append(row.Cells, ChangedCell{Column: i, Expected: expected.row.Values[i], Actual: actual.row.Values[i]})
		}
	}
	return row
}

func rowsOf(entries []entry) []graph.SampleRow {
	rows := make([]graph.SampleRow, len(entries))
	for i, e := range entries {
		rows[i] = e.row
	}
	return rows
}

func told[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list[:min(len(list), MaxTold)]
}
