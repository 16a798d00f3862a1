package flink_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"
)

const (
	noWatermark  = -1 << 63
	endWatermark = 1<<63 - 1
)

// tapServer is the server's side of the tap's wire, written from its description and as plainly as can be.
type tapServer struct {
	t       *testing.T
	run     string            // the token that is let in
	before  func(node string) // called before each frame is read; may wait
	keep    bool              // keep rows, not only their number
	listen  net.Listener
	mu      sync.Mutex
	nodes   map[string]*tapped
	conns   []net.Conn
	refused int
}

// tapped is what came of one node.
type tapped struct {
	rows       []tapRow
	count      int64
	dropped    int64
	figures    int     // frames without rows
	gap        int64   // dropped since the last row
	watermarks []int64 // each that differs from the one before it, of any subtask
	open       int     // subtasks that have not sent their end
	hellos     int
	ended      int
}

// tapRow is one row of the wire.
type tapRow struct {
	Kind   string            `json:"kind"`
	Values []json.RawMessage `json:"values"`
	Cut    map[string]int64  `json:"cut"`
	gap    int64             // rows left out right before it
}

// String is the row as the tests write it: +I[1, "a"].
func (r tapRow) String() string {
	text := r.Kind + "["
	for i, value := range r.Values {
		if i > 0 {
			text += ", "
		}
		text += string(value)
	}
	return text + "]"
}

func listenTap(t *testing.T) *tapServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &tapServer{t: t, run: "s3cret", keep: true, before: func(string) {}, listen: listener, nodes: map[string]*tapped{}}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns = append(s.conns, conn)
			s.mu.Unlock()
			serving.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { s.close(); serving.Wait() })
	return s
}

// close ends the listener and all connections, as a server that dies does.
func (s *tapServer) close() {
	_ = s.listen.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, conn := range s.conns {
		_ = conn.Close()
	}
}

func (s *tapServer) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	magic := make([]byte, 7)
	if _, err := io.ReadFull(conn, magic); err != nil || string(magic) != "MRTAP1\n" {
		s.t.Errorf("the tap began with %q, %v", magic, err)
		return
	}
	kind, payload, err := readTapFrame(conn)
	var hello struct {
		Run, Node            string
		Subtask, Parallelism int
	}
	if err != nil || kind != 'H' || json.Unmarshal(payload, &hello) != nil || hello.Subtask >= hello.Parallelism {
		s.t.Errorf("the tap greeted with %c %q, %v", kind, payload, err)
		return
	}
	if hello.Run != s.run {
		s.mu.Lock()
		s.refused++
		s.mu.Unlock()
		_, _ = conn.Write([]byte{'N'})
		return
	}
	s.update(hello.Node, func(node *tapped) {
		if node.hellos == 0 {
			node.open = hello.Parallelism
		}
		node.hellos++
	})
	if _, err := conn.Write([]byte{'K'}); err != nil {
		return
	}
	for {
		s.before(hello.Node)
		if !s.serveFrame(conn, hello.Node) {
			return
		}
	}
}

// serveFrame takes one frame in; false ends the connection.
func (s *tapServer) serveFrame(conn net.Conn, name string) bool {
	kind, payload, err := readTapFrame(conn)
	switch {
	case err != nil:
		return false // the job was cancelled, or close was called
	case kind == 'E':
		s.update(name, func(node *tapped) { node.open--; node.ended++ })
		if n, err := conn.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
			s.t.Errorf("after its end %s sent %d bytes, %v", name, n, err)
		}
		return false
	case kind != 'R':
		s.t.Errorf("%s sent a frame %c", name, kind)
		return false
	}
	dropped, watermark, rows, err := s.readRows(payload)
	if err != nil {
		s.t.Errorf("%s sent %v", name, err)
		return false
	}
	s.update(name, func(node *tapped) {
		node.dropped += dropped
		node.gap += dropped
		if len(rows) > 0 {
			rows[0].gap, node.gap = node.gap, 0
		} else {
			node.figures++
		}
		node.count += int64(len(rows))
		if s.keep {
			node.rows = append(node.rows, rows...)
		}
		if n := len(node.watermarks); n == 0 || node.watermarks[n-1] != watermark {
			node.watermarks = append(node.watermarks, watermark)
		}
	})
	return true
}

func (s *tapServer) readRows(payload []byte) (dropped, watermark int64, rows []tapRow, err error) {
	if len(payload) < 20 {
		return 0, 0, nil, fmt.Errorf("a frame of %d bytes", len(payload))
	}
	dropped, watermark = int64(binary.BigEndian.Uint64(payload)), int64(binary.BigEndian.Uint64(payload[8:]))
	rows = make([]tapRow, binary.BigEndian.Uint32(payload[16:]))
	rest := payload[20:]
	for i := range rows {
		size := binary.BigEndian.Uint32(rest)
		if s.keep {
			if err := json.Unmarshal(rest[4:4+size], &rows[i]); err != nil {
				return 0, 0, nil, fmt.Errorf("the row %q: %w", rest[4:4+size], err)
			}
		}
		rest = rest[4+size:]
	}
	if len(rest) > 0 {
		err = fmt.Errorf("%d bytes after its rows", len(rest))
	}
	return dropped, watermark, rows, err
}

func readTapFrame(conn net.Conn) (kind byte, payload []byte, err error) {
	var size [4]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return 0, nil, err
	}
	frame := make([]byte, binary.BigEndian.Uint32(size[:]))
	if _, err := io.ReadFull(conn, frame); err != nil {
		return 0, nil, err
	}
	return frame[0], frame[1:], nil
}

func (s *tapServer) update(name string, change func(*tapped)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nodes[name] == nil {
		s.nodes[name] = &tapped{}
	}
	change(s.nodes[name])
}

// node is what came of a node so far.
func (s *tapServer) node(name string) tapped {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.nodes[name] == nil {
		return tapped{}
	}
	node := *s.nodes[name]
	node.rows, node.watermarks = slices.Clone(node.rows), slices.Clone(node.watermarks)
	return node
}

// whole waits until all subtasks of a node have sent their end, and returns what came.
func (s *tapServer) whole(name string) tapped {
	s.t.Helper()
	eventually(s.t, 2*time.Minute, func() bool {
		node := s.node(name)
		return node.hellos > 0 && node.open == 0
	})
	return s.node(name)
}

// refusals is how many connections came with another token.
func (s *tapServer) refusals() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// options are the hint's options for a node of this server.
func (s *tapServer) options(node string) string {
	return fmt.Sprintf("'address'='%s', 'run'='%s', 'node'='%s'", s.listen.Addr(), s.run, node)
}
