package sample

import (
	"errors"
	"fmt"
	"strings"
)

// cell is one field of a CSV record.
type cell struct {
	text   string
	quoted bool
}

// csvReader reads records as spreadsheets and data bases write them (RFC 4180). Unlike encoding/csv it tells an empty cell
// from an empty text in quotes, which is how NULL is told.
type csvReader struct {
	text  string
	comma byte
	at    int
	line  int // of the next record
}

// next reads a record; nil at the end. Lines without anything are passed over.
func (r *csvReader) next() ([]cell, error) {
	for r.at < len(r.text) && (r.text[r.at] == '\n' || strings.HasPrefix(r.text[r.at:], "\r\n")) {
		r.at += 1 + strings.Count(r.text[r.at:r.at+1], "\r")
		r.line++
	}
	if r.at >= len(r.text) {
		return nil, nil
	}
	var record []cell
	for {
		field, err := r.field()
		if err != nil {
			r.skipLine()
			return nil, err
		}
		record = append(record, field)
		if r.at >= len(r.text) {
			r.line++
			return record, nil
		}
		r.at++
		if r.text[r.at-1] == '\n' {
			r.line++
			return record, nil
		}
	}
}

func (r *csvReader) skipLine() {
	if end := strings.IndexByte(r.text[r.at:], '\n'); end >= 0 {
		r.at += end + 1
	} else {
		r.at = len(r.text)
	}
	r.line++
}

// field reads up to the comma or the line's end, at which it stops.
func (r *csvReader) field() (cell, error) {
	if r.at < len(r.text) && r.text[r.at] == '"' {
		return r.quoted()
	}
	start := r.at
	for r.at < len(r.text) && r.text[r.at] != r.comma && r.text[r.at] != '\n' {
		r.at++
	}
	return cell{text: unguarded(strings.TrimSuffix(r.text[start:r.at], "\r"))}, nil
}

func (r *csvReader) quoted() (cell, error) {
	var b strings.Builder
	r.at++
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c != '"':
			if c == '\n' {
				r.line++
			}
			b.WriteByte(c)
			r.at++
		case strings.HasPrefix(r.text[r.at:], `""`):
			b.WriteByte('"')
			r.at += 2
		default:
			r.at++
			if strings.HasPrefix(r.text[r.at:], "\r\n") {
				r.at++
			}
			if r.at < len(r.text) && r.text[r.at] != r.comma && r.text[r.at] != '\n' {
				return cell{}, errors.New(`text stands behind a closing quote: write "" for a quote inside quotes`)
			}
			return cell{text: unguarded(b.String()), quoted: true}, nil
		}
	}
	return cell{}, errors.New(`a quote is never closed: write " at the end of the text`)
}

// unguarded takes off the ' that an export puts before what a spreadsheet would take for a formula.
func unguarded(text string) string {
	if len(text) > 1 && text[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(text[1])) {
		return text[1:]
	}
	return text
}

// commaOf is what stands between the cells of the first line: whichever of , ; and tab is there most often.
func commaOf(text string) byte {
	line, _, _ := strings.Cut(text, "\n")
	comma := byte(',')
	for _, other := range []byte{';', '\t'} {
		if strings.Count(line, string(other)) > strings.Count(line, string(comma)) {
			comma = other
		}
	}
	return comma
}

const kindColumn = "kind" // of rows, in a header

func (in *intake) csv(text string) {
	r := &csvReader{text: text, comma: commaOf(text), line: 1}
	var places []int // of the columns of the input: -1 left out, -2 the row kind
	for {
		line := r.line
		record, err := r.next()
		switch {
		case err != nil:
			in.unreadable(line, err.Error())
			continue
		case record == nil:
			return
		case places == nil:
			header, isHeader := in.header(record)
			if places = header; isHeader {
				continue
			}
		}
		kind, values, problem := in.record(record, places)
		if problem != "" {
			in.unreadable(line, problem)
			continue
		}
		if !in.add(kind, values) {
			more := 1
			if rest := strings.TrimSpace(r.text[r.at:]); rest != "" {
				more += 1 + strings.Count(rest, "\n")
			}
			in.leftOut(fmt.Sprintf("about %d", len(in.rows)+more))
			return
		}
	}
}

// header finds the columns that a first record names; when it names none, it is a row, and the columns come in their order.
func (in *intake) header(record []cell) (places []int, isHeader bool) {
	known := 0
	for _, c := range record {
		place := in.place(c.text)
		if place >= 0 || place == -2 {
			known++
		}
		places = append(places, place)
	}
	if known*2 > len(record) || known == len(record) {
		for i, c := range record {
			if places[i] == -1 {
				in.leaveOut(c.text)
			}
		}
		return places, true
	}
	places = make([]int, len(in.columns))
	for i := range places {
		places[i] = i
	}
	return places, false
}

// place is a column's by its name, in whatever case; -2 of the row kind, -1 of none.
func (in *intake) place(name string) int {
	name = strings.TrimSpace(name)
	if place, ok := in.places[name]; ok {
		return place
	}
	for i, column := range in.columns {
		if strings.EqualFold(column.Name, name) {
			return i
		}
	}
	if strings.EqualFold(name, kindColumn) {
		return -2
	}
	return -1
}

// record reads a record's cells by their places.
func (in *intake) record(record []cell, places []int) (kind string, values map[int]any, problem string) {
	if len(record) > len(places) {
		return "", nil, fmt.Sprintf("it has %d cells for %d columns", len(record), len(places))
	}
	values = map[int]any{}
	for i, c := range record {
		switch place := places[i]; {
		case place == -2:
			var ok bool
			if kind, ok = rowKind(strings.TrimSpace(c.text)); !ok {
				return "", nil, fmt.Sprintf("%s is no row kind: write +I, -U, +U or -D", shown(c.text))
			}
		case place >= 0:
			values[place] = in.cellValue(place, c)
		}
	}
	return kind, values, ""
}

// cellValue is what a cell means: nested values are written as JSON.
func (in *intake) cellValue(place int, c cell) any {
	if c.text == "" && !c.quoted {
		return nil
	}
	typ := in.columns[place].Type
	if typ == nil {
		return c.text
	}
	switch typ.Root {
	case "ARRAY", "MAP", "MULTISET", "ROW":
		if value, err := decodeJSON(c.text); err == nil {
			return value
		}
	}
	return c.text
}
