package mysqlddl

import (
	"fmt"
	"slices"
	"strings"
)

// thing is what a MySQL table can have besides columns.
type thing uint8

const (
	nothing thing = iota
	primaryKey
	uniqueKey
	index
	foreignKey
	check
	defaultValue
	onUpdate
	counter
	generated
	invisible
	enumValues
	collation
	partitions
	versioning
)

// leftWords say what is left out, in the order of a sentence.
var leftWords = []struct {
	thing thing
	word  string
}{
	{uniqueKey, "unique keys"},
	{index, "indexes"},
	{foreignKey, "foreign keys"},
	{check, "checks"},
	{enumValues, "lists of values"},
	{defaultValue, "default values"},
	{onUpdate, "ON UPDATE"},
	{counter, "AUTO_INCREMENT"},
	{generated, "expressions of generated columns"},
	{invisible, "INVISIBLE"},
	{collation, "collations"},
	{partitions, "partitions"},
	{versioning, "system versioning"},
}

// leftOut collects the names of what is left out, by thing.
type leftOut map[thing][]string

func (l leftOut) add(what thing, name string) {
	if !slices.Contains(l[what], name) {
		l[what] = append(l[what], name)
	}
}

func (l leftOut) remove(what thing, name string) {
	l[what] = slices.DeleteFunc(l[what], func(known string) bool { return strings.EqualFold(known, name) })
}

func (l leftOut) clone() leftOut {
	copied := leftOut{}
	for what, names := range l {
		copied[what] = slices.Clone(names)
	}
	return copied
}

// sentence names everything; "" when there is nothing.
func (l leftOut) sentence() string {
	var parts []string
	for _, w := range leftWords {
		if names := l[w.thing]; len(names) > 0 {
			names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })
			part := w.word
			if len(names) > 0 {
				part += " (" + some(names) + ")"
			}
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	sentence := "A Flink table has no " + enumerate(parts, "or") + "; MySQL still applies its own."
	if slices.ContainsFunc(l[collation], func(name string) bool { return strings.Contains(strings.ToLower(name), "_ci") }) {
		sentence += " Flink compares texts letter by letter, upper and lower case apart."
	}
	return sentence
}

const mostNames = 6

// some joins names and counts what would be too many.
func some(names []string) string {
	if len(names) <= mostNames {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNames-1], ", "), len(names)-mostNames+1)
}

func enumerate(parts []string, last string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " " + last + " " + parts[len(parts)-1]
}
