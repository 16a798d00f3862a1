package compiler

import (
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// windowParameters are the parameters of Flink's window functions behind the table and the time column, by their config
// paths; SESSION's gap is the config's size.
var windowParameters = map[string][]string{
	"TUMBLE": {"size", "offset"}, "HOP": {"slide", "size", "offset"}, "CUMULATE": {"slide", "size", "offset"}, "SESSION": {"size"},
}

var namedParameters = map[string]string{"SIZE": "size", "OFFSET": "offset", "SLIDE": "slide", "STEP": "slide", "GAP": "size"}

// windowFunction is the name of the window function that a call is; "" for any other.
func windowFunction(call *flinksql.Call) string {
	name := strings.ToUpper(call.Name.Parts[len(call.Name.Parts)-1].Text)
	if len(call.Name.Parts) == 1 && windowParameters[name] != nil {
		return name
	}
	return ""
}

// windowFunction takes a window function apart; its node is still to be made, since an aggregate may take it in.
func (i *importer) windowFunction(t *flinksql.TableFunction, alias string) fromPart {
	function := windowFunction(t.Call)
	if function == "" {
		bail(t.Span, "a table function outside a join has no node")
	}
	w := &windowPart{config: graph.Config{"window": strings.ToLower(function)}, place: t.Span}
	for at, arg := range t.Call.Args {
		path := ""
		if named, isNamed := arg.(*flinksql.NamedArg); isNamed {
			path, arg = namedParameters[strings.ToUpper(named.Name.Text)], named.Value
		} else if n := at - 2; n >= 0 && n < len(windowParameters[function]) {
			path = windowParameters[function][n]
		}
		i.windowArgument(w, path, arg)
	}
	if w.input.node == "" || w.config["timeColumn"] == nil {
		bail(t.Span, "the window function has no table or no time column")
	}
	p := fromPart{window: w, scope: over(relation{columns: windowed(w.input.columns)}, alias)}
	p.columns = p.tables[0].columns
	return p
}

func windowed(columns []string) []string {
	if columns == nil {
		return nil
	}
	return slices.Concat(columns, []string{"window_start", "window_end", "window_time"})
}

func (i *importer) windowArgument(w *windowPart, path string, arg flinksql.Expr) {
	switch arg := arg.(type) {
	case *flinksql.TableArg:
		if len(arg.OrderBy) > 0 {
			bail(arg.Span, "ORDER BY in a window function has no node")
		}
		if arg.Query != nil {
			w.input = i.query(arg.Query, target{name: i.derivedName(&flinksql.Derived{Query: arg.Query}, "")})
		} else {
			w.input = i.table(&flinksql.TableName{Span: arg.Span, Path: *arg.Table})
		}
		scope := over(w.input, "")
		for _, e := range arg.PartitionBy {
			column := scope.plain(e)
			if column == "" {
				bail(e.Range(), "a session is cut by an expression that is no column")
			}
			w.partitionBy = append(w.partitionBy, column)
		}
	case *flinksql.Descriptor:
		w.config["timeColumn"] = pathPlain(arg.Columns[0])
	default:
		length, ok := intervalLength(i.plainText(arg.Range()))
		if path == "" || !ok {
			bail(arg.Range(), "the length of the window is no plain number of seconds, minutes, hours or days")
		}
		w.config[path] = length
	}
}

// intervalLength reads INTERVAL '10' MINUTE as "10 MINUTE", and keeps longer forms.
func intervalLength(interval string) (string, bool) {
	interval = strings.Join(strings.Fields(interval), " ")
	if sql, _ := intervalOf(interval); sql == "" {
		return "", false
	}
	if m := duration.FindStringSubmatch(interval); m != nil {
		return m[1] + m[2] + m[3] + " " + strings.ToUpper(m[4]), true
	}
	return interval, true
}

// plainWindow makes the node of a window function that no aggregate takes in.
func (i *importer) plainWindow(p fromPart) fromPart {
	w := p.window
	config := w.config
	if len(w.partitionBy) > 1 {
		bail(w.place, "Flink cannot read a view with sessions of several columns again")
	}
	if len(w.partitionBy) > 0 {
		config["partitionBy"] = anyList(w.partitionBy)
	}
	r := i.add("window", target{name: i.stepName(w.input, "windows")}, config, w.place, p.columns, from(w.input)...)
	return fromPart{relation: r, scope: p.scope}
}

// pattern takes MATCH_RECOGNIZE apart.
func (i *importer) pattern(m *flinksql.MatchRecognize, alias string) fromPart {
	in := i.finished(i.single(m.Input, ""))
	if len(in.tables) != 1 || in.tables[0].names != nil {
		bail(m.Span, "its input renames columns")
	}
	if m.Rows == "ALL ROWS PER MATCH" || len(m.Subsets) > 0 {
		bail(m.Span, "ALL ROWS PER MATCH and SUBSET have no node")
	}
	config := graph.Config{"pattern": i.plainText(m.Pattern)}
	var columns []string
	for _, e := range m.PartitionBy {
		column := in.plain(e)
		if column == "" {
			bail(e.Range(), "PARTITION BY takes no column")
		}
		columns = append(columns, column)
	}
	if len(columns) > 0 {
		config["partitionBy"] = anyList(columns)
	}
	config["orderBy"] = i.orderBy(m.OrderBy, in.scope)
	var measures []output
	for at, item := range m.Measures {
		measures = append(measures, output{name: itemName(item, at), text: i.plainText(item.Expr.Range())})
	}
	if len(measures) > 0 {
		config["measures"] = namedList(measures)
	}
	if m.After != (flinksql.Span{}) {
		config["afterMatch"] = strings.TrimSpace(i.plainText(m.After)[len("AFTER"):])
		config["afterMatch"] = strings.TrimSpace(config["afterMatch"].(string)[len("MATCH"):])
	}
	if m.Within != nil {
		length, ok := intervalLength(i.plainText(m.Within.Range()))
		if !ok {
			bail(m.Within.Range(), "WITHIN is no plain number of seconds, minutes, hours or days")
		}
		config["within"] = length
	}
	var define []output
	for _, d := range m.Define {
		define = append(define, output{name: d.Name.Text, text: i.plainText(d.Condition.Range())})
	}
	config["define"] = namedList(define)
	r := i.add("pattern", target{name: i.stepName(in.relation, "matches")}, config, m.Span, append(columns, outputNames(measures)...), from(in.relation)...)
	return part(r, alias)
}

// orderBy is a list of sort keys as a config holds them.
func (i *importer) orderBy(items []*flinksql.OrderItem, scope scope) []any {
	list := make([]any, len(items))
	for at, item := range items {
		list[at] = importedSortKey(i.text(item.Expr, scope), item)
	}
	return list
}

// importedSortKey is a sort key as a config holds it.
func importedSortKey(expression string, item *flinksql.OrderItem) map[string]any {
	key := map[string]any{"expression": expression}
	if item.Descending {
		key["direction"] = "desc"
	}
	if item.Nulls != "" {
		key["nulls"] = strings.ToLower(item.Nulls)
	}
	return key
}

// overCall is a call with OVER in an item of a SELECT.
type overCall struct {
	call   *flinksql.Call
	window *flinksql.WindowSpec
	column string // what its result is called
}

func (i *importer) hasOver(s *flinksql.Select) bool { return len(overCalls(s)) > 0 }

func overCalls(s *flinksql.Select) []overCall {
	var list []overCall
	for _, item := range s.Items {
		flinksql.Walk(item.Expr, func(n flinksql.Node) bool {
			switch n := n.(type) {
			case *flinksql.Query:
				return false
			case *flinksql.Call:
				if n.Over != nil || n.OverName != nil {
					list = append(list, overCall{call: n, window: windowOf(s, n)})
					return false
				}
			}
			return true
		})
	}
	return list
}

func windowOf(s *flinksql.Select, call *flinksql.Call) *flinksql.WindowSpec {
	if call.Over != nil {
		return call.Over
	}
	for _, named := range s.Windows {
		if named.Name.Text == call.OverName.Text {
			return named.Spec
		}
	}
	bail(call.Span, "the window %s is not defined", call.OverName.Text)
	return nil
}

// overBlock takes apart a SELECT with window functions: an over node for each window, then the columns.
func (i *importer) overBlock(s *flinksql.Select, part fromPart, t target) (relation, []output) {
	calls := overCalls(s)
	if part.columns == nil && len(part.tables) > 1 {
		bail(s.Span, "the columns beside OVER are not known")
	}
	part = i.narrowed(part, s.Items, windowsOf(calls))
	taken := map[string]bool{}
	for _, column := range part.columns {
		taken[column] = true
	}
	for at := range calls {
		calls[at].column = i.overColumn(s, calls[at].call, taken)
		taken[calls[at].column] = true
	}
	done := part
	var r relation
	windows := distinctWindows(calls)
	if len(windows) > 1 {
		bail(calls[len(calls)-1].call.Span, "its columns are taken over different windows, which Flink plans as one step")
	}
	for n, window := range windows {
		node := target{name: i.stepName(part.relation, "over")}
		if n == len(windows)-1 && onlyAdds(s, calls) && len(t.columns) == 0 && !s.Distinct {
			node = t
		}
		r = i.over(window, calls, done, node)
		done.relation = r
		done.tables = withColumns(part.tables, r.columns, calls)
	}
	outputs := i.overOutputs(s, done, calls)
	if len(windows) > 0 && onlyAdds(s, calls) && len(t.columns) == 0 && !s.Distinct {
		return r, outputs
	}
	if done.columns == nil && slices.ContainsFunc(s.Items, isStarItem) {
		bail(s.Span, "the columns behind * are not known")
	}
	return i.project(&flinksql.Select{Span: s.Span, Distinct: s.Distinct, Items: s.Items}, done, outputs, t), outputs
}

func isStarItem(item *flinksql.SelectItem) bool {
	_, isStar := item.Expr.(*flinksql.Star)
	return isStar
}

// onlyAdds tells whether the SELECT is * and then the calls alone.
func onlyAdds(s *flinksql.Select, calls []overCall) bool {
	if len(s.Items) != len(calls)+1 || !isAll(s.Items[:1]) {
		return false
	}
	for at, item := range s.Items[1:] {
		if item.Expr != flinksql.Expr(calls[at].call) {
			return false
		}
	}
	return true
}

// overColumn names the result of a call after its alias, or after what it calls.
func (i *importer) overColumn(s *flinksql.Select, call *flinksql.Call, taken map[string]bool) string {
	name := strings.ToLower(call.Name.Parts[len(call.Name.Parts)-1].Text)
	if len(call.Args) > 0 {
		if ref, isRef := call.Args[0].(*flinksql.ColumnRef); isRef {
			name += "_" + ref.Parts[len(ref.Parts)-1].Text
		}
	}
	for at, item := range s.Items {
		if item.Expr == flinksql.Expr(call) && item.Alias != nil {
			name = itemName(item, at)
		}
	}
	return uniquified(append(sorted(taken), name))[len(taken)]
}

func distinctWindows(calls []overCall) []*flinksql.WindowSpec {
	var list []*flinksql.WindowSpec
	for _, call := range calls {
		if !slices.ContainsFunc(list, func(w *flinksql.WindowSpec) bool { return flinksql.Equal(w, call.window) }) {
			list = append(list, call.window)
		}
	}
	return list
}

func (i *importer) over(window *flinksql.WindowSpec, calls []overCall, in fromPart, t target) relation {
	if window.Base != nil {
		bail(window.Span, "a window that builds on another has no node")
	}
	config := graph.Config{}
	if len(window.PartitionBy) > 0 {
		config["partitionBy"] = i.texts(window.PartitionBy, in.scope)
	}
	if len(window.OrderBy) > 0 {
		config["orderBy"] = i.orderBy(window.OrderBy, in.scope)
	}
	if window.Frame != nil {
		config["frame"] = i.plainText(window.Frame.Span)
	}
	var columns []output
	for _, call := range calls {
		if flinksql.Equal(call.window, window) {
			columns = append(columns, output{name: call.column, text: i.withoutOver(call.call, in.scope)})
		}
	}
	config["columns"] = namedList(columns)
	all := in.columns
	if all != nil {
		all = slices.Concat(all, outputNames(columns))
	}
	return i.add("over", t, config, calls[0].call.Span, all, from(in.relation)...)
}

// withoutOver is a call's text up to its OVER.
func (i *importer) withoutOver(call *flinksql.Call, scope scope) string {
	bare := *call
	var end int
	if call.Over != nil {
		end = call.Over.Start
	} else {
		end = call.OverName.Start
	}
	before := strings.TrimRight(i.source[call.Start:end], " \t\r\n\f")
	if len(before) < len("OVER") || !strings.EqualFold(before[len(before)-4:], "OVER") {
		bail(call.Span, "a comment stands before the window of OVER")
	}
	bare.Over, bare.OverName = nil, nil
	bare.End = call.Start + len(strings.TrimRight(before[:len(before)-4], " \t\r\n\f"))
	return i.rewritten(bare.Span, scope.renamed(&bare))
}

// withColumns adds a nameless table with the results of the calls to a scope.
func withColumns(tables []scopeTable, columns []string, calls []overCall) []scopeTable {
	var own []string
	for _, call := range calls {
		if columns == nil || slices.Contains(columns, call.column) {
			own = append(own, call.column)
		}
	}
	return append(slices.Clone(tables), scopeTable{alias: "\x00over", columns: own})
}

// overOutputs are the outputs with each call replaced by the column of its result.
func (i *importer) overOutputs(s *flinksql.Select, part fromPart, calls []overCall) []output {
	var list []output
	base := part
	base.scope = scope{tables: part.tables[:len(part.tables)-1]}
	for at, item := range s.Items {
		if star, isStar := item.Expr.(*flinksql.Star); isStar {
			if part.columns != nil {
				list = append(list, starOutputs(star, base)...)
			}
			continue
		}
		o := output{name: itemName(item, at), expr: item.Expr, place: item.Span}
		var edits []replacement
		flinksql.Walk(item.Expr, func(n flinksql.Node) bool {
			if call, isCall := n.(*flinksql.Call); isCall && (call.Over != nil || call.OverName != nil) {
				column := calls[slices.IndexFunc(calls, func(c overCall) bool { return c.call == call })].column
				edits = append(edits, replacement{call.Span, flinksql.Quote(column)})
				if n == flinksql.Node(item.Expr) {
					o.column = column
				}
				return false
			}
			if ref, isRef := n.(*flinksql.ColumnRef); isRef {
				edits = append(edits, base.renamed(ref)...)
				return false
			}
			if query, isQuery := n.(*flinksql.Query); isQuery {
				bail(query.Span, "it holds a query beside OVER")
			}
			return true
		})
		o.text = i.rewritten(item.Expr.Range(), edits)
		if o.column == "" {
			o.column = base.plain(item.Expr)
		}
		o.expr = nil
		list = append(list, o)
	}
	for at, name := range uniquified(outputNames(list)) {
		list[at].name = name
	}
	return list
}
