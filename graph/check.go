package graph

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

var (
	nodeID   = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	nodeName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_$-]{0,127}$`)
)

// Check finds the structural mistakes of a document: unknown kinds, illegal and doubled names, missing values, dangling
// and doubly fed ports, cycles. Diagnostics come in the order of node ids; kinds are by name.
func Check(doc *Document, kinds map[string]Kind) []Diagnostic {
	edges := doc.sortedEdges()
	c := checker{doc: doc, kinds: kinds, sorted: edges, byTarget: byTarget(edges, len(doc.Nodes)), names: make(map[string]string, len(doc.Nodes))}
	for _, id := range doc.NodeIDs() {
		c.node(id, doc.Nodes[id])
	}
	c.edges()
	c.cycles()
	return c.found
}

// Inputs returns every node's incoming edges in canonical order, by node id.
func (d *Document) Inputs() map[string][]Edge {
	return byTarget(d.sortedEdges(), len(d.Nodes))
}

func byTarget(edges []Edge, nodes int) map[string][]Edge {
	inputs := make(map[string][]Edge, nodes)
	for _, edge := range edges {
		inputs[edge.To] = append(inputs[edge.To], edge)
	}
	return inputs
}

type checker struct {
	doc      *Document
	kinds    map[string]Kind
	sorted   []Edge
	byTarget map[string][]Edge
	names    map[string]string // name to the first node's id
	found    []Diagnostic
}

func (c *checker) report(node, field, code, summary, detail string) {
	c.found = append(c.found, Diagnostic{Node: node, Field: field, Severity: Error, Code: code, Summary: summary, Detail: detail})
}

func (c *checker) node(id string, node *Node) {
	kind, known := c.kinds[node.Kind]
	if !known {
		c.report(id, "kind", "unknown-kind", "Unknown kind of node",
			fmt.Sprintf("There is no kind %q. Use one of %s.", node.Kind, strings.Join(c.kindNames(), ", ")))
		return
	}
	c.name(id, node.Name)
	for _, field := range kind.Fields {
		c.field(id, node, field)
	}
	for _, port := range kind.Inputs {
		c.port(id, node, port)
	}
}

func (c *checker) name(id, name string) {
	if !nodeName.MatchString(name) {
		c.report(id, "name", "illegal-name", "Illegal name",
			fmt.Sprintf("%q cannot name a node: begin with a letter or _ and go on with letters, digits, _, - and $.", name))
		return
	}
	if first, taken := c.names[name]; taken {
		c.report(id, "name", "duplicate-name", "Name is taken",
			fmt.Sprintf("Node %s is called %q as well. Names become views in SQL: choose another one.", first, name))
		return
	}
	c.names[name] = id
}

func (c *checker) field(id string, node *Node, field Field) {
	if field.ShowWhen != nil && !field.ShowWhen.Holds(node.Config) {
		return
	}
	value, present := node.Config.At(field.Path)
	if !present || isEmpty(value) {
		if field.Required {
			c.report(id, field.Path, "missing-value", field.Title+" is missing", "Fill in "+strings.ToLower(field.Title)+". "+field.Help)
		}
		return
	}
	if problem := field.shape(value); problem != "" {
		c.report(id, field.Path, "wrong-shape", field.Title+" has the wrong shape", problem)
	}
}

// Holds tells whether the condition holds for the config.
func (c *Condition) Holds(config Config) bool {
	value, _ := config.At(c.Path)
	text, _ := value.(string)
	for _, wanted := range c.Values {
		if text == wanted {
			return true
		}
	}
	return false
}

func isEmpty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// shape says what is wrong with the JSON shape of a field's value; "" when nothing is.
func (f Field) shape(value any) string {
	switch f.Type {
	case BooleanField:
		if _, ok := value.(bool); !ok {
			return "Write true or false."
		}
	case ColumnListField, ExpressionListField, HintListField:
		return eachOf(value, "a list of texts", isText)
	case ColumnListsField, ValueRowsField:
		return eachOf(value, "a list of lists of texts", func(item any) bool { return eachOf(item, "", isText) == "" })
	case OrderByField:
		return eachOf(value, `a list of {"expression", "direction": "asc" or "desc", "nulls": "first" or "last"}`, isSortKey)
	case NamedExpressionsField:
		return eachOf(value, `a list of {"name", "expression"}`, func(item any) bool { return hasTexts(item, "name", "expression") })
	case TableColumnsField:
		return eachOf(value, `a list of {"name", "type"}`, func(item any) bool {
			return hasTexts(item, "name", "type") || hasTexts(item, "name", "expression")
		})
	case OptionsField:
		object, ok := value.(map[string]any)
		if !ok {
			return "Write an object of texts."
		}
		for _, key := range sortedKeys(object) {
			if _, ok := object[key].(string); !ok {
				return fmt.Sprintf("Option %q is not a text; write it in quotes.", key)
			}
		}
	case EnumField:
		text, _ := value.(string)
		var choices []string
		for _, choice := range f.Values {
			if choice.Value == text {
				return ""
			}
			choices = append(choices, choice.Value)
		}
		return fmt.Sprintf("Choose one of %s.", strings.Join(choices, ", "))
	default:
		if _, ok := value.(string); !ok {
			return "Write a text."
		}
	}
	return ""
}

func eachOf(value any, shape string, fits func(any) bool) string {
	list, ok := value.([]any)
	if !ok {
		return "Write " + shape + "."
	}
	for i, item := range list {
		if !fits(item) {
			return fmt.Sprintf("Entry %d does not fit: write %s.", i+1, shape)
		}
	}
	return ""
}

func isText(item any) bool { _, ok := item.(string); return ok }

// isSortKey tells an entry of an orderBy field; without a direction and nulls Flink's own hold.
func isSortKey(item any) bool {
	object, _ := item.(map[string]any)
	return hasTexts(item, "expression") && isOneOf(object["direction"], "asc", "desc") && isOneOf(object["nulls"], "first", "last")
}

// isOneOf tells whether a value is absent or one of two.
func isOneOf(value any, a, b string) bool { return value == nil || value == a || value == b }

func hasTexts(item any, keys ...string) bool {
	object, ok := item.(map[string]any)
	if !ok {
		return false
	}
	for _, key := range keys {
		if _, ok := object[key].(string); !ok {
			return false
		}
	}
	for key, value := range object {
		if _, ok := value.(string); !ok || key == "" {
			return false
		}
	}
	return true
}

func (c *checker) port(id string, node *Node, port Port) {
	fed := 0
	for _, edge := range c.byTarget[id] {
		if edge.Port == port.Name {
			fed++
		}
	}
	if fed == 0 && port.Required {
		c.report(id, "", "unconnected-port", "Port "+port.Name+" has no input", fmt.Sprintf("Connect a node to the port %q of %s.", port.Title, node.Name))
	}
	if fed > 1 && !port.Many {
		c.report(id, "", "doubly-fed-port", "Port "+port.Name+" is fed twice", fmt.Sprintf("The port %q takes one edge and has %d: remove all but one, or unite them first.", port.Title, fed))
	}
}

func (c *checker) edges() {
	for i, edge := range c.sorted {
		from, to := c.doc.Nodes[edge.From], c.doc.Nodes[edge.To]
		if from == nil || to == nil {
			c.danglingEnd(edge, from == nil, to == nil)
			continue
		}
		if i > 0 && edge == c.sorted[i-1] {
			c.report(edge.To, "", "duplicate-edge", "Edge stands twice", fmt.Sprintf("The edge %s is there twice: remove one.", edge.Key()))
		}
		if kind, known := c.kinds[from.Kind]; known && !kind.Output {
			c.report(edge.From, "", "no-output", "Node has no output", fmt.Sprintf("%s is a %s: nothing can be connected behind it. Remove the edge to %s.", from.Name, from.Kind, to.Name))
		}
		if kind, known := c.kinds[to.Kind]; known {
			if _, exists := kind.InputPort(edge.Port); !exists {
				c.report(edge.To, "", "unknown-port", "Edge ends at no port", fmt.Sprintf("A %s has no port %q%s.", to.Kind, edge.Port, portNames(kind)))
			}
		}
	}
}

func portNames(kind Kind) string {
	var names []string
	for _, port := range kind.Inputs {
		names = append(names, port.Name)
	}
	if len(names) == 0 {
		return "; it takes no input"
	}
	return "; it has " + strings.Join(names, " and ")
}

func (c *checker) danglingEnd(edge Edge, noFrom, noTo bool) {
	missing, at := edge.From, edge.To
	if noTo {
		missing, at = edge.To, edge.From
	}
	if noFrom && noTo {
		at = ""
	}
	c.report(at, "", "dangling-edge", "Edge has a loose end", fmt.Sprintf("The edge %s names node %q, which does not exist: remove it.", edge.Key(), missing))
}

func (c *checker) cycles() {
	_, cyclic := c.doc.Order()
	if len(cyclic) == 0 {
		return
	}
	var names []string
	for _, id := range cyclic {
		names = append(names, c.doc.Nodes[id].Name)
	}
	for _, id := range cyclic {
		c.report(id, "", "cycle", "Node stands in a cycle", fmt.Sprintf("Rows would run in a circle through %s: remove one of its edges.", strings.Join(names, ", ")))
	}
}

func (c *checker) kindNames() []string {
	names := make([]string, 0, len(c.kinds))
	for name := range c.kinds {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
