package sample

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Normal is a value in the one form in which a preview shows it (graph.SampleRow), of any form that can be meant: a number
// for a BIGINT, a text for an INT, fewer digits of a second, upper-case hex. The error is a piece of a sentence: what is
// wrong and what would be right.
func Normal(value any, t *Type, zone *time.Location) (any, error) {
	if value == nil {
		if t.NotNull {
			return nil, fmt.Errorf("null is no %s NOT NULL; write a value", t)
		}
		return nil, nil
	}
	switch t.Root {
	case "BOOLEAN":
		return boolean(value, t)
	case "TINYINT", "SMALLINT", "INT", "BIGINT":
		return integer(value, t)
	case "DECIMAL":
		return decimal(value, t)
	case "FLOAT", "DOUBLE":
		return float(value, t)
	case "CHAR", "VARCHAR":
		return characters(value, t)
	case "BINARY", "VARBINARY":
		return bytesOf(value, t)
	case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ":
		return temporal(value, t, zone)
	case "ARRAY":
		return array(value, t, zone)
	case "MAP", "MULTISET":
		return entries(value, t, zone)
	case "ROW":
		return row(value, t, zone)
	}
	return nil, unsupported(t.text)
}

// isNo says that a value does not fit its type, and what would.
func isNo(value any, t *Type, remedy string) error {
	return fmt.Errorf("%s is no %s; write %s", shown(value), t, remedy)
}

// shown is a value in a sentence, cut when it is long.
func shown(value any) string {
	text, isText := value.(string)
	if !isText {
		data, err := json.Marshal(value)
		if err != nil {
			return fmt.Sprint(value)
		}
		text = string(data)
	}
	if runes := []rune(text); len(runes) > 40 {
		text = string(runes[:40]) + "…"
	}
	if isText {
		return strconv.QuoteToGraphic(text)
	}
	return text
}

// written is the text of a number or a text; ok is false of other values.
func written(value any) (text string, ok bool) {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v), true
	case json.Number:
		return v.String(), true
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), true
	case int, int64:
		return fmt.Sprint(v), true
	}
	return "", false
}

func boolean(value any, t *Type) (any, error) {
	if truth, ok := value.(bool); ok {
		return truth, nil
	}
	if text, ok := value.(string); ok {
		switch strings.ToLower(strings.TrimSpace(text)) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
	}
	return nil, isNo(value, t, "true or false")
}

var integerBits = map[string]int{"TINYINT": 8, "SMALLINT": 16, "INT": 32, "BIGINT": 64}

func integer(value any, t *Type) (any, error) {
	bits := integerBits[t.Root]
	text, ok := written(value)
	if scaled, isNumber := rational(text); ok && isNumber && scaled.IsInt() { // 12, 12.0 and 1.2e1 are the same number
		text = scaled.Num().String()
	}
	number, err := strconv.ParseInt(text, 10, bits)
	if !ok || err != nil {
		return nil, isNo(value, t, fmt.Sprintf("a whole number of at most %d", int64(math.MaxInt64)>>(64-bits)))
	}
	if bits == 64 {
		return strconv.FormatInt(number, 10), nil
	}
	return json.Number(strconv.FormatInt(number, 10)), nil
}

var numberText = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$`)

// rational reads a decimal number exactly.
func rational(text string) (*big.Rat, bool) {
	if !numberText.MatchString(text) {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

func decimal(value any, t *Type) (any, error) {
	text, ok := written(value)
	number, isNumber := rational(text)
	if !ok || !isNumber {
		return nil, isNo(value, t, "a number such as 12.50")
	}
	scaled := new(big.Rat).Mul(number, new(big.Rat).SetInt(power(t.Scale)))
	if !scaled.IsInt() || new(big.Int).Abs(scaled.Num()).Cmp(power(t.Precision)) >= 0 {
		return nil, isNo(value, t, fmt.Sprintf("at most %d digits before the point and %d behind it", t.Precision-t.Scale, t.Scale))
	}
	return number.FloatString(t.Scale), nil
}

func power(exponent int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(exponent)), nil)
}

func float(value any, t *Type) (any, error) {
	bits := 64
	if t.Root == "FLOAT" {
		bits = 32
	}
	text, ok := written(value)
	switch text {
	case "NaN", "Infinity", "-Infinity":
		return text, nil
	}
	number, err := strconv.ParseFloat(text, bits)
	if !ok || err != nil || !numberText.MatchString(text) {
		return nil, isNo(value, t, "a number such as 1.5e3, or NaN, Infinity, -Infinity in quotes")
	}
	return json.Number(strconv.FormatFloat(number, 'g', -1, bits)), nil
}

func characters(value any, t *Type) (any, error) {
	text, ok := value.(string)
	if number, isNumber := value.(json.Number); isNumber {
		text, ok = number.String(), true
	}
	if !ok {
		return nil, isNo(value, t, "a text")
	}
	if t.Root == "CHAR" {
		text = strings.TrimRight(text, " ") // Flink fills them up in some places and leaves them in others
	}
	if utf8.RuneCountInString(text) > t.Length {
		return nil, isNo(value, t, fmt.Sprintf("at most %d characters", t.Length))
	}
	return text, nil
}

func bytesOf(value any, t *Type) (any, error) {
	text, ok := value.(string)
	data, err := hex.DecodeString(text)
	if !ok || err != nil {
		return nil, isNo(value, t, "its bytes as hex digits, such as 00ff")
	}
	if len(data) > t.Length {
		return nil, isNo(value, t, fmt.Sprintf("at most %d bytes", t.Length))
	}
	return hex.EncodeToString(data), nil
}

func array(value any, t *Type, zone *time.Location) (any, error) {
	list, ok := value.([]any)
	if !ok {
		return nil, isNo(value, t, "a list such as [1, 2]")
	}
	normal := make([]any, len(list))
	for i, item := range list {
		var err error
		if normal[i], err = Normal(item, t.Elements[0], zone); err != nil {
			return nil, fmt.Errorf("element %d: %w", i+1, err)
		}
	}
	return normal, nil
}

// entries reads a map as a list of {"key", "value"} or as an object, and sorts it by its keys.
func entries(value any, t *Type, zone *time.Location) (any, error) {
	pairs := map[string]any{}
	switch v := value.(type) {
	case map[string]any:
		pairs = v
	case []any:
		for _, item := range v {
			entry, _ := item.(map[string]any)
			key, isText := entry["key"].(string)
			_, twice := pairs[key]
			if _, has := entry["value"]; !isText || !has || len(entry) != 2 {
				return nil, isNo(item, t, `each entry as {"key": …, "value": …}`)
			}
			if twice {
				return nil, fmt.Errorf("the key %s stands twice; remove one", shown(key))
			}
			pairs[key] = entry["value"]
		}
	default:
		return nil, isNo(value, t, `a list of {"key": …, "value": …}`)
	}
	counted := &Type{Root: "INT", NotNull: true, text: "INT"}
	normal := []any{}
	for _, key := range sortedKeys(pairs) {
		element := counted
		if t.Root == "MAP" {
			element = t.Elements[1]
		}
		item, err := Normal(pairs[key], element, zone)
		if err != nil {
			return nil, fmt.Errorf("key %s: %w", shown(key), err)
		}
		normal = append(normal, map[string]any{"key": key, "value": item})
	}
	return normal, nil
}

func row(value any, t *Type, zone *time.Location) (any, error) {
	object, ok := value.(map[string]any)
	if !ok {
		return nil, isNo(value, t, "an object with the row's fields")
	}
	normal := make(map[string]any, len(t.Fields))
	for _, field := range t.Fields {
		item, err := Normal(object[field.Name], field.Type, zone)
		if err != nil {
			return nil, fmt.Errorf("field %s: %w", field.Name, err)
		}
		normal[field.Name] = item
	}
	for _, key := range sortedKeys(object) {
		if _, known := normal[key]; !known {
			return nil, fmt.Errorf("the row has no field %s; it has %s", shown(key), fieldNames(t))
		}
	}
	return normal, nil
}

func fieldNames(t *Type) string {
	names := make([]string, len(t.Fields))
	for i, field := range t.Fields {
		names[i] = field.Name
	}
	return strings.Join(names, ", ")
}

func sortedKeys[V any](object map[string]V) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
