package differential_test

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// columnSums are what an operator's expressions can name: its own columns and, before them, those of its inputs.
func (c *canon) columnSums(o *operator) map[string]string {
	columns := map[string]string{}
	for i, sum := range c.outputs(o) {
		if i < len(o.outputs) {
			columns[o.outputs[i]] = sum
		}
	}
	c.addInputs(columns, o)
	return columns
}

func (c *canon) addInputs(columns map[string]string, o *operator) {
	var sums []string
	for i, input := range o.inputs {
		if i > 0 && o.name == "Union" {
			break
		}
		for _, sum := range c.outputs(input) {
			if len(o.inputs) > 1 && o.name != "Union" { // both sides may be the same
				sum = "$" + strconv.Itoa(i) + sum
			}
			sums = append(sums, sum)
		}
	}
	for i, name := range inputNames(o) {
		if i < len(sums) {
			columns[name] = sums[i]
		}
	}
}

// outputs are the sums of an operator's columns.
func (c *canon) outputs(o *operator) []string {
	if sums, known := c.sums[o]; known {
		return sums
	}
	sums := c.sumUp(o)
	c.sums[o] = sums
	return sums
}

func (c *canon) sumUp(o *operator) []string {
	var sums []string
	switch {
	case o.reads != nil:
		return c.outputs(o.reads)
	case len(o.members) > 0:
		return c.outputs(o.members[0])
	case o.name == "Union":
		for i := range o.outputs {
			var parts []string
			for _, input := range o.inputs {
				parts = append(parts, at(c.outputs(input), i))
			}
			sums = append(sums, sumOf(strings.Join(parts, "|")))
		}
		return sums
	case len(o.inputs) == 0:
		for _, name := range o.outputs {
			sums = append(sums, sumOf(name))
		}
		if o.name == "Values" {
			for i := range sums {
				sums[i] = sumOf(strconv.Itoa(i))
			}
		}
		return sums
	}
	columns := map[string]string{}
	c.addInputs(columns, o)
	for _, name := range []string{"select", "measures", "projects"} {
		if text, ok := o.get(name); ok {
			c.addOwn(columns, o)
			return append(c.keys(o, name, columns), c.sumItems(o, name, text, columns)...)
		}
	}
	for i, name := range o.outputs { // handed on, but for a window's columns
		sum := sumOf(name)
		if i < len(inputNames(o)) {
			sum = columns[name]
		}
		sums = append(sums, sum)
	}
	return sums
}

// addOwn adds the columns that an operator brings along itself, without an expression: those of a looked up table are known by
// their names, to which Flink adds digits where they are taken, those of a table function and a rank by their place.
func (c *canon) addOwn(columns map[string]string, o *operator) {
	if o.name == "Calc" { // its constants are no names
		for _, bound := range renamedBounds(o) {
			columns[bound] = windowBound
		}
		return
	}
	place := 0
	list, _ := o.get("select")
	for _, item := range splitTop(list) {
		if _, alias := splitAlias(item); alias != "" || columns[item] != "" || !slices.Contains(o.outputs, item) {
			continue
		}
		columns[item] = sumOf(fmt.Sprint("own ", place))
		if o.name == "LookupJoin" {
			columns[item] = sumOf("looked up " + strings.TrimRight(item, "0123456789"))
		}
		place++
	}
}

// keys are a pattern's partition columns, which it puts out before its measures.
func (c *canon) keys(o *operator, name string, columns map[string]string) []string {
	var sums []string
	if keys, _ := o.get("partitionBy"); name == "measures" {
		for _, key := range splitTop(keys) {
			sums = append(sums, c.columns(key, columns))
		}
	}
	return sums
}

// sumItems sums up a list of expressions, each of which is one column, or several where an accumulator has parts. Of lists of
// lists the columns are those that stand in one place.
func (c *canon) sumItems(o *operator, name, text string, columns map[string]string) []string {
	if name == "projects" {
		var places [][]string
		for _, list := range splitTop(text) {
			for i, item := range splitTop(strings.Trim(list, "{}")) {
				if i == len(places) {
					places = append(places, nil)
				}
				expression, _ := splitAlias(item)
				places[i] = append(places[i], c.columns(expression, columns))
			}
		}
		var sums []string
		for _, place := range places {
			sums = append(sums, sumOf(strings.Join(place, "|")))
		}
		return sums
	}
	var sums []string
	held := c.heldColumns(o)
	for _, item := range splitTop(text) {
		expression, alias := splitAlias(item)
		if column := held[plainConstant(expression)]; column != "" {
			expression = column
		}
		rendered := c.columns(expression, columns)
		if c.blurBounds && (rendered == "START('w$)" || rendered == "END('w$)") {
			sums = append(sums, windowBound)
			continue
		}
		switch {
		case strings.HasPrefix(alias, "("):
			for i := range splitTop(strings.Trim(alias, "()")) {
				sums = append(sums, sumOf(fmt.Sprint(rendered, i)))
			}
		case columns[expression] == rendered && strings.HasPrefix(rendered, "#"): // handed on
			sums = append(sums, rendered)
		default:
			sums = append(sums, sumOf(rendered))
		}
	}
	return sums
}

// heldColumns are the columns that a Calc's own condition holds to a constant, by the constant: behind it Flink may write
// either. A constant that is held by two columns is none's.
func (c *canon) heldColumns(o *operator) map[string]string {
	where, _ := o.get("where")
	if o.name != "Calc" || where == "" {
		return nil
	}
	held := map[string]string{}
	names := inputNames(o)
	for _, part := range terms(where, "AND") {
		sides := terms(part, "=")
		if len(sides) != 2 || !slices.Contains(names, sides[0]) || slices.Contains(names, sides[1]) || strings.ContainsRune(sides[1], '(') {
			continue
		}
		if constant := plainConstant(sides[1]); held[constant] == "" {
			held[constant] = sides[0]
		} else {
			held[constant] = " "
		}
	}
	maps.DeleteFunc(held, func(_, column string) bool { return column == " " })
	return held
}

// terms are what an operator stands between: AND(a, b) as the physical plan writes it, (a AND b) as the execution plan does.
func terms(text, operator string) []string {
	if inner, before := strings.CutPrefix(text, operator+"("); before {
		return splitTop(strings.TrimSuffix(inner, ")"))
	}
	if inner, bracketed := strings.CutPrefix(text, "("); bracketed && closing(text, 0) == len(text)-1 {
		inner = strings.TrimSuffix(inner, ")")
		for i := 0; i < len(inner); i++ {
			switch {
			case inner[i] == '\'':
				i = literalEnd(inner, i) - 1
			case inner[i] == '(':
				i = closing(inner, i)
			case strings.HasPrefix(inner[i:], " "+operator+" "):
				return append([]string{inner[:i]}, terms("("+inner[i+len(operator)+2:]+")", operator)...)
			}
		}
		if operator == "AND" {
			return []string{text}
		}
		return []string{inner}
	}
	return []string{text}
}

// plainConstant is a constant without the type that Flink writes behind it or around it.
func plainConstant(text string) string {
	if inner, isCast := strings.CutPrefix(text, "CAST("); isCast {
		text, _ = splitAlias(strings.TrimSuffix(inner, ")"))
	}
	if end := len(text); end > 0 && text[0] == '\'' {
		return text[:literalEnd(text, 0)]
	}
	value, _, _ := strings.Cut(text, ":")
	return value
}

// renamesBounds tells whether a plan names the start or the end of a window as nothing below it is called: where Flink has
// dropped a renaming of the two it prints the new name above the old ones.
func (p *plan) renamesBounds() bool {
	return slices.ContainsFunc(p.operators, func(o *operator) bool { return len(renamedBounds(o)) > 0 })
}

func renamedBounds(o *operator) []string {
	if o.name != "Calc" || len(o.inputs) != 1 || !strings.HasSuffix(o.inputs[0].name, "WindowAggregate") {
		return nil
	}
	known := inputNames(o)
	var unknown []string
	list, _ := o.get("select")
	for _, item := range splitTop(list) {
		if item == wordAt(item) && !slices.Contains(known, item) && !unicode.IsDigit(rune(item[0])) {
			unknown = append(unknown, item)
		}
	}
	return unknown
}

var windowBound = sumOf("the start or the end of a window")

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func sumOf(text string) string {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(text)) // never fails
	return fmt.Sprintf("#%010x", sum.Sum64()&0xffffffffff)
}
