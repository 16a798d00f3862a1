package compiler

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Import reads a script of CREATE TABLE, CREATE VIEW, INSERT INTO and SET: tables become sources and sinks, each view's
// and each INSERT's query an SQL node, but for an INSERT of all of a view's rows. A statement that it cannot take becomes a
// diagnostic that keeps the text.
func Import(script string) (*graph.Document, []graph.Diagnostic) {
	i := &importer{doc: graph.New("imported"), tables: map[string]*importedTable{}, paths: map[string]string{}, views: map[string]string{}, used: map[string]bool{}, sinks: map[string]*graph.Node{}}
	script = strings.ToValidUTF8(script, "\uFFFD")
	statements, fault := splitStatements(script)
	for _, statement := range statements {
		i.statement(statement)
	}
	if fault != nil {
		i.refuse(statementText{line: 1 + strings.Count(script[:fault.Start], "\n"), sql: strings.TrimSpace(script[fault.statement:])}, fault.Code, fault.Summary, fault.Solution)
	}
	i.connect()
	i.layOut()
	if i.diagnostics == nil {
		i.diagnostics = []graph.Diagnostic{}
	}
	return i.doc, i.diagnostics
}

type importedTable struct {
	name        string // the last part of its path
	config      map[string]any
	description string
	source      string // node id, once something reads it
	written     bool
}

type importer struct {
	doc         *graph.Document
	tables      map[string]*importedTable
	paths       map[string]string      // dotted path of a table or view that was created by one, to its name
	order       []string               // tables in the order of the script
	views       map[string]string      // view name to node id
	used        map[string]bool        // node names
	sinks       map[string]*graph.Node // by node name
	queries     []string               // ids of SQL nodes
	diagnostics []graph.Diagnostic
}

func (i *importer) refuse(s statementText, code, summary, detail string) {
	i.diagnostics = append(i.diagnostics, graph.Diagnostic{
		Severity: graph.Error, Code: code, Summary: summary,
		Detail: fmt.Sprintf("Line %d: %s The text was: %s", s.line, detail, s.sql),
	})
}

func (i *importer) statement(s statementText) {
	p := &parser{sql: s.sql, tokens: s.tokens}
	switch {
	case p.accept("CREATE"):
		p.accept("TEMPORARY")
		switch {
		case p.accept("TABLE"):
			i.table(s, p)
		case p.accept("VIEW"):
			i.view(s, p)
		default:
			i.refuse(s, "statement-not-taken", "Statement was not taken in", "only CREATE TABLE and CREATE VIEW become nodes; functions are registered by uploading their JAR.")
		}
	case p.accept("INSERT"):
		i.insert(s, p)
	case p.accept("SET"):
		i.set(s, p)
	default:
		i.refuse(s, "statement-not-taken", "Statement was not taken in", "it is no CREATE TABLE, CREATE VIEW, INSERT INTO or SET.")
	}
}

func (i *importer) table(s statementText, p *parser) {
	name, err := i.createdName(p)
	if err == nil {
		var config map[string]any
		if config, err = p.tableBody(); err == nil {
			if _, exists := i.tables[name]; !exists {
				i.order = append(i.order, name)
			}
			table := &importedTable{name: name, config: config, description: s.description}
			if comment, ok := config["comment"].(string); ok {
				delete(config, "comment")
				if table.description == "" {
					table.description = comment
				}
			}
			i.tables[name] = table
			return
		}
	}
	i.refuse(s, "table-not-read", "Table was not taken in", sentence(err))
}

func (i *importer) view(s statementText, p *parser) {
	name, err := i.createdName(p)
	var columns []string
	if err == nil && p.peek("(") {
		columns, err = p.nameList()
	}
	if comment := p.comment(); err == nil && s.description == "" {
		s.description = comment
	}
	if err == nil && !p.accept("AS") {
		err = p.expected("AS")
	}
	if err == nil {
		err = p.query()
	}
	if err != nil {
		i.refuse(s, "view-not-read", "View was not taken in", sentence(err))
		return
	}
	query := p.rest()
	if len(columns) > 0 {
		query = renamedColumns(query, columns)
	}
	node := nodeName(name)
	if i.used[node] {
		node = i.unique(node)
	}
	i.views[name] = i.query(node, query, s.description)
}

// renamedColumns gives a query the column names of CREATE VIEW v (a, b) AS.
func renamedColumns(query string, columns []string) string {
	quoted := make([]string, len(columns))
	for i, column := range columns {
		quoted[i] = flinksql.Quote(column)
	}
	return "SELECT *\nFROM (\n" + query + "\n) AS q (" + strings.Join(quoted, ", ") + ")"
}

func (i *importer) insert(s statementText, p *parser) {
	if !p.accept("INTO") {
		i.refuse(s, "insert-not-read", "INSERT was not taken in", sentence(p.expected("INTO")))
		return
	}
	path, err := p.path()
	var columns []string
	if err == nil && p.peek("(") && !p.peekAfter("(", "SELECT", "WITH", "VALUES", "(") {
		columns, err = p.nameList()
	}
	if err == nil {
		err = p.query()
	}
	if err == nil && strings.Contains(p.sql[:p.tokens[p.at].Start], "/*+") {
		err = errors.New("a hint on the written table cannot be taken in: write its options into CREATE TABLE")
	}
	if err != nil {
		i.refuse(s, "insert-not-read", "INSERT was not taken in", sentence(err))
		return
	}
	sinkName := path[len(path)-1]
	sink := &graph.Node{Kind: "sink"}
	if table := i.defined(path); table != nil {
		sink.Config = graph.Config{"table": table.config}
		sink.Description = table.description
		table.written = true
	} else {
		sink.Config = graph.Config{"catalogTable": catalogPath(path)}
	}
	if len(columns) > 0 {
		list := make([]any, len(columns))
		for n, column := range columns {
			list[n] = column
		}
		sink.Config["columns"] = list
	}
	sink.Name = i.unique(nodeName(sinkName))
	i.sinks[sink.Name] = sink
	view := i.views[p.wholeOf()]
	if view == "" {
		view = i.query(i.unique(sink.Name+"_rows"), p.rest(), s.description)
	}
	i.edge(view, i.add(sink))
}

// defined is the table of the script that a path means; nil when it is a catalog's.
func (i *importer) defined(path []string) *importedTable {
	if len(path) == 1 {
		return i.tables[path[0]]
	}
	return i.tables[i.paths[strings.Join(path, ".")]]
}

func (i *importer) createdName(p *parser) (string, error) {
	path, err := p.createdPath()
	if err != nil {
		return "", err
	}
	name := path[len(path)-1]
	if len(path) > 1 {
		i.paths[strings.Join(path, ".")] = name
	}
	return name, nil
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

// nodeName makes a table's name a node's: letters, digits, _, - and $, at most 128.
func nodeName(name string) string {
	var b strings.Builder
	n := 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r), r == '_', n > 0 && (unicode.IsNumber(r) || r == '-' || r == '$'):
			b.WriteRune(r)
		case n == 0 && unicode.IsNumber(r):
			b.WriteString("_" + string(r))
		default:
			b.WriteByte('_')
		}
		if n++; n == 100 {
			break
		}
	}
	return b.String()
}

func (i *importer) query(name, sql, description string) string {
	i.used[name] = true
	id := i.add(&graph.Node{Kind: "sql", Name: name, Config: graph.Config{"query": sql}, Description: description})
	i.queries = append(i.queries, id)
	return id
}

func (i *importer) set(s statementText, p *parser) {
	key, value, ok := p.setting()
	switch {
	case !ok || p.at < len(p.tokens):
		i.refuse(s, "set-not-read", "SET was not taken in", "write SET 'key' = 'value'.")
	case key == "pipeline.name":
		i.doc.Name = value
	case key == "execution.runtime-mode" && (strings.EqualFold(value, "batch") || strings.EqualFold(value, "streaming")):
		i.doc.Mode = graph.Mode(strings.ToLower(value))
	case !allowedSetting(key):
		i.refuse(s, "setting-not-allowed", "Setting is not allowed", fmt.Sprintf("%q cannot be set by a pipeline.", key))
	default:
		i.doc.Settings[key] = value
	}
}

// connect makes sources of the tables that are read and draws the edges. A table that nothing uses becomes a source, so
// that it is not lost.
func (i *importer) connect() {
	for _, id := range i.queries {
		i.connectQuery(id)
	}
	for _, name := range i.order {
		if !i.tables[name].written {
			i.producer(name)
		}
	}
}

// connectQuery draws the edges of the tables that a query names, and calls them in it by their nodes' names.
func (i *importer) connectQuery(id string) {
	config := i.doc.Nodes[id].Config
	sql, _ := config["query"].(string)
	seen := map[string]bool{}
	var b strings.Builder
	at := 0
	for _, reference := range tableReferences(sql) {
		name := reference.name
		if reference.path {
			name = i.paths[reference.name]
		}
		from := i.producer(name)
		if from == "" {
			continue
		}
		if !seen[from] {
			i.edge(from, id)
			seen[from] = true
		}
		if node := i.doc.Nodes[from].Name; reference.path || node != name {
			b.WriteString(sql[at:reference.start] + flinksql.Quote(node))
			at = reference.end
			if reference.alias >= 0 && node != name {
				b.WriteString(sql[at:reference.alias] + " AS " + flinksql.Quote(name))
				at = reference.alias
			}
		}
	}
	if at > 0 {
		config["query"] = b.String() + sql[at:]
	}
}

// producer is the node whose rows a query means by a name; "" for a name that the script does not define.
func (i *importer) producer(name string) string {
	if id, isView := i.views[name]; isView {
		return id
	}
	table, isTable := i.tables[name]
	if !isTable {
		return ""
	}
	if table.source == "" {
		node := nodeName(name)
		i.freeName(node)
		if i.used[node] {
			node = i.unique(node)
		}
		i.used[node] = true
		table.source = i.add(&graph.Node{Kind: "source", Name: node, Config: graph.Config{"table": table.config}, Description: table.description})
	}
	return table.source
}

// freeName renames a sink that took the name of a table which is read as well: queries call the source by that name.
func (i *importer) freeName(name string) {
	if sink := i.sinks[name]; sink != nil {
		sink.Name = i.unique(name + "_sink")
		delete(i.used, name)
		delete(i.sinks, name)
	}
}

func (i *importer) unique(name string) string {
	for n := 2; ; n++ {
		if !i.used[name] {
			i.used[name] = true
			return name
		}
		name = fmt.Sprintf("%s_%d", strings.TrimSuffix(name, fmt.Sprintf("_%d", n-1)), n)
	}
}

// add gives the node an id that depends on nothing but the script.
func (i *importer) add(node *graph.Node) string {
	id := fmt.Sprintf("%s-%d", node.Kind, len(i.doc.Nodes)+1)
	i.doc.Nodes[id] = node
	return id
}

func (i *importer) edge(from, to string) {
	i.doc.Edges = append(i.doc.Edges, graph.Edge{From: from, To: to, Port: "in"})
}

// layOut puts the nodes into columns by their distance from the sources.
func (i *importer) layOut() {
	order, _ := i.doc.Order()
	inputs := i.doc.Inputs()
	column, filled := map[string]int{}, map[int]int{}
	for _, id := range order {
		for _, edge := range inputs[id] {
			column[id] = max(column[id], column[edge.From]+1)
		}
		at := column[id]
		i.doc.Nodes[id].Position = graph.Position{X: float64(80 + at*320), Y: float64(80 + filled[at]*176)}
		filled[at]++
	}
}

func sentence(err error) string { return err.Error() + "." }
