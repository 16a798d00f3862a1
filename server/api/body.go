package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"millrace/compiler"
	"millrace/graph"
)

const (
	bodyTimeout   = 30 * time.Second
	maxNodes      = 2000
	maxNameLength = 200 // characters of a pipeline's name
)

// document is a pipeline's document as JSON that graph.Decode has to read: its errors are sentences for authors.
type document struct{ json.RawMessage }

// Schema describes the document as what it holds.
func (document) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[graph.Document](), true, "")
}

// decode reads the document and checks what the graph cannot know: kinds and sizes.
func (d document) decode() (*graph.Document, error) {
	if len(d.RawMessage) == 0 {
		return nil, unprocessable("invalid-document", "The request has no document.")
	}
	doc, err := graph.Decode(d.RawMessage)
	if err == nil {
		err = checkDocument(doc)
	}
	if err != nil {
		return nil, unprocessable("invalid-document", "The document cannot be read: %s.", strings.TrimSuffix(err.Error(), "."))
	}
	return doc, nil
}

var kindNames = func() (names []string) {
	for _, kind := range compiler.Kinds() {
		names = append(names, kind.Kind)
	}
	return names
}()

// checkDocument refuses what no version of the page makes; mistakes in drafts are the compiler's business.
func checkDocument(doc *graph.Document) error {
	if len(doc.Nodes) > maxNodes {
		return fmt.Errorf("it has %d nodes; a pipeline has at most %d", len(doc.Nodes), maxNodes)
	}
	if len([]rune(doc.Name)) > maxNameLength {
		return fmt.Errorf("its name is longer than %d characters", maxNameLength)
	}
	known := map[string]bool{}
	for _, name := range kindNames {
		known[name] = true
	}
	for _, id := range doc.NodeIDs() {
		if kind := doc.Nodes[id].Kind; !known[kind] {
			return fmt.Errorf("node %q has the unknown kind %q; the kinds are %s", id, kind, strings.Join(kindNames, ", "))
		}
	}
	if size := len(doc.Encode()); size > maxBody {
		plain := *doc
		plain.Samples, plain.Tests = nil, nil
		if beside := size - len(plain.Encode()); beside > 0 {
			return fmt.Errorf("it is larger than %d kB, of which samples and tests have %d kB", maxBody>>10, beside>>10)
		}
		return fmt.Errorf("it is larger than %d kB", maxBody>>10)
	}
	return nil
}

// decodeJSON is the one way in for JSON bodies: unknown fields, doubled keys, text behind the value and deep nesting are
// refused.
func decodeJSON(data []byte, into any) error {
	if err := checkJSON(data); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return readable(decoder.Decode(into))
}

func readable(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// level is an open object or list while JSON is checked.
type level struct {
	keys  map[string]bool // of an object; nil for a list
	isKey bool            // the next token is a key
}

func checkJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var stack []level
	for values := 0; ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(stack) == 0 {
			return nil
		}
		if err != nil {
			return readable(err)
		}
		if len(stack) == 0 {
			if values++; values > 1 {
				return errors.New("there is text behind the JSON value")
			}
		}
		if stack, err = step(stack, token); err != nil {
			return err
		}
	}
}

func step(stack []level, token json.Token) ([]level, error) {
	if token == json.Delim('}') || token == json.Delim(']') {
		return stack[:len(stack)-1], nil
	}
	if top := len(stack) - 1; top >= 0 && stack[top].keys != nil {
		if stack[top].isKey {
			key, _ := token.(string)
			if stack[top].keys[key] {
				return nil, fmt.Errorf("key %.50q stands twice in one object", key)
			}
			stack[top].keys[key], stack[top].isKey = true, false
			return stack, nil
		}
		stack[top].isKey = true
	}
	if token == json.Delim('{') || token == json.Delim('[') {
		// The document may nest as deep as it may by itself, inside the request's object.
		if len(stack) == graph.MaxDepth+1 {
			return nil, fmt.Errorf("it is nested deeper than %d levels", graph.MaxDepth)
		}
		next := level{}
		if token == json.Delim('{') {
			next = level{keys: map[string]bool{}, isKey: true}
		}
		stack = append(stack, next)
	}
	return stack, nil
}
