package preview_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/compiler"
	"millrace/graph"
)

// mistake is a text that our own checks let pass and Flink refuses. Where Flink's refusal has to land is marked in the text:
// between « and »; without marks the whole field is meant.
type mistake struct {
	node  shape
	field string // the path of the text in the node's config
	text  string
	lands string // the field in which it has to land; "" for the same field
}

// shape is a node that would be right without the mistake.
type shape struct {
	kind   string
	config string // JSON
	inputs []string
}

func (m mistake) wanted() (text, field string, span *graph.Span) {
	field = m.lands
	if field == "" {
		field = m.field
	}
	before, rest, marked := strings.Cut(m.text, "«")
	if !marked {
		return m.text, field, nil
	}
	inside, after, _ := strings.Cut(rest, "»")
	return before + inside + after, field, &graph.Span{Start: len(before), End: len(before) + len(inside)}
}

// config is the shape's with the wrong text in its place.
func (m mistake) config(t *testing.T, text string) graph.Config {
	t.Helper()
	config := decode(t, m.node.config)
	put(t, config, strings.Split(m.field, "."), text)
	return config
}

func put(t *testing.T, at any, path []string, text string) {
	t.Helper()
	switch v := at.(type) {
	case graph.Config:
		put(t, map[string]any(v), path, text)
	case map[string]any:
		if len(path) == 1 || v[path[0]] == nil { // an option's key holds dots
			v[strings.Join(path, ".")] = text
			return
		}
		put(t, v[path[0]], path[1:], text)
	case []any:
		i, err := strconv.Atoi(path[0])
		require.NoError(t, err)
		if len(path) == 1 {
			v[i] = text
			return
		}
		put(t, v[i], path[1:], text)
	default:
		t.Fatalf("no place for %v in %v", path, at)
	}
}

// TestFlinksRefusalsLandOnTheirCharacters asks a real Flink for the columns of nodes with one mistake each, as the page does.
func TestFlinksRefusalsLandOnTheirCharacters(t *testing.T) {
	b := newBench(t)
	mistakes := allMistakes()
	require.GreaterOrEqual(t, len(mistakes), 200)
	doc := tables(t)
	node := func(i int) string { return fmt.Sprintf("n%03d", i) }
	for i, m := range mistakes {
		text, _, _ := m.wanted()
		doc.Nodes[node(i)] = &graph.Node{Kind: m.node.kind, Name: node(i), Config: m.config(t, text)}
		for _, input := range m.node.inputs {
			from, port, named := strings.Cut(input, ":")
			if !named {
				port = "in"
			}
			doc.Edges = append(doc.Edges, graph.Edge{From: from, To: node(i), Port: port})
		}
	}
	ours := compiler.Compile(doc, compiler.Options{})
	relations, err := b.Relations(t.Context(), "spans", 1, doc)
	require.NoError(t, err)
	found := map[string]graph.Diagnostic{}
	for _, d := range relations.Diagnostics {
		if _, twice := found[d.Node]; d.Severity == graph.Error && !twice {
			found[d.Node] = d
		}
	}
	for _, input := range []string{"orders", "customers"} {
		require.NotContains(t, found, input)
	}
	for _, d := range ours.Diagnostics {
		if d.Severity == graph.Error {
			t.Errorf("our own check refuses %+v before Flink can: %v", mistakes[number(t, d.Node)], d)
		}
	}
	right := 0
	for i, m := range mistakes {
		got, refused := found[node(i)]
		if !refused {
			t.Errorf("Flink takes %s.%s: %s", m.node.kind, m.field, m.text)
			continue
		}
		text, field, span := m.wanted()
		if got.Field == field && same(got.Span, span, text) {
			right++
			continue
		}
		t.Logf("%s.%s: %s\n  lands in %s on %s\n  %s", m.node.kind, m.field, m.text, got.Field, characters(got.Span, text), got.Detail)
	}
	t.Logf("%d of %d wrong texts are marked at their characters (%.1f %%)", right, len(mistakes), 100*float64(right)/float64(len(mistakes)))
	if right*100 < len(mistakes)*95 {
		t.Error("fewer than 95 % are right")
	}
}

func number(t *testing.T, node string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimPrefix(node, "n"))
	require.NoError(t, err, node)
	return n
}

// same tells whether two spans mean the same characters; without a span the whole text is meant.
func same(a, b *graph.Span, text string) bool {
	whole := graph.Span{End: len(text)}
	if a == nil {
		a = &whole
	}
	if b == nil {
		b = &whole
	}
	return *a == *b
}

func characters(span *graph.Span, text string) string {
	switch {
	case span == nil:
		return "the whole field"
	case span.End > len(text) || span.Start > span.End:
		return fmt.Sprintf("%+v of another text", *span)
	}
	return strconv.Quote(text[span.Start:span.End])
}
