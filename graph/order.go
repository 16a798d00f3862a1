package graph

import "container/heap"

// Order returns the node ids so that every node stands behind its inputs; among nodes that are free to go, the one with
// the smallest id goes first, so that the order depends on nothing but the document. The nodes that stand in a cycle are
// returned apart, sorted; nodes behind a cycle are in neither list.
func (d *Document) Order() (ordered, cyclic []string) {
	waiting := make(map[string]int, len(d.Nodes))
	consumers := make(map[string][]string, len(d.Nodes))
	for _, edge := range d.Edges {
		if d.Nodes[edge.From] == nil || d.Nodes[edge.To] == nil {
			continue
		}
		waiting[edge.To]++
		consumers[edge.From] = append(consumers[edge.From], edge.To)
	}
	free := &idHeap{}
	for _, id := range d.NodeIDs() {
		if waiting[id] == 0 {
			*free = append(*free, id) // sorted, hence a heap
		}
	}
	for free.Len() > 0 {
		id := heap.Pop(free).(string)
		ordered = append(ordered, id)
		for _, consumer := range consumers[id] {
			if waiting[consumer]--; waiting[consumer] == 0 {
				heap.Push(free, consumer)
			}
		}
	}
	if len(ordered) == len(d.Nodes) {
		return ordered, nil
	}
	return ordered, d.inCycles(ordered, consumers)
}

// inCycles returns the nodes outside ordered that lie on a cycle or between two, by peeling off, from the far end, those
// that lead nowhere.
func (d *Document) inCycles(ordered []string, consumers map[string][]string) []string {
	gone := make(map[string]bool, len(ordered))
	for _, id := range ordered {
		gone[id] = true
	}
	leads := map[string]int{}
	producers := map[string][]string{}
	for from, targets := range consumers {
		if gone[from] {
			continue
		}
		leads[from] = len(targets) // all of them are outside ordered as well
		for _, to := range targets {
			producers[to] = append(producers[to], from)
		}
	}
	var ends []string
	for _, id := range d.NodeIDs() {
		if !gone[id] && leads[id] == 0 {
			ends = append(ends, id)
		}
	}
	for len(ends) > 0 {
		id := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		gone[id] = true
		for _, producer := range producers[id] {
			if leads[producer]--; leads[producer] == 0 {
				ends = append(ends, producer)
			}
		}
	}
	var cyclic []string
	for _, id := range d.NodeIDs() {
		if !gone[id] {
			cyclic = append(cyclic, id)
		}
	}
	return cyclic
}

type idHeap []string

func (h idHeap) Len() int           { return len(h) }
func (h idHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h idHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *idHeap) Push(x any)        { *h = append(*h, x.(string)) }
func (h *idHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
