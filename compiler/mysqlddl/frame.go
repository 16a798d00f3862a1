package mysqlddl

import (
	"regexp"
	"strings"
)

// layout is how a client shows a statement.
type layout uint8

const (
	plain    layout = iota
	bordered        // | t | CREATE TABLE … |
	tabbed          // t<TAB>CREATE TABLE …, on one line with \n for its line ends
)

// What clients write around a statement, each tried at the start of a line that stands in no literal.
var (
	separatorLine = regexp.MustCompile(`^\s*(?:\+[-+]+\+|\*{3,} \d+\. row \*{3,}|\d+ rows? in set.*|Empty set.*|Query OK.*|(?:character_set_client|collation_connection): \S+)\s*$`)
	headerLine    = regexp.MustCompile(`^(?:\|\s*\w+\s*\|\s*Create \w+\s*\|.*|(?:Table|View)\tCreate (?:Table|View).*|\s*(?:Table|View|Database): \S.*)\s*$`)
	cellStart     = regexp.MustCompile(`(?i)^\|[^|]*\|[ \t]*(CREATE\s)`)
	cellGoesOn    = regexp.MustCompile(`^\|[ \t]*\|`)
	verticalStart = regexp.MustCompile(`(?i)^\s*Create (?:Table|View): (CREATE\s)`)
	tabbedStart   = regexp.MustCompile(`(?i)^[^\t'"(]+\t(CREATE\s)`)
	prompt        = regexp.MustCompile(`^(?:mysql|MySQL|MariaDB|TiDB|tidb)\b[^>\n]*>\s?`)
	promptGoesOn  = regexp.MustCompile("^\\s+['\"`]?-> ?")
)

const (
	widestIndent = 200                            // that a client makes
	frameStarts  = "|+*-'\"`0123456789CDEMQTVcmt" // what the lines above begin with
)

// frame skips what a client put at the start of the line, ends the statement where that says so, and tells whether there was
// anything.
func (s *scanner) frame() bool {
	here := line(s.text[s.at:])
	first := strings.TrimLeft(here, " \t")
	if first == "" || len(here)-len(first) > widestIndent || !strings.ContainsAny(first[:1], frameStarts) && !strings.Contains(here, "\t") {
		return false
	}
	within := func(form *regexp.Regexp) int { // where the statement begins in the line; 0 when it does not
		if m := form.FindStringSubmatchIndex(here); m != nil {
			return m[2]
		}
		return 0
	}
	fresh := len(s.current.tokens) == 0
	switch {
	case separatorLine.MatchString(here), fresh && headerLine.MatchString(here):
		s.finish()
		s.at += len(here)
	case within(cellStart) > 0:
		s.finish()
		s.at += within(cellStart)
		s.layout = bordered
	case s.layout == bordered && cellGoesOn.MatchString(here):
		s.at += len(cellGoesOn.FindString(here))
	case fresh && within(verticalStart) > 0:
		s.at += within(verticalStart)
	case fresh && within(tabbedStart) > 0:
		s.at += within(tabbedStart)
		s.layout = tabbed
	case prompt.MatchString(here):
		s.finish()
		s.at += len(prompt.FindString(here))
		s.prompted = true
	case s.prompted && promptGoesOn.MatchString(here):
		s.at += len(promptGoesOn.FindString(here))
	default:
		return false
	}
	return true
}

// cellEnds tells whether the | at the start of the rest is the border of a cell and no operator.
func (s *scanner) cellEnds(rest string) bool {
	behind := strings.TrimSpace(line(rest)[1:])
	return behind == "" || s.depth == 0 && strings.HasSuffix(behind, "|")
}
