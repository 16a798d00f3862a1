package flink

import (
	"encoding/json"
	"fmt"
	"strings"
)

type wireColumn struct {
	Name        string      `json:"name"`
	LogicalType logicalType `json:"logicalType"`
}

// logicalType is Flink's JSON form of a type (LogicalTypeJsonSerializer of the gateway).
type logicalType struct {
	Type        string       `json:"type"` // a LogicalTypeRoot, e.g. TIMESTAMP_WITHOUT_TIME_ZONE
	Nullable    bool         `json:"nullable"`
	Length      int          `json:"length"`
	Precision   int          `json:"precision"`
	Scale       int          `json:"scale"`
	ElementType *logicalType `json:"elementType"`
	KeyType     *logicalType `json:"keyType"`
	ValueType   *logicalType `json:"valueType"`
	Fields      []struct {
		Name      string      `json:"name"`
		FieldType logicalType `json:"fieldType"`
	} `json:"fields"`
	Resolution          string `json:"resolution"`
	YearPrecision       int    `json:"yearPrecision"`
	DayPrecision        int    `json:"dayPrecision"`
	FractionalPrecision int    `json:"fractionalPrecision"`
}

// UnmarshalJSON also takes the short form, a plain string, that newer gateways may use for a simple type.
func (t *logicalType) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &t.Type)
	}
	type plain logicalType
	return json.Unmarshal(data, (*plain)(t))
}

const maxLength = 1<<31 - 1 // the length by which Flink tells STRING from VARCHAR(n) and BYTES from VARBINARY(n)

// String is the type as Flink SQL writes it, without NOT NULL.
func (t *logicalType) String() string {
	switch t.Type {
	case "INTEGER":
		return "INT"
	case "CHAR", "BINARY":
		return fmt.Sprintf("%s(%d)", t.Type, t.Length)
	case "VARCHAR":
		return lengthOr("STRING", t)
	case "VARBINARY":
		return lengthOr("BYTES", t)
	case "DECIMAL":
		return fmt.Sprintf("DECIMAL(%d, %d)", t.Precision, t.Scale)
	case "TIME_WITHOUT_TIME_ZONE":
		return fmt.Sprintf("TIME(%d)", t.Precision)
	case "TIMESTAMP_WITHOUT_TIME_ZONE":
		return fmt.Sprintf("TIMESTAMP(%d)", t.Precision)
	case "TIMESTAMP_WITH_LOCAL_TIME_ZONE":
		return fmt.Sprintf("TIMESTAMP_LTZ(%d)", t.Precision)
	case "ARRAY", "MULTISET":
		return t.Type + "<" + t.ElementType.inner() + ">"
	case "MAP":
		return "MAP<" + t.KeyType.inner() + ", " + t.ValueType.inner() + ">"
	case "ROW", "STRUCTURED_TYPE":
		return t.row()
	case "INTERVAL_YEAR_MONTH", "INTERVAL_DAY_TIME":
		return "INTERVAL " + strings.ReplaceAll(t.Resolution, "_", " ")
	}
	return t.Type
}

// inner is the type inside another one, where NOT NULL belongs to the text.
func (t *logicalType) inner() string {
	if t == nil {
		return "?"
	}
	if t.Nullable {
		return t.String()
	}
	return t.String() + " NOT NULL"
}

func (t *logicalType) row() string {
	fields := make([]string, len(t.Fields))
	for i, field := range t.Fields {
		fields[i] = "`" + strings.ReplaceAll(field.Name, "`", "``") + "` " + field.FieldType.inner()
	}
	return "ROW<" + strings.Join(fields, ", ") + ">"
}

func lengthOr(unbounded string, t *logicalType) string {
	if t.Length == maxLength {
		return unbounded
	}
	return fmt.Sprintf("%s(%d)", t.Type, t.Length)
}
