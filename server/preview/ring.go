package preview

// ring keeps the newest MaxRows rows of a node.
type ring struct {
	rows []Row
	next int // where the next row goes once the ring is full
}

func (r *ring) add(rows []Row) {
	if len(rows) > MaxRows {
		rows = rows[len(rows)-MaxRows:]
	}
	for _, row := range rows {
		if len(r.rows) < MaxRows {
			r.rows = append(r.rows, row)
			continue
		}
		r.rows[r.next] = row
		r.next = (r.next + 1) % MaxRows
	}
}

// list returns the rows, oldest first.
func (r *ring) list() []Row {
	list := make([]Row, 0, len(r.rows))
	return append(append(list, r.rows[r.next:]...), r.rows[:r.next]...)
}
