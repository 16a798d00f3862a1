package compiler

import "millrace/graph"

// kind is a kind of node: its description and how it becomes SQL.
type kind struct {
	graph.Kind
	emit func(*emission)
}

// kinds is the table of kinds, in the order of the palette.
var kinds = []kind{
	source, values,
	filter, selection, join, union, aggregate, windowAggregate, window, overAggregate, deduplicate, topN, unnest, pattern, order,
	udf, tableFunction, freeSQL,
	sink,
}

var kindOf, kindsByName = byName(kinds)

func byName(kinds []kind) (map[string]kind, map[string]graph.Kind) {
	all, described := map[string]kind{}, map[string]graph.Kind{}
	for _, k := range kinds {
		all[k.Kind.Kind], described[k.Kind.Kind] = k, k.Kind
	}
	return all, described
}

// Kinds describes every kind of node, in the order of the palette.
func Kinds() []graph.Kind {
	described := make([]graph.Kind, 0, len(kinds))
	for _, k := range kinds {
		described = append(described, k.Kind)
	}
	return described
}

// one is the port of kinds with a single input.
var one = []graph.Port{{Name: "in", Title: "Input", Required: true}}
