package compiler

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// expressions writes a list of expressions with commas between them.
func (e *emission) expressions(w *writer, field string) {
	for i, sql := range e.texts(field) {
		if i > 0 {
			w.write(", ")
		}
		e.item(w, fmt.Sprintf("%s.%d", field, i), sql)
	}
}

// item writes an entry of a list, which may not be empty.
func (e *emission) item(w *writer, place, sql string) {
	if strings.TrimSpace(sql) == "" {
		e.report(graph.Error, place, "missing-value", "Expression is missing", "Write the expression, or remove the entry.")
		return
	}
	e.expression(w, place, sql)
}

// orderBy writes the keys of an orderBy field.
func (e *emission) orderBy(w *writer, field string) {
	for i, key := range e.sortKeys(field) {
		if i > 0 {
			w.write(", ")
		}
		e.item(w, fmt.Sprintf("%s.%d.expression", field, i), key.expression)
		if key.direction != "" {
			w.write(" ")
			w.derived(fmt.Sprintf("%s.%d.direction", field, i), strings.ToUpper(key.direction))
		}
		if key.nulls != "" {
			w.write(" NULLS ")
			w.derived(fmt.Sprintf("%s.%d.nulls", field, i), strings.ToUpper(key.nulls))
		}
	}
}

var wholeNumber = regexp.MustCompile(`^[0-9]{1,18}$`)

// number writes a whole number of at least a lowest one.
func (e *emission) number(w *writer, field string, lowest string) {
	text := e.text(field)
	if !wholeNumber.MatchString(text) || lowest == "1" && strings.Trim(text, "0") == "" {
		e.report(graph.Error, field, "illegal-number", "Not a whole number", fmt.Sprintf("%q is no whole number of at least %s.", text, lowest))
	}
	w.field(field, text)
}

// Lengths of time as people write them: 15 MINUTE, and as SQL has them: INTERVAL '1 12:00' DAY TO MINUTE.
var (
	duration      = regexp.MustCompile(`(?i)^\s*(?:INTERVAL\s+)?'?(-?)([0-9]{1,9})((?:\.[0-9]{1,3})?)'?\s*(SECOND|MINUTE|HOUR|DAY|WEEK)S?(?:\s*\([0-9]\))?\s*$`)
	rangeInterval = regexp.MustCompile(`(?i)^\s*INTERVAL\s+'([0-9][0-9 :.]{0,30})'\s*((?:DAY|HOUR|MINUTE)(?:\([0-9]\))?\s+TO\s+(?:HOUR|MINUTE|SECOND)(?:\([0-9]\))?)\s*$`)
	unitLengths   = map[string]time.Duration{"SECOND": time.Second, "MINUTE": time.Minute, "HOUR": time.Hour, "DAY": 24 * time.Hour, "WEEK": 7 * 24 * time.Hour}
)

// intervalOf writes a length of time as SQL has it, "" when the text is none. The length is 0 where it is not worked out.
func intervalOf(text string) (sql string, length time.Duration) {
	if m := rangeInterval.FindStringSubmatch(text); m != nil {
		return "INTERVAL '" + m[1] + "' " + strings.Join(strings.Fields(strings.ToUpper(m[2])), " "), 0
	}
	m := duration.FindStringSubmatch(text)
	if m == nil {
		return "", 0
	}
	sign, digits, fraction, unit := m[1], m[2], m[3], strings.ToUpper(m[4])
	if fraction != "" && unit != "SECOND" {
		return "", 0
	}
	sql = "INTERVAL '" + sign + digits + fraction + "' " + unit
	if len(digits) > 2 { // two digits are what Flink reads without being told
		sql += fmt.Sprintf("(%d)", len(digits))
	}
	if seconds, err := time.ParseDuration(digits + fraction + "ns"); err == nil && fraction == "" && sign == "" {
		length = seconds * unitLengths[unit]
	}
	return sql, length
}

// Duration is the length of a text such as "15 MINUTE" or "INTERVAL '1' DAY"; 0 when it is none, or one of several units.
func Duration(text string) time.Duration {
	_, length := intervalOf(text)
	return length
}

// interval writes a length of time; only an offset may be negative.
func (e *emission) interval(w *writer, field string) {
	sql, _ := intervalOf(e.text(field))
	if sql == "" || strings.HasPrefix(sql, "INTERVAL '-") && field != "offset" {
		e.illegalDuration(field)
		return
	}
	w.derived(field, sql)
}

func (e *emission) illegalDuration(field string) {
	e.report(graph.Error, field, "illegal-duration", "Not a length of time", fmt.Sprintf("%q is no length of time: write a number and a unit, such as 15 MINUTE.", e.text(field)))
}

// hints writes the field "hints" behind SELECT. The names of ports stand for the inputs' names.
func (e *emission) hints(w *writer, ports map[string]string) {
	hints := e.texts("hints")
	if len(hints) == 0 {
		return
	}
	w.write(" /*+ ")
	for i, hint := range hints {
		if i > 0 {
			w.write(", ")
		}
		place, whole, edits := fmt.Sprintf("hints.%d", i), flinksql.Span{End: len(hint)}, ported(hint, ports, true)
		e.checked(place, checkHint(hint, replaced(hint, whole, edits)))
		w.edited(place, hint, whole, edits)
	}
	w.write(" */")
}

// checkHint refuses what is not NAME or NAME(arguments), and what might end the hint early; written is the hint with the
// inputs' names in it.
func checkHint(hint, written string) []problem {
	if found := checkFragment(hint, false); len(found) > 0 {
		return found
	}
	tokens, _ := flinksql.Lex(hint)
	bare := len(tokens) == 1 && tokens[0].Kind == flinksql.Word
	if !bare && (len(tokens) == 0 || callEnd(hint, tokens) != len(tokens)) || strings.Contains(hint, "*/") || strings.Contains(hint, "/*") {
		return []problem{{graph.Span{Start: 0, End: len(hint)}, "illegal-hint", "Not a hint", "Write a name and its arguments in brackets, such as STATE_TTL('left' = '1d'), without /* and */."}}
	}
	if len(checkIn("SELECT /*+ ", written, " */ * FROM t")) > 0 {
		return []problem{{graph.Span{Start: 0, End: len(hint)}, "illegal-hint", "Not a hint", "The arguments are names, texts in quotes or pairs such as 'left' = '1d'; put names that are words of SQL into back-ticks."}}
	}
	return nil
}

// callEnd is the token behind the call that a text begins with; 0 when it begins with none.
func callEnd(sql string, tokens []flinksql.Token) int {
	at := 0
	for at+1 < len(tokens) && tokens[at].Name(sql) != "" && tokens[at+1].Is(sql, ".") {
		at += 2
	}
	if at+1 >= len(tokens) || tokens[at].Name(sql) == "" || !tokens[at+1].Is(sql, "(") {
		return 0
	}
	depth := 0
	for i := at + 1; i < len(tokens); i++ {
		if tokens[i].Is(sql, "(") {
			depth++
		} else if tokens[i].Is(sql, ")") {
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// ported lists where the names of ports in a text become the inputs' names: before a point, and in a hint alone or in
// quotes. They are reserved words, so that nothing else can be meant.
func ported(sql string, ports map[string]string, hint bool) []replacement {
	tokens, _ := flinksql.Lex(sql)
	var edits []replacement
	for i, t := range tokens {
		piece := sql[t.Start:t.End]
		written := ""
		if name, isPort := ports[strings.ToUpper(piece)]; isPort && t.Kind == flinksql.Word {
			followed := i+1 < len(tokens) && tokens[i+1].Is(sql, ".")
			if followed || hint && i > 0 {
				written = flinksql.Quote(name)
			}
		} else if text, isText := flinksql.TextValue(piece); hint && isText && t.Kind == flinksql.Text {
			if name, isPort := ports[strings.ToUpper(text)]; isPort {
				written = flinksql.Literal(name)
			}
		}
		if written != "" {
			edits = append(edits, replacement{flinksql.Span{Start: t.Start, End: t.End}, written})
		}
	}
	return edits
}
