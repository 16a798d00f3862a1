package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"millrace/graph"
)

func TestEncodingIsTheSameBytesAfterDecoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		first := doc.Encode()
		if !json.Valid(first) {
			t.Fatalf("not JSON: %s", first)
		}
		decoded, err := graph.Decode(first)
		if err != nil {
			t.Fatalf("decode what was encoded: %v\n%s", err, first)
		}
		if second := decoded.Encode(); !bytes.Equal(first, second) {
			t.Fatalf("first:\n%s\nsecond:\n%s", first, second)
		}
	})
}

func TestEncodingDependsOnNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := documents().Draw(t, "document")
		shuffled := doc.Clone()
		shuffled.Edges = rapid.Permutation(doc.Edges).Draw(t, "edges")
		if !bytes.Equal(doc.Encode(), shuffled.Encode()) {
			t.Fatalf("the order of edges changes the bytes")
		}
	})
}

func TestCanonicalFormIsReadable(t *testing.T) {
	doc := graph.New("delays <&>")
	doc.Settings["table.exec.state.ttl"] = "1 h"
	doc.Nodes["b"] = &graph.Node{Kind: "select", Name: "b", Config: graph.Config{
		"columns": []any{map[string]any{"expression": "a < 1", "name": "x"}}, "empty": []any{}, "none": map[string]any{}, "n": json.Number("1.50"),
	}, Position: graph.Position{X: 0.5, Y: -20}, Description: "two\nlines"}
	doc.Nodes["a"] = &graph.Node{Kind: "source", Name: "a", Config: graph.Config{"catalogTable": strings.Repeat("x", 120)}}
	doc.Edges = []graph.Edge{{From: "b", To: "a", Port: "in"}, {From: "a", To: "b", Port: "in"}}
	want := `{
  "format": 1,
  "name": "delays <&>",
  "mode": "streaming",
  "settings": {
    "table.exec.state.ttl": "1 h"
  },
  "nodes": {
    "a": {
      "kind": "source",
      "name": "a",
      "config": {
        "catalogTable": "` + strings.Repeat("x", 120) + `"
      },
      "position": {"x": 0, "y": 0},
      "description": ""
    },
    "b": {
      "kind": "select",
      "name": "b",
      "config": {
        "columns": [
          {"name": "x", "expression": "a < 1"}
        ],
        "empty": [],
        "n": 1.50,
        "none": {}
      },
      "position": {"x": 0.5, "y": -20},
      "description": "two\nlines"
    }
  },
  "edges": [
    {"from": "a", "to": "b", "port": "in"},
    {"from": "b", "to": "a", "port": "in"}
  ]
}
`
	if got := string(doc.Encode()); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestSamplesAndTestsAreWrittenBehindTheEdges(t *testing.T) {
	text := `{
  "format": 1,
  "name": "",
  "mode": "streaming",
  "settings": {},
  "nodes": {},
  "edges": [],
  "samples": {
    "orders": {
      "live": true,
      "columns": ["id", "items"],
      "rows": [
        {"values": ["9007199254740993", [{"name": "b", "amount": "1.10"}]]},
        {"kind": "-D", "values": [7, null]}
      ]
    }
  },
  "tests": {
    "empty": {
      "name": "",
      "samples": {},
      "expect": {}
    },
    "sums": {
      "name": "Sums",
      "modes": ["streaming", "batch"],
      "samples": {
        "orders": {
          "columns": [],
          "rows": []
        }
      },
      "expect": {
        "none": {
          "rows": []
        },
        "totals": {
          "view": "changelog",
          "ordered": true,
          "keys": ["id"],
          "columns": ["id"],
          "rows": [
            {"kind": "+U", "values": ["1"]}
          ],
          "count": 1,
          "holds": "SELECT COUNT(*) > 0 FROM totals"
        }
      }
    }
  }
}
`
	doc, err := graph.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(doc.Encode()); got != text {
		t.Errorf("got:\n%s", got)
	}
	if doc.Tests["sums"].Expect["none"].Rows == nil || doc.Tests["sums"].Expect["totals"].Rows[0].Sign() != "+U" || doc.Samples["orders"].Rows[0].Sign() != "+I" {
		t.Error("no rows became any rows, or a kind is lost")
	}
	if again := doc.Clone(); string(again.Encode()) != text {
		t.Error("the copy is another document")
	}
}

func TestExamplesAreCanonical(t *testing.T) {
	files, err := filepath.Glob("../examples/*.pipeline.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := graph.Decode(data)
		if err != nil {
			t.Fatal(file, err)
		}
		if !bytes.Equal(doc.Encode(), data) {
			t.Errorf("%s is not canonical: millrace fmt -w %s", file, file)
		}
	}
}

// nested is a document whose deepest value stands in that many objects.
func nested(depth int) string {
	inner := depth - 4 // the document, its nodes, the node, its config
	return `{"format":1,"nodes":{"a":{"config":{"deep":` + strings.Repeat(`{"x":`, inner) + "1" + strings.Repeat("}", inner) + "}}}}"
}

func TestDecodeRefusesWithTheLine(t *testing.T) {
	cases := []struct{ name, document, want string }{
		{"empty", "", "line 1: the text ends too early"},
		{"cut off", "{\n\"format\": 1,\n\"nodes\": {", "line 3: the text ends too early"},
		{"no JSON", "{\n\"format\": 1,\n\"name\": nope}", "line 3: invalid character"},
		{"no JSON at all", "{\n\"format\": 1,\n\n\n\"name\":\n oops}", "line 6: invalid character 'o'"},
		{"comma at the end", "{\n\"format\": 1,\n\"edges\": [\n]\n,\n}", "line 6: invalid character '}'"},
		{"open text", "{\n\"format\": 1,\n\"name\": \"a\nb\"}", "line 3: invalid character"},
		{"missing comma", "{\n\"format\": 1\n\"name\": \"x\"}", "line 3: invalid character"},
		{"a list", "[]", "line 1: a list is no document"},
		{"a text", `"x"`, "line 1: a text is no document"},
		{"null", "null", "line 1: null is no document"},
		{"text behind", "{\"format\": 1}\n{}", "line 2: a document ends here, and more text follows"},
		{"bracket behind", "{\"format\": 1}\n}", "line 2: invalid character"},
		{"no format", "{}", `the document has no "format"`},
		{"null format", "{\n\"format\": null}", "line 2: null is no format"},
		{"format is text", "{\n\"format\": \"1\"}", "line 2: a text is no format"},
		{"higher format", "{\n\"format\": 2}", "line 2: the document has format 2; this version reads format 1"},
		{"format 1.0", "{\n\"format\": 1.0}", "line 2: the document has format 1.0"},
		{"mode", "{\"format\": 1,\n\"mode\": \"turbo\"}", `line 2: mode "turbo" is neither streaming nor batch`},
		{"unknown field", "{\"format\": 1,\n\"note\": \"\"\n}", `line 2: unknown field "note": a document has edges, format, mode, name, nodes, samples, settings, tests`},
		{"field in other case", "{\"format\": 1,\n\"Name\": \"\"\n}", `line 2: unknown field "Name"`},
		{"unknown field of a node", "{\"format\": 1, \"nodes\": {\"a\": {\n\"kid\": \"\"}}}", `line 2: unknown field "kid": a node has config, description, kind, name, position`},
		{"unknown field of an edge", "{\"format\": 1, \"edges\": [\n{\"source\": \"\"}]}", `line 2: unknown field "source": a edge has from, port, to`},
		{"unknown field of a position", "{\"format\": 1, \"nodes\": {\"a\": {\"position\": {\n\"z\": 1}}}}", `line 2: unknown field "z"`},
		{"doubled key", "{\"format\": 1,\n\"name\": \"a\",\n\"name\": \"b\"}", `line 3: key "name" stands twice`},
		{"doubled node", "{\"format\": 1, \"nodes\": {\"a\": {},\n\"a\": {}}}", `line 2: key "a" stands twice`},
		{"doubled key deep in a config", "{\"format\": 1, \"nodes\": {\"a\": {\"config\": {\"l\": [{\"x\": 1,\n\"x\": 2}]}}}}", `line 2: key "x" stands twice`},
		{"null node", "{\"format\": 1, \"nodes\": {\n\"a\": null}}", "line 2: null is no node"},
		{"null edge", "{\"format\": 1, \"edges\": [\nnull]}", "line 2: null is no edge"},
		{"node id", "{\"format\": 1, \"nodes\": {\n\"a b\": {}}}", `line 2: node id "a b"`},
		{"long node id", "{\"format\": 1, \"nodes\": {\"" + strings.Repeat("a", 65) + "\": {}}}", "line 1: node id"},
		{"settings hold numbers", "{\"format\": 1, \"settings\": {\n\"parallelism.default\": 4}}", "line 2: the number 4 is no text"},
		{"config is a list", "{\"format\": 1, \"nodes\": {\"a\": {\n\"config\": []}}}", "line 2: a list is no config"},
		{"nodes are a list", "{\"format\": 1, \"nodes\":\n[]}", "line 2: a list is no nodes object"},
		{"edges are an object", "{\"format\": 1, \"edges\":\n{}}", "line 2: an object is no list of edges"},
		{"samples are a list", "{\"format\": 1, \"samples\":\n[]}", "line 2: a list is no samples object"},
		{"sample of an odd id", "{\"format\": 1, \"samples\": {\n\"a b\": {}}}", `line 2: node id "a b"`},
		{"unknown field of a sample", "{\"format\": 1, \"samples\": {\"a\": {\"columns\": [],\n\"row\": []}}}", `line 2: unknown field "row": a sample has columns, live, rows`},
		{"row kind", "{\"format\": 1, \"samples\": {\"a\": {\"rows\": [\n{\"kind\": \"I\", \"values\": []}]}}}", `line 2: row kind "I" is none of +I, -U, +U, -D`},
		{"row is a list", "{\"format\": 1, \"samples\": {\"a\": {\"rows\": [\n[1, 2]]}}}", "line 2: a list is no row"},
		{"column is a number", "{\"format\": 1, \"samples\": {\"a\": {\"columns\": [\n1]}}}", "line 2: the number 1 is no text"},
		{"live is a text", "{\"format\": 1, \"samples\": {\"a\": {\n\"live\": \"yes\"}}}", "line 2: a text is no flag"},
		{"test id", "{\"format\": 1, \"tests\": {\n\"a b\": {}}}", `line 2: test id "a b"`},
		{"mode of a test", "{\"format\": 1, \"tests\": {\"t\": {\"modes\": [\n\"both\"]}}}", `line 2: mode of a test "both" is none of streaming, batch`},
		{"view", "{\"format\": 1, \"tests\": {\"t\": {\"expect\": {\"a\": {\n\"view\": \"rows\"}}}}}", `line 2: view "rows" is none of table, changelog`},
		{"negative count", "{\"format\": 1, \"tests\": {\"t\": {\"expect\": {\"a\": {\n\"count\": -1}}}}}", "line 2: the number -1 is no count"},
		{"null expectation", "{\"format\": 1, \"tests\": {\"t\": {\"expect\": {\n\"a\": null}}}}", "line 2: null is no expectation"},
		{"huge position", "{\"format\": 1, \"nodes\": {\"a\": {\"position\": {\"x\":\n1e999}}}}", "line 2: the number 1e999 is no number"},
		{"too deep", strings.Replace(nested(33), "{", "{\n", 1), "line 2: nested deeper than 32 levels"},
		{"lists too deep", `{"format":1,"nodes":{"a":{"config":{"l":` + strings.Repeat("[", 1_000_000), "line 1: nested deeper than 32 levels"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := graph.Decode([]byte(c.document))
			if err == nil {
				t.Fatalf("was taken: %s", doc.Encode())
			}
			if !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got  %q\nwant %q", err, c.want)
			}
		})
	}
}

func TestDecodeFillsInWhatIsLeftOut(t *testing.T) {
	for _, document := range []string{
		`{"format":1}`,
		`{"format":1,"name":null,"mode":"","settings":null,"nodes":null,"edges":null}`,
	} {
		doc, err := graph.Decode([]byte(document))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Mode != graph.Streaming || doc.Settings == nil || doc.Nodes == nil || doc.Edges == nil {
			t.Errorf("%s became %#v", document, doc)
		}
	}
	doc, err := graph.Decode([]byte(nested(graph.MaxDepth)))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := doc.Nodes["a"].Config.At("deep.x.x"); !ok {
		t.Error("the nested config is lost")
	}
}

func TestDecodeRefusesTheSameWayEachTime(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "\"n%d\": null,\n", i)
	}
	document := []byte(`{"format":1,"nodes":{` + b.String() + `"z":{}}}`)
	_, first := graph.Decode(document)
	for range 20 {
		if _, err := graph.Decode(document); err == nil || err.Error() != first.Error() {
			t.Fatalf("%v, then %v", first, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"format":1}`, nested(6), nested(40), "[", "{\"a\":\xff}", `{"format":1,"edges":[{"from":"a","to":"b","port":"in"}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := graph.Decode(data)
		if err != nil {
			return
		}
		first := doc.Encode()
		again, err := graph.Decode(first)
		if err != nil {
			t.Fatalf("decode what was encoded: %v\n%s", err, first)
		}
		if !bytes.Equal(first, again.Encode()) {
			t.Fatalf("not canonical:\n%s\n%s", first, again.Encode())
		}
	})
}
