package preview

import (
	"context"
	"errors"
	"fmt"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/flink"
	"millrace/server/sample"
)

const evaluations = 2 // at one time; more wait

func newSlots() chan string {
	slots := make(chan string, evaluations)
	for i := range evaluations {
		slots <- fmt.Sprintf("evaluation %d", i+1)
	}
	return slots
}

// Evaluate runs a document in a mode on its samples to the end and returns all rows of every node. The preview's state is
// Finished, or Failed with Flink's reason. A document that cannot run, or would never end, is a *compiler.Invalid; any other
// error is a failure of ours or of the engine. When ctx is done first the run is ended.
func (m *Manager) Evaluate(ctx context.Context, doc *graph.Document, mode graph.Mode) (Preview, error) {
	doc = doc.Clone()
	doc.Mode = mode
	if endless := sample.Endless(doc); len(endless) > 0 {
		return Preview{}, &compiler.Invalid{Diagnostics: endless}
	}
	var slot string
	select {
	case slot = <-m.slots:
		defer func() { m.slots <- slot }()
	case <-ctx.Done():
		return Preview{}, fmt.Errorf("wait for an evaluation's turn: %w", ctx.Err())
	}
	r, err := m.start(ctx, Reservation{Pipeline: slot}, 0, doc, true)
	if err != nil {
		return Preview{}, err
	}
	m.Watch(r.reservation.ID)
	defer m.forget(r)
	select {
	case <-r.done:
	case <-ctx.Done():
		r.stop("")
		<-r.done
		return Preview{}, fmt.Errorf("evaluate: %w", ctx.Err())
	}
	p, rows := r.ask(keptRows)
	if p.State == Stopped || errors.Is(r.failure, flink.ErrUnreachable) {
		return Preview{}, fmt.Errorf("evaluate: the run was stopped: %s", p.Message)
	}
	for id, node := range p.Nodes {
		node.Rows = decodeRows(rows[id])
		p.Nodes[id] = node
		if int64(len(node.Rows)) < node.Count {
			p.State, p.Message = Failed, fmt.Sprintf("%s gave %d rows, more than the %d that can be looked at: use a smaller sample", doc.Nodes[id].Name, node.Count, len(node.Rows))
		}
	}
	return p, nil
}

// forget drops a run that has ended and that nobody can ask for.
func (m *Manager) forget(r *run) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.runs, r.reservation.ID)
}
