package job

import (
	"regexp"
	"slices"
	"strings"

	"millrace/graph"
	"millrace/server/flink"
)

// Flink's operators are not our nodes: filters are merged into others, columns and whole views are pruned, numbers change
// with each submit. So a figure is given to a node only where exactly one operator can be meant: the scan of a source's
// table, the writer of a sink's table, and the join or aggregate that stands alone among those with the same sources.

var (
	joinOperator      = regexp.MustCompile(`Join$`)
	aggregateOperator = regexp.MustCompile(`WindowAggregate$`)
	metricName        = regexp.MustCompile(`[^\p{L}\p{N}_-]`)
	joinInQuery       = regexp.MustCompile(`(?i)\bjoin\b`)
	windowInQuery     = regexp.MustCompile(`(?i)\b(tumble|hop|cumulate|session)\s*\(`)
)

// operator is one operator of the running job with its counters.
type operator struct {
	name    string
	number  int
	vertex  string
	sources string // names of the source tables that reach it, joined
	in, out *int64
}

// figures maps counters to nodes.
func figures(doc *graph.Document, job flink.JobDetail, metrics map[string][]flink.OperatorMetric) map[string]Figures {
	operators := operatorsOf(job, metrics)
	found := map[string]Figures{}
	reach := sourcesOf(doc)
	for id, node := range doc.Nodes {
		switch node.Kind {
		case "source":
			if o := only(operators, func(o operator) bool { return o.name == "Source__"+metricTable(node) }); o != nil {
				found[id] = Figures{RecordsOut: o.out}
			}
		case "sink":
			if o := sinkOperator(doc, node, reach[id], reach, operators); o != nil {
				found[id] = Figures{RecordsIn: o.in}
			}
		case "join":
			if alone(doc, reach, id, "join", joinInQuery) {
				if o := only(operators, func(o operator) bool { return joinOperator.MatchString(o.name) && o.sources == reach[id] }); o != nil {
					found[id] = Figures{RecordsIn: o.in, RecordsOut: o.out}
				}
			}
		case "windowAggregate":
			if alone(doc, reach, id, "windowAggregate", windowInQuery) {
				if f, ok := windowFigures(operators, reach[id]); ok {
					found[id] = f
				}
			}
		}
	}
	return found
}

// windowFigures reads a window aggregate that may be split into a local and a global half.
func windowFigures(operators []operator, sources string) (Figures, bool) {
	local := only(operators, func(o operator) bool {
		return strings.HasPrefix(o.name, "Local") && aggregateOperator.MatchString(o.name) && o.sources == sources
	})
	global := only(operators, func(o operator) bool {
		return !strings.HasPrefix(o.name, "Local") && aggregateOperator.MatchString(o.name) && o.sources == sources
	})
	switch {
	case global == nil:
		return Figures{}, false
	case local == nil:
		return Figures{RecordsIn: global.in, RecordsOut: global.out}, true
	}
	return Figures{RecordsIn: local.in, RecordsOut: global.out}, true
}

// sinkOperator finds a sink's writer by its table's name; a file sink's writer bears none and is told by its sources.
func sinkOperator(doc *graph.Document, sink *graph.Node, sources string, reach map[string]string, operators []operator) *operator {
	table := metricTable(sink)
	if o := only(operators, func(o operator) bool { return o.name == "Sink__"+table || o.name == table+"__Writer" }); o != nil {
		return o
	}
	same := 0
	for id, node := range doc.Nodes {
		if connector, _ := node.Config.At("table.options.connector"); node.Kind == "sink" && connector == "filesystem" && reach[id] == sources {
			same++
		}
	}
	if same != 1 {
		return nil
	}
	return only(operators, func(o operator) bool { return o.name == "StreamingFileWriter" && o.sources == sources })
}

// only returns the operator that fits, when it is the only one.
func only(operators []operator, fits func(operator) bool) *operator {
	var found *operator
	for i := range operators {
		if !fits(operators[i]) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &operators[i]
	}
	return found
}

// alone tells whether no other node could own an operator of the same kind over the same sources.
func alone(doc *graph.Document, reach map[string]string, id, kind string, inQuery *regexp.Regexp) bool {
	for other, node := range doc.Nodes {
		if other == id || reach[other] != reach[id] {
			continue
		}
		query, _ := node.Config["query"].(string)
		if node.Kind == kind || node.Kind == "sql" && inQuery.MatchString(query) {
			return false
		}
	}
	return true
}

// metricTable is the table's name as it stands in Flink's metric names.
func metricTable(node *graph.Node) string {
	name := node.Name
	if path, _ := node.Config["catalogTable"].(string); path != "" {
		name = strings.Trim(path[strings.LastIndex(path, ".")+1:], "`")
	}
	return metricName.ReplaceAllString(name, "_")
}

// sourcesOf tells for each node which source tables reach it, as one comparable text.
func sourcesOf(doc *graph.Document) map[string]string {
	order, _ := doc.Order()
	inputs := doc.Inputs()
	sets := map[string]map[string]bool{}
	reach := map[string]string{}
	for _, id := range order {
		set := map[string]bool{}
		if doc.Nodes[id].Kind == "source" {
			set[metricTable(doc.Nodes[id])] = true
		}
		for _, edge := range inputs[id] {
			for source := range sets[edge.From] {
				set[source] = true
			}
		}
		sets[id] = set
		reach[id] = joined(set)
	}
	return reach
}

// operatorsOf lists the operators of all vertices with the sources that reach their vertex. Once the job has ended Flink's
// counters of operators stay behind and those of short vertices are missing, but a vertex's own count is exact: it is what
// its first operator read, or, for a source, put out.
func operatorsOf(job flink.JobDetail, metrics map[string][]flink.OperatorMetric) []operator {
	inputs, own := map[string][]string{}, map[string]string{}
	for _, vertex := range job.Vertices {
		inputs[vertex.ID] = vertex.Inputs
		if table, isSource := strings.CutPrefix(firstOperator(vertex), "Source__"); isSource {
			own[vertex.ID] = table
		}
	}
	var operators []operator
	for _, vertex := range job.Vertices {
		sources := map[string]bool{}
		collect(vertex.ID, inputs, own, sources, map[string]bool{})
		all := vertexOperators(vertex.ID, joined(sources), metrics[vertex.ID])
		if flink.IsTerminal(job.State) {
			all = settled(vertex, joined(sources), all)
		}
		operators = append(operators, all...)
	}
	return operators
}

// settled puts the vertex's exact count on its first operator, unless that knows of more already. Sources that do not count
// what they read, such as datagen's, have a zero there, which says nothing.
func settled(vertex flink.Vertex, sources string, operators []operator) []operator {
	first, exact := firstOperator(vertex), vertex.RecordsIn
	isSource := strings.HasPrefix(first, "Source__")
	if isSource && exact == 0 {
		return operators
	}
	at := slices.IndexFunc(operators, func(o operator) bool { return o.name == first })
	if at < 0 {
		at = len(operators)
		operators = append(operators, operator{name: first, vertex: vertex.ID, sources: sources})
	}
	figure := &operators[at].in
	if isSource {
		figure = &operators[at].out
	}
	if *figure == nil || **figure < exact {
		*figure = &exact
	}
	return operators
}

// firstOperator is the name of a vertex's first operator as metrics write it: vertices are named "Source: t[1] -> Calc[2]".
func firstOperator(vertex flink.Vertex) string {
	name, _, _ := strings.Cut(vertex.Name, "[")
	return metricName.ReplaceAllString(name, "_")
}

func collect(vertex string, inputs map[string][]string, own map[string]string, sources, seen map[string]bool) {
	if seen[vertex] {
		return
	}
	seen[vertex] = true
	if source, isSource := own[vertex]; isSource {
		sources[source] = true
	}
	for _, input := range inputs[vertex] {
		collect(input, inputs, own, sources, seen)
	}
}

func vertexOperators(vertex, sources string, metrics []flink.OperatorMetric) []operator {
	type key struct {
		name   string
		number int
	}
	at := map[key]int{}
	var operators []operator
	for _, metric := range metrics {
		k := key{metric.Operator, metric.Number}
		i, known := at[k]
		if !known {
			i = len(operators)
			at[k] = i
			operators = append(operators, operator{name: k.name, number: k.number, vertex: vertex, sources: sources})
		}
		value := int64(metric.Value)
		switch metric.Metric {
		case "numRecordsIn":
			operators[i].in = &value
		case "numRecordsOut":
			operators[i].out = &value
		}
	}
	return operators
}

func joined(set map[string]bool) string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, "\x00")
}
