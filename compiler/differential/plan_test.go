package differential_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// operator is one line of an optimised plan: Join(joinType=[InnerJoin], where=[…], select=[…])(reuse_id=[1]).
type operator struct {
	lead       string // the drawing before it
	name, tail string // what stands before and behind the attributes
	attributes []attribute
	inputs     []*operator
	members    []*operator // of a MultipleInput
	input      int         // of a member that reads the whole's input: its number, from 1
	reads      *operator   // of Reused
	outputs    []string    // the columns' names
}

type attribute struct{ name, text string }

func (o *operator) get(name string) (string, bool) {
	for _, a := range o.attributes {
		if a.name == name {
			return a.text, true
		}
	}
	return "", false
}

// plan is what EXPLAIN CHANGELOG_MODE prints, read into operators: the optimised physical plan with its changelog modes and
// the optimised execution plan with what is reused.
type plan struct{ operators []*operator }

func readPlan(explained string) (*plan, error) {
	_, text, found := strings.Cut(explained, "== Optimized Physical Plan ==\n")
	if !found {
		return nil, fmt.Errorf("no optimised plan in %q", explained)
	}
	p := &plan{}
	reused := map[string]*operator{}
	var err error
	if p.operators, err = readTrees(strings.Split(text, "\n"), reused); err != nil {
		return nil, err
	}
	named := map[*operator]bool{}
	for _, o := range p.operators {
		nameOutputs(o, reused, named)
	}
	return p, nil
}

// readTrees reads lines of operators; those that are read again elsewhere are put into reused by their number.
func readTrees(lines []string, reused map[string]*operator) ([]*operator, error) {
	var all, path []*operator // path: from the root of the tree to the last operator
	for _, line := range lines {
		if line == "" || strings.HasPrefix(line, "== ") {
			path = nil
			continue
		}
		o := readOperator(line)
		depth := utf8.RuneCountInString(o.lead) / 3
		if depth > len(path) {
			return nil, fmt.Errorf("%q has no operator above it", line)
		}
		path = append(path[:depth], o)
		if depth > 0 {
			path[depth-1].inputs = append(path[depth-1].inputs, o)
		}
		if id := reuseID.FindStringSubmatch(o.tail); id != nil {
			reused[id[1]] = o
		}
		all = append(all, o)
	}
	for _, o := range all {
		if err := o.readMembers(reused); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// readMembers reads the operators that a batch plan has put into one: members=[\nHashJoin(…)\n:- [#2] Exchange(…)\n], where
// \n are two characters and [#2] is the second input of the whole.
func (o *operator) readMembers(reused map[string]*operator) error {
	text, ok := o.get("members")
	if !ok {
		return nil
	}
	var err error
	if o.members, err = readTrees(strings.Split(text, `\n`), reused); err != nil {
		return err
	}
	for _, member := range o.members {
		if member.input > len(o.inputs) {
			return fmt.Errorf("%s has no input %d", o.name, member.input)
		}
		if member.input > 0 {
			member.inputs = []*operator{o.inputs[member.input-1]}
		}
	}
	return nil
}

var (
	reuseID     = regexp.MustCompile(`reuse_id=\[(\d+)\]`)
	memberInput = regexp.MustCompile(`\[#(\d+)\] $`)
)

func readOperator(line string) *operator {
	start := strings.IndexFunc(line, unicode.IsLetter)
	o := &operator{lead: line[:start]}
	if at := memberInput.FindStringSubmatchIndex(line[:start]); at != nil {
		o.lead = line[:at[0]]
		o.input, _ = strconv.Atoi(line[at[2]:at[3]])
	}
	line = line[start:]
	open := strings.IndexByte(line, '(')
	if open < 0 {
		o.name = line
		return o
	}
	end := closing(line, open)
	o.name, o.tail = line[:open], line[min(end+1, len(line)):]
	for _, part := range splitTop(line[open+1 : end]) {
		name, text, _ := strings.Cut(part, "=")
		o.attributes = append(o.attributes, attribute{name, strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")})
	}
	return o
}

// closing is where the bracket at open closes, or the end of the text.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '\'':
			i = literalEnd(text, i) - 1
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(text)
}

// literalEnd is the index behind a text literal. The 'w$ of a window's name is no literal.
func literalEnd(text string, start int) int {
	if strings.HasPrefix(text[start:], "'w$") {
		return start + len("'w$")
	}
	for i := start + 1; i < len(text); i++ {
		if text[i] != '\'' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '\'' {
			i++
			continue
		}
		return i + 1
	}
	return len(text)
}

// splitTop cuts a list at the commas that stand in no bracket.
func splitTop(text string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\'':
			i = literalEnd(text, i) - 1
		case '(', '[', '{':
			i = closing(text, i)
		case ',':
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(text[min(start, len(text)):]); rest != "" {
		parts = append(parts, rest)
	}
	return parts
}

// splitAlias cuts "expression AS name" at the last AS that stands in no bracket; without one the name is "".
func splitAlias(item string) (expression, alias string) {
	cut := -1
	for i := 0; i < len(item); i++ {
		switch item[i] {
		case '\'':
			i = literalEnd(item, i) - 1
		case '(', '[', '{':
			i = closing(item, i)
		case ' ':
			if strings.HasPrefix(item[i:], " AS ") {
				cut = i
			}
		}
	}
	if cut < 0 {
		return item, ""
	}
	return item[:cut], item[cut+len(" AS "):]
}

// listed are the attributes whose items name an operator's columns, the first of an operator's counts.
var listed = []string{"select", "measures", "projects", "values", "union", "fields"}

func nameOutputs(o *operator, reused map[string]*operator, named map[*operator]bool) {
	if named[o] {
		return
	}
	named[o] = true
	for _, input := range o.inputs {
		nameOutputs(input, reused, named)
	}
	for _, member := range o.members {
		nameOutputs(member, reused, named)
	}
	if len(o.members) > 0 {
		o.outputs = o.members[0].outputs
		return
	}
	if id, ok := o.get("reference_id"); ok && o.name == "Reused" && reused[id] != nil {
		nameOutputs(reused[id], reused, named)
		o.outputs, o.reads = reused[id].outputs, reused[id]
		return
	}
	if record, ok := o.get("type"); ok && o.name == "Values" {
		for _, field := range splitTop(recordFields(record)) {
			o.outputs = append(o.outputs, field[strings.LastIndexByte(field, ' ')+1:])
		}
		return
	}
	for _, name := range listed {
		text, ok := o.get(name)
		if !ok || name == "fields" && len(o.inputs) > 0 {
			continue
		}
		if name == "measures" {
			keys, _ := o.get("partitionBy")
			o.outputs = splitTop(keys)
		}
		if name == "projects" { // lists of columns, one for each grouping set
			text = strings.Trim(splitTop(text)[0], "{}")
		}
		o.outputs = append(o.outputs, columnNames(text)...)
		return
	}
	o.outputs = inputNames(o)
	if o.name == "WindowTableFunction" {
		o.outputs = append(slices.Clone(o.outputs), "window_start", "window_end", "window_time")
	}
}

// recordFields are the types and names in RecordType(…).
func recordFields(record string) string {
	return strings.TrimSuffix(strings.TrimPrefix(record, "RecordType("), ")")
}

func columnNames(list string) []string {
	var names []string
	for _, item := range splitTop(list) {
		switch expression, alias := splitAlias(item); {
		case strings.HasPrefix(alias, "("): // the parts of an accumulator
			names = append(names, splitTop(strings.Trim(alias, "()"))...)
		case alias != "":
			names = append(names, alias)
		default:
			names = append(names, expression)
		}
	}
	return names
}

// inputNames are the columns that an operator's expressions can name: those of its inputs one after the other, doubles
// numbered as Calcite numbers them.
func inputNames(o *operator) []string {
	var names []string
	taken := map[string]bool{}
	for i, input := range o.inputs {
		if i > 0 && o.name == "Union" {
			break
		}
		for _, name := range input.outputs {
			unique := name
			for n := 0; taken[unique]; n++ {
				unique = name + strconv.Itoa(n)
			}
			taken[unique] = true
			names = append(names, unique)
		}
	}
	return names
}
