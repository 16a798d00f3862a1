package sample

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"millrace/compiler/flinksql"
)

// Type is a Flink type that a sample can hold values of, with the defaults of what its text leaves out.
type Type struct {
	Root      string // "BOOLEAN", "INT", "DECIMAL", "VARCHAR" for STRING too, "TIMESTAMP", "TIMESTAMP_LTZ", "ARRAY", "MAP", "ROW" and so on
	Length    int    // of CHAR, VARCHAR, BINARY and VARBINARY
	Precision int    // of DECIMAL, TIME and timestamps
	Scale     int    // of DECIMAL
	Elements  []*Type
	Fields    []Field // of ROW
	NotNull   bool
	text      string
}

// Field is a field of a ROW.
type Field struct {
	Name string
	Type *Type
}

// String is the type as it was written, without NOT NULL.
func (t *Type) String() string { return t.text }

// ParseType reads a type as columns have it, NOT NULL included. The error is a sentence for the type's author.
func ParseType(text string) (*Type, error) {
	parsed, fault := flinksql.ParseType(text)
	if fault != nil {
		return nil, fmt.Errorf("%q is no type of Flink's", text)
	}
	return newType(text, parsed)
}

var roots = map[string]string{
	"STRING": "VARCHAR", "BYTES": "VARBINARY", "INTEGER": "INT", "DEC": "DECIMAL", "NUMERIC": "DECIMAL", "REAL": "FLOAT",
	"TIMESTAMP WITH LOCAL TIME ZONE": "TIMESTAMP_LTZ",
}

// newType takes over a parsed type; text is what it was parsed of.
func newType(text string, parsed *flinksql.Type) (*Type, error) {
	t := &Type{Root: parsed.Name, NotNull: parsed.Null == "NOT NULL"}
	t.text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[parsed.Start:parsed.End]), parsed.Null))
	if root, other := roots[parsed.Name]; other {
		t.Root = root
	}
	if parsed.Path != nil {
		return nil, unsupported(t.text)
	}
	if err := t.parameters(parsed); err != nil {
		return nil, err
	}
	for _, element := range parsed.Elements {
		e, err := newType(text, element)
		if err != nil {
			return nil, err
		}
		t.Elements = append(t.Elements, e)
	}
	for _, field := range parsed.Fields {
		f, err := newType(text, field.Type)
		if err != nil {
			return nil, err
		}
		t.Fields = append(t.Fields, Field{field.Name.Text, f})
	}
	if t.Root == "MAP" && t.Elements[0].Root != "VARCHAR" && t.Elements[0].Root != "CHAR" || t.Root == "MULTISET" && t.Elements[0].Root != "VARCHAR" && t.Elements[0].Root != "CHAR" {
		return nil, fmt.Errorf("a sample cannot hold %s: Flink reads maps and multisets from a file by texts only. Read this source live", t.text)
	}
	return t.withSuffix(text, parsed)
}

// withSuffix is the array or multiset of the type that INT ARRAY means.
func (t *Type) withSuffix(text string, parsed *flinksql.Type) (*Type, error) {
	for _, suffix := range parsed.Suffix {
		words := strings.Fields(suffix)
		element := *t
		element.NotNull = words[0] == "NOT"
		t = &Type{Root: words[len(words)-1], Elements: []*Type{&element}, NotNull: t.NotNull, text: t.text}
		if t.Root == "MULTISET" && element.Root != "VARCHAR" {
			return nil, unsupported(text)
		}
	}
	return t, nil
}

func unsupported(text string) error {
	return fmt.Errorf("a sample cannot hold %s, since Flink does not read it from a file. Read this source live", text)
}

// parameters takes over lengths and precisions, and puts Flink's own where there are none.
func (t *Type) parameters(parsed *flinksql.Type) error {
	numbers := make([]int, len(parsed.Params))
	for i, text := range parsed.Params {
		numbers[i], _ = strconv.Atoi(text)
	}
	first := func(otherwise int) int {
		if len(numbers) > 0 {
			return numbers[0]
		}
		return otherwise
	}
	switch t.Root {
	case "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DATE", "ARRAY", "MAP", "MULTISET", "ROW":
	case "DECIMAL":
		t.Precision = first(10)
		if len(numbers) > 1 {
			t.Scale = numbers[1]
		}
	case "CHAR", "VARCHAR", "BINARY", "VARBINARY":
		t.Length = first(1)
		if parsed.Name == "STRING" || parsed.Name == "BYTES" {
			t.Length = math.MaxInt32
		}
	case "TIME":
		t.Precision = first(0)
	case "TIMESTAMP", "TIMESTAMP_LTZ":
		t.Precision = first(6)
	default:
		return unsupported(t.text)
	}
	return nil
}
