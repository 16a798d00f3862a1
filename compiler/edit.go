package compiler

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Finding is what an import or an edit of a script has to say about a place of it.
type Finding struct {
	graph.Diagnostic
	Start int `json:"start"` // bytes in the script
	End   int `json:"end"`
}

// Edit finds the operations that make of the document the one whose script this is: nodes whose statements did not change
// stay as they are, others keep id, position and what the script does not say while their names are still there. A script
// with mistakes changes nothing; the findings say where they are.
func Edit(doc *graph.Document, script string, options Options) ([]graph.Operation, []Finding) {
	compiled := Compile(doc, options)
	i := newImporter(script)
	i.keep = newKeeper(doc, compiled)
	i.run()
	for _, finding := range i.findings {
		if finding.Severity == graph.Error {
			return []graph.Operation{}, i.findings
		}
	}
	m := merge{old: doc, drawn: i.doc, keep: i.keep, ids: map[string]string{}, taken: map[string]bool{}}
	result := m.document()
	for n := range i.findings {
		i.findings[n].Node = m.ids[i.findings[n].Node]
	}
	return append([]graph.Operation{}, graph.Between(doc, result)...), i.findings
}

// keeper knows the statements of a document before its script was edited.
type keeper struct {
	doc       *graph.Document
	byText    map[string][]string // a statement's tokens, to the nodes that have it, in order; "" for those of no node
	compiled  map[string]bool     // nodes that have a statement, or a name in others'
	columns   map[string][]string
	byCatalog map[string]string // a catalog table's path, to its source
}

func newKeeper(doc *graph.Document, script Script) *keeper {
	k := &keeper{doc: doc, byText: map[string][]string{}, compiled: map[string]bool{}, columns: script.Columns, byCatalog: map[string]string{}}
	for _, statement := range script.Statements {
		text := tokensOf(statement.SQL)
		k.byText[text] = append(k.byText[text], statement.Node)
		k.compiled[statement.Node] = true
	}
	for _, edge := range doc.Edges { // a catalog's table shows in the statements of those who read it
		k.compiled[edge.From] = k.compiled[edge.From] || k.compiled[edge.To]
	}
	for id := range script.References {
		if path, _ := doc.Nodes[id].Config["catalogTable"].(string); path != "" && doc.Nodes[id].Kind == "source" {
			k.byCatalog[catalogPath(splitPath(path))] = id
		}
	}
	return k
}

// tokensOf is a statement without comments and with one space between its tokens.
func tokensOf(statement string) string {
	tokens, _ := flinksql.Lex(statement)
	var b strings.Builder
	for _, t := range flinksql.WithoutComments(tokens) {
		b.WriteString(statement[t.Start:t.End])
		b.WriteByte(' ')
	}
	return b.String()
}

// has tells whether the document's script had the statement.
func (k *keeper) has(statement string) bool {
	if k == nil {
		return false
	}
	return len(k.byText[tokensOf(statement)]) > 0
}

// take is the next node that had the statement; nil when none has.
func (k *keeper) take(statement string) (id string, node *graph.Node) {
	if k == nil {
		return "", nil
	}
	text := tokensOf(statement)
	ids := k.byText[text]
	if len(ids) == 0 || ids[0] == "" {
		return "", nil
	}
	k.byText[text] = ids[1:]
	return ids[0], k.doc.Nodes[ids[0]]
}

func (k *keeper) catalogName(path, name string) string {
	if k != nil && k.byCatalog[path] != "" {
		return k.doc.Nodes[k.byCatalog[path]].Name
	}
	return name
}

// keptView is the node of a view whose statement did not change, with its inputs, when those are there still.
func (i *importer) keptView(s *flinksql.CreateView) (relation, bool) {
	id, node := i.keep.take(s.Text(i.source))
	if node == nil {
		return relation{}, false
	}
	var inputs []input
	for _, edge := range i.keep.doc.Inputs()[id] {
		from, found := i.keptInput(edge.From)
		if !found {
			return relation{}, false
		}
		inputs = append(inputs, input{from.node, edge.Port})
	}
	i.comments.claim(i.comments.withTrailing(s.Span))
	return i.add(node.Kind, target{name: node.Name, own: true}, node.Config, s.Span, i.keep.columns[id], inputs...), true
}

func (i *importer) keptInput(id string) (r relation, found bool) {
	node := i.keep.doc.Nodes[id]
	if path, _ := node.Config["catalogTable"].(string); path != "" && node.Kind == "source" && node.Config["hints"] == nil {
		return i.catalogTable(&flinksql.TableName{Path: pathOf(splitPath(path)...)}), true
	}
	path := i.fullPath(pathOf(node.Name))
	if r, isView := i.views[path]; isView {
		return r, true
	}
	if table := i.tables[path]; table != nil {
		return i.readTable(table, &flinksql.TableName{}), true
	}
	return relation{}, false
}

func pathOf(parts ...string) flinksql.Path {
	var path flinksql.Path
	for _, part := range parts {
		path.Parts = append(path.Parts, flinksql.Name{Text: part})
	}
	return path
}

// merge lays what the edited script draws over the document that it was.
type merge struct {
	old, drawn *graph.Document
	keep       *keeper
	ids        map[string]string // of drawn nodes, to those of the result
	taken      map[string]bool   // ids of the old document that a drawn node has
}

func (m *merge) document() *graph.Document {
	m.matchNames()
	m.matchRenamed()
	result := graph.New(m.old.Name)
	result.Mode, result.Settings = m.drawn.Mode, m.drawn.Settings
	for key, value := range m.old.Settings {
		if !allowedSetting(key) {
			result.Settings[key] = value // the script never showed it
		}
	}
	if m.drawn.Name != "imported" {
		result.Name = m.drawn.Name
	}
	for id, node := range m.old.Nodes {
		if !m.taken[id] && !m.keep.compiled[id] {
			result.Nodes[id] = node // it had mistakes, so the script never showed it
		}
	}
	for _, id := range m.drawnOrder() {
		m.put(result, id)
	}
	m.edges(result)
	m.place(result)
	m.samples(result)
	return result
}

// samples keeps what is beside the script: all tests, and the samples whose sources are still there.
func (m *merge) samples(result *graph.Document) {
	result.Tests = m.old.Tests
	for id, sample := range m.old.Samples {
		if m.old.Nodes[id] != nil && result.Nodes[id] == nil {
			continue
		}
		if result.Samples == nil {
			result.Samples = map[string]*graph.Sample{}
		}
		result.Samples[id] = sample
	}
}

// drawnOrder are the drawn nodes, each behind its inputs.
func (m *merge) drawnOrder() []string {
	order, cyclic := m.drawn.Order()
	return slices.Concat(order, cyclic)
}

func (m *merge) take(drawn, old string) {
	m.ids[drawn] = old
	m.taken[old] = true
}

// matchNames gives drawn nodes the ids of the old ones with their names.
func (m *merge) matchNames() {
	byName := map[string]string{}
	for _, id := range m.old.NodeIDs() {
		if name := m.old.Nodes[id].Name; byName[name] == "" || m.keep.compiled[id] {
			byName[name] = id
		}
	}
	for _, id := range m.drawn.NodeIDs() {
		node := m.drawn.Nodes[id]
		if old := byName[node.Name]; old != "" && !m.taken[old] && samePlace(m.old.Nodes[old].Kind, node.Kind) {
			m.take(id, old)
		}
	}
}

// samePlace tells whether a node of one kind can become one of the other and stay itself.
func samePlace(a, b string) bool {
	return a == b || a != "sink" && b != "sink" && a != "source" && b != "source"
}

// matchRenamed gives drawn nodes the ids of old ones that do the same with the same inputs under another name.
func (m *merge) matchRenamed() {
	for _, id := range m.drawnOrder() {
		if m.ids[id] != "" {
			continue
		}
		node := m.drawn.Nodes[id]
		for _, old := range m.old.NodeIDs() {
			before := m.old.Nodes[old]
			if !m.taken[old] && m.keep.compiled[old] && before.Kind == node.Kind && reflect.DeepEqual(before.Config, node.Config) && m.sameInputs(id, old) {
				m.take(id, old)
				break
			}
		}
	}
}

func (m *merge) sameInputs(drawn, old string) bool {
	var a, b []string
	for _, edge := range m.drawn.Inputs()[drawn] {
		a = append(a, m.ids[edge.From]+" "+edge.Port)
	}
	for _, edge := range m.old.Inputs()[old] {
		b = append(b, edge.From+" "+edge.Port)
	}
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// put adds a drawn node to the result, under its old id or a new one.
func (m *merge) put(result *graph.Document, id string) {
	node := *m.drawn.Nodes[id]
	if old := m.ids[id]; old != "" {
		before := m.old.Nodes[old]
		node.Position = before.Position
		_, isCatalog := node.Config["catalogTable"]
		if node.Description == asComment(before.Description) || isCatalog && node.Kind == "source" && node.Description == "" {
			node.Description = before.Description // what it was, or what no statement of the script shows
		}
		result.Nodes[old] = &node
		return
	}
	for n := 1; m.ids[id] == ""; n++ {
		free := fmt.Sprintf("%s-%d", node.Kind, n)
		if m.old.Nodes[free] == nil && result.Nodes[free] == nil {
			m.ids[id] = free
		}
	}
	result.Nodes[m.ids[id]] = &node
}

// asComment is what an import makes of a description's comment.
func asComment(description string) string {
	var b strings.Builder
	writeComment(&b, description)
	var lines []string
	for line := range strings.Lines(b.String()) {
		if text := commentText(strings.TrimSuffix(line, "\n")); text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

func (m *merge) edges(result *graph.Document) {
	drawn := map[string]bool{}
	for _, edge := range m.drawn.Edges {
		result.Edges = append(result.Edges, graph.Edge{From: m.ids[edge.From], To: m.ids[edge.To], Port: edge.Port})
	}
	for _, id := range m.ids {
		drawn[id] = true
	}
	stays := func(id string) bool { return result.Nodes[id] != nil || m.old.Nodes[id] == nil }
	for _, edge := range m.old.Edges {
		if stays(edge.From) && stays(edge.To) && (!drawn[edge.From] || !drawn[edge.To]) {
			result.Edges = append(result.Edges, edge)
		}
	}
}

// place puts new nodes beside what they read, where nothing stands yet.
func (m *merge) place(result *graph.Document) {
	used := map[graph.Position]bool{}
	for id, node := range result.Nodes {
		if m.old.Nodes[id] != nil {
			used[node.Position] = true
		}
	}
	inputs := result.Inputs()
	order, _ := result.Order()
	for _, id := range order {
		if m.old.Nodes[id] != nil {
			continue
		}
		at := graph.Position{X: 80, Y: 80}
		for n, edge := range inputs[id] {
			from := result.Nodes[edge.From].Position
			if n == 0 {
				at.Y = from.Y
			}
			at.X = max(at.X, from.X+columnWidth)
		}
		for used[at] {
			at.Y += rowHeight
		}
		used[at] = true
		result.Nodes[id].Position = at
	}
}
