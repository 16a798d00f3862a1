package sample

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// appendJSON writes a normal value as Flink's JSON formats read it: bytes as base64, maps as objects, TIMESTAMP_LTZ in UTC.
func appendJSON(b []byte, value any, t *Type, zone *time.Location) []byte {
	if value == nil {
		return append(b, "null"...)
	}
	switch t.Root {
	case "BINARY", "VARBINARY":
		data, _ := hex.DecodeString(value.(string))
		return appendText(b, base64.StdEncoding.EncodeToString(data))
	case "TIMESTAMP_LTZ":
		return appendText(b, inUTC(value.(string), zone))
	case "ARRAY":
		b = append(b, '[')
		for i, item := range value.([]any) {
			b = appendJSON(comma(b, i), item, t.Elements[0], zone)
		}
		return append(b, ']')
	case "MAP", "MULTISET":
		b = append(b, '{')
		for i, item := range value.([]any) {
			entry := item.(map[string]any)
			b = append(appendText(comma(b, i), entry["key"].(string)), ':')
			b = appendJSON(b, entry["value"], t.Elements[len(t.Elements)-1], zone)
		}
		return append(b, '}')
	case "ROW":
		object := value.(map[string]any)
		b = append(b, '{')
		for i, field := range t.Fields {
			b = append(appendText(comma(b, i), field.Name), ':')
			b = appendJSON(b, object[field.Name], field.Type, zone)
		}
		return append(b, '}')
	}
	data, _ := json.Marshal(value) // a bool, a json.Number or a text
	return append(b, data...)
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

func appendText(b []byte, text string) []byte {
	data, _ := json.Marshal(text)
	return append(b, data...)
}

// Text is a normal value as Flink casts it to STRING, which is how a preview without the tap shows nested values.
func Text(value any, t *Type) string {
	switch v := value.(type) {
	case nil:
		return "NULL"
	case bool:
		return strings.ToUpper(fmt.Sprint(v))
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			if entry, isEntry := item.(map[string]any); isEntry && (t.Root == "MAP" || t.Root == "MULTISET") {
				key, _ := entry["key"].(string)
				parts[i] = key + "=" + Text(entry["value"], t.Elements[len(t.Elements)-1])
				continue
			}
			parts[i] = Text(item, t.Elements[0])
		}
		if t.Root == "ARRAY" {
			return "[" + strings.Join(parts, ", ") + "]"
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case map[string]any:
		parts := make([]string, len(t.Fields))
		for i, field := range t.Fields {
			parts[i] = Text(v[field.Name], field.Type)
		}
		return "(" + strings.Join(parts, ", ") + ")"
	}
	return fmt.Sprint(value)
}
