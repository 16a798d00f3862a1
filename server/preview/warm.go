package preview

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"millrace/graph"
	"millrace/server/flink"
)

// warmUp is a small bounded draft of what drafts are made of.
func warmUp() *graph.Document {
	doc := graph.New("warm-up")
	node := func(id, kind string, config graph.Config, inputs ...graph.Edge) {
		doc.Nodes[id] = &graph.Node{Kind: kind, Name: id, Config: config}
		for _, edge := range inputs {
			edge.To = id
			doc.Edges = append(doc.Edges, edge)
		}
	}
	column := func(name, typ string) any { return map[string]any{"name": name, "type": typ} }
	node("numbers", "source", graph.Config{"table": map[string]any{
		"columns": []any{column("n", "INT"), column("ts", "TIMESTAMP(3)")}, "watermark": map[string]any{"column": "ts", "expression": "ts"},
		"options": map[string]any{"connector": "datagen", "number-of-rows": "10"},
	}})
	node("positive", "filter", graph.Config{"condition": "n > 0"}, graph.Edge{From: "numbers", Port: "in"})
	node("pairs", "join", graph.Config{"type": "inner", "condition": "left.n = right.n"}, graph.Edge{From: "positive", Port: "left"}, graph.Edge{From: "numbers", Port: "right"})
	node("counts", "windowAggregate", graph.Config{
		"window": "tumble", "timeColumn": "ts", "size": "1 HOUR", "groupBy": []any{},
		"aggregates": []any{map[string]any{"name": "c", "expression": "COUNT(*)"}},
	}, graph.Edge{From: "positive", Port: "in"})
	return doc
}

// Warm runs a small draft, so that the first preview does not wait for the gateway and the planner to load.
func (m *Manager) Warm(ctx context.Context) error {
	client := m.options.Client()
	if client == nil {
		return ErrEngineNotReady
	}
	reservation := Reservation{ID: uuid.Must(uuid.NewV7()).String(), FlinkJobID: flink.NewID(), Pipeline: "warm-up", StartedAt: time.Now().UTC()}
	if err := m.options.Store.ReservePreview(ctx, reservation); err != nil {
		return fmt.Errorf("reserve preview: %w", err)
	}
	r := newRun(m, client, reservation, 0, live(reservation.Pipeline, warmUp()))
	stop := context.AfterFunc(ctx, func() { r.stop("") })
	defer stop()
	r.work()
	if p := r.figures(); p.State == Failed {
		return fmt.Errorf("warm up: %s", p.Message)
	}
	return nil
}
