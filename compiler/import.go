package compiler

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode"

	"millrace/compiler/flinksql"
	"millrace/compiler/mysqlddl"
	"millrace/graph"
)

// Import reads a Flink SQL script: tables become sources and sinks, queries are taken apart into nodes, and what cannot be
// taken apart becomes an SQL node that says why. A statement that has no place in a pipeline becomes a diagnostic that
// keeps its text. The DDL of MySQL, MariaDB or TiDB becomes sources.
func Import(script string) (*graph.Document, []graph.Diagnostic) {
	doc, findings := ImportFindings(script)
	diagnostics := make([]graph.Diagnostic, len(findings))
	for at, finding := range findings {
		diagnostics[at] = finding.Diagnostic
	}
	return doc, diagnostics
}

// ImportFindings is Import, with the bytes of the script that each diagnostic is about.
func ImportFindings(script string) (*graph.Document, []Finding) {
	i := newImporter(script)
	if mysqlddl.Looks(i.source) {
		i.tablesOfMySQL()
	} else {
		i.run()
		if together := i.carried(); len(together) > 0 {
			i = newImporter(script)
			i.together = together
			i.run()
		}
	}
	i.layOut()
	return i.doc, i.findings
}

func newImporter(script string) *importer {
	parsed := flinksql.Parse(strings.ToValidUTF8(script, "\uFFFD"))
	return &importer{
		doc: graph.New("imported"), script: parsed, source: parsed.Source, comments: newComments(parsed),
		tables: map[string]*importedTable{}, views: map[string]relation{}, read: map[string]bool{}, sinks: map[string]string{},
		used: map[string]bool{}, numbers: map[string]int{}, owned: map[string]bool{}, unnamed: map[string]bool{}, usedHints: map[flinksql.Span]bool{}, same: map[string]string{}, readers: map[string]int{}, findings: []Finding{},
		putsOut: map[string][]string{}, chained: map[string][]flinksql.Span{},
	}
}

func (i *importer) run() {
	i.survey(i.script.Statements)
	for _, statement := range inOrder(i.script) {
		tables := len(i.order)
		i.made = nil
		i.statement(statement)
		i.comments.give(i, statement.Range(), len(i.order) > tables)
	}
	i.loneTables()
}

// importer is a document that grows statement by statement.
type importer struct {
	doc               *graph.Document
	script            *flinksql.Script
	source            string
	keep              *keeper                   // of the document whose script was edited; nil for a plain import
	tables            map[string]*importedTable // by full path
	order             []*importedTable
	sinks             map[string]string   // by table and config
	read              map[string]bool     // names of tables that queries read
	views             map[string]relation // by full path
	catalog, database string              // of USE; "" at first
	numbers           map[string]int      // the last number that was put behind a name
	used, owned       map[string]bool     // names that are taken; those of them that a node has already which they were kept for
	adopted           []adoption
	usedHints         map[flinksql.Span]bool // hints of the current SELECT that a join has taken
	unnamed           map[string]bool        // nodes that the import has named by itself
	serial            int                    // of the last node
	same              map[string]string      // what a node is, to its id: a query that stands twice becomes one node
	keys              []string               // of same, in the order in which they came
	readers           map[string]int         // edges that leave a node
	made              []madeNode             // by the current statement
	comments          comments
	ctes              []map[string]relation // WITH clauses around the current query, inner ones last
	findings          []Finding
	putsOut           map[string][]string        // the columns of each node that was made; nil where they are not known
	chained           map[string][]flinksql.Span // joins that another join of the same FROM reads, to the FROMs
	together          map[flinksql.Span]bool     // FROMs whose joins stay in one SQL node
}

// madeNode is a node and the part of the script that it came from.
type madeNode struct {
	id string
	flinksql.Span
}

// survey keeps the names of tables and views for their nodes, and finds the tables that are read.
func (i *importer) survey(statements []flinksql.Statement) {
	for _, statement := range statements {
		switch s := statement.(type) {
		case *flinksql.CreateTable:
			i.used[nodeName(s.Path.Parts[len(s.Path.Parts)-1].Text)] = true
		case *flinksql.CreateView:
			i.used[nodeName(s.Path.Parts[len(s.Path.Parts)-1].Text)] = true
		}
		flinksql.Walk(statement, func(n flinksql.Node) bool {
			switch n := n.(type) {
			case *flinksql.TableName:
				i.read[n.Path.Parts[len(n.Path.Parts)-1].Text] = true
			case *flinksql.TableArg:
				if n.Table != nil {
					i.read[n.Table.Parts[len(n.Table.Parts)-1].Text] = true
				}
			}
			return true
		})
	}
}

func (i *importer) statement(statement flinksql.Node) {
	switch s := statement.(type) {
	case faultyStatement:
		detail := s.fault.Detail
		if i.keep == nil {
			detail = fmt.Sprintf("Line %d, column %d: %s", s.fault.Line, s.fault.Column, detail)
		}
		i.refuse(s.Span, s.fault.Code, s.fault.Summary, detail)
		last := &i.findings[len(i.findings)-1]
		last.Start, last.End = s.fault.Start, s.fault.End
	case *flinksql.CreateTable:
		i.createTable(s)
	case *flinksql.CreateView:
		i.createView(s)
	case *flinksql.Insert:
		i.insert(s)
	case *flinksql.StatementSet:
		for _, insert := range s.Inserts {
			i.insert(insert)
		}
	case *flinksql.QueryStatement:
		i.preview(s)
	case *flinksql.Set:
		i.set(s)
	case *flinksql.Reset:
		i.reset(s)
	case *flinksql.Use:
		i.use(s)
	default:
		i.leaveOut(statement)
	}
}

// refuse reports a statement that is missing in the document.
func (i *importer) refuse(place flinksql.Span, code, summary, detail string) {
	i.report(graph.Error, place, code, summary, detail)
}

// report says where in the script something was found, and with which text: an import must lose nothing. Whoever edits
// the script has both before his eyes.
func (i *importer) report(severity graph.Severity, place flinksql.Span, code, summary, detail string) {
	if i.keep == nil {
		if !strings.HasPrefix(detail, "Line ") {
			detail = fmt.Sprintf("Line %d: %s", i.line(place.Start), detail)
		}
		detail += " The text was: " + strings.TrimSpace(place.Text(i.source))
	}
	i.findings = append(i.findings, Finding{Start: place.Start, End: place.End, Diagnostic: graph.Diagnostic{
		Severity: severity, Code: code, Summary: summary, Detail: detail,
	}})
}

func (i *importer) line(at int) int { return 1 + strings.Count(i.source[:at], "\n") }

// leaveOut names a statement that has no place in a pipeline, and where what it does belongs.
func (i *importer) leaveOut(statement flinksql.Node) {
	if i.keep.has(statement.Range().Text(i.source)) {
		return // the document's own
	}
	detail := "it changes nothing that a pipeline holds."
	switch s := statement.(type) {
	case *flinksql.CreateFunction:
		detail = fmt.Sprintf("upload the JAR of %s under Functions; the nodes call it by the name %s.", s.Class.Value, pathText(s.Path))
	case *flinksql.AddJar:
		detail = "upload the JAR under Functions."
	case *flinksql.CreateCatalog, *flinksql.CreateDatabase:
		detail = "catalogs and databases are set up on the engine, not by a pipeline."
	}
	i.report(graph.Warning, statement.Range(), "statement-not-taken", "Statement was not taken in", detail)
}

func (i *importer) createView(s *flinksql.CreateView) {
	name := s.Path.Parts[len(s.Path.Parts)-1].Text
	if kept, ok := i.keptView(s); ok {
		i.views[i.fullPath(s.Path)] = kept
		return
	}
	result := i.query(s.Query, target{name: nodeName(name), own: true, columns: names(s.Columns)})
	i.views[i.fullPath(s.Path)] = result
	if s.Comment != nil {
		i.describe(result.node, s.Comment.Value)
	}
}

func names(list []flinksql.Name) []string {
	if len(list) == 0 {
		return nil
	}
	texts := make([]string, len(list))
	for i, name := range list {
		texts[i] = name.Text
	}
	return texts
}

func (i *importer) preview(s *flinksql.QueryStatement) {
	i.query(s.Query, target{name: i.unique("result"), own: true})
}

func (i *importer) describe(id, text string) {
	node := i.doc.Nodes[id]
	text = strings.TrimSpace(text)
	switch {
	case text == "" || node == nil || node.Description == text:
	case node.Description == "":
		node.Description = text
	default:
		node.Description += "\n" + text
	}
}

func (i *importer) set(s *flinksql.Set) {
	if s.Key == nil {
		i.leaveOut(s)
		return
	}
	key, value := s.Key.Value, s.Value.Value
	switch {
	case key == "pipeline.name":
		i.doc.Name = value
	case key == "execution.runtime-mode" && (strings.EqualFold(value, "batch") || strings.EqualFold(value, "streaming")):
		i.doc.Mode = graph.Mode(strings.ToLower(value))
	case !allowedSetting(key):
		i.report(graph.Warning, s.Span, "setting-not-taken", "Setting was not taken in", fmt.Sprintf("%q belongs to the engine or the client, not to a pipeline.", key))
	default:
		i.doc.Settings[key] = value
	}
}

func (i *importer) reset(s *flinksql.Reset) {
	switch {
	case s.Key == nil:
		i.doc.Settings = map[string]string{}
		i.doc.Mode = graph.Streaming
	case s.Key.Value == "execution.runtime-mode":
		i.doc.Mode = graph.Streaming
	default:
		delete(i.doc.Settings, s.Key.Value)
	}
}

func (i *importer) use(s *flinksql.Use) {
	switch {
	case s.Modules:
		i.leaveOut(s)
	case s.Catalog:
		i.catalog, i.database = s.Path.Parts[0].Text, ""
	case len(s.Path.Parts) == 2:
		i.catalog, i.database = s.Path.Parts[0].Text, s.Path.Parts[1].Text
	default:
		i.database = s.Path.Parts[0].Text
	}
}

// completed is a path as USE completes it.
func (i *importer) completed(path flinksql.Path) []string {
	parts := names(path.Parts)
	if len(parts) == 1 && i.database != "" {
		parts = append([]string{i.database}, parts...)
	}
	if len(parts) == 2 && i.catalog != "" {
		parts = append([]string{i.catalog}, parts...)
	}
	return parts
}

func (i *importer) fullPath(path flinksql.Path) string {
	return strings.Join(i.completed(path), "\x00")
}

// nodeName makes a table's name a node's: letters, digits, _, - and $, at most 100.
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

// unique is the name, or the name with the first free number from 2 on.
func (i *importer) unique(name string) string {
	free := name
	for n := max(i.numbers[name], 2); i.used[free]; n++ {
		free = fmt.Sprintf("%s_%d", name, n)
		i.numbers[name] = n
	}
	i.used[free] = true
	return free
}

// target is what the node at the end of a query shall be called.
type target struct {
	name       string
	own        bool     // the name is the script's own: the query gets a node even where one has the same rows already
	columns    []string // what its columns shall be called; nil: as the query says
	byPosition bool     // other names do as well, where a sink will not take one column for another
}

// input is an edge into a node that is being made.
type input struct{ node, port string }

func from(r relation) []input { return []input{{r.node, "in"}} }

// add makes a node, or finds the one that does the same already.
func (i *importer) add(kind string, t target, config graph.Config, place flinksql.Span, columns []string, inputs ...input) relation {
	key := sameness(kind, config, inputs)
	if id, exists := i.same[key]; exists && !t.own {
		return relation{id, columns}
	}
	i.serial++
	digits := max(3, len(strconv.Itoa(len(i.source)/64)))
	id := fmt.Sprintf("%0*d-%s", digits, i.serial, kind) // in the order of the edges, so that the inputs of a union keep theirs
	name := i.nameOf(t)
	i.doc.Nodes[id] = &graph.Node{Kind: kind, Name: name, Config: config}
	for _, in := range inputs {
		i.connect(in, id)
	}
	i.unnamed[id] = !t.own
	i.putsOut[id] = columns
	i.same[key] = id
	i.keys = append(i.keys, key)
	i.made = append(i.made, madeNode{id, place})
	return relation{id, columns}
}

func (i *importer) connect(from input, to string) {
	i.doc.Edges = append(i.doc.Edges, graph.Edge{From: from.node, To: to, Port: from.port})
	i.readers[from.node]++
}

// nameOf is the node's own name where it is the first to ask for it, else a free one.
func (i *importer) nameOf(t target) string {
	if t.own && !i.owned[t.name] {
		i.owned[t.name] = true
		i.used[t.name] = true
		return t.name
	}
	return i.unique(t.name)
}

// adopt gives a node that the import has named by itself, and that nothing reads yet, the script's name for its rows.
func (i *importer) adopt(id string, t target) bool {
	node := i.doc.Nodes[id]
	if node.Kind == "source" && node.Config["hints"] == nil || !i.unnamed[id] || i.readers[id] > 0 {
		return false
	}
	i.adopted = append(i.adopted, adoption{node, node.Name, id})
	delete(i.used, node.Name)
	delete(i.unnamed, id)
	node.Name = i.nameOf(t)
	return true
}

// adoption is a node that got the script's name, and the one that it had.
type adoption struct {
	node   *graph.Node
	before string
	id     string
}

func (i *importer) giveBack(adopted []adoption) {
	for _, a := range adopted {
		delete(i.owned, a.node.Name)
		a.node.Name = a.before
		i.used[a.before], i.unnamed[a.id] = true, true
	}
}

func sameness(kind string, config graph.Config, inputs []input) string {
	text, err := json.Marshal(config)
	if err != nil {
		panic(err) // texts and lists of texts
	}
	return fmt.Sprintf("%s %s %v", kind, text, inputs)
}

// mark remembers how far the document had grown, so that a part that gives up leaves nothing behind.
func (i *importer) mark() (undo func()) {
	edges, made, keys := len(i.doc.Edges), len(i.made), len(i.keys)
	findings, adopted := len(i.findings), len(i.adopted)
	return func() {
		i.giveBack(i.adopted[adopted:])
		i.adopted = i.adopted[:adopted]
		for _, m := range i.made[made:] {
			if i.doc.Nodes[m.id].Kind != "source" {
				i.remove(m.id)
			}
		}
		i.keepEdges(edges)
		for _, m := range i.made[made:] {
			if i.doc.Nodes[m.id] != nil && i.readers[m.id] == 0 {
				i.remove(m.id) // a source that only the part has read
			}
		}
		i.made = i.made[:made]
		i.findings = i.findings[:findings]
		kept := i.keys[:keys]
		for _, key := range i.keys[keys:] {
			if i.doc.Nodes[i.same[key]] == nil {
				delete(i.same, key)
			} else {
				kept = append(kept, key)
			}
		}
		i.keys = kept
	}
}

// remove takes a node out again and gives its name free.
func (i *importer) remove(id string) {
	name := i.doc.Nodes[id].Name
	delete(i.used, name)
	if i.owned[name] {
		delete(i.owned, name)
		i.used[name] = true // it is the script's
	}
	delete(i.doc.Nodes, id)
	for _, table := range i.order {
		maps.DeleteFunc(table.sources, func(_ string, r relation) bool { return r.node == id })
	}
}

func (i *importer) keepEdges(first int) {
	kept := i.doc.Edges[:first]
	for _, edge := range i.doc.Edges[first:] {
		if i.doc.Nodes[edge.To] != nil && i.doc.Nodes[edge.From] != nil {
			kept = append(kept, edge)
		} else {
			i.readers[edge.From]--
		}
	}
	i.doc.Edges = kept
}
