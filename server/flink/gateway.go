// Package flink is the one place that knows Flink: the wire formats of the SQL Gateway (REST v4) and the JobManager, the
// texts of its errors, and how a local engine is resolved, started, watched and stopped. Everything above it sees
// sessions, pages of rows, jobs and one-sentence errors. It imports nothing of ours.
package flink

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// ErrNotFound is returned when Flink knows no such job, session, operation or trigger.
var ErrNotFound = errors.New("not found in Flink")

// ErrUnreachable is returned when the SQL Gateway or the JobManager did not answer at all; nothing is known about whether
// the request took effect.
var ErrUnreachable = errors.New("cannot reach Flink")

const (
	requestTimeout = 60 * time.Second // of one HTTP exchange; Flink's own RPC time-outs are shorter
	maxPageBytes   = 64 << 20         // of one page of rows: 5,000 rows of 12 kB
	maxAnswerBytes = 16 << 20         // of any other answer
)

var (
	hexID  = regexp.MustCompile(`^[0-9a-f]{32}$`)
	uuidID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// Client speaks to one SQL Gateway and the JobManager behind it. It is safe for concurrent use.
type Client struct {
	gateway    string // base address without a slash at the end, e.g. http://127.0.0.1:8083
	jobManager string
	http       *http.Client
}

// NewClient returns a client of the two base addresses, e.g. "http://127.0.0.1:8083" and "http://127.0.0.1:8081". It
// connects with the first call.
func NewClient(gateway, jobManager string) *Client {
	transport := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     90 * time.Second,
	}
	return &Client{
		gateway:    strings.TrimRight(gateway, "/"),
		jobManager: strings.TrimRight(jobManager, "/"),
		http:       &http.Client{Transport: transport, Timeout: requestTimeout},
	}
}

// GatewayVersion asks the SQL Gateway for Flink's version, e.g. "2.3.0".
func (c *Client) GatewayVersion(ctx context.Context) (string, error) {
	var info struct {
		Version string `json:"version"`
	}
	if err := c.askGateway(ctx, http.MethodGet, "/v4/info", nil, &info); err != nil {
		return "", fmt.Errorf("ask gateway for its version: %w", err)
	}
	return info.Version, nil
}

// OpenSession opens a session of the SQL Gateway; properties are Flink options, e.g. "execution.runtime-mode". The gateway
// forgets a session after ten idle minutes.
func (c *Client) OpenSession(ctx context.Context, name string, properties map[string]string) (*Session, error) {
	in := map[string]any{"sessionName": name, "properties": nonNil(properties)}
	var out struct {
		Handle string `json:"sessionHandle"`
	}
	if err := c.askGateway(ctx, http.MethodPost, "/v4/sessions", in, &out); err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	if !uuidID.MatchString(out.Handle) {
		return nil, fmt.Errorf("open session: gateway answered the handle %q", out.Handle)
	}
	return &Session{client: c, handle: out.Handle}, nil
}

// askGateway does one exchange with the gateway. Its failures are *SQLError, ErrNotFound (session or operation gone) or
// ErrUnreachable.
func (c *Client) askGateway(ctx context.Context, method, path string, in, out any) error {
	status, body, err := c.exchange(ctx, method, c.gateway+path, in, maxPageBytes)
	if err != nil {
		return err
	}
	if status >= http.StatusBadRequest {
		return gatewayError(status, body)
	}
	return decode(body, out)
}

// askJobManager does one exchange with the JobManager. A 404 is ErrNotFound.
func (c *Client) askJobManager(ctx context.Context, method, path string, in, out any) error {
	status, body, err := c.exchange(ctx, method, c.jobManager+path, in, maxAnswerBytes)
	if err != nil {
		return err
	}
	if status >= http.StatusBadRequest {
		return jobManagerError(status, body)
	}
	return decode(body, out)
}

func (c *Client) exchange(ctx context.Context, method, address string, in any, limit int64) (int, []byte, error) {
	var content io.Reader
	if in != nil {
		encoded, err := json.Marshal(in)
		if err != nil {
			return 0, nil, fmt.Errorf("encode request: %w", err)
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, content)
	if err != nil {
		return 0, nil, fmt.Errorf("make request: %w", err)
	}
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return 0, nil, unreachable(ctx, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return 0, nil, unreachable(ctx, err)
	}
	if int64(len(body)) > limit {
		return 0, nil, fmt.Errorf("answer is larger than %d MiB", limit>>20)
	}
	return response.StatusCode, body, nil
}

// unreachable tells a caller that gave up (its context's error) from a Flink that does not answer.
func unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

func decode(body []byte, out any) error {
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("decode answer: %w", err)
	}
	return nil
}

func nonNil(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
