package catalog

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"
)

// contents is what was found in a JAR.
type contents struct {
	functions []Function
	notes     []string
}

const flinkFunctions = "org/apache/flink/table/functions/"

// bases are the classes that Flink's functions extend and what we call them.
var bases = map[string]string{
	flinkFunctions + "ScalarFunction":         "scalar",
	flinkFunctions + "AsyncScalarFunction":    "an asynchronous scalar",
	flinkFunctions + "TableFunction":          "a table",
	flinkFunctions + "AsyncTableFunction":     "an asynchronous table",
	flinkFunctions + "AggregateFunction":      "an aggregate",
	flinkFunctions + "TableAggregateFunction": "a table aggregate",
	flinkFunctions + "ProcessTableFunction":   "a process table",
}

// inspect checks a JAR and finds its functions. The error is *Refused when it is not one that we take.
func inspect(file io.ReaderAt, size int64) (contents, error) {
	classes := map[string]class{}
	err := eachClass(file, size, func(name string, data []byte) {
		c, err := parseClass(data)
		// A class that does not lie at its own name's place cannot be loaded: module-info, other versions, nested packs.
		if err == nil && c.name+".class" == name {
			classes[c.name] = c.relevant()
		}
	})
	if err != nil {
		return contents{}, err
	}
	found := functionsOf(classes)
	if len(found.functions) > 0 {
		return found, nil
	}
	if len(found.notes) > 0 {
		return contents{}, refuse("There is no function in the JAR that can be used: %s", strings.Join(found.notes[:min(len(found.notes), 5)], " "))
	}
	return contents{}, refuse("There is no Flink function in the JAR: no public class extends org.apache.flink.table.functions.ScalarFunction.")
}

// relevant drops the methods that tell nothing about functions, so that large JARs stay small in memory.
func (c class) relevant() class {
	var kept []method
	for _, m := range c.methods {
		if m.name == "eval" || m.name == "<init>" {
			kept = append(kept, m)
		}
	}
	c.methods = kept
	return c
}

func functionsOf(classes map[string]class) contents {
	found := contents{functions: []Function{}, notes: []string{}}
	for name, c := range classes {
		kind := kindOf(c, classes)
		if kind == "" || c.flags&(flagAbstract|flagInterface|flagSynthetic) != 0 {
			continue
		}
		simple, signatures := simpleName(name), signaturesOf(c, classes)
		switch {
		case kind != "scalar":
			found.notes = append(found.notes, fmt.Sprintf("%s is %s function; only scalar functions are supported yet.", simple, kind))
		case c.flags&flagPublic == 0:
			found.notes = append(found.notes, fmt.Sprintf("%s is not public.", simple))
		case !c.hasConstructor():
			found.notes = append(found.notes, fmt.Sprintf("%s has no public constructor without parameters.", simple))
		case len(signatures) == 0:
			found.notes = append(found.notes, fmt.Sprintf("%s has no public method eval.", simple))
		default:
			found.functions = append(found.functions, Function{Name: snakeCase(simple), Class: strings.ReplaceAll(name, "/", "."), Signatures: signatures})
		}
	}
	sort.Strings(found.notes)
	found.notes = found.notes[:min(len(found.notes), 20)]
	sort.Slice(found.functions, func(i, j int) bool {
		a, b := found.functions[i], found.functions[j]
		return a.Name < b.Name || a.Name == b.Name && a.Class < b.Class
	})
	return found
}

// kindOf follows the super classes, as far as they lie in the JAR, to one of Flink's; "" when they do not lead there.
func kindOf(c class, classes map[string]class) string {
	for range len(classes) { // a JAR may hold a circle
		if kind, ok := bases[c.super]; ok {
			return kind
		}
		next, ok := classes[c.super]
		if !ok {
			return ""
		}
		c = next
	}
	return ""
}

func (c class) hasConstructor() bool {
	for _, m := range c.methods {
		if m.name == "<init>" && m.descriptor == "()V" && m.flags&flagPublic != 0 {
			return true
		}
	}
	return false
}

// signaturesOf lists the eval methods of a class and of its super classes in the JAR.
func signaturesOf(c class, classes map[string]class) []string {
	seen := map[string]bool{}
	signatures := []string{}
	for range len(classes) {
		for _, m := range c.methods {
			if m.name != "eval" || m.flags&flagPublic == 0 || m.flags&(flagStatic|flagBridge|flagSynthetic|flagAbstract) != 0 {
				continue
			}
			if text, ok := signature(m); ok && !seen[text] {
				seen[text] = true
				signatures = append(signatures, text)
			}
		}
		next, ok := classes[c.super]
		if !ok {
			break
		}
		c = next
	}
	sort.Strings(signatures)
	return signatures
}

// signature writes a method as "eval(INT, STRING) → STRING".
func signature(m method) (string, bool) {
	rest, ok := strings.CutPrefix(m.descriptor, "(")
	if !ok {
		return "", false
	}
	var parameters []string
	for !strings.HasPrefix(rest, ")") {
		var name string
		if name, rest, ok = typeName(rest); !ok {
			return "", false
		}
		parameters = append(parameters, name)
	}
	if last := len(parameters) - 1; m.flags&flagVarargs != 0 && last >= 0 {
		if element, isArray := strings.CutPrefix(parameters[last], "ARRAY<"); isArray {
			parameters[last] = strings.TrimSuffix(element, ">") + "..."
		}
	}
	result, rest, ok := typeName(rest[1:])
	return "eval(" + strings.Join(parameters, ", ") + ") → " + result, ok && rest == ""
}

// sqlTypes are the data types that Flink derives from Java classes without a hint (Flink: Data Type Extraction).
var sqlTypes = map[string]string{
	"Z": "BOOLEAN", "B": "TINYINT", "S": "SMALLINT", "I": "INT", "J": "BIGINT", "F": "FLOAT", "D": "DOUBLE", "V": "nothing", "C": "char",
	"java/lang/Boolean": "BOOLEAN", "java/lang/Byte": "TINYINT", "java/lang/Short": "SMALLINT", "java/lang/Integer": "INT",
	"java/lang/Long": "BIGINT", "java/lang/Float": "FLOAT", "java/lang/Double": "DOUBLE", "java/lang/String": "STRING",
	"java/math/BigDecimal": "DECIMAL", "java/sql/Date": "DATE", "java/time/LocalDate": "DATE", "java/sql/Time": "TIME",
	"java/time/LocalTime": "TIME", "java/sql/Timestamp": "TIMESTAMP", "java/time/LocalDateTime": "TIMESTAMP", "java/time/Instant": "TIMESTAMP_LTZ",
	"java/time/Duration": "INTERVAL SECOND", "java/time/Period": "INTERVAL MONTH", "java/util/Map": "MAP", "java/util/List": "ARRAY",
	"org/apache/flink/types/Row": "ROW", "java/lang/Object": "any type",
}

// typeName reads one type of a descriptor: its SQL type, or the simple name of a class that has none.
func typeName(descriptor string) (name, rest string, ok bool) {
	dimensions := len(descriptor) - len(strings.TrimLeft(descriptor, "["))
	descriptor = descriptor[dimensions:]
	if descriptor == "" {
		return "", "", false
	}
	primitive := descriptor[0] != 'L'
	if !primitive {
		internal, after, found := strings.Cut(descriptor[1:], ";")
		if !found || internal == "" {
			return "", "", false
		}
		name, rest = sqlTypes[internal], after
		if name == "" {
			name = simpleName(internal)
		}
	} else {
		name, rest = sqlTypes[descriptor[:1]], descriptor[1:]
	}
	if primitive && name == "TINYINT" && dimensions > 0 {
		name, dimensions = "BYTES", dimensions-1
	}
	return strings.Repeat("ARRAY<", dimensions) + name + strings.Repeat(">", dimensions), rest, name != ""
}

// simpleName is the last part of an internal name: "org/example/Geo$Distance" gives "Distance".
func simpleName(internal string) string {
	return internal[strings.LastIndexAny(internal[:len(internal)-1], "/$")+1:]
}

// snakeCase turns a class name into a function name: "HTTPStatus2Text" gives "http_status2_text".
func snakeCase(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		startsWord := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if startsWord && runes[i-1] != '_' {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
