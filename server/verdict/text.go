package verdict

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostLines = 20 // rows of a difference that are written
	mostWidth = 40 // characters of a value
)

// Text is what a person reads of a result in a terminal: a line that says whether it passed, then what did not, with a table
// of the rows that differ (- missing, + unexpected, ~ changed: expected → there). It has no colours and no control characters.
func (r Result) Text() string {
	var b strings.Builder
	sign := "ok  "
	if !r.Passed {
		sign = "FAIL"
	}
	fmt.Fprintf(&b, "%s  %s (%s) %.1f s\n", sign, plain(r.called()), r.Mode, r.Seconds)
	b.WriteString(r.Failure("      "))
	return b.String()
}

func (r Result) called() string {
	if strings.TrimSpace(r.Name) == "" {
		return r.Test
	}
	return r.Name
}

// Failure is what is wrong, each line behind the indent; "" when the test passed.
func (r Result) Failure(indent string) string {
	var b strings.Builder
	write := func(line string) {
		b.WriteString(strings.TrimRight(indent+line, " ") + "\n")
	}
	if r.Message != "" {
		write(plain(r.Message))
	}
	if len(r.Diagnostics) > 1 {
		for _, d := range r.Diagnostics {
			write("  " + plain(d.String()))
		}
	}
	for _, o := range r.Expectations {
		if o.Passed {
			continue
		}
		write(plain(o.Name + ": " + o.Message))
		for _, line := range o.table() {
			write("  " + line)
		}
	}
	return b.String()
}

// table are the rows that differ, in columns.
func (o Outcome) table() []string {
	if len(o.Missing)+len(o.Unexpected)+len(o.Changed) == 0 {
		return nil
	}
	rows := [][]string{append([]string{" ", ""}, plainAll(o.Columns)...)}
	add := func(sign, kind string, cells []string) {
		rows = append(rows, append([]string{sign, kind}, cells...))
	}
	for _, changed := range o.Changed {
		cells := shownAll(changed.Row)
		for _, cell := range changed.Cells {
			cells[cell.Column] = shown(cell.Expected) + " → " + shown(cell.Actual)
		}
		add("~", changed.Kind, cells)
	}
	for _, row := range o.Missing {
		add("-", row.Kind, shownAll(row.Values))
	}
	for _, row := range o.Unexpected {
		add("+", row.Kind, shownAll(row.Values))
	}
	rows = rows[:min(len(rows), mostLines+1)]
	lines := aligned(rows)
	if more := o.Differing - (len(rows) - 1); more > 0 {
		lines = append(lines, fmt.Sprintf("… %d more", more))
	}
	return lines
}

// aligned puts cells under each other; the column of the kinds is there only when one has a kind.
func aligned(rows [][]string) []string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			if widths[i] == 0 {
				continue
			}
			b.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
			if i == 0 {
				b.WriteByte(' ')
			} else {
				b.WriteString("  ")
			}
		}
		lines[n] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

func shownAll(values []any) []string {
	cells := make([]string, len(values))
	for i, value := range values {
		cells[i] = shown(value)
	}
	return cells
}

// shown is a value in a table: texts as they are where they cannot be taken for something else.
func shown(value any) string {
	if value == nil {
		return "NULL"
	}
	text, isText := value.(string)
	if !isText {
		text = jsonOf(value)
	}
	if runes := []rune(text); len(runes) > mostWidth {
		text = string(runes[:mostWidth-1]) + "…"
	}
	if isText && (text == "" || text == "NULL" || strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })) {
		return strconv.QuoteToGraphic(text)
	}
	return plain(text)
}

func plainAll(texts []string) []string {
	list := make([]string, len(texts))
	for i, text := range texts {
		list[i] = plain(text)
	}
	return list
}

// plain writes what is not printable as escapes, so that a text cannot reach into the terminal.
func plain(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}
