package compiler

import (
	"cmp"
	"slices"

	"millrace/graph"
)

const (
	columnWidth = 320 // canvas units from one column of nodes to the next
	rowHeight   = 176
)

// layOut puts the nodes into columns by their distance from the sources, each beside the nodes that it reads. Sources stand
// right before the first node that reads them.
func (i *importer) layOut() {
	order, _ := i.doc.Order()
	inputs, readers := i.doc.Inputs(), map[string][]string{}
	for _, edge := range i.doc.Edges {
		readers[edge.From] = append(readers[edge.From], edge.To)
	}
	column := map[string]int{}
	for _, id := range order {
		for _, edge := range inputs[id] {
			column[id] = max(column[id], column[edge.From]+1)
		}
	}
	for _, id := range order {
		if len(inputs[id]) == 0 && len(readers[id]) > 0 {
			nearest := column[readers[id][0]]
			for _, reader := range readers[id] {
				nearest = min(nearest, column[reader])
			}
			column[id] = max(0, nearest-1)
		}
	}
	columns := map[int][]string{}
	last := 0
	for _, id := range order {
		columns[column[id]] = append(columns[column[id]], id)
		last = max(last, column[id])
	}
	row := map[string]float64{}
	for at := 0; at <= last; at++ {
		placeColumn(i.doc, columns[at], inputs, row)
		for _, id := range columns[at] {
			i.doc.Nodes[id].Position = graph.Position{X: float64(80 + at*columnWidth), Y: 80 + row[id]*rowHeight}
		}
	}
}

// placeColumn gives the nodes of one column their rows: the middle of what they read, none above another.
func placeColumn(doc *graph.Document, ids []string, inputs map[string][]graph.Edge, row map[string]float64) {
	wanted := map[string]float64{}
	for at, id := range ids {
		wanted[id] = float64(at)
		if n := len(inputs[id]); n > 0 {
			sum := 0.0
			for _, edge := range inputs[id] {
				sum += row[edge.From]
			}
			wanted[id] = float64(int(sum/float64(n)*2)) / 2
		}
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(wanted[a], wanted[b]) })
	next := 0.0
	for _, id := range ids {
		row[id] = max(next, wanted[id])
		next = row[id] + 1
	}
}
