package preview

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"sync"
	"time"
)

// The wire of the tap connector, which tap/tap.go describes.
const (
	tapMagic      = "MRTAP1\n"
	tapHello      = 'H'
	tapRows       = 'R'
	tapEnd        = 'E'
	tapGo         = 'K'
	maxFrameBytes = 64 << 20
	helloTimeout  = 10 * time.Second
	noWatermark   = math.MinInt64
	endWatermark  = math.MaxInt64
)

// Taps is where the sinks of previews push their rows: each subtask opens a connection and says by a secret whose it is. When
// a preview ends its connections are closed, which fails what is left of its job; so no job outlives the server either.
type Taps struct {
	listener net.Listener
	address  string

	mu        sync.Mutex
	receivers map[string]*receiver // by secret
}

// ListenTaps listens on an address such as 127.0.0.1:0. Advertised is the address under which TaskManagers reach it; "" means
// the address that is listened on.
func ListenTaps(listen, advertised string) (*Taps, error) {
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("listen for previews' rows: %w", err)
	}
	if advertised == "" {
		advertised = listener.Addr().String()
	}
	t := &Taps{listener: listener, address: advertised, receivers: map[string]*receiver{}}
	go t.accept()
	return t, nil
}

// Address is where TaskManagers push rows to, e.g. "127.0.0.1:40123".
func (t *Taps) Address() string { return t.address }

// Close ends the listener and all connections.
func (t *Taps) Close() error {
	t.mu.Lock()
	for _, r := range t.receivers {
		r.close()
	}
	t.mu.Unlock()
	return t.listener.Close()
}

func (t *Taps) accept() {
	for {
		connection, err := t.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(50 * time.Millisecond) // out of file descriptors, perhaps
			continue
		}
		go t.serve(connection)
	}
}

// batch is what one frame tells of a node.
type batch struct {
	dropped   int64 // rows that were left out before these
	watermark int64 // ms; noWatermark, endWatermark
	rows      []json.RawMessage
}

// receiver is one preview's end of its taps.
type receiver struct {
	take   func(node string, subtask int, b batch)
	closed func() // a connection has ended

	mu          sync.Mutex
	over        bool
	connections map[net.Conn]bool
	reading     sync.WaitGroup
}

// receive makes the secret known until the returned receiver is removed.
func (t *Taps) receive(secret string, take func(node string, subtask int, b batch), closed func()) *receiver {
	r := &receiver{take: take, closed: closed, connections: map[net.Conn]bool{}}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.receivers[secret] = r
	return r
}

func (t *Taps) remove(secret string) {
	t.mu.Lock()
	r := t.receivers[secret]
	delete(t.receivers, secret)
	t.mu.Unlock()
	if r != nil {
		r.close()
	}
}

func (r *receiver) add(connection net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return false
	}
	r.connections[connection] = true
	r.reading.Add(1)
	return true
}

func (r *receiver) done(connection net.Conn) {
	r.mu.Lock()
	delete(r.connections, connection)
	r.mu.Unlock()
	r.reading.Done()
	r.closed()
}

func (r *receiver) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	for connection := range r.connections {
		_ = connection.Close()
	}
}

// drained waits until all connections that there are have been read to their end.
func (r *receiver) drained(limit time.Duration) {
	ended := make(chan struct{})
	go func() { r.reading.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(limit):
	}
}

type tapGreeting struct {
	Run     string `json:"run"`
	Node    string `json:"node"`
	Subtask int    `json:"subtask"`
}

func (t *Taps) serve(connection net.Conn) {
	defer func() { _ = connection.Close() }()
	reader := bufio.NewReaderSize(connection, 64<<10)
	greeting, err := greet(connection, reader)
	if err != nil {
		return // no tap, or one that broke off
	}
	t.mu.Lock()
	r := t.receivers[greeting.Run]
	t.mu.Unlock()
	if r == nil || !r.add(connection) {
		return // closing tells the tap that its preview is gone
	}
	defer r.done(connection)
	if _, err := connection.Write([]byte{tapGo}); err != nil {
		return
	}
	for {
		kind, payload, err := readFrame(reader)
		if err != nil || kind != tapRows {
			return
		}
		b, err := decodeBatch(payload)
		if err != nil {
			return
		}
		r.take(greeting.Node, greeting.Subtask, b)
	}
}

func greet(connection net.Conn, reader *bufio.Reader) (tapGreeting, error) {
	var greeting tapGreeting
	if err := connection.SetReadDeadline(time.Now().Add(helloTimeout)); err != nil {
		return greeting, err
	}
	magic := make([]byte, len(tapMagic))
	if _, err := io.ReadFull(reader, magic); err != nil || string(magic) != tapMagic {
		return greeting, errors.New("it is no tap")
	}
	kind, payload, err := readFrame(reader)
	if err != nil || kind != tapHello {
		return greeting, errors.New("it does not say whose it is")
	}
	if err := json.Unmarshal(payload, &greeting); err != nil {
		return greeting, fmt.Errorf("read whose tap it is: %w", err)
	}
	return greeting, connection.SetReadDeadline(time.Time{})
}

func readFrame(reader *bufio.Reader) (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(reader, head[:4]); err != nil {
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[:4])
	if length < 1 || length > maxFrameBytes {
		return 0, nil, fmt.Errorf("a frame of %d bytes", length)
	}
	if kind, err = reader.ReadByte(); err != nil {
		return 0, nil, err
	}
	payload = make([]byte, length-1)
	_, err = io.ReadFull(reader, payload)
	return kind, payload, err
}

// decodeBatch cuts a frame of rows; they stay parts of its payload.
func decodeBatch(payload []byte) (batch, error) {
	if len(payload) < 20 {
		return batch{}, errors.New("a frame of rows is too short")
	}
	b := batch{dropped: int64(binary.BigEndian.Uint64(payload)), watermark: int64(binary.BigEndian.Uint64(payload[8:]))}
	count := binary.BigEndian.Uint32(payload[16:])
	payload = payload[20:]
	if int64(count)*4 > int64(len(payload)) || b.dropped < 0 {
		return batch{}, errors.New("a frame of rows has wrong counts")
	}
	b.rows = make([]json.RawMessage, count)
	for i := range b.rows {
		if len(payload) < 4 {
			return batch{}, errors.New("a frame of rows ends too early")
		}
		length := int64(binary.BigEndian.Uint32(payload))
		payload = payload[4:]
		if length > int64(len(payload)) || !json.Valid(payload[:length]) {
			return batch{}, errors.New("a row is not readable")
		}
		b.rows[i] = json.RawMessage(payload[:length:length])
		payload = payload[length:]
	}
	return b, nil
}
