package compiler

import (
	"fmt"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// aggregateFunctions are Flink's own aggregate functions. A SELECT without GROUP BY that calls one of them gives one row.
var aggregateFunctions = map[string]bool{
	"COUNT": true, "SUM": true, "AVG": true, "MIN": true, "MAX": true, "FIRST_VALUE": true, "LAST_VALUE": true, "LISTAGG": true, "STRING_AGG": true,
	"COLLECT": true, "ARRAY_AGG": true, "STDDEV": true, "STDDEV_POP": true, "STDDEV_SAMP": true, "VARIANCE": true, "VAR_POP": true, "VAR_SAMP": true,
	"JSON_OBJECTAGG": true, "JSON_ARRAYAGG": true, "APPROX_COUNT_DISTINCT": true, "PERCENTILE": true, "BIT_AND": true, "BIT_OR": true,
}

func isGrouped(s *flinksql.Select) bool {
	return s.GroupBy != nil || s.Having != nil ||
		slices.ContainsFunc(s.Items, func(item *flinksql.SelectItem) bool { return holdsAggregate(item.Expr) })
}

func holdsAggregate(e flinksql.Expr) bool {
	found := false
	flinksql.Walk(e, func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.Query:
			return false
		case *flinksql.Call:
			if n.Over == nil && n.OverName == nil && len(n.Name.Parts) == 1 && aggregateFunctions[strings.ToUpper(n.Name.Parts[0].Text)] {
				found = true
			}
		}
		return !found
	})
	return found
}

// groupKey is one expression of GROUP BY.
type groupKey struct {
	expr   flinksql.Expr
	column string // the relation's column that it is; "" for anything else
	text   string
	name   string // of the output column; "" when it is not put out
}

// groupPlan is a GROUP BY on its way to a node.
type groupPlan struct {
	keys   []groupKey
	kind   string   // as in config grouping; "" for a plain one
	sets   [][]int  // of keys
	bounds []string // window_start, window_end and maybe window_time, which were taken out of the keys; nil without a window
}

// grouped takes apart a SELECT with GROUP BY or aggregates: the aggregate with what it puts out, and a select behind it
// where the query wants other columns or another order.
func (i *importer) grouped(s *flinksql.Select, part fromPart, where []flinksql.Expr, hints []any, t target) (relation, []output) {
	if s.Distinct || i.hasOver(s) {
		bail(s.Span, "DISTINCT and OVER beside GROUP BY have no node")
	}
	window := part.window
	if window == nil || len(where) > 0 || len(part.tables) != 1 {
		part, window = i.filtered(i.finished(part), where, s), nil
	}
	g := i.grouping(s, part.scope)
	if window != nil && (!i.putsOutMore(s, &g, part.scope) || !g.takeWindow(window)) {
		part, window = i.finished(part), nil
	}
	i.nameKeys(&g, s, part.scope)
	aggregates := i.aggregates(s, &g, part.scope)
	outputs := i.groupedOutputs(s, &g, part.scope, aggregates)
	own := ownOutput(&g, aggregates)
	t.rename(outputs, s.Span)
	direct := slices.EqualFunc(outputs, own, func(a output, name string) bool { return a.name == name && a.column == name })
	node := t
	if !direct {
		node = target{name: i.stepName(part.source(), "grouped")}
	}
	r := i.aggregateNode(s, &g, part, window, aggregates, own, hints, node)
	if direct {
		return r, outputs
	}
	return i.columns(r, outputs, false, t, s.Span), outputs
}

// putsOutMore tells whether the query puts out more than its keys, as a window aggregate must.
func (i *importer) putsOutMore(s *flinksql.Select, g *groupPlan, scope scope) bool {
	return slices.ContainsFunc(s.Items, func(item *flinksql.SelectItem) bool {
		return !slices.ContainsFunc(g.keys, func(key groupKey) bool { return i.isKey(item.Expr, key, scope) })
	})
}

// source is the relation behind FROM, also where a window is still to be made.
func (p fromPart) source() relation {
	if p.window != nil {
		return p.window.input
	}
	return p.relation
}

func (i *importer) grouping(s *flinksql.Select, scope scope) groupPlan {
	var g groupPlan
	if s.GroupBy == nil {
		return g
	}
	if s.GroupBy.Quantifier != "" {
		bail(s.GroupBy.Span, "GROUP BY %s has no node", s.GroupBy.Quantifier)
	}
	sets := [][]int{{}}
	special := 0
	for _, item := range s.GroupBy.Items {
		if item.Kind > flinksql.GroupList {
			special++
			g.kind = map[flinksql.GroupKind]string{flinksql.GroupSets: "sets", flinksql.GroupCube: "cube", flinksql.GroupRollup: "rollup"}[item.Kind]
		}
		sets = product(sets, i.itemSets(item, &g, scope))
	}
	first := s.GroupBy.Items[0]
	simple := len(s.GroupBy.Items) == 1 && !slices.ContainsFunc(first.Items, func(item *flinksql.GroupItem) bool { return item.Kind != flinksql.GroupExpr })
	switch {
	case special == 0:
		g.kind = ""
	case g.kind == "sets" || !simple:
		g.kind, g.sets = "sets", sets
	}
	return g
}

// itemSets are the sets of keys that an item stands for.
func (i *importer) itemSets(item *flinksql.GroupItem, g *groupPlan, scope scope) [][]int {
	switch item.Kind {
	case flinksql.GroupExpr:
		return [][]int{{i.key(item.Expr, g, scope)}}
	case flinksql.GroupList:
		set := []int{}
		for _, e := range item.Exprs {
			set = append(set, i.key(e, g, scope))
		}
		return [][]int{set}
	case flinksql.GroupSets:
		var sets [][]int
		for _, inner := range item.Items {
			sets = append(sets, i.itemSets(inner, g, scope)...)
		}
		return sets
	}
	var parts [][]int
	for _, inner := range item.Items {
		parts = append(parts, i.itemSets(inner, g, scope)[0])
	}
	var sets [][]int
	if item.Kind == flinksql.GroupRollup {
		for n := len(parts); n >= 0; n-- {
			sets = append(sets, slices.Concat(parts[:n]...))
		}
		return sets
	}
	for mask := 1<<len(parts) - 1; mask >= 0; mask-- {
		set := []int{}
		for at := range parts {
			if mask&(1<<(len(parts)-1-at)) != 0 {
				set = append(set, parts[at]...)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

func product(left, right [][]int) [][]int {
	var all [][]int
	for _, l := range left {
		for _, r := range right {
			all = append(all, slices.Concat(l, r))
		}
	}
	return all
}

// key finds or adds an expression of GROUP BY.
func (i *importer) key(e flinksql.Expr, g *groupPlan, scope scope) int {
	if constant, isConstant := e.(*flinksql.Constant); isConstant && constant.Kind == flinksql.NumberConstant {
		bail(e.Range(), "GROUP BY a number has no node")
	}
	for at := range g.keys {
		if flinksql.Equal(g.keys[at].expr, e) {
			return at
		}
	}
	text := i.text(e, scope)
	for at := range g.keys {
		if g.keys[at].text == text {
			return at
		}
	}
	g.keys = append(g.keys, groupKey{expr: e, column: scope.plain(e), text: text})
	return len(g.keys) - 1
}

// takeWindow takes the keys window_start, window_end and window_time out, which a window aggregate has by itself; false when
// the query does not group by the first two, or cuts its sessions by other keys.
func (g *groupPlan) takeWindow(w *windowPart) bool {
	var bounds []string
	taken := map[int]bool{}
	for _, bound := range []string{"window_start", "window_end", "window_time"} {
		if at := slices.IndexFunc(g.keys, func(k groupKey) bool { return k.column == bound }); at >= 0 {
			bounds = append(bounds, bound)
			taken[at] = true
		}
	}
	if len(bounds) < 2 || bounds[1] != "window_end" || g.kind == "cube" || g.kind == "rollup" {
		return false
	}
	var keys []groupKey
	place := map[int]int{}
	for at, key := range g.keys {
		if !taken[at] {
			place[at] = len(keys)
			keys = append(keys, key)
		}
	}
	if w.config["window"] == "session" && !slices.EqualFunc(keys, w.partitionBy, func(k groupKey, column string) bool { return k.column == column }) {
		return false
	}
	sets := make([][]int, len(g.sets))
	for n, set := range g.sets {
		sets[n] = []int{}
		found := 0
		for _, at := range set {
			if taken[at] {
				found++
			} else {
				sets[n] = append(sets[n], place[at])
			}
		}
		if found < len(bounds) {
			return false
		}
	}
	if len(bounds) == 3 {
		w.config["windowTime"] = true
	}
	g.keys, g.sets, g.bounds = keys, sets, bounds
	return true
}

// nameKeys names the keys after the items that they are. A key that is no item is put out only where it is a column.
func (i *importer) nameKeys(g *groupPlan, s *flinksql.Select, scope scope) {
	taken := map[string]bool{}
	for at := range g.keys {
		key := &g.keys[at]
		if key.column != "" {
			key.name = key.column
		}
		for n, item := range s.Items {
			if i.isKey(item.Expr, *key, scope) {
				if name := itemName(item, n); key.column == "" || name != key.column {
					key.name = name
				} else {
					key.name = key.column
					break
				}
			}
		}
		if key.name == "" && g.kind != "" {
			key.name = fmt.Sprintf("group_%d", at+1)
		}
		if key.name != "" && taken[key.name] {
			key.name = fmt.Sprintf("%s_%d", key.name, at+1)
		}
		taken[key.name] = true
	}
}

func (i *importer) isKey(e flinksql.Expr, key groupKey, scope scope) bool {
	if _, isStar := e.(*flinksql.Star); isStar || holdsQuery(e) {
		return false
	}
	return flinksql.Equal(e, key.expr) || i.text(e, scope) == key.text
}

// aggregates are the items that are no keys.
func (i *importer) aggregates(s *flinksql.Select, g *groupPlan, scope scope) []output {
	var list []output
	taken := map[string]bool{}
	for _, bound := range g.bounds {
		taken[bound] = true
	}
	for _, key := range g.keys {
		taken[key.name] = true
	}
	for at, item := range s.Items {
		if _, isStar := item.Expr.(*flinksql.Star); isStar {
			bail(item.Span, "* beside GROUP BY has no node")
		}
		if i.keyOf(item.Expr, g, scope) != "" || slices.Contains(g.bounds, scope.plain(item.Expr)) {
			continue
		}
		o := output{name: itemName(item, at), text: i.text(item.Expr, scope), expr: item.Expr, place: item.Span}
		for n := 0; taken[o.name]; n++ {
			o.name = fmt.Sprintf("%s%d", itemName(item, at), n)
		}
		taken[o.name] = true
		list = append(list, o)
	}
	return list
}

// keyOf is the name of the key that an item is; "" when it is none.
func (i *importer) keyOf(e flinksql.Expr, g *groupPlan, scope scope) string {
	for _, key := range g.keys {
		if key.name != "" && i.isKey(e, key, scope) {
			return key.name
		}
	}
	return ""
}

// groupedOutputs are what the query puts out, over the aggregate's columns.
func (i *importer) groupedOutputs(s *flinksql.Select, g *groupPlan, scope scope, aggregates []output) []output {
	list := make([]output, len(s.Items))
	names := make([]string, len(s.Items))
	next := 0
	for at, item := range s.Items {
		column := i.keyOf(item.Expr, g, scope)
		if plain := scope.plain(item.Expr); column == "" && slices.Contains(g.bounds, plain) {
			column = plain
		}
		if column == "" {
			column = aggregates[next].name
			next++
		}
		names[at] = itemName(item, at)
		list[at] = output{name: names[at], text: flinksql.Quote(column), column: column, expr: item.Expr, place: item.Span}
	}
	for at, name := range uniquified(names) {
		list[at].name = name
	}
	return list
}

// ownOutput are the columns of the node itself: window, keys, aggregates.
func ownOutput(g *groupPlan, aggregates []output) []string {
	columns := slices.Clone(g.bounds)
	keys := g.split()
	for _, list := range [][]groupKey{keys.columns, keys.dimensions} {
		for _, key := range list {
			columns = append(columns, key.name)
		}
	}
	return append(columns, outputNames(aggregates)...)
}

// splitKeys are the keys as the config holds them.
type splitKeys struct{ columns, dimensions, hidden []groupKey }

// split keeps the order of the keys as GROUP BY is written: columns, what is not put out, dimensions.
func (g *groupPlan) split() splitKeys {
	var s splitKeys
	for _, key := range g.keys {
		switch {
		case key.name == "":
			s.hidden = append(s.hidden, key)
		case key.name == key.column && len(s.dimensions)+len(s.hidden) == 0:
			s.columns = append(s.columns, key)
		default:
			s.dimensions = append(s.dimensions, key)
		}
	}
	return s
}

func (i *importer) aggregateNode(s *flinksql.Select, g *groupPlan, part fromPart, window *windowPart, aggregates []output, columns []string, hints []any, t target) relation {
	keys := g.split()
	config := graph.Config{}
	if len(hints) > 0 {
		if window != nil {
			bail(s.Span, "hints of a window aggregate have no node")
		}
		config["hints"] = hints
	}
	kind := "aggregate"
	if window != nil {
		kind = "windowAggregate"
		for key, value := range window.config {
			config[key] = value
		}
	}
	if len(keys.columns) > 0 {
		list := make([]any, len(keys.columns))
		for at, key := range keys.columns {
			list[at] = key.name
		}
		config["groupBy"] = list
	}
	if len(keys.dimensions) > 0 {
		list := make([]any, len(keys.dimensions))
		for at, key := range keys.dimensions {
			list[at] = map[string]any{"name": key.name, "expression": key.text}
		}
		config["dimensions"] = list
	}
	if len(keys.hidden) > 0 {
		if window != nil {
			bail(s.Span, "a window aggregate grouped by an expression that it does not put out has no node")
		}
		list := make([]any, len(keys.hidden))
		for at, key := range keys.hidden {
			list[at] = key.text
		}
		config["alsoBy"] = list
	}
	if len(aggregates) > 0 {
		config["aggregates"] = namedList(aggregates)
	}
	i.groupingConfig(g, config)
	if s.Having != nil {
		config["having"] = i.text(s.Having, part.scope)
	}
	place := s.GroupByClause
	if s.GroupBy == nil {
		place = s.Span
	}
	return i.add(kind, t, config, place, columns, from(part.source())...)
}

func (i *importer) groupingConfig(g *groupPlan, config graph.Config) {
	if g.kind == "" {
		return
	}
	config["grouping"] = g.kind
	if g.kind != "sets" {
		return
	}
	sets := make([]any, len(g.sets))
	for n, set := range g.sets {
		list := make([]any, len(set))
		for at, key := range set {
			list[at] = g.keys[key].name
		}
		sets[n] = list
	}
	config["sets"] = sets
}
