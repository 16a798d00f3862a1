package compiler

import (
	"fmt"
	"strings"

	"millrace/graph"
)

// Import reads a script of CREATE TABLE, CREATE VIEW, INSERT INTO and SET: tables become sources and sinks, each view's
// and each INSERT's query an SQL node. A statement that it cannot take becomes a diagnostic that keeps the text.
func Import(script string) (*graph.Document, []graph.Diagnostic) {
	i := &importer{doc: graph.New("imported"), tables: map[string]*importedTable{}, views: map[string]string{}, used: map[string]bool{}}
	statements, fault := splitStatements(script)
	for _, statement := range statements {
		i.statement(statement)
	}
	if fault != nil {
		i.refuse(statementText{line: 1 + strings.Count(script[:fault.start], "\n"), sql: strings.TrimSpace(script[fault.start:])}, fault.code, fault.summary, fault.solution)
	}
	i.connect()
	i.layOut()
	if i.diagnostics == nil {
		i.diagnostics = []graph.Diagnostic{}
	}
	return i.doc, i.diagnostics
}

// statementText is one statement of a script, with the comments that stand before it.
type statementText struct {
	sql         string
	tokens      []token // of sql, without comments
	line        int     // 1-based, in the script
	description string  // the comment lines above it
}

// splitStatements cuts a script at its semicolons. The frame of a statement set is left out: its INSERTs stand for
// themselves.
func splitStatements(script string) ([]statementText, *lexError) {
	tokens, fault := lex(script)
	var statements []statementText
	var pending, comments []token
	flush := func() {
		if len(pending) > 0 {
			statements = append(statements, cut(script, pending, comments))
		}
		pending, comments = nil, nil
	}
	for at, t := range tokens {
		switch {
		case t.kind == comment && len(pending) == 0 && !strings.HasPrefix(script[t.start:t.end], "/*+"):
			comments = append(comments, t)
		case t.is(script, ";"):
			flush()
		case len(pending) == 0 && t.is(script, "END") && (at+1 == len(tokens) || tokens[at+1].is(script, ";")):
		default:
			pending = append(pending, t)
			if opensStatementSet(script, pending) {
				pending, comments = nil, nil
			}
		}
	}
	if fault == nil {
		flush()
	}
	return statements, fault
}

func opensStatementSet(script string, tokens []token) bool {
	return spells(script, tokens, "EXECUTE", "STATEMENT", "SET", "BEGIN") || spells(script, tokens, "BEGIN", "STATEMENT", "SET")
}

func spells(sql string, tokens []token, words ...string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, wanted := range words {
		if !tokens[i].is(sql, wanted) {
			return false
		}
	}
	return true
}

func cut(script string, tokens, comments []token) statementText {
	start, end := tokens[0].start, tokens[len(tokens)-1].end
	s := statementText{sql: script[start:end], line: 1 + strings.Count(script[:start], "\n")}
	for _, t := range withoutComments(tokens) {
		t.start, t.end = t.start-start, t.end-start
		s.tokens = append(s.tokens, t)
	}
	var lines []string
	for _, c := range comments {
		lines = append(lines, commentText(script[c.start:c.end]))
	}
	s.description = strings.Join(lines, "\n")
	return s
}

func commentText(comment string) string {
	if strings.HasPrefix(comment, "--") {
		return strings.TrimSpace(strings.TrimLeft(comment, "-"))
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/"))
}

type importedTable struct {
	config      map[string]any
	description string
	source      string // node id, once something reads it
	written     bool
}

type importer struct {
	doc         *graph.Document
	tables      map[string]*importedTable
	order       []string          // tables in the order of the script
	views       map[string]string // view name to node id
	used        map[string]bool   // node names
	queries     []string          // ids of SQL nodes
	diagnostics []graph.Diagnostic
}

func (i *importer) refuse(s statementText, code, summary, detail string) {
	i.diagnostics = append(i.diagnostics, graph.Diagnostic{Severity: graph.Error, Code: code, Summary: summary,
		Detail: fmt.Sprintf("Line %d: %s The text was: %s", s.line, detail, s.sql)})
}

func (i *importer) statement(s statementText) {
	p := &parser{sql: s.sql, tokens: s.tokens}
	switch {
	case p.accept("CREATE"):
		temporary := p.accept("TEMPORARY")
		switch {
		case p.accept("TABLE"):
			i.table(s, p)
		case p.accept("VIEW"):
			i.view(s, p)
		default:
			_ = temporary
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
	name, err := p.createdName()
	if err == nil {
		var config map[string]any
		if config, err = p.tableBody(); err == nil {
			if _, exists := i.tables[name]; !exists {
				i.order = append(i.order, name)
			}
			i.tables[name] = &importedTable{config: config, description: s.description}
			return
		}
	}
	i.refuse(s, "table-not-read", "Table was not taken in", sentence(err))
}

func (i *importer) view(s statementText, p *parser) {
	name, err := p.createdName()
	var columns []string
	if err == nil && p.peek("(") {
		columns, err = p.nameList()
	}
	if err == nil && p.accept("COMMENT") {
		p.next()
	}
	if err == nil && !p.accept("AS") {
		err = p.expected("AS")
	}
	if err != nil {
		i.refuse(s, "view-not-read", "View was not taken in", sentence(err))
		return
	}
	query := p.rest()
	if len(columns) > 0 {
		query = renamedColumns(query, columns)
	}
	i.views[name] = i.query(name, query, s.description)
}

// renamedColumns gives a query the column names of CREATE VIEW v (a, b) AS.
func renamedColumns(query string, columns []string) string {
	quoted := make([]string, len(columns))
	for i, column := range columns {
		quoted[i] = Quote(column)
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
	if err != nil {
		i.refuse(s, "insert-not-read", "INSERT was not taken in", sentence(err))
		return
	}
	sinkName := path[len(path)-1]
	sink := &graph.Node{Kind: "sink", Config: graph.Config{}}
	if table, defined := i.tables[sinkName]; defined && len(path) == 1 {
		sink.Config, _ = graph.Config{"table": table.config}, true
		sink.Description = table.description
		table.written = true
	} else {
		sink.Config = graph.Config{"catalogTable": strings.Join(path, ".")}
	}
	if len(columns) > 0 {
		list := make([]any, len(columns))
		for n, column := range columns {
			list[n] = column
		}
		sink.Config["columns"] = list
	}
	sink.Name = i.unique(sinkName)
	queryID := i.query(i.unique(sinkName+"_rows"), p.rest(), s.description)
	id := i.add(sink)
	i.edge(queryID, id)
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
	case !ok:
		i.refuse(s, "set-not-read", "SET was not taken in", "write SET 'key' = 'value'.")
	case key == "execution.runtime-mode" && (strings.EqualFold(value, "batch") || strings.EqualFold(value, "streaming")):
		i.doc.Mode = graph.Mode(strings.ToLower(value))
	default:
		i.doc.Settings[key] = value
	}
}

// connect makes sources of the tables that are read and draws the edges. A table that nothing uses becomes a source, so
// that it is not lost.
func (i *importer) connect() {
	for _, id := range i.queries {
		seen := map[string]bool{}
		for _, reference := range tableReferences(i.doc.Nodes[id].Config["query"].(string)) {
			from := i.producer(reference.name)
			if from != "" && !seen[from] {
				i.edge(from, id)
				seen[from] = true
			}
		}
	}
	for _, name := range i.order {
		if !i.tables[name].written {
			i.producer(name)
		}
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
		i.freeName(name)
		i.used[name] = true
		table.source = i.add(&graph.Node{Kind: "source", Name: name, Config: graph.Config{"table": table.config}, Description: table.description})
	}
	return table.source
}

// freeName renames a sink that took the name of a table which is read as well: queries call the source by that name.
func (i *importer) freeName(name string) {
	for _, id := range i.doc.NodeIDs() {
		if node := i.doc.Nodes[id]; node.Kind == "sink" && node.Name == name {
			node.Name = i.unique(name + "_sink")
		}
	}
}

func (i *importer) unique(name string) string {
	for n := 2; ; n++ {
		if !i.used[name] && i.views[name] == "" {
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
