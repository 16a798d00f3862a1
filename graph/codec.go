package graph

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// MaxDepth is how deep a document's JSON may nest.
const MaxDepth = 32

// Decode reads a document. Unknown fields, doubled keys, a higher format and values of the wrong shape are refused with a
// sentence for its author that names the line; what a well-formed document means is Check's business.
func Decode(data []byte) (*Document, error) {
	if err := checkTokens(data, documentPlace, 0); err != nil {
		return nil, err
	}
	doc := New("")
	doc.Format, doc.Mode = 0, ""
	if err := decode(data, doc); err != nil {
		return nil, readable(data, 0, err)
	}
	if doc.Format != Format {
		return nil, fmt.Errorf(`the document has no "format": write "format": %d`, Format)
	}
	if doc.Mode == "" {
		doc.Mode = Streaming
	}
	if doc.Settings == nil {
		doc.Settings = map[string]string{}
	}
	if doc.Nodes == nil {
		doc.Nodes = map[string]*Node{}
	}
	if doc.Edges == nil {
		doc.Edges = []Edge{}
	}
	for _, node := range doc.Nodes {
		if node.Config == nil {
			node.Config = Config{}
		}
	}
	for _, sample := range doc.Samples {
		sample.fill()
	}
	for _, test := range doc.Tests {
		test.fill()
	}
	return doc, nil
}

// Encode writes the canonical form: keys in a fixed order, one line per small thing, edges sorted, a line for each row of
// samples, a newline at the end. The same document is always the same bytes.
func (d *Document) Encode() []byte {
	var b strings.Builder
	b.WriteString("{\n")
	fmt.Fprintf(&b, "  \"format\": %d,\n  \"name\": %s,\n  \"mode\": %s,\n", d.Format, quoted(d.Name), quoted(string(d.Mode)))
	settings := make(map[string]any, len(d.Settings))
	for key, value := range d.Settings {
		settings[key] = value
	}
	b.WriteString("  \"settings\": ")
	writeObject(&b, settings, "  ")
	b.WriteString(",\n  \"nodes\": {")
	for i, id := range d.NodeIDs() {
		node := d.Nodes[id]
		separate(&b, i, "    ")
		fmt.Fprintf(&b, "%s: {\n      \"kind\": %s,\n      \"name\": %s,\n      \"config\": ", quoted(id), quoted(node.Kind), quoted(node.Name))
		writeValue(&b, map[string]any(node.Config), "      ")
		fmt.Fprintf(&b, ",\n      \"position\": {\"x\": %s, \"y\": %s},\n      \"description\": %s\n    }",
			number(node.Position.X), number(node.Position.Y), quoted(node.Description))
	}
	closeList(&b, len(d.Nodes), "  ", "},\n  \"edges\": [")
	for i, edge := range d.sortedEdges() {
		separate(&b, i, "    ")
		fmt.Fprintf(&b, "{\"from\": %s, \"to\": %s, \"port\": %s}", quoted(edge.From), quoted(edge.To), quoted(edge.Port))
	}
	closeList(&b, len(d.Edges), "  ", "]")
	if len(d.Samples) > 0 {
		b.WriteString(",\n  \"samples\": ")
		writeByID(&b, d.Samples, "  ")
	}
	if len(d.Tests) > 0 {
		b.WriteString(",\n  \"tests\": ")
		writeTests(&b, d.Tests)
	}
	b.WriteString("\n}\n")
	return []byte(b.String())
}

// NodeIDs returns the ids of all nodes, sorted.
func (d *Document) NodeIDs() []string {
	ids := make([]string, 0, len(d.Nodes))
	for id := range d.Nodes {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// sortedEdges are the edges in canonical order, to be read only: they are the document's own where it has that order.
func (d *Document) sortedEdges() []Edge {
	if slices.IsSortedFunc(d.Edges, compareEdges) {
		return d.Edges
	}
	edges := slices.Clone(d.Edges)
	slices.SortFunc(edges, compareEdges)
	return edges
}

func compareEdges(a, b Edge) int {
	return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To), strings.Compare(a.Port, b.Port))
}

func separate(b *strings.Builder, i int, indent string) {
	if i > 0 {
		b.WriteByte(',')
	}
	b.WriteString("\n" + indent)
}

func closeList(b *strings.Builder, n int, indent, closing string) {
	if n > 0 {
		b.WriteString("\n" + indent)
	}
	b.WriteString(closing)
}

const maxLine = 120 // bytes

// writeValue puts objects and lists of scalars that fit a line on one line and everything else one entry a line.
func writeValue(b *strings.Builder, value any, indent string) {
	switch v := value.(type) {
	case map[string]any:
		if line, ok := oneLine(v); ok && len(indent)+len(line) <= maxLine {
			b.WriteString(line)
			return
		}
		writeObject(b, v, indent)
	case []any:
		if len(v) == 0 {
			b.WriteString("[]")
			return
		}
		if line, ok := listLine(v); ok && len(indent)+len(line) <= maxLine {
			b.WriteString(line)
			return
		}
		b.WriteByte('[')
		for i, item := range v {
			separate(b, i, indent+"  ")
			writeValue(b, item, indent+"  ")
		}
		b.WriteString("\n" + indent + "]")
	default:
		b.WriteString(scalar(v))
	}
}

func writeObject(b *strings.Builder, object map[string]any, indent string) {
	if len(object) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteByte('{')
	for i, key := range sortedKeys(object) {
		separate(b, i, indent+"  ")
		b.WriteString(quoted(key) + ": ")
		writeValue(b, object[key], indent+"  ")
	}
	b.WriteString("\n" + indent + "}")
}

func oneLine(object map[string]any) (string, bool) {
	var b strings.Builder
	b.WriteByte('{')
	for i, key := range sortedKeys(object) {
		switch object[key].(type) {
		case map[string]any, []any:
			return "", false
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(key) + ": " + scalar(object[key]))
	}
	b.WriteByte('}')
	return b.String(), true
}

func listLine(list []any) (string, bool) {
	items := make([]string, len(list))
	for i, item := range list {
		switch item.(type) {
		case map[string]any, []any:
			return "", false
		}
		items[i] = scalar(item)
	}
	return "[" + strings.Join(items, ", ") + "]", true
}

// sortedKeys are the keys in canonical order: the name first, as people look for it, the rest by letter.
func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		if (keys[i] == "name") != (keys[j] == "name") {
			return keys[i] == "name"
		}
		return keys[i] < keys[j]
	})
	return keys
}

func scalar(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return quoted(v)
	case float64:
		return number(v)
	default:
		data, err := json.Marshal(v)
		if err != nil {
			panic(fmt.Sprintf("graph: config value %T is not JSON", v)) // decode lets in nothing else
		}
		return string(data)
	}
}

func quoted(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic("graph: a string is always JSON: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// decode reads the first value, numbers as they are written.
func decode(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(into)
}

// decodeStrict reads the value of an operation that stands below depth objects and lists of its document.
func decodeStrict(data []byte, at place, depth int, into any) error {
	if err := checkTokens(data, at, depth); err != nil {
		return err
	}
	if strings.TrimSpace(string(data)) == "null" && at != freePlace {
		return fmt.Errorf("null is no %s", at)
	}
	if err := decode(data, into); err != nil {
		return readable(data, 0, err)
	}
	return nil
}

// readable turns encoding/json's errors into sentences with a line number; offset is where the decoder stands.
func readable(data []byte, offset int64, err error) error {
	var message string
	switch e := err.(type) {
	case *json.SyntaxError:
		offset, message = e.Offset, strings.TrimPrefix(e.Error(), "json: ")
		var whole *json.SyntaxError
		if errors.As(json.Unmarshal(data, new(json.RawMessage)), &whole) {
			offset = whole.Offset - 1 // a decoder that is asked for tokens counts only some of the bytes
		}
	default:
		message = strings.TrimPrefix(err.Error(), "json: ")
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			offset, message = int64(len(data)), "the text ends too early"
		}
	}
	return fmt.Errorf("line %d: %s", lineOf(data, offset), message)
}

func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}
