package compiler

import (
	"fmt"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

var source = kind{
	Kind: graph.Kind{
		Kind: "source", Title: "Source", Category: "Inputs", Icon: "database",
		Help:   "Reads a table: files, a generator, Kafka, or anything else that a Flink connector reads.",
		Output: true,
		Fields: append(tableFields(),
			graph.Field{Path: "table.watermark.column", Title: "Event time column", Type: graph.ColumnField, Help: "The TIMESTAMP column whose time the rows carry; empty when none."},
			graph.Field{
				Path: "table.watermark.expression", Title: "Watermark", Type: graph.ExpressionField,
				Help: "How late rows may come: the event time less the longest delay.", Placeholder: "event_time - INTERVAL '5' SECOND",
			},
			graph.Field{Path: "hints", Title: "Options here", Type: graph.OptionsField, Help: "Options of the catalog table that are other ones in this pipeline (an OPTIONS hint), such as scan.startup.mode."},
		),
	},
	emit: func(e *emission) {
		hints := len(e.options("hints")) > 0
		switch catalog := e.catalogTable(); {
		case catalog && hints:
			path := e.reference
			w := e.view(nil)
			w.write("SELECT *\nFROM ")
			w.derived("catalogTable", path)
			e.optionsHint(w)
		case !catalog:
			if hints {
				e.report(graph.Error, "hints", "hint-of-own-table", "Options belong to the table", "Options of a hint are for a catalog's table: write them among the connector's options.")
			}
			e.table()
		}
	},
}

var sink = kind{
	Kind: graph.Kind{
		Kind: "sink", Title: "Sink", Category: "Outputs", Icon: "hard-drive-download",
		Help:   "Writes the rows to a table. A preview shows what would be written and writes nothing.",
		Inputs: []graph.Port{{Name: "in", Title: "Inputs", Required: true, Many: true}},
		Fields: append(tableFields(),
			graph.Field{
				Path: "columns", Title: "Written columns", Type: graph.ColumnListField,
				Help: "The table's columns that the input's columns go to, in order; empty means all.",
			},
			graph.Field{Path: "overwrite", Title: "Overwrite", Type: graph.BooleanField, Help: "Replaces what the table or the partition holds (INSERT OVERWRITE). In batch mode only."},
			graph.Field{Path: "partition", Title: "Partition", Type: graph.OptionsField, Help: "Writes into one partition: columns and their values as SQL has them, such as '2024-01-01' in quotes or 7."},
			graph.Field{
				Path: "onConflict", Title: "On conflict", Type: graph.EnumField,
				Help: "What Flink does where rows of different groups have the same primary key; it asks for an answer when the rows are not grouped by that key.",
				Values: []graph.Value{
					{Value: "deduplicate", Title: "Keep the last row"},
					{Value: "nothing", Title: "Keep the first row"},
					{Value: "error", Title: "Fail"},
				},
			},
			graph.Field{Path: "hints", Title: "Options here", Type: graph.OptionsField, Help: "Options of the table that are other ones for this INSERT (an OPTIONS hint), such as sink.parallelism."},
		),
	},
	emit: func(e *emission) {
		if !e.catalogTable() {
			e.table()
		}
		e.emitInserts()
	},
}

func tableFields() []graph.Field {
	return []graph.Field{
		{Path: "table.options", Title: "Connector", Type: graph.OptionsField, Help: "Which connector, and its options."},
		{Path: "table.columns", Title: "Columns", Type: graph.TableColumnsField, Help: "The table's columns with their Flink types; a column with an expression is computed. A comment may say what it holds."},
		{Path: "table.primaryKey", Title: "Primary key", Type: graph.ColumnListField, Help: "Columns that identify a row. Flink does not enforce it."},
		{Path: "table.distribution", Title: "Distribution", Type: graph.TextField, Help: "How rows are spread over buckets, for connectors that know them.", Placeholder: "BY HASH (id) INTO 4 BUCKETS"},
		{Path: "table.partitionedBy", Title: "Partitioned by", Type: graph.ColumnListField, Help: "Columns that files are laid out by."},
		{Path: "catalogTable", Title: "Catalog table", Type: graph.TextField, Help: "Instead of all the above: a table that a catalog knows.", Placeholder: "catalog.database.table"},
	}
}

// catalogTable makes the node stand for a catalog's table and tells whether it does.
func (e *emission) catalogTable() bool {
	path := e.text("catalogTable")
	if path == "" {
		return false
	}
	if table, _ := e.Config.At("table"); !isEmptyObject(table) {
		e.report(graph.Error, "catalogTable", "two-tables", "Two tables in one node", "Keep either the catalog table or the table's own columns and options.")
	}
	parts := splitPath(path)
	if len(parts) == 0 || len(parts) > 3 {
		e.report(graph.Error, "catalogTable", "illegal-path", "Not a table's path", fmt.Sprintf("%q is not of the form catalog.database.table; put a part that holds a dot into back-ticks.", path))
		return true
	}
	e.reference = quotedPath(parts)
	return true
}

func isEmptyObject(value any) bool {
	object, isObject := value.(map[string]any)
	return value == nil || isObject && len(object) == 0
}

// isVirtual tells whether a column's type is that of a metadata column that cannot be written.
func isVirtual(typ string) bool {
	tokens, _ := flinksql.Lex(typ)
	for _, t := range tokens {
		if t.Is(typ, "VIRTUAL") {
			return true
		}
	}
	return false
}

// splitPath cuts catalog.database.table at its dots; a part in back-ticks may hold dots. It returns nil for what is no path.
func splitPath(path string) []string {
	var parts []string
	for rest := path; ; {
		part, after, more := strings.Cut(rest, ".")
		if strings.HasPrefix(rest, "`") {
			quoted, fault := flinksql.LexName(rest)
			if fault != nil {
				return nil
			}
			part, after = quoted.Name(rest), rest[quoted.End:]
			if after, more = strings.CutPrefix(after, "."); !more && after != "" {
				return nil
			}
		} else if strings.Contains(part, "`") {
			return nil
		}
		if strings.TrimSpace(part) == "" || strings.ContainsFunc(part, unicode.IsControl) {
			return nil
		}
		parts = append(parts, part)
		if !more {
			return parts
		}
		rest = after
	}
}

// quotedPath writes a path as SQL names it.
func quotedPath(parts []string) string {
	quoted := make([]string, len(parts))
	for i, part := range parts {
		quoted[i] = flinksql.Quote(part)
	}
	return strings.Join(quoted, ".")
}

// table writes CREATE TEMPORARY TABLE.
func (e *emission) table() {
	columns, options := e.entries("table.columns"), e.options("table.options")
	e.reference = flinksql.Quote(e.Name)
	e.columns = entryNames(columns)
	e.checkTable(columns, options)
	w := &e.statement
	w.write("CREATE TEMPORARY TABLE ")
	w.name("name", e.Name)
	w.write(" (")
	items := e.tableItems(w, columns)
	w.list(len(items), func(i int) { items[i]() })
	w.write("\n)")
	if distribution := e.text("table.distribution"); strings.TrimSpace(distribution) != "" {
		w.write(" DISTRIBUTED ")
		e.checked("table.distribution", checkDistribution(distribution))
		w.field("table.distribution", distribution)
	}
	if partitions := e.texts("table.partitionedBy"); len(partitions) > 0 {
		w.write(" PARTITIONED BY (")
		e.nameList(w, "table.partitionedBy", partitions)
		w.write(")")
	}
	if len(options) > 0 {
		w.write(" WITH (")
		keys := optionKeys(options)
		w.list(len(keys), func(i int) {
			w.write(flinksql.Literal(keys[i]), " = ")
			w.derived("table.options."+keys[i], flinksql.Literal(options[keys[i]]))
		})
		w.write("\n)")
	}
}

// tableItems are the writers of the lines between the brackets of CREATE TABLE.
func (e *emission) tableItems(w *writer, columns []entry) []func() {
	var items []func()
	for i, column := range columns {
		items = append(items, func() {
			path := fmt.Sprintf("table.columns.%d", i)
			w.name(path+".name", column.name)
			if column.expression != "" {
				w.write(" AS ")
				e.expression(w, path+".expression", column.expression)
			} else {
				w.write(" ")
				e.checked(path+".type", checkType(column.typ))
				w.field(path+".type", column.typ)
			}
			if column.comment != "" {
				w.write(" COMMENT ")
				w.derived(path+".comment", flinksql.Literal(column.comment))
			}
		})
	}
	if watermark := e.text("table.watermark.column"); watermark != "" {
		items = append(items, func() {
			w.write("WATERMARK FOR ")
			w.name("table.watermark.column", watermark)
			w.write(" AS ")
			if expression := e.text("table.watermark.expression"); strings.TrimSpace(expression) != "" {
				e.expression(w, "table.watermark.expression", expression)
			} else {
				w.name("table.watermark.column", watermark)
			}
		})
	}
	if key := e.texts("table.primaryKey"); len(key) > 0 {
		items = append(items, func() {
			w.write("PRIMARY KEY (")
			e.nameList(w, "table.primaryKey", key)
			w.write(") NOT ENFORCED")
		})
	}
	return items
}

func (e *emission) nameList(w *writer, field string, names []string) {
	for i, name := range names {
		if i > 0 {
			w.write(", ")
		}
		place := fmt.Sprintf("%s.%d", field, i)
		e.legal(place, name)
		w.name(place, name)
	}
}

func (e *emission) checkTable(columns []entry, options map[string]string) {
	if len(columns) == 0 {
		e.report(graph.Error, "table.columns", "missing-value", "Columns are missing", "Give the table at least one column.")
	}
	e.names("table.columns", e.columns)
	for i, column := range columns {
		switch {
		case column.expression == "" && strings.TrimSpace(column.typ) == "":
			e.report(graph.Error, fmt.Sprintf("table.columns.%d.type", i), "missing-value", "Type is missing", fmt.Sprintf("Give column %q a Flink type, such as STRING.", column.name))
		case column.expression != "" && strings.TrimSpace(column.expression) == "":
			e.report(graph.Error, fmt.Sprintf("table.columns.%d.expression", i), "missing-value", "Expression is missing", fmt.Sprintf("Write what column %q holds.", column.name))
		}
	}
	known := map[string]bool{}
	for _, name := range e.columns {
		known[name] = true
	}
	e.checkKnown("table.watermark.column", e.text("table.watermark.column"), known)
	if e.text("table.watermark.column") == "" && strings.TrimSpace(e.text("table.watermark.expression")) != "" {
		e.report(graph.Error, "table.watermark.column", "missing-value", "Event time column is missing", "Choose the column that the watermark is for, or empty the watermark.")
	}
	for _, field := range []string{"table.primaryKey", "table.partitionedBy", "columns"} {
		for i, name := range e.texts(field) {
			e.checkKnown(fmt.Sprintf("%s.%d", field, i), name, known)
		}
	}
	e.checkOptions(options)
}

func (e *emission) checkKnown(field, name string, known map[string]bool) {
	if name != "" && !known[name] {
		e.report(graph.Error, field, "unknown-column", "Unknown column", fmt.Sprintf("The table has no column %q.", name))
	}
}

// checkOptions holds the options against the connector's description. A connector that is not described passes as it is.
func (e *emission) checkOptions(options map[string]string) {
	name := options["connector"]
	if name == "" {
		e.report(graph.Error, "table.options", "missing-connector", "Connector is missing", "Choose a connector, or write the option 'connector'.")
		return
	}
	connector, known := connectorsByName[name]
	if !known {
		return
	}
	if e.Kind == "source" && !connector.Source || e.Kind == "sink" && !connector.Sink {
		e.report(graph.Error, "table.options.connector", "wrong-direction", "Connector cannot do this", fmt.Sprintf("%s cannot be a %s.", connector.Title, e.Kind))
	}
	for _, option := range connector.Options {
		value := options[option.Key]
		if value == "" && option.Required {
			e.report(graph.Error, "table.options."+option.Key, "missing-option", option.Title+" is missing", fmt.Sprintf("%s needs the option '%s'. %s", connector.Title, option.Key, option.Help))
		}
	}
}

// optionKeys puts the connector first and the format behind it, the rest sorted, as people write them.
func optionKeys(options map[string]string) []string {
	keys := make([]string, 0, len(options))
	for _, first := range []string{"connector", "path", "topic", "format"} {
		if _, ok := options[first]; ok {
			keys = append(keys, first)
		}
	}
	for _, key := range sorted(options) {
		switch key {
		case "connector", "path", "topic", "format":
		default:
			keys = append(keys, key)
		}
	}
	return keys
}
