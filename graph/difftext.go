package graph

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// widest is how many characters a change may have before its texts get lines of their own.
const widest = 100

var changeSigns = map[ChangeOp]string{Added: "+", Removed: "-", Changed: "~", Moved: "~"}

// String is the change as the command line prints it: one line, and further, indented ones where a text is long.
func (c Change) String() string {
	head := changeSigns[c.Op] + " " + strings.ReplaceAll(printable(c.subject()), "\n", `\n`)
	switch c.Op {
	case Added:
		return head + behind(c.After, c.Field)
	case Removed:
		return head + behind(c.Before, c.Field)
	case Moved:
		return head + " in another order: " + shown(c.Before, "") + " → " + shown(c.After, "")
	}
	if c.Of == SamplesPart || c.Of == TestsPart {
		return head
	}
	before, after := shown(c.Before, c.Field), shown(c.After, c.Field)
	if line := head + ": " + before + " → " + after; !strings.Contains(line, "\n") && len([]rune(line)) <= widest {
		return line
	}
	return head + ":" + changedLines(before, after)
}

// subject is what the change is about.
func (c Change) subject() string {
	switch c.Of {
	case NodePart:
		return fmt.Sprintf("node %s (%s)", c.Name, c.Kind)
	case EdgePart:
		return fmt.Sprintf("edge %s → %s (%s)", c.From, c.To, c.Port)
	case FieldPart:
		return fmt.Sprintf("%s (%s) %s", c.Name, c.Kind, c.Field)
	case SettingPart:
		return "setting " + c.Field
	case SamplesPart, TestsPart:
		return string(c.Of) + " " + c.Field
	}
	return "pipeline " + c.Field
}

// behind writes what came or is gone behind the subject.
func behind(value any, field string) string {
	if value == nil {
		return ""
	}
	text := shown(value, field)
	if strings.Contains(text, "\n") {
		return ":" + indented("  ", strings.Split(text, "\n"))
	}
	return ": " + text
}

// shown writes a value: texts as they are, lists and objects with theirs. An object that the field calls by its name is
// written without that, and one with nothing else but one value as that value.
func shown(value any, field string) string {
	switch v := value.(type) {
	case nil:
		return "nothing"
	case string:
		if strings.TrimSpace(v) == "" {
			return fmt.Sprintf("%q", v)
		}
		return printable(v)
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			parts[i] = shown(entry, "")
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		name, _ := v["name"].(string)
		called := name != "" && strings.HasSuffix(field, "."+name)
		var parts, values []string
		for _, key := range sortedKeys(v) {
			if key != "name" || !called {
				values = append(values, shown(v[key], ""))
				parts = append(parts, printable(key)+": "+values[len(values)-1])
			}
		}
		if called && len(values) == 1 {
			return values[0]
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return canonical(value)
}

// printable writes control characters, line ends and tabs apart, as escapes, so that a text cannot reach into the terminal.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\n' || r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// mostLines bounds the lines whose longest common part is looked for; of more, all count as changed.
const mostLines = 1000

// changedLines writes the lines that differ, in their order.
func changedLines(before, after string) string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > mostLines || len(b) > mostLines {
		return indented("- ", a) + indented("+ ", b)
	}
	var out strings.Builder
	for common := commonLines(a, b); len(a) > 0 || len(b) > 0; {
		i, k := len(common)-len(a)-1, len(common[0])-len(b)-1
		switch {
		case len(a) > 0 && len(b) > 0 && a[0] == b[0]:
			a, b = a[1:], b[1:]
		case len(b) == 0 || len(a) > 0 && common[i+1][k] >= common[i][k+1]:
			out.WriteString(indented("- ", a[:1]))
			a = a[1:]
		default:
			out.WriteString(indented("+ ", b[:1]))
			b = b[1:]
		}
	}
	return out.String()
}

// commonLines says at [i][k] how many lines, in order, a from i on and b from k on have in common.
func commonLines(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i] == b[k] {
				common[i][k] = common[i+1][k+1] + 1
			} else {
				common[i][k] = max(common[i+1][k], common[i][k+1])
			}
		}
	}
	return common
}

func indented(sign string, lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString("\n    " + sign + line)
	}
	return b.String()
}
