package verdict

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"millrace/graph"
	"millrace/server/preview"
	"millrace/server/sample"
)

// Digits that count of binary fractions, whose last ones hang on the order of a sum.
const (
	floatDigits  = 6
	doubleDigits = 12
)

// comparison knows how the values of a node's columns are compared.
type comparison struct {
	zone    *time.Location
	names   []string       // of the compared columns
	places  []int          // of them in the node's rows
	types   []*sample.Type // nil: compared as they are
	asText  []bool         // nested values that came as text
	keys    []int          // places among the compared columns; empty: none is known
	problem string         // why nothing can be compared
}

func (t *trial) comparison(id string, e *graph.Expectation, node preview.Node) comparison {
	c := comparison{zone: time.UTC}
	if zone, err := sample.Zone(t.doc); err == nil {
		c.zone = zone
	}
	c.names = e.Columns
	if len(c.names) == 0 {
		for _, column := range node.Columns {
			c.names = append(c.names, column.Name)
		}
	}
	for _, name := range c.names {
		place := slices.IndexFunc(node.Columns, func(column preview.Column) bool { return column.Name == name })
		if place < 0 {
			c.problem = fmt.Sprintf("The node has no column %q.", name)
			return c
		}
		typ, err := sample.ParseType(node.Columns[place].Type)
		if err != nil {
			typ = nil // nothing that a sample may hold; what is expected was taken from what came
		}
		c.places, c.types = append(c.places, place), append(c.types, typ)
		c.asText = append(c.asText, typ != nil && isNested(typ) && slices.ContainsFunc(node.Rows, func(row preview.Row) bool {
			_, isText := row.Values[place].(string)
			return isText
		}))
	}
	keys := e.Keys
	if len(keys) == 0 {
		keys = t.keyOf(id, 0)
	}
	for _, key := range keys {
		place := slices.Index(c.names, key)
		if place < 0 {
			if len(e.Keys) > 0 {
				c.problem = fmt.Sprintf("The key %q is none of the compared columns.", key)
			}
			c.keys = nil
			return c
		}
		c.keys = append(c.keys, place)
	}
	return c
}

func isNested(typ *sample.Type) bool {
	return slices.Contains([]string{"ARRAY", "MAP", "MULTISET", "ROW"}, typ.Root)
}

// keyOf are the columns that tell a node's rows apart, where that is plain from its config.
func (t *trial) keyOf(id string, depth int) []string {
	node := t.doc.Nodes[id]
	if node == nil || depth > len(t.doc.Nodes) {
		return nil
	}
	own, _ := node.Config.At("table.primaryKey")
	switch node.Kind {
	case "aggregate":
		own = node.Config["groupBy"]
	case "windowAggregate":
		groups, _ := node.Config["groupBy"].([]any)
		own = append([]any{"window_start", "window_end"}, groups...)
	}
	list, _ := own.([]any)
	if len(list) == 0 && slices.Contains([]string{"filter", "sort", "sink"}, node.Kind) {
		for _, edge := range t.doc.Inputs()[id] {
			return t.keyOf(edge.From, depth+1)
		}
	}
	var names []string
	for _, item := range list {
		name, _ := item.(string)
		names = append(names, strings.Trim(name, "`"))
	}
	return names
}

// entry is a row in the form in which it is compared.
type entry struct {
	row   graph.SampleRow
	cells []string
	text  string // kind and cells
}

// entry normalises the values of the compared columns.
func (c comparison) entry(kind string, values []any) (entry, error) {
	e := entry{row: graph.SampleRow{Kind: kind, Values: make([]any, len(values))}, cells: make([]string, len(values))}
	if kind == "+I" {
		e.row.Kind = ""
	}
	for i, value := range values {
		var err error
		if e.row.Values[i], e.cells[i], err = c.cell(i, value); err != nil {
			return e, fmt.Errorf("column %s: %w", c.names[i], err)
		}
	}
	e.text = e.row.Sign() + " " + strings.Join(e.cells, ", ")
	return e, nil
}

// cell is a value in its normal form, and the text by which it is compared.
func (c comparison) cell(i int, value any) (normal any, text string, err error) {
	typ := c.types[i]
	if _, isText := value.(string); typ == nil || c.asText[i] && isText {
		return value, jsonOf(value), nil
	}
	if normal, err = sample.Normal(value, typ, c.zone); err != nil {
		return nil, "", err
	}
	if c.asText[i] && normal != nil {
		flat := sample.Text(normal, typ)
		return flat, jsonOf(flat), nil
	}
	return normal, comparable(normal, typ), nil
}

// comparable is a normal value as a text that is the same for what counts as the same.
func comparable(value any, typ *sample.Type) string {
	switch v := value.(type) {
	case json.Number:
		digits := map[string]int{"FLOAT": floatDigits, "DOUBLE": doubleDigits}[typ.Root]
		if number, err := v.Float64(); err == nil && digits > 0 {
			return strconv.FormatFloat(number+0, 'g', digits, 64) // + 0 makes 0 of -0
		}
	case []any:
		texts := make([]string, len(v))
		for i, item := range v {
			element := typ.Elements[len(typ.Elements)-1]
			if pair, isEntry := item.(map[string]any); isEntry && typ.Root != "ARRAY" {
				texts[i] = jsonOf(pair["key"]) + ": " + comparable(pair["value"], element)
				continue
			}
			texts[i] = comparable(item, element)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case map[string]any:
		texts := make([]string, len(typ.Fields))
		for i, field := range typ.Fields {
			texts[i] = comparable(v[field.Name], field.Type)
		}
		return "(" + strings.Join(texts, ", ") + ")"
	}
	return jsonOf(value)
}

func jsonOf(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(data)
}

// final applies a changelog and gives the rows that are left, an updated one at the place of the old one.
func final(rows []preview.Row) []preview.Row {
	var left []preview.Row
	places := map[string][]int{} // of equal rows, the newest last
	pending := -1                // the place of a row whose new version comes next
	gone := map[int]bool{}
	put := func(row preview.Row, text string) {
		if pending >= 0 && row.Kind == "+U" {
			left[pending] = row
			delete(gone, pending)
			places[text] = append(places[text], pending)
		} else {
			places[text] = append(places[text], len(left))
			left = append(left, row)
		}
		pending = -1
	}
	for _, row := range rows {
		text := jsonOf(row.Values)
		if row.Kind == "+I" || row.Kind == "+U" {
			put(row, text)
			continue
		}
		pending = -1
		if equal := places[text]; len(equal) > 0 {
			at := equal[len(equal)-1]
			places[text] = equal[:len(equal)-1]
			gone[at] = true
			if row.Kind == "-U" {
				pending = at
			}
		}
	}
	kept := []preview.Row{}
	for i, row := range left {
		if !gone[i] {
			row.Kind = "+I"
			kept = append(kept, row)
		}
	}
	return kept
}

// compare holds rows and count against the node's rows and says what is wrong.
func (o *Outcome) compare(e *graph.Expectation, node preview.Node, c comparison) []string {
	if c.problem != "" {
		return []string{c.problem}
	}
	o.Columns = c.names
	rows := node.Rows
	if e.View != graph.ChangelogView {
		rows = final(rows)
	}
	var wrong []string
	if e.Count != nil && *e.Count != int64(len(rows)) {
		wrong = append(wrong, fmt.Sprintf("%s instead of %d.", counted(len(rows), "row"), *e.Count))
	}
	if e.Rows == nil {
		return wrong
	}
	actual := make([]entry, len(rows))
	for i, row := range rows {
		values := make([]any, len(c.places))
		for k, place := range c.places {
			values[k] = row.Values[place]
		}
		var err error
		if actual[i], err = c.entry(row.Kind, values); err != nil {
			return append(wrong, fmt.Sprintf("Row %d of the node cannot be read: %v.", i+1, err))
		}
	}
	expected := make([]entry, len(e.Rows))
	for i, row := range e.Rows {
		if len(row.Values) != len(c.names) {
			return append(wrong, fmt.Sprintf("Expected row %d has %s for %s: %s.", i+1, counted(len(row.Values), "value"), counted(len(c.names), "column"), strings.Join(c.names, ", ")))
		}
		var err error
		if expected[i], err = c.entry(row.Sign(), row.Values); err != nil {
			return append(wrong, fmt.Sprintf("Expected row %d, %v.", i+1, err))
		}
	}
	return append(wrong, o.difference(e, c, expected, actual)...)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
