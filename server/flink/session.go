package flink

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	firstPoll = 20 * time.Millisecond
	lastPoll  = 200 * time.Millisecond
)

// Session is a session of the SQL Gateway: temporary tables, views and functions live in it. Its statements run one after
// the other on the gateway; the methods are safe for concurrent use.
type Session struct {
	client *Client
	handle string
}

// Operation is one submitted statement. Its methods are for one goroutine.
type Operation struct {
	session *Session
	handle  string
	token   int64 // of the page to fetch next; fetching a page again gives the same rows
	end     bool
}

// Page is a part of a statement's result.
type Page struct {
	Columns []Column
	Rows    []Row  // oldest first; empty at the end
	JobID   string // of the Flink job that makes the rows; "" when none runs
	End     bool   // no page follows
}

// Row is one row of a changelog.
type Row struct {
	Kind   string // "+I", "-U", "+U" or "-D"
	Values []any  // nil, bool, string, json.Number, []any of these, or json.RawMessage for ROW, MAP and MULTISET objects
}

// Result is the whole result of a statement.
type Result struct {
	Columns []Column
	Rows    []Row
	JobID   string // "" when the statement started no job
}

// Column is a column of a result or of a described table or view. Results carry Name, Type and Nullable only.
type Column struct {
	Name      string
	Type      string // as Flink SQL writes it, e.g. "DECIMAL(10, 2)", without NOT NULL and without *ROWTIME*
	Nullable  bool
	Rowtime   bool   // an event-time attribute
	Watermark string // the watermark's expression, "" without one
	Key       string // e.g. "PRI(id)", "" when not part of a key
	Computed  string // of a table's computed column the expression, "" of others
}

var kindSigns = map[string]string{"INSERT": "+I", "UPDATE_BEFORE": "-U", "UPDATE_AFTER": "+U", "DELETE": "-D"}

var resultToken = regexp.MustCompile(`/result/(\d+)(\?|$)`)

// Submit sends a statement and returns at once; config are Flink options for this statement alone. A statement that does
// not plan fails at the first Next.
func (s *Session) Submit(ctx context.Context, sql string, config map[string]string) (*Operation, error) {
	in := map[string]any{"statement": sql, "executionConfig": nonNil(config)}
	var out struct {
		Handle string `json:"operationHandle"`
	}
	if err := s.client.askGateway(ctx, http.MethodPost, s.path("/statements"), in, &out); err != nil {
		return nil, fmt.Errorf("submit statement: %w", err)
	}
	if !uuidID.MatchString(out.Handle) {
		return nil, fmt.Errorf("submit statement: gateway answered the handle %q", out.Handle)
	}
	return &Operation{session: s, handle: out.Handle}, nil
}

// Run submits a statement, reads its whole result and closes it. It is for statements with small results: DDL, DESCRIBE,
// SHOW, EXPLAIN, and INSERT, which answers as soon as its job is accepted.
func (s *Session) Run(ctx context.Context, sql string, config map[string]string) (result Result, err error) {
	operation, err := s.Submit(ctx, sql, config)
	if err != nil {
		return Result{}, err
	}
	defer func() { err = errors.Join(err, operation.closeAfter(ctx, err)) }()
	for {
		page, err := operation.Next(ctx)
		if err != nil {
			return Result{}, err
		}
		result.Columns = page.Columns
		result.Rows = append(result.Rows, page.Rows...)
		if page.JobID != "" {
			result.JobID = page.JobID
		}
		if page.End {
			return result, nil
		}
	}
}

// Describe asks for the columns of a table or view; name is quoted already where it needs to be.
func (s *Session) Describe(ctx context.Context, name string) ([]Column, error) {
	result, err := s.Run(ctx, "DESCRIBE "+name, nil)
	if err != nil {
		return nil, fmt.Errorf("describe %s: %w", name, err)
	}
	columns := make([]Column, 0, len(result.Rows))
	for _, row := range result.Rows {
		column, err := describedColumn(row.Values)
		if err != nil {
			return nil, fmt.Errorf("describe %s: %w", name, err)
		}
		columns = append(columns, column)
	}
	return columns, nil
}

// Heartbeat keeps the session from being forgotten. ErrNotFound says that it was.
func (s *Session) Heartbeat(ctx context.Context) error {
	if err := s.client.askGateway(ctx, http.MethodPost, s.path("/heartbeat"), map[string]any{}, nil); err != nil {
		return fmt.Errorf("keep session alive: %w", err)
	}
	return nil
}

// Close ends the session and its operations. A running job outlives it. Closing a session that is gone is no error.
func (s *Session) Close(ctx context.Context) error {
	err := s.client.askGateway(ctx, http.MethodDelete, s.path(""), nil, nil)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("close session: %w", err)
	}
	return nil
}

func (s *Session) path(rest string) string { return "/v4/sessions/" + s.handle + rest }

// Next fetches the next page, waiting for rows or the end as long as ctx lets it. After an error that is ErrUnreachable it
// may be called again: no row is lost or doubled.
func (o *Operation) Next(ctx context.Context) (Page, error) {
	if o.end {
		return Page{End: true}, nil
	}
	for wait := firstPoll; ; wait = min(wait*3/2, lastPoll) {
		page, err := o.fetch(ctx)
		if err != nil {
			return Page{}, err
		}
		if page.End || len(page.Rows) > 0 {
			return page, nil
		}
		select {
		case <-ctx.Done():
			return Page{}, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// Close releases the operation on the gateway. A query's job ends with it, an INSERT's job runs on.
func (o *Operation) Close(ctx context.Context) error {
	err := o.session.client.askGateway(ctx, http.MethodDelete, o.path("/close"), nil, nil)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("close operation: %w", err)
	}
	return nil
}

// closeAfter closes the operation although the caller may have given up. What it fails with matters only when nothing
// failed before.
func (o *Operation) closeAfter(ctx context.Context, earlier error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := o.Close(ctx); earlier == nil {
		return err
	}
	return nil
}

func (o *Operation) path(rest string) string { return o.session.path("/operations/" + o.handle + rest) }

type wirePage struct {
	ResultType string `json:"resultType"`
	Results    struct {
		Columns []wireColumn `json:"columns"`
		Data    []wireRow    `json:"data"`
	} `json:"results"`
	JobID string `json:"jobID"`
	Next  string `json:"nextResultUri"`
}

type wireRow struct {
	Kind   string            `json:"kind"`
	Fields []json.RawMessage `json:"fields"`
}

func (o *Operation) fetch(ctx context.Context) (Page, error) {
	var wire wirePage
	path := o.path("/result/" + strconv.FormatInt(o.token, 10) + "?rowFormat=JSON")
	if err := o.session.client.askGateway(ctx, http.MethodGet, path, nil, &wire); err != nil {
		return Page{}, fmt.Errorf("fetch rows: %w", err)
	}
	page, err := wire.page()
	if err != nil {
		return Page{}, fmt.Errorf("read rows: %w", err)
	}
	if token := resultToken.FindStringSubmatch(wire.Next); token != nil {
		o.token, err = strconv.ParseInt(token[1], 10, 64)
		if err != nil {
			return Page{}, fmt.Errorf("read the next page's number: %w", err)
		}
	}
	o.end = page.End
	return page, nil
}

func (w wirePage) page() (Page, error) {
	page := Page{JobID: w.JobID, End: w.ResultType == "EOS"}
	for _, column := range w.Results.Columns {
		page.Columns = append(page.Columns, Column{
			Name: column.Name, Type: column.LogicalType.String(), Nullable: column.LogicalType.Nullable,
		})
	}
	for _, row := range w.Results.Data {
		values := make([]any, len(row.Fields))
		for i, field := range row.Fields {
			value, err := decodeValue(field)
			if err != nil {
				return Page{}, err
			}
			values[i] = value
		}
		page.Rows = append(page.Rows, Row{Kind: kindSigns[row.Kind], Values: values})
	}
	return page, nil
}

// decodeValue keeps numbers as they were written and objects as they are.
func decodeValue(raw json.RawMessage) (any, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	switch raw[0] {
	case 'n':
		return nil, nil
	case 't', 'f':
		return raw[0] == 't', nil
	case '"':
		var text string
		err := json.Unmarshal(raw, &text)
		return text, err
	case '{':
		return raw, nil
	case '[':
		return decodeArray(raw)
	}
	return json.Number(raw), nil
}

func decodeArray(raw json.RawMessage) (any, error) {
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil {
		return nil, err
	}
	values := make([]any, len(elements))
	for i, element := range elements {
		value, err := decodeValue(element)
		if err != nil {
			return nil, err
		}
		values[i] = value
	}
	return values, nil
}

// describedColumn reads a row of DESCRIBE: name, type, null, key, extras, watermark.
func describedColumn(values []any) (Column, error) {
	if len(values) < 6 {
		return Column{}, fmt.Errorf("DESCRIBE answered %d columns, not 6", len(values))
	}
	typeText, marker, _ := strings.Cut(text(values[1]), " *")
	nullable, _ := values[2].(bool)
	computed, isComputed := strings.CutPrefix(text(values[4]), "AS ")
	if !isComputed {
		computed = "" // METADATA, perhaps
	}
	return Column{
		Name:      text(values[0]),
		Type:      strings.TrimSuffix(typeText, " NOT NULL"),
		Nullable:  nullable,
		Rowtime:   strings.HasPrefix(marker, "ROWTIME"),
		Watermark: text(values[5]),
		Key:       text(values[3]),
		Computed:  computed,
	}, nil
}

func text(value any) string {
	s, _ := value.(string)
	return s
}
