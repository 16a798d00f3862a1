package verdict

import (
	"encoding/xml"
	"fmt"
	"io"
)

// Suite are the results of one pipeline.
type Suite struct {
	File     string   `json:"file"`
	Pipeline string   `json:"pipeline"` // its name
	Results  []Result `json:"results"`
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	File     string      `xml:"file,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

// WriteJUnit writes results as JUnit's XML, which build servers read: a suite for each pipeline, a case for each test and mode.
func WriteJUnit(w io.Writer, suites []Suite) error {
	all := junitSuites{}
	total := 0.0
	for _, s := range suites {
		suite := junitSuite{Name: s.Pipeline, File: s.File, Tests: len(s.Results)}
		seconds := 0.0
		for _, r := range s.Results {
			seconds += r.Seconds
			c := junitCase{Class: s.Pipeline, Name: fmt.Sprintf("%s (%s)", r.called(), r.Mode), Time: fmt.Sprintf("%.3f", r.Seconds)}
			if !r.Passed {
				suite.Failures++
				c.Failure = &junitFailure{Message: r.summary(), Text: "\n" + r.Failure("")}
			}
			suite.Cases = append(suite.Cases, c)
		}
		suite.Time = fmt.Sprintf("%.3f", seconds)
		total += seconds
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Suites = append(all.Suites, suite)
	}
	all.Time = fmt.Sprintf("%.3f", total)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write JUnit's XML: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return fmt.Errorf("write JUnit's XML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// summary is the first thing that is wrong.
func (r Result) summary() string {
	if r.Message != "" {
		return r.Message
	}
	for _, o := range r.Expectations {
		if !o.Passed {
			return o.Name + ": " + o.Message
		}
	}
	return ""
}
