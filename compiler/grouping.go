package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

// grouping is what aggregate and windowAggregate group by: columns, computed dimensions, and the sets over both.
type grouping struct {
	columns    []string
	dimensions []entry
	mode       string // plain, sets, cube or rollup; "" is plain
	sets       [][]string
}

func groupingFields() []graph.Field {
	return []graph.Field{
		{Path: "groupBy", Title: "Group by", Type: graph.ColumnListField, Help: "One row for each combination of these columns; empty means one row for all."},
		{
			Path: "dimensions", Title: "Dimensions", Type: graph.NamedExpressionsField,
			Help: "Groups that are computed, such as an entry of a map column, each with the name of its column.", Placeholder: "tags['rack']",
		},
		{
			Path: "grouping", Title: "Grouping", Type: graph.EnumField, Default: "plain",
			Help: "Several groupings at once: the sets you name, every combination (cube), or from all groups down to none, one less at a time (rollup). " +
				"Groups that a set leaves out are NULL in its rows; GROUPING(column) tells them from values that are NULL.",
			Values: []graph.Value{
				{Value: "plain", Title: "All groups together"},
				{Value: "sets", Title: "Sets"},
				{Value: "cube", Title: "Cube"},
				{Value: "rollup", Title: "Rollup"},
			},
		},
		{
			Path: "sets", Title: "Sets", Type: graph.ColumnListsField, Required: true,
			Help:     "Each set names some of the groups and dimensions and gives rows of its own; an empty set is the grand total.",
			ShowWhen: &graph.Condition{Path: "grouping", Values: []string{"sets"}},
		},
	}
}

// grouped reads and checks the fields of a grouping; taken are the output's columns before it.
func (e *emission) grouped(taken ...string) grouping {
	g := grouping{columns: e.texts("groupBy"), dimensions: e.entries("dimensions"), mode: e.choice("grouping")}
	seen := slices.Clone(taken)
	for i, column := range g.columns {
		place := fmt.Sprintf("groupBy.%d", i)
		if e.legal(place, column) && slices.Contains(seen, column) {
			e.report(graph.Error, place, "duplicate-column", "Column stands twice", fmt.Sprintf("The output has %q already: remove this one.", column))
		}
		seen = append(seen, column)
	}
	e.names("dimensions", entryNames(g.dimensions), seen...)
	if g.mode == "" || g.mode == "plain" {
		return g
	}
	if len(g.names()) == 0 {
		e.report(graph.Error, "groupBy", "missing-value", "Groups are missing", "Name the columns or dimensions that the sets are made of.")
	}
	if g.mode == "sets" {
		g.sets = e.lists("sets")
		e.checkSets(g)
	}
	return g
}

func (g grouping) names() []string {
	return append(slices.Clone(g.columns), entryNames(g.dimensions)...)
}

// checkSets finds names in the sets that are no groups, and groups that no set has: Flink refuses both.
func (e *emission) checkSets(g grouping) {
	names, used := g.names(), map[string]bool{}
	for i, set := range g.sets {
		for j, name := range set {
			used[name] = true
			if !slices.Contains(names, name) {
				e.report(graph.Error, fmt.Sprintf("sets.%d.%d", i, j), "unknown-group", "Set names no group",
					fmt.Sprintf("%q is neither a column of \"Group by\" nor a dimension: add it there or remove it here.", name))
			}
		}
	}
	for i, name := range names {
		if !used[name] {
			e.report(graph.Error, g.place(i), "group-in-no-set", "Group is in no set", fmt.Sprintf("Put %q into a set, or remove it from the groups.", name))
		}
	}
}

// place is the field of a group's name.
func (g grouping) place(i int) string {
	if i < len(g.columns) {
		return fmt.Sprintf("groupBy.%d", i)
	}
	return fmt.Sprintf("dimensions.%d.name", i-len(g.columns))
}

// selected are the writers of the groups' lines behind SELECT.
func (e *emission) selected(w *writer, g grouping) []func() {
	var items []func()
	for i, column := range g.columns {
		items = append(items, func() { w.name(fmt.Sprintf("groupBy.%d", i), column) })
	}
	for i, dimension := range g.dimensions {
		items = append(items, func() { e.namedExpression(w, "dimensions", i, dimension) })
	}
	return items
}

// aggregated are the writers of the aggregates' lines behind SELECT.
func (e *emission) aggregated(w *writer, aggregates []entry) []func() {
	var items []func()
	for i, aggregate := range aggregates {
		items = append(items, func() { e.namedExpression(w, "aggregates", i, aggregate) })
	}
	return items
}

// groupBy writes GROUP BY with what leads, the grouping, and further expressions that are not put out; nothing at all
// when there is nothing to group by.
func (e *emission) groupBy(w *writer, g grouping, leading []string, alsoBy string) {
	var items []func()
	for _, name := range leading {
		items = append(items, func() { w.write(name) })
	}
	groups := make([]func(), 0, len(g.columns)+len(g.dimensions))
	for i := range g.names() {
		groups = append(groups, func() { e.group(w, g, i, g.place(i)) })
	}
	switch g.mode {
	case "cube", "rollup":
		items = append(items, func() {
			w.derived("grouping", strings.ToUpper(g.mode))
			w.write(" (")
			separated(w, groups)
			w.write(")")
		})
	case "sets":
		items = append(items, func() { e.groupingSets(w, g) })
	default:
		items = append(items, groups[:len(g.columns)]...)
	}
	for i, sql := range e.texts(alsoBy) { // between columns and dimensions, so that any order of GROUP BY can be written
		items = append(items, func() { e.item(w, fmt.Sprintf("%s.%d", alsoBy, i), sql) })
	}
	if g.mode == "" || g.mode == "plain" {
		items = append(items, groups[len(g.columns):]...)
	}
	if len(items) > 0 {
		w.write("\nGROUP BY ")
		separated(w, items)
	}
}

func (e *emission) groupingSets(w *writer, g grouping) {
	names := g.names()
	w.derived("grouping", "GROUPING SETS")
	w.write(" (")
	w.list(len(g.sets), func(i int) {
		var items []func()
		for j, name := range g.sets[i] {
			items = append(items, func() { e.group(w, g, slices.Index(names, name), fmt.Sprintf("sets.%d.%d", i, j)) })
		}
		w.write("(")
		separated(w, items)
		w.write(")")
	})
	w.write("\n)")
}

// group writes the i-th group: a column's name, or what a dimension is computed from. It is checked where it is selected.
func (e *emission) group(w *writer, g grouping, i int, place string) {
	if i < 0 {
		return // a set's unknown name
	}
	if i < len(g.columns) {
		w.name(place, g.columns[i])
		return
	}
	n, start := i-len(g.columns), w.b.Len()
	path := fmt.Sprintf("dimensions.%d.expression", n)
	if dimension := g.dimensions[n]; e.keepsName(dimension) {
		w.column(path, dimension)
	} else {
		w.field(path, dimension.expression)
	}
	if strings.HasPrefix(place, "sets.") {
		w.around(place, start)
	}
}

func separated(w *writer, items []func()) {
	for i, item := range items {
		if i > 0 {
			w.write(", ")
		}
		item()
	}
}

// having writes the condition on groups, if there is one.
func (e *emission) having(w *writer) {
	if condition := e.text("having"); strings.TrimSpace(condition) != "" {
		w.write("\nHAVING ")
		e.expression(w, "having", condition)
	}
}

func havingField() graph.Field {
	return graph.Field{
		Path: "having", Title: "Having", Type: graph.ExpressionField,
		Help: "Puts out only groups for which this holds. Write aggregates out: the names of the output's columns are not known here.", Placeholder: "COUNT(*) > 10",
	}
}

// unmergeable are Flink's aggregate functions without a merge method, which windows that share rows need.
var unmergeable = []string{"FIRST_VALUE", "LAST_VALUE", "JSON_ARRAYAGG"}

// refuseUnmerged reports aggregates that streaming Flink cannot work out in hopping, cumulating and session windows.
func (e *emission) refuseUnmerged(aggregates []entry) {
	fields := map[string]string{"having": e.text("having")}
	for i, aggregate := range aggregates {
		fields[fmt.Sprintf("aggregates.%d.expression", i)] = aggregate.expression
	}
	for _, field := range sorted(fields) {
		for _, function := range called(fields[field]) {
			if !e.streaming || !slices.Contains(unmergeable, strings.ToUpper(function)) {
				continue
			}
			remedy := "use a tumbling window, or a Window node and behind it a Deduplicate by window_start, window_end and the groups that keeps the first or last row."
			if strings.EqualFold(function, "JSON_ARRAYAGG") {
				remedy = "use a tumbling window, or ARRAY_AGG."
			}
			e.report(graph.Error, field, "no-merge", "Aggregate does not work in these windows",
				fmt.Sprintf("Flink cannot merge %s, which hopping, cumulating and session windows need: %s", strings.ToUpper(function), remedy))
		}
	}
}
