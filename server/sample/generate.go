package sample

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"millrace/graph"
)

// Rule says what the generated values of a column are. Without a kind the type decides: event times rise by a second,
// columns called id count up, all others are random.
type Rule struct {
	Kind     RuleKind `json:"kind,omitempty" enum:"sequence,range,choices,pattern,time"`
	Start    any      `json:"start,omitempty"`    // sequence: the first number, 1; time: the first moment, 2024-01-01
	Step     any      `json:"step,omitempty"`     // sequence: a number, 1
	Min      any      `json:"min,omitempty"`      // range, inclusive: a number, 0
	Max      any      `json:"max,omitempty"`      // range, inclusive: a number, 100
	Choices  []any    `json:"choices,omitempty"`  // choices: values, each as likely as the others
	Pattern  string   `json:"pattern,omitempty"`  // pattern: # a digit, ? a small letter, * either, \ before one of these the character itself
	StepMs   int64    `json:"stepMs,omitempty"`   // time: how far a row is behind the one before; 0 is a second, a day for dates
	JitterMs int64    `json:"jitterMs,omitempty"` // time: a row is earlier by up to this, so that some come late
	Nulls    float64  `json:"nulls,omitempty"`    // the share of NULLs, 0 to 1
}

// RuleKind is a way to make values.
type RuleKind string

// The ways.
const (
	Sequence RuleKind = "sequence"
	Range    RuleKind = "range"
	Choices  RuleKind = "choices"
	Pattern  RuleKind = "pattern"
	Rising   RuleKind = "time"
)

// Generate makes a sample of so many rows by rules, which are by column. The same seed gives the same rows, and a column's
// values hang on its own rule only.
func Generate(specs []ColumnSpec, rules map[string]Rule, rows int, seed uint64) Parsed {
	in := newIntake(specs)
	g := generator{in: in, seed: seed}
	known := map[string]bool{}
	makers := make([]maker, len(in.columns))
	for i, column := range in.columns {
		known[column.Name] = true
		if column.Type != nil {
			makers[i] = g.maker(column, rules[column.Name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		if !known[name] {
			in.note(graph.Error, "columns", "sample-rule", fmt.Sprintf("There is no column %s: remove its rule.", shown(name)))
		}
	}
	for row := range max(rows, 0) {
		values := map[int]any{}
		for i, make := range makers {
			if make != nil {
				values[i] = make(row)
			}
		}
		if !in.add("", values) {
			in.leftOut(fmt.Sprint(rows))
			break
		}
	}
	return in.parsed()
}

// maker makes the value of a row, numbered from 0.
type maker func(row int) any

type generator struct {
	in   *intake
	seed uint64
}

func (g generator) wrong(column Column, problem string) maker {
	g.in.note(graph.Error, "columns", "sample-rule", fmt.Sprintf("Column %s: %s.", column.Name, problem))
	return func(int) any { return nil }
}

// maker is a column's, with its NULLs.
func (g generator) maker(column Column, rule Rule) maker {
	if rule.Nulls < 0 || rule.Nulls > 1 || rule.Nulls > 0 && column.Type.NotNull {
		return g.wrong(column, "the share of NULLs is between 0 and 1, and 0 where the column is NOT NULL")
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(column.Name))
	random := rand.New(rand.NewPCG(g.seed, hash.Sum64()))
	if rule.Kind == "" {
		rule.Kind = usual(column)
	}
	values := g.values(column, rule, random)
	return func(row int) any {
		if value := values(row); random.Float64() >= rule.Nulls {
			return value
		}
		return nil
	}
}

func usual(column Column) RuleKind {
	name := strings.ToLower(column.Name)
	switch column.Type.Root {
	case "TINYINT", "SMALLINT", "INT", "BIGINT":
		if name == "id" {
			return Sequence
		}
		return Range
	case "DATE", "TIMESTAMP", "TIMESTAMP_LTZ":
		return Rising
	case "DECIMAL", "FLOAT", "DOUBLE":
		return Range
	}
	return ""
}

func (g generator) values(column Column, rule Rule, random *rand.Rand) maker {
	switch rule.Kind {
	case Sequence:
		return g.sequence(column, rule)
	case Range:
		return g.between(column, rule, random)
	case Rising:
		return g.rising(column, rule, random)
	case Choices:
		if len(rule.Choices) == 0 {
			return g.wrong(column, "give it at least one choice")
		}
		return func(int) any { return rule.Choices[random.IntN(len(rule.Choices))] }
	case Pattern:
		return func(int) any { return filled(rule.Pattern, random) }
	}
	return func(int) any { return anyOf(column.Type, random, 0) }
}

func (g generator) sequence(column Column, rule Rule) maker {
	start, fine := numberOr(rule.Start, 1)
	step, alsoFine := numberOr(rule.Step, 1)
	if !fine || !alsoFine || !isNumeric(column.Type) && column.Type.Root != "VARCHAR" {
		return g.wrong(column, "a sequence needs a number to start from, a number to step by and a column of numbers or texts")
	}
	return func(row int) any {
		at := new(big.Rat).Mul(step, new(big.Rat).SetInt64(int64(row)))
		return exact(at.Add(at, start))
	}
}

func isNumeric(typ *Type) bool {
	return integerBits[typ.Root] > 0 || slices.Contains([]string{"DECIMAL", "FLOAT", "DOUBLE"}, typ.Root)
}

// numberOr reads a number exactly, of whatever form.
func numberOr(value any, otherwise int64) (*big.Rat, bool) {
	if value == nil {
		return new(big.Rat).SetInt64(otherwise), true
	}
	text, ok := written(value)
	number, isNumber := rational(text)
	return number, ok && isNumber
}

// exact is a number as a text that every numeric type reads.
func exact(number *big.Rat) any {
	if number.IsInt() {
		return number.Num().String()
	}
	return strings.TrimRight(number.FloatString(maxScale), "0")
}

// between draws from a range, in steps of the type's last digit; FLOAT and DOUBLE have two digits behind the point.
func (g generator) between(column Column, rule Rule, random *rand.Rand) maker {
	low, fine := numberOr(rule.Min, 0)
	high, alsoFine := numberOr(rule.Max, highest(column.Type))
	if !fine || !alsoFine || low.Cmp(high) > 0 || !isNumeric(column.Type) {
		return g.wrong(column, "a range needs a lowest number, a highest one that is not below it, and a column of numbers")
	}
	scale := 0
	switch column.Type.Root {
	case "DECIMAL":
		scale = column.Type.Scale
	case "FLOAT", "DOUBLE":
		scale = 2
	}
	unit := new(big.Rat).SetInt(power(scale))
	lowest := ceiling(new(big.Rat).Mul(low, unit))
	span := new(big.Int).Sub(floor(new(big.Rat).Mul(high, unit)), lowest)
	if span.Sign() < 0 {
		return g.wrong(column, fmt.Sprintf("no %s lies in its range", column.Type))
	}
	span.Add(span, big.NewInt(1))
	return func(int) any {
		drawn := new(big.Rat).SetInt(new(big.Int).Add(lowest, below(span, random)))
		return exact(drawn.Quo(drawn, unit))
	}
}

// highest is 100, or what the type holds at most.
func highest(typ *Type) int64 {
	if typ.Root == "DECIMAL" && typ.Precision-typ.Scale < 3 {
		return power(typ.Precision-typ.Scale).Int64() - 1
	}
	return 100
}

func floor(number *big.Rat) *big.Int {
	return new(big.Int).Div(number.Num(), number.Denom()) // Euclidean, and the denominator is positive
}

func ceiling(number *big.Rat) *big.Int {
	return new(big.Int).Neg(floor(new(big.Rat).Neg(number)))
}

// below draws a number from 0 to n - 1.
func below(n *big.Int, random *rand.Rand) *big.Int {
	bytes := make([]byte, len(n.Bytes())+8) // 8 more, so that all are as likely as it can be told
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	return new(big.Int).Mod(new(big.Int).SetBytes(bytes), n)
}

func (g generator) rising(column Column, rule Rule, random *rand.Rand) maker {
	typ := *column.Type
	if !slices.Contains([]string{"DATE", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ"}, typ.Root) {
		return g.wrong(column, "times rise in columns of dates and times only")
	}
	first := any("2024-01-01 00:00:00")
	if rule.Start != nil {
		first = rule.Start
	}
	start, err := Normal(first, &Type{Root: "TIMESTAMP_LTZ", Precision: 9, text: typ.text}, time.UTC)
	if err != nil || rule.StepMs < 0 || rule.JitterMs < 0 {
		return g.wrong(column, "its first moment is written as 2024-01-31 23:59:59, and step and jitter are no less than 0")
	}
	at, _ := time.ParseInLocation(dateLayout+" "+clockLayout, start.(string), time.UTC)
	step := rule.StepMs
	if step == 0 && rule.Kind == Rising {
		step = map[bool]int64{true: 24 * time.Hour.Milliseconds(), false: time.Second.Milliseconds()}[typ.Root == "DATE"]
	}
	return func(row int) any {
		moment := at.Add(time.Duration(int64(row)*step) * time.Millisecond)
		if rule.JitterMs > 0 {
			moment = moment.Add(-time.Duration(random.Int64N(rule.JitterMs+1)) * time.Millisecond)
		}
		if typ.Root == "TIME" {
			return moment.Format(clockLayout)
		}
		return fromTime(moment, &typ)
	}
}

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyz"
)

// filled puts random characters for the marks of a pattern.
func filled(pattern string, random *rand.Rand) string {
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '#':
			b.WriteByte(digits[random.IntN(len(digits))])
		case r == '?':
			b.WriteByte(letters[random.IntN(len(letters))])
		case r == '*':
			both := letters + digits
			b.WriteByte(both[random.IntN(len(both))])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const deepest = 4 // levels of nested values; below stands nothing

// anyOf is some value of a type.
func anyOf(typ *Type, random *rand.Rand, depth int) any {
	if depth > deepest && !typ.NotNull {
		return nil
	}
	some := func(t *Type) any { return anyOf(t, random, depth+1) }
	switch typ.Root {
	case "BOOLEAN":
		return random.IntN(2) == 0
	case "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE":
		return json.Number(fmt.Sprint(random.IntN(101)))
	case "DECIMAL":
		return exact(new(big.Rat).SetFrac(below(power(min(typ.Precision, typ.Scale+2)), random), power(typ.Scale)))
	case "CHAR", "VARCHAR":
		return filled(strings.Repeat("?", min(typ.Length, 6)), random)
	case "BINARY", "VARBINARY":
		bytes := make([]byte, min(typ.Length, 4))
		for i := range bytes {
			bytes[i] = byte(random.Uint32())
		}
		return hex.EncodeToString(bytes)
	case "DATE", "TIMESTAMP", "TIMESTAMP_LTZ":
		return fromTime(time.Unix(1704067200+random.Int64N(366*24*3600), 0).UTC(), typ)
	case "TIME":
		return time.Unix(random.Int64N(24*3600), 0).UTC().Format(clockLayout)
	case "ARRAY":
		list := make([]any, 1+random.IntN(3))
		for i := range list {
			list[i] = some(typ.Elements[0])
		}
		return list
	case "MAP", "MULTISET":
		object := map[string]any{}
		for range 1 + random.IntN(2) {
			value := any(json.Number(fmt.Sprint(1 + random.IntN(math.MaxInt8))))
			if typ.Root == "MAP" {
				value = some(typ.Elements[1])
			}
			object[filled(strings.Repeat("?", min(typ.Elements[0].Length, 3)), random)] = value
		}
		return object
	case "ROW":
		object := map[string]any{}
		for _, f := range typ.Fields {
			object[f.Name] = some(f.Type)
		}
		return object
	}
	return nil
}
