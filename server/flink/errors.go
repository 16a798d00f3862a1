package flink

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// SQLError is Flink's refusal of a statement, or the failure of its job.
type SQLError struct {
	Message            string // the root cause, one sentence
	Line, Column       int    // 1-based position in the statement, in characters; 0 when unknown
	EndLine, EndColumn int    // position of the last character; 0 when unknown, and known at times when the first one is not
	Subject            string // what the message speaks of: a function, an operator, a column, an option; "" when unknown
	Table              string // the table or view of the session that Flink cannot read or write, by its name alone; "" when none is named
	Full               string // the whole stack text
}

func (e *SQLError) Error() string { return e.Message }

const maxMessage = 500 // characters of a root cause

var (
	causedBy       = regexp.MustCompile(`(?m)^Caused by: `)
	className      = regexp.MustCompile(`^(?:[a-z_][\w$]*\.)+(?:\w+\$)*([A-Z]\w*(?:Exception|Error|Failure|Throwable))(?::\s|\s*$)`)
	qualifiedClass = regexp.MustCompile(`\b(?:[a-z]\w*\.){2,}([A-Z]\w*)`)
	wrapper        = regexp.MustCompile(`^(?:Recovery is suppressed|Job execution failed|Job failed|Failed to |Error while retrieving result|Internal server error)`)
	stackLine      = regexp.MustCompile(`(?m)^\s*(?:at [\w$./<>@]+\(.*\)|\.\.\. \d+ (?:more|common frames omitted))\s*$`)
	sessionGone    = regexp.MustCompile(`Session '[^']*' does not exist|Can not find the submitted operation`)
	rangePosition  = regexp.MustCompile(`From line (\d+), column (\d+) to line (\d+), column (\d+)`)
	pointPosition  = regexp.MustCompile(`(?i)\bat line (\d+), column (\d+)`)
	positionPrefix = regexp.MustCompile(`^(?:From line \d+, column \d+ to line \d+, column \d+|At line \d+, column \d+): `)
	serverSide     = regexp.MustCompile(`(?s)^.*<Exception on server side:\s*`)
	endOfServer    = regexp.MustCompile(`(?m)^End of exception on server side>.*$`)
	tails          = regexp.MustCompile(`(?s)\s*(?:Was expecting(?: one of)?:|Supported options:|Available options:).*$`)
	wrongArguments = regexp.MustCompile(`^Invalid (?:input arguments|function call)\b`)
	tableOptions   = regexp.MustCompile(`Unable to create a (?:source|sink) for (?:reading|writing) table 'default_catalog\.default_database\.([^']+)'`)
	runningUser    = regexp.MustCompile(`(the user running Flink) \('[^']*'\)`)
	blank          = regexp.MustCompile(`\s*\n\s*`)
)

var plainer = strings.NewReplacer(
	"'`default_catalog`.`default_database`.`", "'", "`'", "'", "`default_catalog`.`default_database`.", "", "default_catalog.default_database.", "",
	"VARBINARY(2147483647)", "BYTES", "VARCHAR(2147483647)", "STRING",
)

// gatewayError reads the body of a refused request. The gateway answers everything with 500.
func gatewayError(status int, body []byte) error {
	full := errorText(body)
	if away(status) {
		return fmt.Errorf("%w: gateway answered %d", ErrUnreachable, status)
	}
	if sessionGone.MatchString(full) {
		return fmt.Errorf("%s: %w", RootCause(full), ErrNotFound)
	}
	if status == http.StatusNotFound {
		return fmt.Errorf("gateway answered %d: %w", status, ErrNotFound)
	}
	return newSQLError(full)
}

// jobManagerError reads the body of a refused request. An unknown job is a 404 at most addresses and a 500 at some.
func jobManagerError(status int, body []byte) error {
	if away(status) { // also while the JobManager elects itself
		return fmt.Errorf("%w: JobManager answered %d", ErrUnreachable, status)
	}
	cause := RootCause(errorText(body))
	if status == http.StatusNotFound || strings.HasPrefix(cause, "Could not find Flink job") {
		return ErrNotFound
	}
	return fmt.Errorf("JobManager answered %d: %s", status, cause)
}

// away tells whether an answer says that nobody is there to answer, as a proxy in between would.
func away(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

func newSQLError(full string) *SQLError {
	e := &SQLError{Message: RootCause(full), Subject: subjectOf(full), Full: full}
	if table := tableOptions.FindStringSubmatch(full); table != nil {
		e.Table = table[1]
	}
	if all := rangePosition.FindAllStringSubmatch(full, -1); all != nil {
		last := all[len(all)-1]
		e.Line, e.Column, e.EndLine, e.EndColumn = number(last[1]), number(last[2]), number(last[3]), number(last[4])
	} else if all := pointPosition.FindAllStringSubmatch(full, -1); all != nil {
		last := all[len(all)-1]
		e.Line, e.Column = number(last[1]), number(last[2])
		e.EndLine, e.EndColumn = e.Line, e.Column
	}
	return e
}

// errorText takes the longest text out of Flink's {"errors":[…]}, or the body as it is.
func errorText(body []byte) string {
	var wire struct {
		Errors []string `json:"errors"`
	}
	if json.Unmarshal(body, &wire) != nil || len(wire.Errors) == 0 {
		return strings.TrimSpace(string(body))
	}
	longest := ""
	for _, text := range wire.Errors {
		if len(text) > len(longest) {
			longest = text
		}
	}
	return longest
}

// RootCause finds the sentence that matters in a Java stack text: the innermost cause with a message, without class names,
// stack lines and lists of alternatives.
func RootCause(text string) string {
	causes := causedBy.Split(endOfServer.ReplaceAllString(text, ""), -1)
	fallback := ""
	for i := len(causes) - 1; i >= 0; i-- {
		c := parseCause(causes[i])
		if i > 0 && c.class == "NumberFormatException" {
			if outer := parseCause(causes[i-1]); strings.HasPrefix(outer.message, "Could not parse value") {
				c = outer // it names the option
			}
		}
		for at := i; at > 0 && wrongArguments.MatchString(c.message); at-- {
			if outer := parseCause(causes[at-1]); wrongArguments.MatchString(outer.message) {
				c = outer // it names the function
			}
		}
		if c.message != "" && !wrapper.MatchString(c.message) {
			return c.sentence()
		}
		if fallback == "" && c.class != "" {
			fallback = c.class + " without a message"
		}
	}
	return fallback
}

// cause is one link of a chain of exceptions.
type cause struct {
	class   string // the simple name, e.g. "ValidationException"; "" when the text has none
	message string
}

func parseCause(text string) cause {
	if i := stackLine.FindStringIndex(text); i != nil {
		text = text[:i[0]]
	}
	c := cause{message: strings.TrimSpace(serverSide.ReplaceAllString(text, ""))}
	for {
		match := className.FindStringSubmatch(c.message)
		if match == nil {
			return c
		}
		c.class = match[1]
		c.message = strings.TrimSpace(c.message[len(match[0]):])
	}
}

// sentence is the message as people read it: on one line, and without the names that only Flink's own code needs.
func (c cause) sentence() string {
	switch {
	case c.class == "ClassNotFoundException" || c.class == "NoClassDefFoundError":
		return "Class '" + strings.ReplaceAll(c.message, "/", ".") + "' was not found"
	case c.class == "ArithmeticException" && c.message == "/ by zero":
		return "Division by zero"
	}
	message := positionPrefix.ReplaceAllString(c.message, "")
	message = tails.ReplaceAllString(message, "")
	message = blank.ReplaceAllString(message, " ")
	message = runningUser.ReplaceAllString(plainer.Replace(message), "$1")
	message = qualifiedClass.ReplaceAllString(message, "$1")
	message = strings.TrimSuffix(message, ".")
	if runes := []rune(message); len(runes) > maxMessage {
		message = string(runes[:maxMessage]) + "…"
	}
	return message
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
