package flink

import "regexp"

// subjects find in an error's texts what it speaks of: the group of the pattern, or the name. They matter where Flink gives
// no position, as for all that stands in MATCH_RECOGNIZE; names are those that Calcite gives to operators.
var subjects = []struct {
	pattern *regexp.Regexp
	name    string // "" for the pattern's group
}{
	{pattern: regexp.MustCompile(`No match found for function signature (?:[^\s(]*\.)?([^\s.(]+)\(`)},
	{pattern: regexp.MustCompile(`Invalid number of arguments to function '([^']+)'`)},
	{pattern: regexp.MustCompile(`Cannot apply '\$?([^']+)' to arguments of type`)},
	{pattern: regexp.MustCompile(`Invalid function call:\s+([^\s(]+)\(`)},
	{pattern: regexp.MustCompile(`Column '([^']+)' not found in`)},
	{pattern: regexp.MustCompile(`Expression '([^']+)' is not being grouped`)},
	{pattern: regexp.MustCompile(`Could not parse value '[^']*' for key '([^']+)'`)},
	{pattern: regexp.MustCompile(`Unsupported options:\s+(\S+)`)},
	{pattern: regexp.MustCompile(`Cast function cannot convert`), name: "CAST"},
	{pattern: regexp.MustCompile(`Expected a boolean type`), name: "CASE"},
	{pattern: regexp.MustCompile(`DEFINE clause must be`), name: "DEFINE"},
	{pattern: regexp.MustCompile(`requires the timecol`), name: "DESCRIPTOR"},
	{pattern: regexp.MustCompile(`time field for watermark definition`), name: "WATERMARK FOR"},
	{pattern: regexp.MustCompile(`expression for watermark definition`), name: "WATERMARK"},
	{pattern: regexp.MustCompile(`Missing required options are:`), name: "WITH"},
	{pattern: regexp.MustCompile(`Sort on a non-time-attribute|OVER windows' ordering|rowtime or proctime for order by|must be ordered by`), name: "ORDER BY"},
	{pattern: regexp.MustCompile(`hints cannot match[^\n]*\s+\S+ in ` + "`([^`]+)`")},
	{pattern: regexp.MustCompile(`factory for identifier '[^']*' that implements '[^']*DynamicTable`), name: "connector"},
	{pattern: regexp.MustCompile(`format factory for identifier`), name: "format"},
}

func subjectOf(full string) string {
	for _, subject := range subjects {
		if found := subject.pattern.FindStringSubmatch(full); found != nil {
			if subject.name != "" {
				return subject.name
			}
			return found[1]
		}
	}
	return ""
}
