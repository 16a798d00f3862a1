package compiler

import (
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// fromPart is what stands behind FROM: a relation, or a join or window whose node is still to be made, so that columns and
// aggregates can become part of it.
type fromPart struct {
	relation
	scope
	join   *joinPart
	window *windowPart
}

type joinPart struct {
	kind        string // as in config type
	left, right relation
	condition   string
	asOf        string
	hints       []any
	place       flinksql.Span
}

// takesWhere puts the conditions of WHERE into an inner join's own where the columns behind it cannot be told.
func (i *importer) takesWhere(p fromPart, where []flinksql.Expr) bool {
	j := p.join
	known := j.left.columns != nil && j.right.columns != nil
	if known || j.kind != "inner" && j.kind != "cross" || slices.ContainsFunc(where, func(e flinksql.Expr) bool { return holdsQuery(e) }) {
		return false
	}
	j.kind = "inner"
	condition := i.joined(where, p.scope)
	if j.condition != "" {
		condition = j.condition + "\n  AND " + condition
	}
	j.condition = condition
	return true
}

type windowPart struct {
	input       relation
	config      graph.Config
	partitionBy []string
	place       flinksql.Span
}

// from takes apart what stands behind FROM. It uses up the conditions of WHERE that join tables separated by commas.
func (i *importer) from(te flinksql.TableExpr, where []flinksql.Expr, s *flinksql.Select) (fromPart, []flinksql.Expr) {
	join, isJoin := te.(*flinksql.Join)
	if !isJoin {
		return i.single(te, ""), where
	}
	if i.together[te.Range()] {
		undo := i.mark()
		var p fromPart
		if given := try(func() { p = i.joinsTogether(join) }); given == nil {
			return p, where
		}
		undo()
	}
	return i.joinTables(join, where, s)
}

// single takes apart one table of FROM.
func (i *importer) single(te flinksql.TableExpr, alias string) fromPart {
	switch t := te.(type) {
	case *flinksql.TableName:
		if t.AsOf != nil {
			bail(t.Span, "FOR SYSTEM_TIME AS OF outside a join has no node")
		}
		if alias == "" {
			alias = t.Path.Parts[len(t.Path.Parts)-1].Text
		}
		return part(i.table(t), alias)
	case *flinksql.Aliased:
		return i.aliased(t)
	case *flinksql.Derived:
		if t.Lateral {
			bail(t.Span, "a LATERAL query has no node")
		}
		return part(i.query(t.Query, target{name: i.derivedName(t, alias)}), alias)
	case *flinksql.TableFunction:
		return i.windowFunction(t, alias)
	case *flinksql.MatchRecognize:
		return i.pattern(t, alias)
	case *flinksql.Join:
		p, _ := i.from(t, nil, nil)
		return i.finished(p)
	}
	bail(te.Range(), "this table expression has no node by itself")
	return fromPart{}
}

func part(r relation, alias string) fromPart { return fromPart{relation: r, scope: over(r, alias)} }

func (i *importer) derivedName(t *flinksql.Derived, alias string) string {
	if len(alias) > 2 {
		return nodeName(alias)
	}
	for _, name := range i.tablesOf(t.Query) {
		return stepName(name, "rows")
	}
	return "rows"
}

// tablesOf lists the tables that a query names.
func (i *importer) tablesOf(q *flinksql.Query) []string {
	var list []string
	flinksql.Walk(q, func(n flinksql.Node) bool {
		if t, isTable := n.(*flinksql.TableName); isTable {
			list = append(list, t.Path.Parts[len(t.Path.Parts)-1].Text)
		}
		return true
	})
	return list
}

// aliased is a table with AS alias (columns): the query's names for what keeps its own.
func (i *importer) aliased(t *flinksql.Aliased) fromPart {
	if values, isValues := valuesOf(t.Table); isValues {
		return part(i.values(values, target{name: i.unusedAlias(t)}, names(t.Columns)), t.Alias.Text)
	}
	p := i.single(t.Table, t.Alias.Text)
	if len(t.Columns) == 0 {
		if len(p.tables) == 1 {
			p.tables[0].alias = t.Alias.Text
		}
		return p
	}
	p = i.finished(p)
	if len(p.columns) != len(t.Columns) {
		bail(t.Span, "the columns that %s renames are not known", t.Alias.Text)
	}
	p.scope = scope{tables: []scopeTable{{alias: t.Alias.Text, columns: names(t.Columns), names: p.columns}}}
	return p
}

func (i *importer) unusedAlias(t *flinksql.Aliased) string {
	if len(t.Alias.Text) > 2 {
		return nodeName(t.Alias.Text)
	}
	return "rows"
}

// valuesOf is the VALUES of (VALUES …).
func valuesOf(te flinksql.TableExpr) (*flinksql.Values, bool) {
	derived, isDerived := te.(*flinksql.Derived)
	if !isDerived || len(derived.Query.With) > 0 || len(derived.Query.OrderBy) > 0 || derived.Query.Limit != nil || derived.Query.Offset != nil {
		return nil, false
	}
	values, isValues := derived.Query.Body.(*flinksql.Values)
	return values, isValues
}

var joinKinds = map[flinksql.JoinType]string{
	flinksql.CommaJoin: "cross", flinksql.CrossJoin: "cross", flinksql.InnerJoin: "inner",
	flinksql.LeftJoin: "left", flinksql.RightJoin: "right", flinksql.FullJoin: "full",
}

// joinTables takes a join apart: its sides first, then what is special about its right side, then its condition.
func (i *importer) joinTables(j *flinksql.Join, where []flinksql.Expr, s *flinksql.Select) (fromPart, []flinksql.Expr) {
	var left fromPart
	rest := where
	if j.Type == flinksql.CommaJoin {
		left, rest = i.from(j.Left, where, s)
	} else {
		left, _ = i.from(j.Left, nil, s)
	}
	inner := left.join != nil
	left = i.finished(left)
	if inner && s != nil {
		i.chained[left.node] = append(i.chained[left.node], s.From.Range())
	}
	if call, alias := lateralCall(j.Right); call != nil {
		return i.tableFunction(j, left, call, alias), rest
	}
	if unnest, alias := unnestOf(j.Right); unnest != nil {
		return i.unnest(j, left, unnest, alias), rest
	}
	if j.Natural || len(j.Using) > 0 {
		return i.usingJoin(j, left), rest
	}
	p := &joinPart{kind: joinKinds[j.Type], left: left.relation, place: joinPlace(j)}
	right := i.rightSide(j.Right, left.scope, p)
	p.right = right.relation
	both := left.side("left").and(right.side("right"))
	if j.On != nil {
		p.condition = i.text(j.On, both)
	}
	if j.Type == flinksql.CommaJoin {
		rest = i.commaCondition(p, rest, left.scope, right.scope, both)
	}
	if s != nil && len(s.Hints) > 0 {
		p.hints = i.joinHints(s.Hints, left.scope, right.scope)
	}
	return fromPart{scope: both, join: p}, rest
}

// joinPlace is a join without its left side.
func joinPlace(j *flinksql.Join) flinksql.Span {
	return flinksql.Span{Start: j.Left.Range().End, End: j.End}
}

// rightSide takes apart the right side of a join, with FOR SYSTEM_TIME AS OF.
func (i *importer) rightSide(te flinksql.TableExpr, left scope, p *joinPart) fromPart {
	table, alias := te, ""
	if aliased, isAliased := te.(*flinksql.Aliased); isAliased && len(aliased.Columns) == 0 {
		table, alias = aliased.Table, aliased.Alias.Text
	}
	name, isName := table.(*flinksql.TableName)
	if !isName || name.AsOf == nil {
		return i.finished(i.single(te, ""))
	}
	p.asOf = left.plain(name.AsOf)
	if p.asOf == "" {
		bail(name.AsOf.Range(), "FOR SYSTEM_TIME AS OF takes no column of the left side")
	}
	plain := *name
	plain.AsOf = nil
	return i.single(&plain, alias)
}

// commaCondition makes the conditions of WHERE that look at both sides the join's own.
func (i *importer) commaCondition(p *joinPart, where []flinksql.Expr, left, right, both scope) (rest []flinksql.Expr) {
	var own []flinksql.Expr
	for _, condition := range where {
		if !holdsQuery(condition) && both.resolves(condition) && !left.resolves(condition) && !right.resolves(condition) {
			own = append(own, condition)
		} else {
			rest = append(rest, condition)
		}
	}
	if len(own) > 0 {
		p.kind, p.condition = "inner", i.joined(own, both)
	}
	return rest
}

// joinHints are those hints of a SELECT that speak of this join, with the names of its tables replaced by its ports': all
// tables that they name are its own, and a lookup's is its right one. used counts which ones have found their join.
func (i *importer) joinHints(hints []flinksql.Hint, left, right scope) []any {
	var list []any
	for _, hint := range hints {
		if text, ok := hintOf(hint, map[string]scope{"left": left, "right": right}); ok && !i.usedHints[hint.Span] {
			i.usedHints[hint.Span] = true
			list = append(list, text)
		}
	}
	return list
}

// inputHints are the hints of a SELECT over a single input.
func (i *importer) inputHints(hints []flinksql.Hint, in scope) []any {
	var list []any
	for _, hint := range hints {
		if text, ok := hintOf(hint, map[string]scope{"in": in}); ok && !i.usedHints[hint.Span] {
			i.usedHints[hint.Span] = true
			list = append(list, text)
		}
	}
	return list
}

// hintOf is a hint with the names of tables replaced by those of the ports; false where it names another table.
func hintOf(hint flinksql.Hint, ports map[string]scope) (string, bool) {
	seen := map[string]bool{}
	port := func(name string) string {
		for port, side := range ports {
			if slices.ContainsFunc(side.tables, func(t scopeTable) bool { return t.alias == name }) && !seen[port] {
				seen[port] = true
				return port
			}
		}
		return ""
	}
	name := strings.ToUpper(hint.Name.Text)
	var args []string
	for _, arg := range hint.Args {
		args = append(args, port(arg.Text))
	}
	for _, option := range hint.Options {
		key, value := option.Key.Value, option.Value.Value
		switch {
		case name == "LOOKUP" && key == "table":
			value = port(value)
			args = append(args, map[string]string{"right": "'table' = 'right'"}[value])
		case name == "LOOKUP":
			args = append(args, flinksql.Literal(key)+" = "+flinksql.Literal(value))
		default:
			if key = port(key); key != "" {
				key = flinksql.Literal(key) + " = " + flinksql.Literal(value)
			}
			args = append(args, key)
		}
	}
	return name + "(" + strings.Join(args, ", ") + ")", !slices.Contains(args, "")
}

// finished makes the node of what is still to be made.
func (i *importer) finished(p fromPart) fromPart {
	switch {
	case p.join != nil:
		return i.plainJoin(p)
	case p.window != nil:
		return i.plainWindow(p)
	}
	return p
}

func (j *joinPart) config() graph.Config {
	config := graph.Config{"type": j.kind}
	if j.condition != "" {
		config["condition"] = j.condition
	}
	if j.asOf != "" {
		config["asOf"] = j.asOf
	}
	if len(j.hints) > 0 {
		config["hints"] = j.hints
	}
	return config
}

func (i *importer) joinName(j *joinPart) string {
	return stepName(i.doc.Nodes[j.left.node].Name, i.doc.Nodes[j.right.node].Name)
}

// plainJoin makes a join that puts out all columns of both sides. A right column whose name is taken gets a number, as
// Flink gives it one.
func (i *importer) plainJoin(p fromPart) fromPart {
	j := p.join
	r := i.wholeJoin(p, target{name: i.joinName(j)})
	tables := slices.Clone(p.tables)
	for at := range tables {
		tables[at] = joinedTable(tables[at], j, r.columns)
	}
	return fromPart{relation: r, scope: scope{tables: tables}}
}

// joinedTable is a side's table as the join's output calls its columns.
func joinedTable(t scopeTable, j *joinPart, joined []string) scopeTable {
	if t.merged != nil {
		return joinedMerged(t, j, joined)
	}
	side := t.prefix
	t.prefix = ""
	if side == "left." {
		return t // the left side keeps its names
	}
	if t.columns == nil || joined == nil {
		t.taken = j.left.columns
		t.lost = j.left.columns == nil
		return t
	}
	own := t.names
	if own == nil {
		own = t.columns
	}
	t.names = make([]string, len(own))
	for at, name := range own {
		t.names[at] = joined[len(j.left.columns)+slices.Index(j.right.columns, name)]
	}
	return t
}

// joinedMerged are the columns of USING over the join's output.
func joinedMerged(t scopeTable, j *joinPart, joined []string) scopeTable {
	t.merged = make([][2]string, len(t.columns))
	for at, column := range t.columns {
		right := joined[len(j.left.columns)+slices.Index(j.right.columns, column)]
		t.merged[at] = [2]string{flinksql.Quote(column), flinksql.Quote(right)}
	}
	return t
}

func (j *joinPart) inputs() []input { return []input{{j.left.node, "left"}, {j.right.node, "right"}} }

// wholeJoin makes a join that puts out all columns of both sides.
func (i *importer) wholeJoin(p fromPart, t target) relation {
	j := p.join
	return i.add("join", t, j.config(), j.place, joinedColumns(j.left.columns, j.right.columns), j.inputs()...)
}

// joinWith makes a join that puts out just the columns of the SELECT around it.
func (i *importer) joinWith(p fromPart, s *flinksql.Select, outputs []output, t target) relation {
	j := p.join
	t.rename(outputs, s.Span)
	config := j.config()
	config["columns"] = namedList(outputs)
	return i.add("join", t, config, s.Span, outputNames(outputs), j.inputs()...)
}

// usingJoin makes the join of USING and NATURAL: the common columns once, then the others.
func (i *importer) usingJoin(j *flinksql.Join, left fromPart) fromPart {
	p := &joinPart{kind: joinKinds[j.Type], left: left.relation, place: joinPlace(j)}
	right := i.rightSide(j.Right, left.scope, p)
	p.right = right.relation
	if left.columns == nil || right.columns == nil {
		bail(j.Span, "the columns that both sides have are not known")
	}
	common := names(j.Using)
	if j.Natural {
		common = slices.DeleteFunc(slices.Clone(left.columns), func(c string) bool { return !slices.Contains(right.columns, c) })
	}
	if len(left.tables) > 1 || len(right.tables) > 1 || len(common) == 0 {
		bail(j.Span, "USING and NATURAL over more than two tables have no node")
	}
	var equal []string
	merged := scopeTable{columns: common}
	for _, column := range common {
		name := flinksql.Quote(column)
		equal = append(equal, "left."+name+" = right."+name)
		merged.merged = append(merged.merged, [2]string{"left." + name, "right." + name})
	}
	p.condition = strings.Join(equal, "\n  AND ")
	sides := left.side("left").and(right.side("right"))
	for at := range sides.tables {
		sides.tables[at].hides = common
	}
	return fromPart{scope: scope{tables: append([]scopeTable{merged}, sides.tables...)}, join: p}
}

// lateralCall is the table function of a join's right side; nil when there is none.
func lateralCall(te flinksql.TableExpr) (*flinksql.Call, *flinksql.Aliased) {
	aliased, isAliased := te.(*flinksql.Aliased)
	if isAliased {
		te = aliased.Table
	}
	function, isFunction := te.(*flinksql.TableFunction)
	if !isFunction || windowFunction(function.Call) != "" || plainCall(function.Call) == nil {
		return nil, nil
	}
	return function.Call, aliased
}

func unnestOf(te flinksql.TableExpr) (*flinksql.Unnest, *flinksql.Aliased) {
	aliased, isAliased := te.(*flinksql.Aliased)
	if isAliased {
		te = aliased.Table
	}
	unnest, _ := te.(*flinksql.Unnest)
	return unnest, aliased
}

// expansion is what unnest and table functions have in common: a join of each row with the rows that it gives.
func (i *importer) expansion(j *flinksql.Join, left fromPart, alias *flinksql.Aliased) (graph.Config, []string) {
	config := graph.Config{"type": "inner"}
	switch {
	case j.Type == flinksql.LeftJoin && isTrue(j.On):
		config["type"] = "left"
	case j.Type == flinksql.InnerJoin && isTrue(j.On), j.Type == flinksql.CrossJoin, j.Type == flinksql.CommaJoin:
	default:
		bail(j.Span, "a join with such a function on another condition than TRUE has no node")
	}
	if alias == nil {
		bail(j.Right.Range(), "the function's rows have no name: write AS t (a, b)")
	}
	columns := names(alias.Columns)
	if len(columns) > 0 {
		config["columns"] = anyList(columns)
	}
	return config, columns
}

func isTrue(e flinksql.Expr) bool {
	constant, isConstant := e.(*flinksql.Constant)
	return isConstant && constant.Kind == flinksql.BooleanConstant && strings.EqualFold(constant.Value, "TRUE")
}

func (i *importer) unnest(j *flinksql.Join, left fromPart, u *flinksql.Unnest, alias *flinksql.Aliased) fromPart {
	if len(u.Exprs) != 1 {
		bail(u.Span, "UNNEST of several collections has no node")
	}
	config, columns := i.expansion(j, left, alias)
	if len(columns) == 0 {
		bail(j.Right.Range(), "the columns of UNNEST are not named: write AS t (a, b)")
	}
	config["expression"] = i.text(u.Exprs[0], left.scope)
	if u.Ordinality {
		config["ordinality"] = true
	}
	return i.expanded("unnest", "unnested", config, columns, j, left, alias)
}

func (i *importer) tableFunction(j *flinksql.Join, left fromPart, call *flinksql.Call, alias *flinksql.Aliased) fromPart {
	config, columns := i.expansion(j, left, alias)
	config["function"] = i.plainText(call.Name.Span)
	if len(call.Args) > 0 {
		config["arguments"] = i.texts(call.Args, left.scope)
	}
	return i.expanded("tableFunction", strings.ToLower(call.Name.Parts[len(call.Name.Parts)-1].Text), config, columns, j, left, alias)
}

// expanded makes the node and adds its columns to the scope.
func (i *importer) expanded(kind, step string, config graph.Config, columns []string, j *flinksql.Join, left fromPart, alias *flinksql.Aliased) fromPart {
	var all []string
	if len(columns) > 0 {
		all = joinedColumns(left.columns, columns)
	}
	r := i.add(kind, target{name: i.stepName(left.relation, step)}, config, joinPlace(j), all, from(left.relation)...)
	own := scopeTable{alias: alias.Alias.Text, columns: columns}
	if all != nil {
		own.names = all[len(left.columns):]
	}
	own.lost = all == nil
	return fromPart{relation: r, scope: left.and(scope{tables: []scopeTable{own}})}
}
