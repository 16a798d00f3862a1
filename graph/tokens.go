package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// place is what a value in a document stands for, as sentences call it.
type place string

const (
	documentPlace place = "document"
	formatPlace   place = "format"
	modePlace     place = "mode"
	textPlace     place = "text"
	settingsPlace place = "settings object"
	nodesPlace    place = "nodes object"
	nodePlace     place = "node"
	configPlace   place = "config"
	positionPlace place = "position"
	numberPlace   place = "number"
	edgesPlace    place = "list of edges"
	edgePlace     place = "edge"
	freePlace     place = "value" // anything, inside a config or a row

	samplesPlace     place = "samples object"
	samplePlace      place = "sample"
	rowsPlace        place = "list of rows"
	rowPlace         place = "row"
	rowKindPlace     place = "row kind"
	valuesPlace      place = "list of values"
	testsPlace       place = "tests object"
	testPlace        place = "test"
	modesPlace       place = "list of modes"
	runModePlace     place = "mode of a test"
	expectPlace      place = "expect object"
	expectationPlace place = "expectation"
	viewPlace        place = "view"
	countPlace       place = "count"
	namesPlace       place = "list of names"
	flagPlace        place = "flag"
)

// fieldsOf are the fields of the objects that have fixed ones.
var fieldsOf = map[place]map[string]place{
	documentPlace: {
		"format": formatPlace, "name": textPlace, "mode": modePlace, "settings": settingsPlace, "nodes": nodesPlace, "edges": edgesPlace,
		"samples": samplesPlace, "tests": testsPlace,
	},
	nodePlace:     {"kind": textPlace, "name": textPlace, "config": configPlace, "position": positionPlace, "description": textPlace},
	positionPlace: {"x": numberPlace, "y": numberPlace},
	edgePlace:     {"from": textPlace, "to": textPlace, "port": textPlace},
	samplePlace:   {"live": flagPlace, "columns": namesPlace, "rows": rowsPlace},
	rowPlace:      {"kind": rowKindPlace, "values": valuesPlace},
	testPlace:     {"name": textPlace, "modes": modesPlace, "samples": samplesPlace, "expect": expectPlace},
	expectationPlace: {
		"rows": rowsPlace, "columns": namesPlace, "view": viewPlace, "ordered": flagPlace, "keys": namesPlace, "count": countPlace, "holds": textPlace,
	},
}

// entriesOf are the places of what stands in lists, and in objects whose keys are ids.
var entriesOf = map[place]place{
	edgesPlace: edgePlace, nodesPlace: nodePlace, samplesPlace: samplePlace, rowsPlace: rowPlace, valuesPlace: freePlace,
	testsPlace: testPlace, modesPlace: runModePlace, expectPlace: expectationPlace, namesPlace: textPlace, settingsPlace: textPlace,
}

// choicesOf are the texts that may stand at a place.
var choicesOf = map[place][]string{
	rowKindPlace: {"+I", "-U", "+U", "-D"},
	runModePlace: {string(Streaming), string(Batch)},
	viewPlace:    {string(TableView), string(ChangelogView)},
}

// level is an object or a list that is open.
type level struct {
	place  place
	object bool
	keys   map[string]bool // of an object, so far
	next   place           // of the value that follows
	isKey  bool            // a key follows
}

// checkTokens refuses what encoding/json lets through: doubled and unknown keys, keys that differ in case, text after the
// value, values of the wrong shape, and more than MaxDepth levels together with those above the value.
func checkTokens(data []byte, root place, depth int) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	stack := []level{{next: root}}
	for closed := false; ; {
		token, err := decoder.Token()
		if err == io.EOF && closed {
			return nil
		}
		if err != nil {
			return readable(data, decoder.InputOffset(), err)
		}
		if closed {
			return refusal(data, decoder, "a %s ends here, and more text follows", root)
		}
		top := &stack[len(stack)-1]
		delim, isDelim := token.(json.Delim)
		key, isText := token.(string)
		switch {
		case isDelim && (delim == '}' || delim == ']'):
			stack = stack[:len(stack)-1]
			closed = len(stack) == 1
			continue
		case isText && top.isKey:
			if problem := top.key(key); problem != "" {
				return refusal(data, decoder, "%s", problem)
			}
			continue
		}
		top.isKey = top.object
		if problem := top.next.problem(token); problem != "" {
			return refusal(data, decoder, "%s", problem)
		}
		if isDelim {
			if depth+len(stack) > MaxDepth {
				return refusal(data, decoder, "nested deeper than %d levels", MaxDepth)
			}
			stack = append(stack, opened(top.next, delim))
		}
		closed = len(stack) == 1
	}
}

func refusal(data []byte, decoder *json.Decoder, format string, values ...any) error {
	return fmt.Errorf("line %d: "+format, append([]any{lineOf(data, decoder.InputOffset())}, values...)...)
}

func opened(at place, delim json.Delim) level {
	next, known := entriesOf[at]
	if !known {
		next = freePlace
	}
	return level{place: at, object: delim == '{', isKey: delim == '{', keys: map[string]bool{}, next: next}
}

// key takes an object's next key and says what is wrong with it; "" when nothing is.
func (l *level) key(key string) string {
	if l.keys[key] {
		return fmt.Sprintf("key %q stands twice in one object", key)
	}
	l.keys[key] = true
	l.isKey = false
	switch l.place {
	case nodesPlace, samplesPlace, expectPlace, testsPlace:
		l.next = entriesOf[l.place]
		if !nodeID.MatchString(key) {
			what := "node"
			if l.place == testsPlace {
				what = "test"
			}
			return fmt.Sprintf("%s id %q: use 1 to 64 letters, digits, - and _", what, key)
		}
	case settingsPlace:
		l.next = textPlace
	case configPlace, freePlace:
		l.next = freePlace
	default:
		next, known := fieldsOf[l.place][key]
		if !known {
			return fmt.Sprintf("unknown field %q: a %s has %s", key, l.place, strings.Join(keysOf(fieldsOf[l.place]), ", "))
		}
		l.next = next
	}
	return ""
}

func keysOf(fields map[string]place) []string {
	keys := make([]string, 0, len(fields))
	for key := range fields {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}

// problem says why the value that begins with the token cannot stand at the place; "" when it can. A null stands for
// nothing, and nothing can be left out but nodes, edges, samples, rows, tests and expectations.
func (at place) problem(token json.Token) string {
	fits := true
	switch at {
	case documentPlace, nodePlace, edgePlace, samplePlace, rowPlace, testPlace, expectationPlace:
		fits = token == json.Delim('{')
	case settingsPlace, nodesPlace, configPlace, positionPlace, samplesPlace, testsPlace, expectPlace:
		fits = token == nil || token == json.Delim('{')
	case edgesPlace, rowsPlace, valuesPlace, modesPlace, namesPlace:
		fits = token == nil || token == json.Delim('[')
	case rowKindPlace, runModePlace, viewPlace:
		return at.choice(token)
	case flagPlace:
		_, fits = token.(bool)
	case countPlace:
		number, ok := token.(json.Number)
		count, err := number.Int64()
		fits = token == nil || ok && err == nil && count >= 0
	case formatPlace:
		if number, ok := token.(json.Number); ok && number != json.Number(strconv.Itoa(Format)) {
			return fmt.Sprintf("the document has format %s; this version reads format %d", number, Format)
		}
		_, fits = token.(json.Number)
	case modePlace:
		if mode, ok := token.(string); ok && mode != "" && Mode(mode) != Streaming && Mode(mode) != Batch {
			return fmt.Sprintf("mode %q is neither streaming nor batch", mode)
		}
		_, fits = token.(string)
	case textPlace:
		_, fits = token.(string)
	case numberPlace:
		number, ok := token.(json.Number)
		_, err := number.Float64()
		fits = ok && err == nil
	}
	if fits || token == nil && (at == textPlace || at == modePlace || at == numberPlace || at == flagPlace) {
		return ""
	}
	return fmt.Sprintf("%s is no %s", describe(token), at)
}

// choice says why the token is none of the texts of the place.
func (at place) choice(token json.Token) string {
	text, isText := token.(string)
	switch {
	case token == nil && at != runModePlace, isText && slices.Contains(choicesOf[at], text):
		return ""
	case isText:
		return fmt.Sprintf("%s %q is none of %s", at, text, strings.Join(choicesOf[at], ", "))
	}
	return fmt.Sprintf("%s is no %s", describe(token), at)
}

func describe(token json.Token) string {
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return "an object"
		}
		return "a list"
	case string:
		return "a text"
	case bool:
		return strconv.FormatBool(t)
	case json.Number:
		return "the number " + t.String()
	}
	return "null"
}
