package sample

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

// Endless finds the sources without a sample in use that never end, so that a run on samples would not either.
func Endless(doc *graph.Document) []graph.Diagnostic {
	var found []graph.Diagnostic
	used, lookups := inUse(doc), lookupTables(doc)
	for _, id := range doc.NodeIDs() {
		node := doc.Nodes[id]
		if node.Kind != "source" || slices.Contains(used, id) || lookups[id] != "" || !neverEnds(optionsOf(node.Config)) {
			continue
		}
		found = append(found, graph.Diagnostic{
			Node: id, Field: "samples." + id, Severity: graph.Error, Code: "endless-source", Summary: "Source has no sample and never ends",
			Detail: fmt.Sprintf("%s goes on for ever, so that the run would have no result: give it a sample.", node.Name),
		})
	}
	return found
}

func neverEnds(options map[string]string) bool {
	switch options["connector"] {
	case "kafka", "upsert-kafka":
		return options["scan.bounded.mode"] == "" || options["scan.bounded.mode"] == "unbounded"
	case "datagen":
		return options["number-of-rows"] == "" && !hasSequence(options)
	case "filesystem":
		return options["source.monitor-interval"] != ""
	case "kinesis", "pulsar", "rabbitmq", "socket":
		return true
	}
	return strings.HasSuffix(options["connector"], "-cdc")
}

// hasSequence tells whether a field of a generator counts up to an end, with which the generator ends.
func hasSequence(options map[string]string) bool {
	for key, value := range options {
		if strings.HasPrefix(key, "fields.") && strings.HasSuffix(key, ".kind") && value == "sequence" {
			return true
		}
	}
	return false
}
