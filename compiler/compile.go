// Package compiler turns a graph into a Flink SQL script and a script into a graph. It is pure: no input or output, no
// clock, and the same document always gives the same bytes. It imports only the graph.
package compiler

import (
	"fmt"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Function is a user-defined function that scripts may call.
type Function struct {
	Name       string   // as it is called in SQL
	Class      string   // fully qualified Java class
	Jar        string   // absolute path where the gateway reads it
	Signatures []string // e.g. "eval(INT) → STRING"
}

// Options are what a compile needs to know beyond the document.
type Options struct {
	Functions []Function
}

// Statement is one statement of a script and where it came from.
type Statement struct {
	Node   string  `json:"node"`  // node id; "" for SET
	SQL    string  `json:"sql"`   // without the semicolon
	Start  int     `json:"start"` // bytes in the script
	End    int     `json:"end"`
	Pieces []Piece `json:"pieces"` // which bytes come from which field, in order
	Insert bool    `json:"-"`      // stands inside the statement set
}

// Script is a compiled document.
type Script struct {
	Text       string
	Statements []Statement
	// References are how SQL names each node's rows, by node id: a view, a table or a catalog path. Sinks and nodes with
	// errors are absent.
	References map[string]string
	// Columns are the names of each node's columns, by node id, where the compiler knows them: not of sinks, of catalog
	// tables and of what stands behind free SQL.
	Columns     map[string][]string
	Diagnostics []graph.Diagnostic
}

// Invalid is returned by who needs a script without errors and got a document with some.
type Invalid struct{ Diagnostics []graph.Diagnostic }

func (e *Invalid) Error() string {
	for _, d := range e.Diagnostics {
		if d.Severity == graph.Error {
			return d.String()
		}
	}
	return "the document has errors"
}

// Compile makes the script of a document. A node with errors, and what stands behind it, gets no statement; everything
// else does, so that a draft can be looked at while it is drawn. Diagnostics come in the order of the script.
func Compile(doc *graph.Document, options Options) Script {
	c := &compilation{doc: doc, options: options, nodes: make(map[string]*emission, len(doc.Nodes)), broken: map[string]bool{}}
	c.check()
	c.emit()
	return c.assemble()
}

type compilation struct {
	doc         *graph.Document
	options     Options
	order       []string
	nodes       map[string]*emission
	broken      map[string]bool // nodes with errors of their own or behind some
	diagnostics []graph.Diagnostic
	settings    []Statement
}

func (c *compilation) check() {
	c.diagnostics = append(graph.Check(c.doc, kindsByName), c.checkSettings()...)
	for _, d := range c.diagnostics {
		if d.Severity == graph.Error && d.Node != "" {
			c.broken[d.Node] = true
		}
	}
	c.order, _ = c.doc.Order()
}

func (c *compilation) emit() {
	inputs := c.doc.Inputs()
	outputs := make(map[string]int, len(c.doc.Nodes))
	for _, edge := range c.doc.Edges {
		outputs[edge.From]++
	}
	for _, id := range c.order {
		e := &emission{id: id, Node: c.doc.Nodes[id], inputs: map[string][]*emission{}, streaming: c.doc.Mode != graph.Batch}
		c.nodes[id] = e
		for _, edge := range inputs[id] {
			if input := c.nodes[edge.From]; input != nil && !c.broken[edge.From] {
				e.inputs[edge.Port] = append(e.inputs[edge.Port], input)
			} else {
				c.broken[id] = true
			}
		}
		if c.broken[id] {
			continue
		}
		kindOf[e.Kind].emit(e)
		e.emitted = true
		c.diagnostics = append(c.diagnostics, e.diagnostics...)
		if graph.HasErrors(e.diagnostics) {
			c.broken[id] = true
		}
		if outputs[id] == 0 && kindOf[e.Kind].Output && !c.broken[id] {
			c.diagnostics = append(c.diagnostics, graph.Diagnostic{
				Node: id, Severity: graph.Info, Code: "unused-output",
				Summary: "Rows go nowhere", Detail: "Connect the output to another node or a sink; a preview shows its rows all the same.",
			})
		}
	}
}

func (c *compilation) assemble() Script {
	script := Script{References: make(map[string]string, len(c.order)), Columns: make(map[string][]string, len(c.order)), Diagnostics: c.diagnostics}
	if script.Diagnostics == nil {
		script.Diagnostics = []graph.Diagnostic{}
	}
	a := c.assembler()
	for _, setting := range c.settings {
		a.add(setting, "")
	}
	for _, function := range c.functions() {
		a.add(function, "")
	}
	var inserts []*emission
	for _, id := range c.order {
		if c.broken[id] {
			continue
		}
		e := c.nodes[id]
		if e.reference != "" && e.Kind != "sink" {
			script.References[id] = e.reference
			if e.columns != nil {
				script.Columns[id] = e.columns
			}
		}
		if e.statement.b.Len() > 0 {
			a.add(Statement{Node: id, SQL: e.statement.b.String(), Pieces: e.statement.pieces}, e.Description)
		}
		if len(e.inserts) > 0 {
			inserts = append(inserts, e)
		}
	}
	a.statementSet(inserts)
	script.Text, script.Statements = a.b.String(), a.statements
	if script.Statements == nil {
		script.Statements = []Statement{}
	}
	return script
}

type assembler struct {
	b          strings.Builder
	statements []Statement
}

// assembler has room for all statements.
func (c *compilation) assembler() *assembler {
	a := &assembler{statements: make([]Statement, 0, len(c.settings)+len(c.order))}
	size := 0
	for _, id := range c.order {
		e := c.nodes[id]
		size += len(e.Description) + e.statement.b.Len() + len("-- \n;\n\n")
	}
	a.b.Grow(size)
	return a
}

func (a *assembler) add(statement Statement, description string) {
	if a.b.Len() > 0 {
		a.b.WriteString("\n")
	}
	writeComment(&a.b, description)
	if statement.Pieces == nil {
		statement.Pieces = []Piece{}
	}
	statement.Start = a.b.Len()
	a.b.WriteString(statement.SQL)
	statement.End = a.b.Len()
	a.b.WriteString(";\n")
	a.statements = append(a.statements, statement)
}

func (a *assembler) statementSet(inserts []*emission) {
	if len(inserts) == 0 {
		return
	}
	if a.b.Len() > 0 {
		a.b.WriteString("\n")
	}
	a.b.WriteString("EXECUTE STATEMENT SET\nBEGIN\n")
	for i, e := range inserts {
		if i > 0 {
			a.b.WriteString("\n")
		}
		if e.statement.b.Len() == 0 {
			writeComment(&a.b, e.Description)
		}
		for n, insert := range e.inserts {
			if n > 0 {
				a.b.WriteString("\n")
			}
			start := a.b.Len()
			a.b.WriteString(insert.b.String())
			a.statements = append(a.statements, Statement{Node: e.id, SQL: insert.b.String(), Start: start, End: a.b.Len(), Pieces: append([]Piece{}, insert.pieces...), Insert: true})
			a.b.WriteString(";\n")
		}
	}
	a.b.WriteString("END;\n")
}

func writeComment(b *strings.Builder, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	for _, line := range strings.FieldsFunc(strings.ReplaceAll(text, "\n", " \n"), isLineBreak) {
		b.WriteString(strings.TrimRight("-- "+strings.Map(printable, line), " ") + "\n")
	}
}

// isLineBreak tells every character that some reader takes for the end of a line, and so of a comment.
func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029
}

func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// StatementSet is the script's INSERTs as the one statement that Flink runs; "" when there are none.
func (s Script) StatementSet() string {
	var b strings.Builder
	for _, statement := range s.Statements {
		if statement.Insert {
			b.WriteString(statement.SQL + ";\n")
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "EXECUTE STATEMENT SET\nBEGIN\n" + b.String() + "END"
}

// functions are the CREATE FUNCTION statements that the script needs: one for each registered function that some text
// calls, in the order of first use.
func (c *compilation) functions() []Statement {
	if len(c.options.Functions) == 0 {
		return nil
	}
	byName := make(map[string]Function, len(c.options.Functions))
	for _, function := range c.options.Functions {
		byName[strings.ToLower(function.Name)] = function
	}
	var statements []Statement
	for _, id := range c.order {
		if c.broken[id] {
			continue
		}
		for _, called := range c.nodes[id].calls() {
			function, registered := byName[strings.ToLower(called)]
			if !registered {
				continue
			}
			delete(byName, strings.ToLower(called))
			statements = append(statements, Statement{Node: id, SQL: fmt.Sprintf("CREATE TEMPORARY FUNCTION %s AS %s LANGUAGE JAVA\nUSING JAR %s",
				flinksql.Quote(function.Name), flinksql.Literal(function.Class), flinksql.Literal(function.Jar))})
		}
	}
	return statements
}

// calls lists the names in the node's texts that stand before an opening bracket.
func (e *emission) calls() []string {
	var names []string
	for _, w := range append([]*writer{&e.statement}, e.inserts...) {
		sql := w.b.String()
		for _, piece := range w.pieces {
			names = append(names, called(sql[piece.Start:min(piece.End+1, len(sql))])...) // with the bracket behind a function's name
		}
	}
	return names
}

// called lists the names in a text that stand before an opening bracket.
func called(sql string) []string {
	var names []string
	tokens, _ := flinksql.Lex(sql)
	for i := 0; i+1 < len(tokens); i++ {
		if name := tokens[i].Name(sql); name != "" && tokens[i+1].Is(sql, "(") {
			names = append(names, name)
		}
	}
	return names
}

// settingPrefixes are the Flink options that a document may set, and closedSettings those among them that it may not:
// options that load code, name folders or open connections are the platform's.
var (
	settingPrefixes = []string{
		"table.", "parallelism.default", "pipeline.max-parallelism", "pipeline.object-reuse", "pipeline.operator-chaining",
		"pipeline.auto-watermark-interval", "execution.checkpointing.", "execution.buffer-timeout", "execution.batch",
		"restart-strategy.", "state.backend.type", "state.backend.incremental", "taskmanager.network.memory.buffer-debloat",
	}
	closedSettings = []string{"table.catalog-store.", "table.resources.", "execution.checkpointing.dir", "execution.checkpointing.savepoint-dir", "execution.checkpointing.storage"}
)

func (c *compilation) checkSettings() []graph.Diagnostic {
	var found []graph.Diagnostic
	if c.doc.Mode == graph.Batch {
		c.settings = append(c.settings, Statement{SQL: "SET 'execution.runtime-mode' = 'batch'"})
	}
	for _, key := range sorted(c.doc.Settings) {
		if !allowedSetting(key) {
			found = append(found, graph.Diagnostic{
				Field: "settings." + key, Severity: graph.Error, Code: "setting-not-allowed",
				Summary: "Setting is not allowed", Detail: fmt.Sprintf("%q cannot be set by a pipeline. Allowed are %s.", key, strings.Join(settingPrefixes, ", ")),
			})
			continue
		}
		c.settings = append(c.settings, Statement{SQL: "SET " + flinksql.Literal(key) + " = " + flinksql.Literal(c.doc.Settings[key])})
	}
	return found
}

func allowedSetting(key string) bool {
	return hasPrefix(key, settingPrefixes) && !hasPrefix(key, closedSettings)
}

func hasPrefix(key string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}
