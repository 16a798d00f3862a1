package compiler

import (
	"maps"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// importedTable is a table of the script. It becomes a source once something reads it and a sink for each INSERT.
type importedTable struct {
	name        string
	config      map[string]any // of a node: "table"
	description string
	columns     []string
	written     bool
	sinks       int
	sources     map[string]relation // by the options that a hint changes; "" without one
}

func (i *importer) createTable(s *flinksql.CreateTable) {
	table := &importedTable{name: s.Path.Parts[len(s.Path.Parts)-1].Text, sources: map[string]relation{}}
	if _, node := i.keep.take(s.Text(i.source)); node != nil {
		table.config, _ = node.Config["table"].(map[string]any)
		i.created(s, table)
		return
	}
	config := map[string]any{}
	if s.Like != nil && !i.like(s, config) {
		return
	}
	i.tableClauses(s, config)
	if s.Comment != nil {
		table.description = s.Comment.Value
	}
	var queried []string
	if s.As != nil {
		queried = i.columnsOfQuery(s, config)
	}
	if s.As != nil && queried == nil {
		i.refuse(s.Span, "types-unknown", "Table has no column types", "CREATE TABLE … AS takes its types from the engine, and not all of them are plain to see. Write the columns with their types, and an INSERT INTO for the query.")
		return
	}
	if config["columns"] == nil {
		i.refuse(s.Span, "no-columns", "Table has no columns", "a source or sink needs its columns. Write them with their types.")
		return
	}
	table.config = config
	i.created(s, table)
	if s.As != nil {
		insert := &flinksql.Insert{Span: s.Span, Table: s.Path, Query: s.As}
		if !slices.Equal(written(table, insert), queried) {
			for _, column := range queried {
				insert.Columns = append(insert.Columns, flinksql.Path{Span: s.As.Span, Parts: []flinksql.Name{{Span: s.As.Span, Text: column}}})
			}
		}
		i.write(table, insert)
	}
}

// columnsOfQuery adds the columns of CREATE TABLE … AS behind those that the statement itself has, as Flink does, and returns
// those of the query; nil where a type cannot be told without the engine.
func (i *importer) columnsOfQuery(s *flinksql.CreateTable, config map[string]any) []string {
	has := map[string]bool{}
	for _, column := range tableColumns(config) {
		name, _ := column["name"].(string)
		has[name] = true
	}
	undo := i.mark()
	rows := i.query(s.As, target{name: i.unique("rows")})
	types := typesOf(i.doc, rows.node)
	undo()
	columns := anySlice(config["columns"])
	for _, column := range rows.columns {
		if has[column] {
			continue
		}
		if types[column] == "" {
			return nil
		}
		columns = append(columns, map[string]any{"name": column, "type": types[column]})
	}
	if len(columns) > 0 {
		config["columns"] = columns
	}
	return rows.columns
}

// created keeps a table for the statements that name it.
func (i *importer) created(s *flinksql.CreateTable, table *importedTable) {
	for _, column := range tableColumns(table.config) {
		name, _ := column["name"].(string)
		table.columns = append(table.columns, name)
	}
	i.tables[i.fullPath(s.Path)] = table
	i.order = append(i.order, table)
}

func tableColumns(config map[string]any) []map[string]any {
	list, _ := config["columns"].([]any)
	columns := make([]map[string]any, len(list))
	for at, column := range list {
		columns[at], _ = column.(map[string]any)
	}
	return columns
}

// tableClauses puts what the statement itself says into the config, over what LIKE has put there.
func (i *importer) tableClauses(s *flinksql.CreateTable, config map[string]any) {
	for _, column := range s.Columns {
		config["columns"] = append(anySlice(config["columns"]), i.tableColumn(column))
	}
	if s.Watermark != nil {
		watermark := map[string]any{"column": pathPlain(s.Watermark.Column)}
		if ref, isRef := s.Watermark.Expression.(*flinksql.ColumnRef); !isRef || pathPlain(ref.Path) != watermark["column"] {
			watermark["expression"] = i.plainText(s.Watermark.Expression.Range())
		}
		config["watermark"] = watermark
	}
	if s.PrimaryKey != nil {
		config["primaryKey"] = anyList(names(s.PrimaryKey.Columns))
	}
	if s.Distribution != nil {
		config["distribution"] = strings.TrimSpace(i.plainText(s.Distribution.Span)[len("DISTRIBUTED"):])
	}
	if len(s.Partitioned) > 0 {
		config["partitionedBy"] = anyList(names(s.Partitioned))
	}
	if len(s.Options) > 0 {
		options, _ := config["options"].(map[string]any)
		if options == nil {
			options = map[string]any{}
		}
		for _, option := range s.Options {
			options[option.Key.Value] = option.Value.Value
		}
		config["options"] = options
	}
}

func anySlice(value any) []any {
	list, _ := value.([]any)
	return list
}

func pathPlain(path flinksql.Path) string { return strings.Join(names(path.Parts), ".") }

func (i *importer) tableColumn(column *flinksql.Column) map[string]any {
	entry := map[string]any{"name": column.Name.Text}
	switch {
	case column.Expression != nil:
		entry["expression"] = i.plainText(column.Expression.Range())
	case column.Metadata:
		entry["type"] = i.metadataType(column)
	default:
		entry["type"] = i.plainText(column.Type.Span)
	}
	if column.Comment != nil {
		entry["comment"] = column.Comment.Value
	}
	return entry
}

func (i *importer) metadataType(column *flinksql.Column) string {
	typ := i.plainText(column.Type.Span) + " METADATA"
	if column.From != nil {
		typ += " FROM " + flinksql.Literal(column.From.Value)
	}
	if column.Virtual {
		typ += " VIRTUAL"
	}
	return typ
}

// like puts the other table's parts into the config, as INCLUDING and EXCLUDING say (Flink's MergeTableLikeUtil).
func (i *importer) like(s *flinksql.CreateTable, config map[string]any) bool {
	base := i.tables[i.fullPath(s.Like.Table)]
	if base == nil {
		i.refuse(s.Span, "like-unknown", "LIKE names an unknown table", pathText(s.Like.Table)+" is not created by this script, so its columns are not known. Write them out.")
		return false
	}
	excluded := map[string]bool{}
	for _, option := range s.Like.Options {
		if option.Feature == "ALL" {
			for _, feature := range []string{"CONSTRAINTS", "GENERATED", "METADATA", "OPTIONS", "PARTITIONS", "WATERMARKS", "DISTRIBUTION"} {
				excluded[feature] = option.Strategy == "EXCLUDING"
			}
		}
	}
	for _, option := range s.Like.Options {
		excluded[option.Feature] = option.Strategy == "EXCLUDING"
	}
	for key, feature := range map[string]string{
		"primaryKey": "CONSTRAINTS", "options": "OPTIONS", "partitionedBy": "PARTITIONS", "watermark": "WATERMARKS", "distribution": "DISTRIBUTION",
	} {
		if value, has := base.config[key]; has && !excluded[feature] {
			config[key] = cloned(value)
		}
	}
	columns := []any{}
	for _, column := range tableColumns(base.config) {
		typ, _ := column["type"].(string)
		_, computed := column["expression"]
		if computed && excluded["GENERATED"] || strings.Contains(typ, " METADATA") && excluded["METADATA"] {
			continue
		}
		columns = append(columns, cloned(column))
	}
	config["columns"] = columns
	return true
}

func cloned(value any) any {
	if object, isObject := value.(map[string]any); isObject {
		return maps.Clone(object)
	}
	return value
}

func anyList(names []string) []any {
	list := make([]any, len(names))
	for i, name := range names {
		list[i] = name
	}
	return list
}

// table is the relation that a table's name means in a query: a query of WITH, a view, a table of the script, or one that
// a catalog knows.
func (i *importer) table(t *flinksql.TableName) relation {
	if len(t.Path.Parts) == 1 {
		for n := len(i.ctes) - 1; n >= 0; n-- {
			if r, ok := i.ctes[n][t.Path.Parts[0].Text]; ok {
				i.noOptions(t)
				return r
			}
		}
	}
	full := i.fullPath(t.Path)
	if r, isView := i.views[full]; isView {
		i.noOptions(t)
		return r
	}
	if table := i.tables[full]; table != nil {
		return i.readTable(table, t)
	}
	return i.catalogTable(t)
}

func (i *importer) noOptions(t *flinksql.TableName) {
	if len(optionsOfHints(t.Hints)) > 0 {
		bail(t.Span, "it gives options to %s, which is no table", pathText(t.Path))
	}
}

// optionsOfHints are the options that OPTIONS hints behind a table give.
func optionsOfHints(hints []flinksql.Hint) map[string]any {
	options := map[string]any{}
	for _, hint := range hints {
		if strings.EqualFold(hint.Name.Text, "OPTIONS") {
			for _, option := range hint.Options {
				options[option.Key.Value] = option.Value.Value
			}
		}
	}
	return options
}

// readTable is the source of a table. Options that a hint changes make a source of their own.
func (i *importer) readTable(table *importedTable, t *flinksql.TableName) relation {
	options := optionsOfHints(t.Hints)
	key := sameness("", options, nil)
	if r, exists := table.sources[key]; exists {
		return r
	}
	r := i.add("source", target{name: nodeName(table.name), own: true}, graph.Config{"table": withOptions(table.config, options)}, t.Span, table.columns)
	i.doc.Nodes[r.node].Description = table.description
	table.sources[key] = r
	return r
}

func (i *importer) catalogTable(t *flinksql.TableName) relation {
	path := i.completed(t.Path)
	config := graph.Config{"catalogTable": catalogPath(path)}
	name := nodeName(i.keep.catalogName(catalogPath(path), path[len(path)-1]))
	for n := len(path) - 2; n >= 0 && i.used[name]; n-- { // the table of another database, or a view over it, has the name
		name = nodeName(path[n] + "_" + name)
	}
	if options := optionsOfHints(t.Hints); len(options) > 0 {
		config["hints"] = options
	}
	return i.add("source", target{name: name}, config, t.Span, nil)
}

// catalogPath writes a path as config catalogTable holds it: back-ticks only where a part needs them.
func catalogPath(path []string) string {
	parts := make([]string, len(path))
	for i, part := range path {
		parts[i] = part
		if strings.ContainsAny(part, ".`") || strings.TrimSpace(part) == "" {
			parts[i] = "`" + strings.ReplaceAll(part, "`", "``") + "`"
		}
	}
	return strings.Join(parts, ".")
}

// loneTables makes sources of the tables that nothing uses, so that they are not lost.
func (i *importer) loneTables() {
	for _, table := range i.order {
		if !table.written && len(table.sources) == 0 {
			kind := "source"
			options, _ := table.config["options"].(map[string]any)
			connector, _ := options["connector"].(string)
			if described, known := connectorsByName[connector]; known && !described.Source {
				kind = "sink"
			}
			r := i.add(kind, target{name: nodeName(table.name), own: true}, graph.Config{"table": table.config}, flinksql.Span{}, table.columns)
			i.doc.Nodes[r.node].Description = table.description
		}
	}
}
