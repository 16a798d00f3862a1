package live

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSkippedRowsShowAsAJumpOfFirst(t *testing.T) {
	p := newPending()
	s := stream{preview: "v", node: "n"}
	p.addRows(s, 0, numbers(0, 10))
	messages, _ := p.take(time.Now())
	require.Len(t, messages, 1)
	p.addRows(s, 10, numbers(10, 10+2*maxPendingRows))
	messages, _ = p.take(time.Now())
	require.EqualValues(t, 10+maxPendingRows, *messages[0].First)
	require.Equal(t, numbers(10+maxPendingRows, 10+2*maxPendingRows), messages[0].Rows)
	require.Zero(t, p.bytes)
}

func TestRowsBehindAGapReplaceTheWaitingOnes(t *testing.T) {
	p := newPending()
	s := stream{preview: "v", node: "n"}
	p.addRows(s, 0, numbers(0, 10))
	p.addRows(s, 15, numbers(15, 20))
	messages, _ := p.take(time.Now())
	require.EqualValues(t, 15, *messages[0].First)
	require.Equal(t, numbers(15, 20), messages[0].Rows)
}

func TestPreviewStatesComeAtMostFiveTimesASecond(t *testing.T) {
	p := newPending()
	p.watched["v"] = true
	now := time.Now()
	sent := 0
	for i := range 100 { // one second
		p.put(key{kind: "preview", id: "v"}, entry{data: []byte("1")})
		messages, wait := p.take(now.Add(time.Duration(i) * 10 * time.Millisecond))
		sent += len(messages)
		require.LessOrEqual(t, wait, previewPause)
	}
	require.Equal(t, 5, sent)
}

func TestUnwatchForgetsWhatWasNotSent(t *testing.T) {
	p := newPending()
	p.watch("v")
	p.put(key{kind: "preview", id: "v"}, entry{data: []byte("1")})
	p.put(key{kind: "job", id: "v"}, entry{data: []byte("1")})
	p.addRows(stream{preview: "v", node: "n"}, 0, numbers(0, 3))
	p.unwatch("v")
	messages, _ := p.take(time.Now())
	require.Len(t, messages, 1)
	require.Equal(t, "job", messages[0].Type)
	require.Zero(t, p.bytes)
	require.Empty(t, p.next)
}
