package graph

import "fmt"

// Severity says how bad a diagnostic is: an error keeps the node from compiling, a warning and an info do not.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Span is a range of bytes inside a field's text, end exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Diagnostic is a user's mistake: where it is and what to do about it.
type Diagnostic struct {
	Node     string   `json:"node"`           // node id; "" when the whole document is meant
	Field    string   `json:"field"`          // dotted config path, or "name", "kind"; "" when the whole node is meant
	Span     *Span    `json:"span,omitempty"` // absent when the whole field is meant
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`    // stable, e.g. "unbalanced-bracket"
	Summary  string   `json:"summary"` // at most eight words
	Detail   string   `json:"detail"`  // one or two sentences that name the remedy
}

// String is the diagnostic as the command line prints it: "node.field: message".
func (d Diagnostic) String() string {
	place := d.Node
	if place == "" {
		place = "document"
	}
	if d.Field != "" {
		place += "." + d.Field
	}
	return fmt.Sprintf("%s: %s: %s", place, d.Summary, d.Detail)
}

// HasErrors tells whether any of the diagnostics is an error.
func HasErrors(diagnostics []Diagnostic) bool {
	for _, d := range diagnostics {
		if d.Severity == Error {
			return true
		}
	}
	return false
}
