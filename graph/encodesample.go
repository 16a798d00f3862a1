package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// writeByID writes an object of samples or expectations, one entry after the other in the order of their ids.
func writeByID[T interface {
	write(b *strings.Builder, indent string)
}](b *strings.Builder, entries map[string]T, indent string) {
	if len(entries) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteByte('{')
	for i, id := range slices.Sorted(maps.Keys(entries)) {
		separate(b, i, indent+"  ")
		b.WriteString(quoted(id) + ": ")
		entries[id].write(b, indent+"  ")
	}
	b.WriteString("\n" + indent + "}")
}

func (s *Sample) write(b *strings.Builder, indent string) {
	m := members{b: b, indent: indent}
	if s.Live {
		m.value("live", true)
	}
	m.value("columns", texts(s.Columns))
	m.rows("rows", s.Rows)
	m.end()
}

// size is how many bytes the sample has in canonical form.
func (s *Sample) size() int {
	var b strings.Builder
	s.write(&b, "    ")
	return b.Len()
}

func writeTests(b *strings.Builder, tests map[string]*Test) {
	b.WriteByte('{')
	for i, id := range slices.Sorted(maps.Keys(tests)) {
		test := tests[id]
		separate(b, i, "    ")
		b.WriteString(quoted(id) + ": ")
		m := members{b: b, indent: "    "}
		m.value("name", test.Name)
		if len(test.Modes) > 0 {
			modes := make([]any, len(test.Modes))
			for i, mode := range test.Modes {
				modes[i] = string(mode)
			}
			m.value("modes", modes)
		}
		m.key("samples")
		writeByID(b, test.Samples, "      ")
		m.key("expect")
		writeByID(b, test.Expect, "      ")
		m.end()
	}
	b.WriteString("\n  }")
}

func (e *Expectation) write(b *strings.Builder, indent string) {
	m := members{b: b, indent: indent}
	if e.View != "" {
		m.value("view", string(e.View))
	}
	if e.Ordered {
		m.value("ordered", true)
	}
	if len(e.Keys) > 0 {
		m.value("keys", texts(e.Keys))
	}
	if len(e.Columns) > 0 {
		m.value("columns", texts(e.Columns))
	}
	if e.Rows != nil {
		m.rows("rows", e.Rows)
	}
	if e.Count != nil {
		m.value("count", *e.Count)
	}
	if e.Holds != "" {
		m.value("holds", e.Holds)
	}
	m.end()
}

// members writes an object with one member a line.
type members struct {
	b      *strings.Builder
	indent string
	count  int
}

func (m *members) key(key string) {
	if m.count == 0 {
		m.b.WriteByte('{')
	}
	separate(m.b, m.count, m.indent+"  ")
	m.count++
	m.b.WriteString(quoted(key) + ": ")
}

func (m *members) value(key string, value any) {
	m.key(key)
	writeValue(m.b, value, m.indent+"  ")
}

// rows writes one row a line, however long it is, so that a diff shows the row that changed.
func (m *members) rows(key string, rows []SampleRow) {
	m.key(key)
	m.b.WriteByte('[')
	for i, row := range rows {
		separate(m.b, i, m.indent+"    ")
		m.b.WriteByte('{')
		if row.Kind != "" {
			fmt.Fprintf(m.b, `"kind": %s, `, quoted(row.Kind))
		}
		m.b.WriteString(`"values": `)
		writeLine(m.b, row.Values)
		m.b.WriteByte('}')
	}
	closeList(m.b, len(rows), m.indent+"  ", "]")
}

func (m *members) end() {
	if m.count == 0 {
		m.b.WriteString("{}")
		return
	}
	m.b.WriteString("\n" + m.indent + "}")
}

// writeLine writes a value without a line break.
func writeLine(b *strings.Builder, value any) {
	switch v := value.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, key := range sortedKeys(v) {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(quoted(key) + ": ")
			writeLine(b, v[key])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeLine(b, item)
		}
		b.WriteByte(']')
	default:
		b.WriteString(scalar(v))
	}
}
