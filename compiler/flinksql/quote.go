package flinksql

import (
	"strings"
	"unicode/utf8"
)

// Quote writes a name as an identifier: bare where Flink reads it bare, else in back-ticks. It is the only place that
// quotes names.
func Quote(name string) string {
	if IsBare(name) {
		return name
	}
	return "`" + strings.ReplaceAll(name, "`", "``") + "`"
}

// Literal writes a text as a SQL string. It is the only place that quotes texts.
func Literal(value string) string { return "'" + strings.ReplaceAll(value, "'", "''") + "'" }

// IsBare tells whether Flink reads the name without back-ticks wherever it stands.
func IsBare(name string) bool {
	if name == "" || IsReserved(name) {
		return false
	}
	for i := range len(name) {
		if b := name[i]; b == '$' || b >= utf8.RuneSelf || !isNameStart(rune(b)) && (i == 0 || !isDigit(b)) {
			return false // $ and letters beyond ASCII: what Flink makes of them depends on what stands beside them
		}
	}
	return true
}

// TextValue is what a text such as 'it”s' means; false for what is no plain text, E'…' and the like included.
func TextValue(literal string) (string, bool) {
	if len(literal) < 2 || literal[0] != '\'' {
		return "", false
	}
	return strings.ReplaceAll(literal[1:len(literal)-1], "''", "'"), true
}
