package sample

import (
	"slices"
	"time"

	"millrace/graph"
)

// table is what a sample stands in for.
type table struct {
	columns []Column // physical, in the table's order
	key     []string // the primary key's columns; empty without one
	upsert  bool     // its rows are the newest of their keys, whatever kind they bear
	zone    *time.Location
}

// change is a row of a sample, held against its table.
type change struct {
	kind  string // +I, -U, +U or -D
	value string // the row as JSON
	key   string // the values of the primary key as JSON; "" without one
	bare  bool   // only the key has values
}

// read holds a sample's rows against the table.
func (t table) read(sample *graph.Sample) ([]change, []problem) {
	index, problems := t.match(sample)
	changes := make([]change, 0, len(sample.Rows))
	for r, row := range sample.Rows {
		if len(row.Values) != len(sample.Columns) {
			problems = append(problems, problem{row: r, text: "it has not one value for each column; give each a value, null where there is none"})
			continue
		}
		c := change{kind: row.Sign(), bare: len(t.key) > 0}
		b, key := []byte{'{'}, []byte{}
		for i, column := range t.columns {
			var value any
			if at := index[i]; at >= 0 {
				value = row.Values[at]
			}
			isKey := slices.Contains(t.key, column.Name)
			typ := *column.Type
			if t.upsert && !isKey && c.kind == "-D" {
				typ.NotNull = false // a tombstone has its key alone
			}
			normal, err := Normal(value, &typ, t.zone)
			if err != nil && (index[i] >= 0 || r == 0) {
				problems = append(problems, problem{r, column.Name, err.Error()})
			}
			if err != nil {
				continue
			}
			b = append(appendText(comma(b, i), column.Name), ':')
			b = appendJSON(b, normal, &typ, t.zone)
			if isKey {
				key = append(appendJSON(key, normal, &typ, t.zone), ',')
			} else if normal != nil {
				c.bare = false
			}
		}
		c.value, c.key = string(append(b, '}')), string(key)
		changes = append(changes, c)
	}
	return changes, problems
}

// match finds the place of each of the table's columns in the sample's rows, -1 where there is none.
func (t table) match(sample *graph.Sample) ([]int, []problem) {
	index := make([]int, len(t.columns))
	known := map[string]bool{}
	for i, column := range t.columns {
		index[i] = slices.Index(sample.Columns, column.Name)
		known[column.Name] = true
	}
	var problems []problem
	for _, name := range sample.Columns {
		if !known[name] {
			problems = append(problems, problem{-1, name, "the source has no such column to fill in; remove it from the sample"})
		}
	}
	return index, problems
}

// lines are the rows as files of the format json hold them.
func lines(rows []string) []byte {
	var b []byte
	for _, row := range rows {
		b = append(append(b, row...), '\n')
	}
	return b
}

// debezium are changes as files of the format debezium-json hold them. A -U and the +U behind it are one update, a +U alone
// is one of the row that has its key, and of an upsert table a row is an update wherever its key is there already.
func (t table) debezium(changes []change) []byte {
	held := map[string]string{} // by key
	var rows []string
	put := func(before, after, op string) {
		rows = append(rows, `{"before":`+before+`,"after":`+after+`,"op":"`+op+`"}`)
	}
	for i := 0; i < len(changes); i++ {
		c := changes[i]
		before, known := held[c.key]
		known = known && c.key != ""
		switch {
		case c.kind == "-U" && i+1 < len(changes) && changes[i+1].kind == "+U":
			after := changes[i+1]
			put(c.value, after.value, "u")
			delete(held, c.key)
			held[after.key] = after.value
			i++
			continue
		case c.kind == "-U" || c.kind == "-D":
			if known && (c.bare || t.upsert) {
				put(before, "null", "d")
			} else if !t.upsert {
				put(c.value, "null", "d")
			}
			delete(held, c.key)
			continue
		case known && (c.kind == "+U" || t.upsert):
			put(before, c.value, "u")
		default:
			put("null", c.value, "c")
		}
		held[c.key] = c.value
	}
	return lines(rows)
}

// final are the rows that are left of changes, in the order in which they came; a row that is updated keeps its place.
func (t table) final(changes []change) []string {
	var left []change
	find := func(c change) int {
		return slices.IndexFunc(left, func(other change) bool {
			if c.key != "" {
				return other.key == c.key
			}
			return other.value == c.value
		})
	}
	for i := 0; i < len(changes); i++ {
		c := changes[i]
		goes := c.kind == "-U" || c.kind == "-D"
		at := -1
		if c.key != "" || goes {
			at = find(c)
		}
		switch {
		case c.kind == "-U" && i+1 < len(changes) && changes[i+1].kind == "+U":
			i++
			if at >= 0 {
				left[at] = changes[i]
			} else {
				left = append(left, changes[i])
			}
		case goes && at >= 0:
			left = slices.Delete(left, at, at+1)
		case goes:
		case at >= 0:
			left[at] = c
		default:
			left = append(left, c)
		}
	}
	rows := make([]string, len(left))
	for i, c := range left {
		rows[i] = c.value
	}
	return rows
}
