package auth

import (
	"sync"
	"time"
)

const (
	ticketLife = 30 * time.Second
	maxTickets = 1000 // unused ones; the oldest give way
)

// tickets are the unused websocket tickets, oldest first. They live in memory: a restart cuts all sockets anyway.
type tickets struct {
	mu   sync.Mutex
	list []ticket
}

type ticket struct {
	text    string
	expires time.Time
}

func (t *tickets) issue(now time.Time) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget(now)
	if len(t.list) == maxTickets {
		t.list = t.list[1:]
	}
	text := randomText()
	t.list = append(t.list, ticket{text: text, expires: now.Add(ticketLife)})
	return text
}

func (t *tickets) use(text string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget(now)
	for i, ticket := range t.list {
		if ticket.text == text {
			t.list = append(t.list[:i], t.list[i+1:]...)
			return true
		}
	}
	return false
}

func (t *tickets) forget(now time.Time) {
	for len(t.list) > 0 && !now.Before(t.list[0].expires) {
		t.list = t.list[1:]
	}
}
