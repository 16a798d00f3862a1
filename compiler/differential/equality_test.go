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

// canonical is a plan without the names that an import may choose. Each column stands as a short sum of what it is made of, so
// that neither its name nor its place inside the plan counts; correlation variables stand as the number of their first
// appearance, and tables not at all: their paths are returned in the order of the text. All else stays as Flink printed it, so
// that two plans are equal after renaming when these texts are equal and one renaming takes the tables of one to those of the
// other. With blurBounds the start and the end of windows count as one, for plans that do not say which is which.
func (p *plan) canonical(blurBounds bool) (text string, tables []string) {
	c := &canon{blurBounds: blurBounds, correlations: map[string]int{}, sums: map[*operator][]string{}}
	var b strings.Builder
	c.write(&b, p.operators)
	return b.String(), c.tables
}

type canon struct {
	blurBounds   bool
	correlations map[string]int
	sums         map[*operator][]string // of the output columns
	tables       []string               // paths
}

func (c *canon) write(b *strings.Builder, operators []*operator) {
	for _, o := range operators {
		if o.lead == "" {
			b.WriteString("\n")
		}
		b.WriteString(o.lead + o.name)
		if o.input > 0 {
			fmt.Fprintf(b, " of input %d", o.input)
		}
		var parts []string
		columns := c.columnSums(o)
		for _, a := range o.attributes {
			if a.name != "members" && (a.name != "hints" || !ofTable(o, a)) {
				parts = append(parts, a.name+"=["+c.attribute(o, a, columns)+"]")
			}
		}
		b.WriteString("(" + strings.Join(parts, ", ") + ")" + o.tail)
		if o.lead == "" { // only at the end of a plan do places count
			b.WriteString(" gives " + strings.Join(c.outputs(o), " "))
		}
		b.WriteString("\n")
		if len(o.members) > 0 {
			c.write(b, o.members)
			b.WriteString("end of members\n")
		}
	}
}

// ofTable tells hints that change a table's options: see table.
func ofTable(o *operator, hints attribute) bool {
	return strings.HasSuffix(o.name, "Sink") || strings.HasPrefix(hints.text, "[[OPTIONS ")
}

func (c *canon) attribute(o *operator, a attribute, columns map[string]string) string {
	switch {
	case a.name == "table":
		return c.table(a.text)
	case a.name == "fields" && len(o.inputs) == 0 && strings.HasSuffix(o.name, "Scan"):
		return a.text // what the source calls its columns is not ours to change
	case a.name == "fields" && strings.HasSuffix(o.name, "Sink"):
		return strings.Join(c.outputs(o.inputs[0]), ", ")
	case a.name == "union", a.name == "values":
		return strconv.Itoa(len(splitTop(a.text))) + " columns"
	case a.name == "rowType", a.name == "type" && o.name == "Values":
		return rowTypes(recordFields(a.text))
	case a.name == "lookup":
		return c.lookup(a.text, columns)
	case a.name == "windowBounds":
		return c.windowBounds(o, a.text)
	case slices.ContainsFunc(o.inputs, nameless):
		return anyWord.ReplaceAllString(a.text, "?$1")
	case a.name == "select", a.name == "measures", a.name == "projects":
		sums := slices.Clone(c.outputs(o))
		slices.Sort(sums)
		return strings.Join(sums, ", ")
	}
	if inner, hashed := strings.CutPrefix(a.text, "hash["); hashed && a.name == "distribution" {
		return "hash[" + c.set(strings.TrimSuffix(inner, "]"), columns) + "]"
	}
	if a.name == "groupBy" {
		return c.set(a.text, columns)
	}
	return c.columns(a.text, columns)
}

// set is a list of keys, whose order does not count.
func (c *canon) set(list string, columns map[string]string) string {
	parts := splitTop(list)
	for i, part := range parts {
		parts[i] = c.columns(part, columns)
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// nameless tells the Values of an execution plan, which do not say what their columns are called. What stands above them has
// been compared in the physical plan.
func nameless(o *operator) bool { return o.name == "Values" && len(o.outputs) == 0 }

var anyWord = regexp.MustCompile(`[\pL_][\pL\pN_$]*([^(\pL\pN_$]|$)`)

var timeIndex = regexp.MustCompile(`(left|right)TimeIndex=(\d+)`)

// windowBounds are those of an interval join, whose time columns are given by their places.
func (c *canon) windowBounds(o *operator, text string) string {
	return timeIndex.ReplaceAllStringFunc(text, func(found string) string {
		part := timeIndex.FindStringSubmatch(found)
		input := o.inputs[map[string]int{"left": 0, "right": 1}[part[1]]]
		i, _ := strconv.Atoi(part[2]) // digits
		return part[1] + "Time=" + at(c.outputs(input), i)
	})
}

// rowTypes are the types of a row's fields, whose places do not count; their names stand in the operator's own list already.
func rowTypes(fields string) string {
	parts := splitTop(fields)
	for i, field := range parts {
		if end := strings.LastIndexByte(field, ' '); end > 0 {
			parts[i] = field[:end]
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// lookup is a list of column=value, where the column is the looked up table's and keeps its name.
func (c *canon) lookup(text string, columns map[string]string) string {
	parts := splitTop(text)
	for i, part := range parts {
		column, value, _ := strings.Cut(part, "=")
		parts[i] = column + "=" + c.columns(value, columns)
	}
	return strings.Join(parts, ", ")
}

// table takes the path out of "[catalog, database, name, project=[…]]" and of "catalog.database.name". The hints of a path are
// left out: an import folds OPTIONS into the table that they are of.
func (c *canon) table(text string) string {
	inner, scanned := strings.CutPrefix(text, "[")
	if !scanned {
		c.tables = append(c.tables, text)
		return ""
	}
	parts := splitTop(strings.TrimSuffix(inner, "]"))
	if len(parts) < 3 {
		return text
	}
	c.tables = append(c.tables, strings.Join(parts[:3], "."))
	kept := slices.DeleteFunc(parts[3:], func(part string) bool { return strings.HasPrefix(part, "hints=") })
	return strings.Join(kept, ", ")
}

// columns replaces the columns' names of an expression.
func (c *canon) columns(expression string, columns map[string]string) string {
	var b strings.Builder
	for i := 0; i < len(expression); {
		if expression[i] == '\'' {
			end := literalEnd(expression, i)
			b.WriteString(expression[i:end])
			i = end
			continue
		}
		if i > 0 && isInsideName(expression[:i]) {
			_, size := utf8.DecodeRuneInString(expression[i:])
			b.WriteString(expression[i : i+size])
			i += size
			continue
		}
		name := longestName(expression[i:], columns)
		function := wordAt(expression[i:])
		switch {
		case name != "":
			b.WriteString(columns[name])
			i += len(name)
		case strings.HasPrefix(expression[i:], "$cor"):
			end := i + len(wordAt(expression[i:]))
			b.WriteString(c.correlation(expression[i:end]))
			i = end
		case strings.HasPrefix(expression[i+len(function):], "(") && function != "": // in a bare query it stands as it was typed
			b.WriteString(strings.ToUpper(function))
			i += len(function)
		default:
			_, size := utf8.DecodeRuneInString(expression[i:])
			b.WriteString(expression[i : i+size])
			i += size
		}
	}
	return b.String()
}

func (c *canon) correlation(name string) string {
	if _, known := c.correlations[name]; !known {
		c.correlations[name] = len(c.correlations)
	}
	return fmt.Sprintf("$cor#%d", c.correlations[name])
}

// longestName is the longest name with which the text begins and behind which no other name goes on. A name before a bracket
// is a function's.
func longestName(text string, columns map[string]string) string {
	best := ""
	for name := range columns {
		if len(name) <= len(best) || !strings.HasPrefix(text, name) {
			continue
		}
		rest := text[len(name):]
		if next, _ := utf8.DecodeRuneInString(rest); rest == "" || !isNamePart(next) && next != '(' {
			best = name
		}
	}
	return best
}

func wordAt(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return !isNamePart(r) })
	if end < 0 {
		return text
	}
	return text[:end]
}

// isInsideName tells whether what follows the text goes on with a name, or is the field of a row and not a column.
func isInsideName(text string) bool {
	row, isField := strings.CutSuffix(text, ".")
	if isField {
		return !strings.HasPrefix(row[strings.LastIndexFunc(row, func(r rune) bool { return !isNamePart(r) })+1:], "$cor") && lastRune(row) != '.'
	}
	return isNamePart(lastRune(text))
}

func isNamePart(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// samePlan says how two plans differ, "" when one is the other with other names. Tables keep the beginning of their names.
func samePlan(want, got string) (string, error) {
	wanted, err := readPlan(want)
	if err != nil {
		return "", err
	}
	gotten, err := readPlan(got)
	if err != nil {
		return "", err
	}
	blur := wanted.renamesBounds() || gotten.renamesBounds()
	wantText, wantTables := wanted.canonical(blur)
	gotText, gotTables := gotten.canonical(blur)
	if wantText != gotText {
		return firstDifference(wantText, gotText), nil
	}
	return renamed(wantTables, gotTables), nil
}

// renamed says where tables are no renaming of others. Each of ours stands for one of the original's; one of the original's
// may be several of ours, since each sink node has a table of its own.
func renamed(originals, ours []string) string {
	of := map[string]string{}
	for i, original := range originals {
		if earlier, known := of[ours[i]]; known && earlier != original {
			return fmt.Sprintf("table %q stands for both %q and %q", ours[i], earlier, original)
		}
		of[ours[i]] = original
		if !keepsName(original[strings.LastIndexByte(original, '.')+1:], ours[i][strings.LastIndexByte(ours[i], '.')+1:]) {
			return fmt.Sprintf("table %q stands where %q should", ours[i], original)
		}
	}
	return ""
}

// keepsName tells whether a table's name is the old one but for signs and what stands behind it.
func keepsName(old, now string) bool { return strings.HasPrefix(letters(now), letters(old)) }

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// firstDifference is the lowest line that differs in the first tree that does: what stands above it differs because of it.
func firstDifference(want, got string) string {
	wantTrees, gotTrees := strings.Split(want, "\n\n"), strings.Split(got, "\n\n")
	for i, tree := range wantTrees {
		other := ""
		if i < len(gotTrees) {
			other = gotTrees[i]
		}
		if tree != other {
			return fmt.Sprintf("tree %d of the plans, columns by what they are made of:\n%s", i+1, lowestDifference(strings.Split(tree, "\n"), strings.Split(other, "\n")))
		}
	}
	return fmt.Sprintf("%d trees more", len(gotTrees)-len(wantTrees))
}

func lowestDifference(want, got []string) string {
	for fromEnd := 1; ; fromEnd++ {
		wantLine, gotLine := lineFromEnd(want, fromEnd), lineFromEnd(got, fromEnd)
		if wantLine != gotLine {
			return fmt.Sprintf("  want %s\n  got  %s", wantLine, gotLine)
		}
	}
}

func lineFromEnd(lines []string, n int) string {
	if n > len(lines) {
		return ""
	}
	return strings.TrimLeft(lines[len(lines)-n], " |:+-")
}
