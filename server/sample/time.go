package sample

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // the zones of Flink's sessions, also where the system has none
)

const (
	dateLayout  = "2006-01-02"
	clockLayout = "15:04:05"
	zoneSetting = "table.local-time-zone"
)

var (
	temporalText = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})?(?:(?:^|[ T])(\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?$`)
	offsetText   = regexp.MustCompile(`^(?:GMT|UTC)?([+-]\d{2}):?(\d{2})?$`)
)

// parseZone reads a zone as Java does: by name, or as an offset such as GMT-03:00.
func parseZone(name string) (*time.Location, error) {
	if m := offsetText.FindStringSubmatch(name); m != nil {
		layout, text := "-07", m[1]
		if m[2] != "" {
			layout, text = "-07:00", m[1]+":"+m[2]
		}
		at, err := time.Parse(layout, text)
		if err != nil {
			return nil, fmt.Errorf("read offset: %w", err)
		}
		_, seconds := at.Zone()
		return time.FixedZone(name, seconds), nil
	}
	return time.LoadLocation(name)
}

var temporalRemedies = map[string]string{
	"DATE": "a date such as 2024-01-31", "TIME": "a time such as 23:59:59", "TIMESTAMP": "a date and a time such as 2024-01-31 23:59:59.000",
	"TIMESTAMP_LTZ": "a date and a time such as 2024-01-31 23:59:59.000",
}

// temporal reads dates and times and writes them as Flink casts them to STRING: with all digits of their precision,
// TIMESTAMP_LTZ in the session's zone.
func temporal(value any, t *Type, zone *time.Location) (any, error) {
	text, _ := value.(string)
	m := temporalText.FindStringSubmatch(strings.TrimSpace(text))
	remedy := temporalRemedies[t.Root]
	if m == nil || (m[1] == "") != (t.Root == "TIME") || (m[2] == "") && t.Root == "TIME" || m[2] != "" && t.Root == "DATE" {
		return nil, isNo(value, t, remedy)
	}
	if m[5] != "" && (t.Root != "TIMESTAMP_LTZ" || m[2] == "") {
		return nil, isNo(value, t, remedy+", without a zone")
	}
	digits := min(t.Precision, 9)
	if t.Root == "TIME" {
		digits = min(digits, 3) // Flink keeps no more
	}
	fraction := m[4] + strings.Repeat("0", 9-len(m[4]))
	if strings.Trim(fraction[digits:], "0") != "" {
		return nil, isNo(value, t, fmt.Sprintf("at most %d digits behind the second", digits))
	}
	at, err := moment(m, zone)
	if err != nil || at.Year() < 1 || at.Year() > 9999 {
		return nil, isNo(value, t, remedy)
	}
	layouts := map[string]string{"DATE": dateLayout, "TIME": clockLayout}
	layout, ok := layouts[t.Root]
	if !ok {
		layout = dateLayout + " " + clockLayout
	}
	normal := at.Format(layout)
	if digits > 0 && t.Root != "DATE" {
		normal += "." + fraction[:digits]
	}
	return normal, nil
}

// moment is the second that a matched text means, in the zone.
func moment(m []string, zone *time.Location) (time.Time, error) {
	date, clock := m[1], m[2]+m[3]
	if date == "" {
		date = "2000-01-01"
	}
	if clock == "" {
		clock = "00:00:00"
	} else if m[3] == "" {
		clock += ":00"
	}
	if m[5] == "" {
		return time.ParseInLocation(dateLayout+" "+clockLayout, date+" "+clock, time.UTC)
	}
	at, err := time.Parse(dateLayout+" "+clockLayout+"Z07:00", date+" "+clock+m[5])
	return at.In(zone), err
}

// inUTC is a normal TIMESTAMP_LTZ of the zone as the JSON format reads it.
func inUTC(text string, zone *time.Location) string {
	layout := dateLayout + " " + clockLayout
	at, err := time.ParseInLocation(layout, text[:len(layout)], zone)
	if err != nil {
		return text + "Z" // never of a normal value
	}
	return at.UTC().Format(layout) + text[len(layout):] + "Z"
}
