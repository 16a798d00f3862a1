package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
)

// showByQuery shows rows on a Flink without the tap connector: by one SELECT whose result is fetched from the gateway.
func (r *run) showByQuery(ctx context.Context, w *workspace) error {
	w.mu.Lock()
	r.submitted = true
	operation, err := w.session.Submit(ctx, query(r.doc, r.draft), r.config(Union))
	w.mu.Unlock()
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = operation.Close(ctx) // the job is cancelled by id anyway
	}()
	var unreachableSince time.Time
	for {
		page, err := r.next(ctx, operation)
		switch {
		case errors.Is(err, flink.ErrUnreachable):
			if unreachableSince.IsZero() {
				unreachableSince = time.Now()
			}
			if time.Since(unreachableSince) > patience {
				return fmt.Errorf("the engine does not answer: %w", err)
			}
			time.Sleep(200 * time.Millisecond)
			continue
		case err != nil:
			return err
		}
		unreachableSince = time.Time{}
		if r.isStopped() {
			return nil
		}
		if page.JobID != "" {
			r.running()
		}
		if err := r.takePage(page); err != nil {
			return err
		}
		if page.End {
			return nil
		}
	}
}

// next waits for a page, but not longer than a stop lets it.
func (r *run) next(ctx context.Context, operation *flink.Operation) (flink.Page, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		select {
		case <-r.stopping:
			r.awaitJob(finished)
			cancel()
		case <-finished:
		}
	}()
	page, err := operation.Next(ctx)
	if r.isStopped() && ctx.Err() != nil {
		return flink.Page{}, nil
	}
	return page, err
}

// awaitJob waits until Flink has shown the job, so that a cancel reaches it: a submit that is under way may still bring it.
func (r *run) awaitJob(finished <-chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		if _, err := r.client.JobStatus(ctx, r.reservation.FlinkJobID); err == nil || ctx.Err() != nil {
			return
		}
		select {
		case <-finished:
			return
		case <-ctx.Done():
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (r *run) takePage(page flink.Page) error {
	batches := map[string][]json.RawMessage{}
	for _, row := range page.Rows {
		node, decoded, err := decodeRow(row, r.columns)
		if err != nil {
			return err
		}
		encoded, err := json.Marshal(decoded)
		if err != nil {
			return fmt.Errorf("encode preview row of %q: %w", node, err)
		}
		batches[node] = append(batches[node], encoded)
	}
	for node, rows := range batches {
		r.take(node, 0, batch{rows: rows, watermark: noWatermark})
	}
	return nil
}

// query is the one SELECT that brings the rows of all nodes, each tagged with its node's id and every value as a text.
func query(doc *graph.Document, d draft) string {
	var branches []string
	for _, id := range d.shown(doc) {
		columns := d.columns[id]
		casts := make([]string, len(columns))
		for i, column := range columns {
			casts[i] = asText(flinksql.Quote(column.Name), column.Type)
		}
		branches = append(branches, fmt.Sprintf("SELECT %s AS node, ARRAY[%s] AS cols FROM %s", flinksql.Literal(id), strings.Join(casts, ", "), d.script.References[id]))
	}
	return strings.Join(branches, "\nUNION ALL\n")
}

// asText is the expression that turns a column into text. Bytes come as base64, since a cast would read them as UTF-8.
func asText(column, typ string) string {
	switch {
	case isBytes(typ):
		return "TO_BASE64(" + column + ")"
	case typ == "VARIANT", strings.Contains(typ, "BYTES"), strings.Contains(typ, "BINARY"):
		return "JSON_STRING(" + column + ")"
	}
	return "CAST(" + column + " AS STRING)"
}

func isBytes(typ string) bool {
	return strings.HasPrefix(typ, "BYTES") || strings.HasPrefix(typ, "BINARY") || strings.HasPrefix(typ, "VARBINARY")
}

// decodeRow reads a row of the query: which node it is of, and its values in the types of the wire.
func decodeRow(row flink.Row, columns map[string][]Column) (node string, decoded Row, err error) {
	if len(row.Values) != 2 {
		return "", Row{}, fmt.Errorf("read preview row: %d values instead of 2", len(row.Values))
	}
	node, _ = row.Values[0].(string)
	texts, ok := row.Values[1].([]any)
	if !ok || len(texts) != len(columns[node]) {
		return "", Row{}, fmt.Errorf("read preview row of %q: unexpected shape", node)
	}
	decoded = Row{Kind: row.Kind, Values: make([]any, len(texts))}
	for i, text := range texts {
		decoded.Values[i] = decodeValue(text, columns[node][i].Type)
		if long, ok := decoded.Values[i].(string); ok && len(long) > cellBytes {
			decoded.Values[i] = strings.ToValidUTF8(long[:cellBytes], "")
			if decoded.Cut == nil {
				decoded.Cut = map[int]int64{}
			}
			decoded.Cut[i] = int64(len(long))
		}
	}
	return node, decoded, nil
}

func decodeValue(value any, typ string) any {
	text, isText := value.(string)
	if !isText {
		return nil
	}
	switch typ {
	case "BOOLEAN":
		return strings.EqualFold(text, "true")
	case "TINYINT", "SMALLINT", "INT", "FLOAT", "DOUBLE":
		if json.Valid([]byte(text)) {
			return json.Number(text)
		}
	}
	if isBytes(typ) {
		return hexOfBase64(text)
	}
	return text
}

// sinksBehind tells of every node which sinks would write its rows.
func sinksBehind(doc *graph.Document) map[string][]string {
	sinks := map[string][]string{}
	for _, edge := range doc.Edges {
		if node := doc.Nodes[edge.To]; node != nil && node.Kind == "sink" {
			sinks[edge.From] = append(sinks[edge.From], edge.To)
		}
	}
	return sinks
}
