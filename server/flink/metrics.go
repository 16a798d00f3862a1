package flink

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// OperatorMetric is one counter of one operator, summed over the vertex's subtasks.
type OperatorMetric struct {
	Operator string  // as the metric names it, without its number, e.g. "Calc", "Source__orders", "snk__Writer"
	Number   int     // the operator's number in the plan; 0 when it has none, as in "StreamingFileWriter"
	Metric   string  // e.g. "numRecordsOut"
	Value    float64 // since the job started
}

const metricsPerRequest = 60 // keeps the address under 4 kB

var (
	operatorMetric = regexp.MustCompile(`^(.+)\.(numRecords(?:In|Out|Send)|numLateRecordsDropped)$`)
	operatorNumber = regexp.MustCompile(`\[(\d+)\]`)
)

// OperatorMetrics asks for the record counters of a vertex's operators. The first ask of a vertex's metrics answers nothing:
// ask again a second later.
func (c *Client) OperatorMetrics(ctx context.Context, job, vertex string) ([]OperatorMetric, error) {
	if !hexID.MatchString(vertex) {
		return nil, fmt.Errorf("vertex id %q is not 32 hex digits", vertex)
	}
	path := "/vertices/" + vertex + "/subtasks/metrics"
	var listed []struct {
		ID string `json:"id"`
	}
	if err := c.askJob(ctx, http.MethodGet, job, path, nil, &listed); err != nil {
		return nil, fmt.Errorf("list metrics of vertex %s: %w", vertex, err)
	}
	var ids []string
	for _, metric := range listed {
		if operatorMetric.MatchString(metric.ID) {
			ids = append(ids, metric.ID)
		}
	}
	var metrics []OperatorMetric
	for len(ids) > 0 {
		n := min(len(ids), metricsPerRequest)
		part, err := c.sums(ctx, job, path, ids[:n])
		if err != nil {
			return nil, fmt.Errorf("read metrics of vertex %s: %w", vertex, err)
		}
		metrics, ids = append(metrics, part...), ids[n:]
	}
	return metrics, nil
}

func (c *Client) sums(ctx context.Context, job, path string, ids []string) ([]OperatorMetric, error) {
	var values []struct {
		ID  string  `json:"id"`
		Sum float64 `json:"sum"`
	}
	query := "?agg=sum&get=" + url.QueryEscape(strings.Join(ids, ","))
	if err := c.askJob(ctx, http.MethodGet, job, path+query, nil, &values); err != nil {
		return nil, err
	}
	metrics := make([]OperatorMetric, 0, len(values))
	for _, value := range values {
		parts := operatorMetric.FindStringSubmatch(value.ID)
		if parts == nil {
			continue
		}
		metric := OperatorMetric{Operator: parts[1], Metric: parts[2], Value: value.Sum}
		if at := operatorNumber.FindStringSubmatchIndex(parts[1]); at != nil {
			metric.Operator = parts[1][:at[0]] + parts[1][at[1]:]
			metric.Number = number(parts[1][at[2]:at[3]])
		}
		metrics = append(metrics, metric)
	}
	return metrics, nil
}

// planText turns a plan node's description, which is HTML, into lines.
func planText(description string) string {
	return strings.TrimSpace(html.UnescapeString(strings.ReplaceAll(description, "<br/>", "\n")))
}
