package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"millrace/compiler"
	"millrace/graph"
)

// ErrNotFound says that there is no such preview, or no such node in it.
var ErrNotFound = errors.New("there is no such preview or node")

// Reason is one cause of a node's silence.
type Reason struct {
	Code     string   `json:"code" enum:"starting,absent,ended,source,filter,partner,watermark,window,late,having,pattern,other"`
	Node     string   `json:"node"`    // where the cause is: the node that was asked for or one before it
	Summary  string   `json:"summary"` // at most eight words
	Detail   string   `json:"detail"`
	Remedies []Remedy `json:"remedies"`
}

// Remedy is an edit of the pipeline that may help.
type Remedy struct {
	Label      string            `json:"label"`
	Operations []graph.Operation `json:"operations"`
}

// Why tells why a node of a preview has made no rows; none when it has.
func (m *Manager) Why(ctx context.Context, id, node string) ([]Reason, error) {
	m.mu.Lock()
	r := m.runs[id]
	m.mu.Unlock()
	if r == nil || r.doc.Nodes[node] == nil {
		return nil, ErrNotFound
	}
	s := silence{doc: r.doc, preview: r.figures(), newest: r.newest, inputs: r.doc.Inputs(), seen: map[string]bool{}}
	s.late = sync.OnceValue(func() int64 { return r.lateRows(ctx) })
	s.explain(node)
	return s.reasons, nil
}

// silence looks for the places behind which no rows come.
type silence struct {
	doc     *graph.Document
	preview Preview
	newest  func(node string) []Row
	inputs  map[string][]graph.Edge
	late    func() int64 // rows that the job dropped as late; the job is asked once, and only when it matters
	seen    map[string]bool
	reasons []Reason
}

func (s *silence) add(r Reason) {
	if r.Remedies == nil {
		r.Remedies = []Remedy{}
	}
	s.reasons = append(s.reasons, r)
}

// explain goes back from a silent node to where the last rows were seen.
func (s *silence) explain(id string) {
	shown, runs := s.preview.Nodes[id]
	switch {
	case s.seen[id] || shown.Count > 0:
		return
	case !runs:
		s.absent(id)
		return
	case s.preview.State == Starting:
		s.add(Reason{Code: "starting", Node: id, Summary: "The preview is starting", Detail: "Flink plans the job or waits for a free slot."})
		return
	}
	s.seen[id] = true
	silent := false
	for _, edge := range s.inputs[id] {
		if s.needs(id, edge) && s.preview.Nodes[edge.From].Count == 0 {
			silent = true
			s.explain(edge.From)
		}
	}
	if !silent {
		s.here(id)
	}
}

// needs tells whether a node makes nothing without rows of this input.
func (s *silence) needs(id string, edge graph.Edge) bool {
	node := s.doc.Nodes[id]
	switch node.Kind {
	case "join":
		switch node.Config["type"] {
		case "left", "anti":
			return edge.Port == "left"
		case "right":
			return edge.Port == "right"
		case "full":
			return s.allSilent(id)
		}
	case "union", "sink":
		return s.allSilent(id)
	}
	return true
}

func (s *silence) allSilent(id string) bool {
	for _, edge := range s.inputs[id] {
		if s.preview.Nodes[edge.From].Count > 0 {
			return false
		}
	}
	return true
}

func (s *silence) absent(id string) {
	for _, d := range s.preview.Diagnostics {
		if d.Severity == graph.Error && (d.Node == id || d.Node == "") {
			s.add(Reason{Code: "absent", Node: id, Summary: d.Summary, Detail: d.Detail})
			return
		}
	}
	for _, edge := range s.inputs[id] {
		if _, runs := s.preview.Nodes[edge.From]; !runs {
			s.explain(edge.From)
		}
	}
	if len(s.reasons) == 0 {
		s.add(Reason{Code: "absent", Node: id, Summary: "Not part of this preview", Detail: "The node was added after the preview began. Run it again."})
	}
}

// here explains a node that gets rows and makes none.
func (s *silence) here(id string) {
	node := s.doc.Nodes[id]
	if s.preview.State != Running && s.preview.State != Finished {
		s.add(Reason{Code: "ended", Node: id, Summary: "The preview has ended", Detail: "It ended before this node made a row. Run it again."})
		return
	}
	switch node.Kind {
	case "source", "values":
		s.source(id, node)
	case "filter":
		s.add(Reason{
			Code: "filter", Node: id, Summary: "The condition was never true",
			Detail: fmt.Sprintf("%s came in, and for none of them %s.", rowsOf(s.arrived(id)), text(node.Config, "condition")),
		})
	case "join":
		s.join(id, node)
	case "windowAggregate", "window", "over", "topN", "deduplicate", "sort", "pattern":
		s.timed(id, node)
	default:
		s.group(id, node)
	}
}

func (s *silence) group(id string, node *graph.Node) {
	if having := text(node.Config, "having"); having != "" {
		s.add(Reason{Code: "having", Node: id, Summary: "No group satisfies the condition", Detail: fmt.Sprintf("%s came in, and for no group %s.", rowsOf(s.arrived(id)), having)})
		return
	}
	s.add(Reason{Code: "other", Node: id, Summary: "It made nothing of its rows", Detail: rowsOf(s.arrived(id)) + " came in. Look at what the node does with them."})
}

func (s *silence) arrived(id string) (rows int64) {
	for _, edge := range s.inputs[id] {
		rows += s.preview.Nodes[edge.From].Count
	}
	return rows
}

func rowsOf(n int64) string {
	if n == 1 {
		return "1 row"
	}
	return fmt.Sprintf("%d rows", n)
}

func (s *silence) source(id string, node *graph.Node) {
	if s.preview.State == Finished {
		s.add(Reason{Code: "source", Node: id, Summary: "The source is empty", Detail: "It was read to its end and had no rows."})
		return
	}
	options, _ := node.Config.At("table.options")
	own, _ := options.(map[string]any)
	reason := Reason{Code: "source", Node: id, Summary: "The source has sent nothing yet", Detail: "It is connected and waits for rows."}
	if mode, _ := own["scan.startup.mode"].(string); own["connector"] == "kafka" && mode != "earliest-offset" {
		reason.Detail = "The topic is read from its end, or from where its consumer group stands, and nothing new has come since."
		reason.Remedies = []Remedy{{Label: "Read from the beginning", Operations: []graph.Operation{
			setOperation("earliest-offset", "nodes", id, "config", "table", "options", "scan.startup.mode"),
		}}}
	}
	s.add(reason)
}

func (s *silence) join(id string, node *graph.Node) {
	counts := map[string]int64{}
	for _, edge := range s.inputs[id] {
		counts[edge.Port] += s.preview.Nodes[edge.From].Count
	}
	came := fmt.Sprintf("%s came from the left and %s from the right", rowsOf(counts["left"]), rowsOf(counts["right"]))
	if text(node.Config, "asOf") != "" && s.heldBack(id, "A temporal join puts a row out when the watermarks of both inputs have passed it.") {
		return
	}
	s.add(Reason{Code: "partner", Node: id, Summary: "No row found a partner", Detail: came + ", and for no pair " + text(node.Config, "condition") + "."})
}

// timed explains a node that waits for time to pass.
func (s *silence) timed(id string, node *graph.Node) {
	detail := s.behind(id, node)
	if detail == "" && s.preview.State == Running {
		if late := s.late(); late > 0 {
			detail = rowsOf(late) + " came behind the watermark and were dropped."
		}
	}
	if detail != "" {
		s.add(Reason{Code: "late", Node: id, Summary: "Rows came too late", Detail: detail, Remedies: s.moreDelay(id)})
	}
	waits := "It waits for the watermark."
	if node.Kind == "windowAggregate" {
		waits = "A window puts its rows out when the watermark has passed its end."
	}
	if s.heldBack(id, waits) {
		return
	}
	if node.Kind == "pattern" {
		s.add(Reason{Code: "pattern", Node: id, Summary: "No rows match the pattern", Detail: rowsOf(s.arrived(id)) + " came in, and no series of them matches " + text(node.Config, "pattern") + "."})
		return
	}
	if node.Kind == "windowAggregate" && len(s.reasons) == 0 && s.preview.State == Running {
		s.openWindow(id, node)
	}
	if len(s.reasons) == 0 {
		s.group(id, node)
	}
}

// behind tells how many of a window's newest rows belong to windows that had ended when they came, "" when few do. One row with
// a time far ahead is enough for that; Flink counts what it drops only when the watermark moves on.
func (s *silence) behind(id string, node *graph.Node) string {
	length, column := compiler.Duration(text(node.Config, "size")), text(node.Config, "timeColumn")
	if len(s.inputs[id]) != 1 || length == 0 || column == "" {
		return ""
	}
	input := s.preview.Nodes[s.inputs[id][0].From]
	mark, err := time.Parse(time.RFC3339, input.Watermark)
	at := slices.IndexFunc(input.Columns, func(c Column) bool { return c.Name == column && strings.HasPrefix(c.Type, "TIMESTAMP(") })
	if err != nil || at < 0 {
		return ""
	}
	rows, late := s.newest(s.inputs[id][0].From), 0
	for _, row := range rows {
		value, _ := row.Values[at].(string)
		if when, err := time.Parse(time.DateTime, value); err == nil && !when.Add(length).After(mark) {
			late++
		}
	}
	if late*2 <= len(rows) {
		return ""
	}
	return fmt.Sprintf("Of the newest %d rows %d belong to windows that ended before the watermark, which is at %s. One row with a time far ahead is enough for that.", len(rows), late, input.Watermark)
}

// openWindow tells until when the present window takes rows.
func (s *silence) openWindow(id string, node *graph.Node) {
	for _, edge := range s.inputs[id] {
		mark := s.preview.Nodes[edge.From].Watermark
		at, err := time.Parse(time.RFC3339, mark)
		if err != nil {
			continue
		}
		detail := fmt.Sprintf("The watermark is at %s.", mark)
		switch length := compiler.Duration(text(node.Config, "size")); {
		case node.Config["window"] == "session":
			detail += fmt.Sprintf(" A session ends when no row of its group came for %s.", strings.ToLower(text(node.Config, "size")))
		case length > 0:
			end := at.Truncate(length).Add(length)
			detail += fmt.Sprintf(" The window that it stands in is open until it passes %s.", end.Format("2006-01-02T15:04:05Z"))
		}
		s.add(Reason{Code: "window", Node: id, Summary: "The window is still open", Detail: detail})
	}
}

// heldBack looks for inputs that have no watermark, and for the sources that hold it back.
func (s *silence) heldBack(id, waits string) bool {
	found := false
	for _, edge := range s.inputs[id] {
		if s.preview.Nodes[edge.From].Watermark != "" || s.preview.Way == Union || s.preview.State != Running {
			continue
		}
		for _, source := range s.sourcesOf(edge.From) {
			if s.preview.Nodes[source].Watermark != "" {
				continue
			}
			found = true
			if _, defined := s.doc.Nodes[source].Config.At("table.watermark.column"); !defined && s.doc.Nodes[source].Config["catalogTable"] == nil {
				s.add(Reason{Code: "watermark", Node: source, Summary: "The source defines no watermark", Detail: waits + " Give the source a watermark on its time column."})
				continue
			}
			s.add(Reason{
				Code: "watermark", Node: source, Summary: "The watermark is held back here",
				Detail: waits + " This source has given none yet; a part of it without rows holds all others back.",
				Remedies: []Remedy{{Label: "Do not wait for idle parts longer than 5 s", Operations: []graph.Operation{
					setOperation("5 s", "settings", "table.exec.source.idle-timeout"),
				}}},
			})
		}
	}
	return found
}

func (s *silence) sourcesOf(id string) (sources []string) {
	seen := map[string]bool{}
	var walk func(string)
	walk = func(id string) {
		if seen[id] {
			return
		}
		seen[id] = true
		if len(s.inputs[id]) == 0 {
			sources = append(sources, id)
		}
		for _, edge := range s.inputs[id] {
			walk(edge.From)
		}
	}
	walk(id)
	return sources
}

// moreDelay offers a minute more for late rows at each source before a node.
func (s *silence) moreDelay(id string) (remedies []Remedy) {
	for _, source := range s.sourcesOf(id) {
		at, _ := s.doc.Nodes[source].Config.At("table.watermark.expression")
		if expression, ok := at.(string); ok && expression != "" {
			remedies = append(remedies, Remedy{
				Label: fmt.Sprintf("Let %s wait a minute longer for late rows", s.doc.Nodes[source].Name),
				Operations: []graph.Operation{
					setOperation(expression+" - INTERVAL '1' MINUTE", "nodes", source, "config", "table", "watermark", "expression"),
				},
			})
		}
	}
	return remedies
}

func setOperation(value string, path ...string) graph.Operation {
	data, _ := json.Marshal(value) // a string always encodes
	return graph.Operation{Op: "set", Path: path, Value: data}
}

func text(config graph.Config, field string) string {
	value, _ := config[field].(string)
	return value
}

func (r *run) newest(node string) []Row {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.rows[node] == nil {
		return nil
	}
	return decodeRows(r.rows[node].last(MaxRows))
}

// lateRows counts the rows that the job's operators dropped as late; 0 when Flink does not tell.
func (r *run) lateRows(ctx context.Context) (late int64) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	job, err := r.client.Job(ctx, r.reservation.FlinkJobID)
	if err != nil {
		return 0
	}
	for _, vertex := range job.Vertices {
		for range 2 { // the first ask of a vertex answers nothing
			metrics, err := r.client.OperatorMetrics(ctx, job.ID, vertex.ID)
			if err != nil {
				return late
			}
			for _, metric := range metrics {
				if metric.Metric == "numLateRecordsDropped" {
					late += int64(metric.Value)
				}
			}
			if len(metrics) > 0 {
				break
			}
			select {
			case <-ctx.Done():
			case <-time.After(300 * time.Millisecond):
			}
		}
	}
	return late
}
