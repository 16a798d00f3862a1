package compiler

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// insert makes a sink and takes its query apart.
func (i *importer) insert(s *flinksql.Insert) {
	i.write(i.tables[i.fullPath(s.Table)], s)
}

// write makes the sink of an INSERT; table is nil for one that a catalog knows.
func (i *importer) write(table *importedTable, s *flinksql.Insert) {
	name := s.Table.Parts[len(s.Table.Parts)-1].Text
	config := graph.Config{}
	for _, column := range s.Columns {
		config["columns"] = append(anySlice(config["columns"]), pathPlain(column))
	}
	written := written(table, s)
	options := optionsOfHints(s.Hints)
	if table != nil {
		config["table"] = withOptions(table.config, options)
		table.written = true
	} else {
		config["catalogTable"] = catalogPath(i.completed(s.Table))
		if len(options) > 0 {
			config["hints"] = options
		}
	}
	if s.OnConflict != "" {
		config["onConflict"] = strings.ToLower(s.OnConflict)
	}
	if s.Overwrite {
		config["overwrite"] = true
	}
	if len(s.Partition) > 0 {
		config["partition"] = i.partition(s)
	}
	rows, direct := i.wholeOf(s.Query, written)
	if !direct {
		called := written
		if columns := queryColumns(s.Query, i.columnsOf); columns != nil && len(columns) != len(written) {
			called = nil // a mistake, which is said below
		}
		rows = i.query(s.Query, target{name: stepName(name, "rows"), columns: called, byPosition: true})
	}
	if !direct && len(rows.columns) == len(written) && !matchesByPosition(rows.columns, written) { // another number is the sink's mistake
		rows = i.asOwn(rows, target{name: stepName(name, "rows"), columns: written}, s.Span)
	}
	if whole := !direct || isAll(s.Query.Body.(*flinksql.Select).Items); whole && rows.columns != nil && len(written) > 0 && len(rows.columns) != len(written) {
		i.report(graph.Error, s.Query.Range(), "insert-does-not-fit", "Query and table differ in columns",
			fmt.Sprintf("the query gives %s, %s takes %s: Flink refuses the INSERT.", counted(rows.columns), pathText(s.Table), counted(written)))
	}
	i.sink(table, s, config, rows)
}

func counted(columns []string) string {
	if len(columns) == 1 {
		return "1 column (" + columns[0] + ")"
	}
	return fmt.Sprintf("%d columns (%s)", len(columns), strings.Join(columns, ", "))
}

// sink finds or makes the sink of an INSERT: those that write into one table alike are inputs of one sink.
func (i *importer) sink(table *importedTable, s *flinksql.Insert, config graph.Config, rows relation) {
	name := s.Table.Parts[len(s.Table.Parts)-1].Text
	own := i.sinkName(table, name)
	_, kept := i.keep.take(s.Text(i.source))
	if kept != nil {
		own, config = target{name: kept.Name, own: true}, kept.Config
	}
	key := sameness(i.fullPath(s.Table), config, nil)
	if id := i.sinks[key]; kept != nil && id != "" && i.doc.Nodes[id].Name != kept.Name {
		key += kept.Name // two nodes of the document write into one table
	}
	if id, exists := i.sinks[key]; exists {
		if i.feeds(rows.node, id) { // the same rows once more, by a node of their own
			again := target{name: i.unique(stepName(name, "rows")), own: true}
			rows = i.add("select", again, graph.Config{"keep": true}, s.Span, rows.columns, from(rows)...)
		}
		i.connect(input{rows.node, "in"}, id)
		i.made = append(i.made, madeNode{id, s.Span})
		return
	}
	made := len(i.made)
	node := i.add("sink", own, config, s.Span, nil, from(rows)...)
	if table != nil {
		if table.sinks++; table.sinks > 1 && kept == nil {
			i.note(node.node, s.Table.Range(), "several-sinks", "One table, several sinks", pathText(s.Table)+
				" is written in several ways, to other columns or with other options: each way is a sink with the table's whole definition. Change it in all of them")
		}
	}
	i.made = slices.Insert(i.made[:made:made], 0, madeNode{node.node, s.Span})
	i.sinks[key] = node.node
	if table != nil {
		i.describe(node.node, table.description)
	}
}

// feeds tells whether the edge is there already.
func (i *importer) feeds(node, sink string) bool {
	return slices.Contains(i.doc.Edges, graph.Edge{From: node, To: sink, Port: "in"})
}

// withOptions is a table's config with the options that a hint gives.
func withOptions(table, options map[string]any) map[string]any {
	if len(options) == 0 {
		return table
	}
	all := map[string]any{}
	own, _ := table["options"].(map[string]any)
	maps.Copy(all, own)
	maps.Copy(all, options)
	table = maps.Clone(table)
	table["options"] = all
	return table
}

// sinkName is the table's name where no query reads the table, whose source has it else.
func (i *importer) sinkName(table *importedTable, name string) target {
	switch {
	case table == nil:
		return target{name: i.unique(nodeName(name)), own: true}
	case i.read[name]:
		return target{name: i.unique(stepName(name, "sink")), own: true}
	}
	return target{name: nodeName(name), own: true}
}

// written are the columns of the table that an INSERT writes, in order; nil when they are not known.
func written(table *importedTable, s *flinksql.Insert) []string {
	var list []string
	if len(s.Columns) > 0 {
		for _, column := range s.Columns {
			list = append(list, pathPlain(column))
		}
		return list
	}
	if table == nil {
		return nil
	}
	fixed := map[string]bool{}
	for _, p := range s.Partition {
		fixed[p.Key.Text] = true
	}
	for _, column := range tableColumns(table.config) {
		typ, _ := column["type"].(string)
		name, _ := column["name"].(string)
		if _, computed := column["expression"]; !computed && !isVirtual(typ) && !fixed[name] {
			list = append(list, name)
		}
	}
	return list
}

func (i *importer) partition(s *flinksql.Insert) map[string]any {
	partition := map[string]any{}
	for _, p := range s.Partition {
		partition[p.Key.Text] = i.plainText(p.Value.Range())
	}
	return partition
}

// wholeOf is the relation whose rows an INSERT writes as they are: SELECT * FROM v, or those columns of v that the sink
// takes by name anyway.
func (i *importer) wholeOf(q *flinksql.Query, written []string) (relation, bool) {
	s, isSelect := q.Body.(*flinksql.Select)
	if !isSelect || len(q.With)+len(q.OrderBy)+len(s.Hints)+len(s.Windows) > 0 || q.Limit != nil || q.Offset != nil ||
		s.Distinct || s.Where != nil || s.GroupBy != nil || s.Having != nil || s.Qualify != nil {
		return relation{}, false
	}
	table, isTable := s.From.(*flinksql.TableName)
	if !isTable || table.AsOf != nil {
		return relation{}, false
	}
	var r relation
	if try(func() { r = i.table(table) }) != nil {
		return relation{}, false
	}
	if isAll(s.Items) {
		return r, len(written) == 0 || matchesByPosition(r.columns, written)
	}
	if r.columns == nil {
		return relation{}, false
	}
	var chosen []string
	scope := over(r, table.Path.Parts[len(table.Path.Parts)-1].Text)
	for at, item := range s.Items {
		column := scope.plain(item.Expr)
		if column == "" || itemName(item, at) != column {
			return relation{}, false
		}
		chosen = append(chosen, column)
	}
	return r, slices.Equal(chosen, written)
}
