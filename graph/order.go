package graph

import "container/heap"

// Order returns the node ids so that every node stands behind its inputs; among nodes that are free to go, the one with
// the smallest id goes first, so that the order depends on nothing but the document. The nodes that stand in a cycle are
// returned apart, sorted; nodes behind a cycle are in neither list.
func (d *Document) Order() (ordered, cyclic []string) {
	ids := d.NodeIDs()
	places := make(map[string]int, len(ids)) // of the ids in their list
	for place, id := range ids {
		places[id] = place
	}
	waiting := make([]int, len(ids))
	consumers := make([][]int, len(ids))
	for _, edge := range d.Edges {
		from, hasFrom := places[edge.From]
		to, hasTo := places[edge.To]
		if hasFrom && hasTo {
			waiting[to]++
			consumers[from] = append(consumers[from], to)
		}
	}
	free := &placeHeap{}
	for place := range ids {
		if waiting[place] == 0 {
			*free = append(*free, place) // sorted, hence a heap
		}
	}
	ordered = make([]string, 0, len(ids))
	for free.Len() > 0 {
		place := heap.Pop(free).(int)
		ordered = append(ordered, ids[place])
		for _, consumer := range consumers[place] {
			if waiting[consumer]--; waiting[consumer] == 0 {
				heap.Push(free, consumer)
			}
		}
	}
	if len(ordered) == len(ids) {
		return ordered, nil
	}
	return ordered, inCycles(ids, waiting, consumers)
}

// inCycles returns the nodes that wait for ever and lie on a cycle or between two, by peeling off, from the far end, those
// that lead nowhere.
func inCycles(ids []string, waiting []int, consumers [][]int) []string {
	gone := make([]bool, len(ids))
	leads := make([]int, len(ids))
	producers := make([][]int, len(ids))
	var ends []int
	for place := range ids {
		if gone[place] = waiting[place] == 0; gone[place] {
			continue
		}
		leads[place] = len(consumers[place]) // all of them wait as well
		for _, to := range consumers[place] {
			producers[to] = append(producers[to], place)
		}
		if leads[place] == 0 {
			ends = append(ends, place)
		}
	}
	for len(ends) > 0 {
		place := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		gone[place] = true
		for _, producer := range producers[place] {
			if leads[producer]--; leads[producer] == 0 {
				ends = append(ends, producer)
			}
		}
	}
	var cyclic []string
	for place, id := range ids {
		if !gone[place] {
			cyclic = append(cyclic, id)
		}
	}
	return cyclic
}

// placeHeap gives the smallest place first.
type placeHeap []int

func (h placeHeap) Len() int           { return len(h) }
func (h placeHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h placeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *placeHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *placeHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
