package sample

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// decodeJSON reads one value and nothing behind it, with numbers as they were written.
func decodeJSON(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, readable(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text stands behind the JSON value")
	}
	return value, nil
}

func readable(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it is no JSON: the text ends too early")
	}
	return fmt.Errorf("it is no JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
}

func (in *intake) jsonLines(text string) {
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		in.jsonList(text)
		return
	}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		value, err := decodeJSON(line)
		if err != nil {
			in.unreadable(number, err.Error())
			continue
		}
		kind, values, problem := in.object(value)
		if problem != "" {
			in.unreadable(number, problem)
			continue
		}
		if !in.add(kind, values) {
			in.leftOut(fmt.Sprintf("about %d", strings.Count(strings.TrimSpace(text), "\n")+1))
			return
		}
	}
}

// jsonList reads one list of rows, value by value.
func (in *intake) jsonList(text string) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	_, _ = decoder.Token() // the bracket
	for decoder.More() {
		rest := text[decoder.InputOffset():] // begins with the comma before the value
		line := 1 + strings.Count(text[:len(text)-len(strings.TrimLeft(rest, ", \t\r\n"))], "\n")
		var value any
		if err := decoder.Decode(&value); err != nil {
			in.unreadable(line, readable(err).Error())
			return
		}
		kind, values, problem := in.object(value)
		if problem != "" {
			in.unreadable(line, problem)
			continue
		}
		if !in.add(kind, values) {
			in.leftOut("")
			return
		}
	}
}

// object reads a row: an object of columns, or {"kind", "values"} as previews and samples have it.
func (in *intake) object(value any) (kind string, values map[int]any, problem string) {
	object, ok := value.(map[string]any)
	if !ok {
		return "", nil, "it is no object: write the columns' names before their values"
	}
	if list, isRow := object["values"].([]any); isRow && in.place("values") < 0 {
		return in.listed(object, list)
	}
	values = map[int]any{}
	for _, key := range sortedKeys(object) {
		switch place := in.place(key); {
		case place >= 0:
			values[place] = object[key]
		case place == -2:
			text, _ := object[key].(string)
			if kind, ok = rowKind(text); !ok {
				return "", nil, fmt.Sprintf("%s is no row kind: write +I, -U, +U or -D", shown(object[key]))
			}
		default:
			in.leaveOut(key)
		}
	}
	return kind, values, ""
}

func (in *intake) listed(object map[string]any, list []any) (kind string, values map[int]any, problem string) {
	text, _ := object["kind"].(string)
	kind, ok := rowKind(text)
	if !ok {
		return "", nil, fmt.Sprintf("%s is no row kind: write +I, -U, +U or -D", shown(object["kind"]))
	}
	if len(list) != len(in.columns) {
		return "", nil, fmt.Sprintf("it has %d values for %d columns", len(list), len(in.columns))
	}
	values = map[int]any{}
	for i, item := range list {
		values[i] = item
	}
	return kind, values, ""
}
