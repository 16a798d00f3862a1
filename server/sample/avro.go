package sample

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/twmb/avro/ocf"
)

const (
	maxAvroBlock = 16 << 20 // bytes, packed and unpacked
	maxScale     = 38       // of a DECIMAL
)

// avro reads an object container file, whose records' fields are columns.
func (in *intake) avro(data []byte) {
	reader, err := ocf.NewReader(bytes.NewReader(data), ocf.WithMaxBlockBytes(maxAvroBlock), ocf.WithMaxDecompressedBlockBytes(maxAvroBlock))
	if err != nil {
		in.unreadable(1, "it is no Avro object container file: "+err.Error())
		return
	}
	defer func() { _ = reader.Close() }()
	for number := 1; ; number++ {
		var record any
		if err := reader.Decode(&record); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			in.unreadable(number, fmt.Sprintf("record %d cannot be read: %v", number, err))
			return
		}
		object, ok := record.(map[string]any)
		if !ok {
			in.unreadable(number, "its schema is no record")
			return
		}
		values := map[int]any{}
		for _, key := range sortedKeys(object) {
			if place := in.place(key); place >= 0 {
				values[place] = fromAvro(object[key], in.columns[place].Type)
			} else {
				in.leaveOut(key)
			}
		}
		if !in.add("", values) {
			in.leftOut("")
			return
		}
	}
}

// fromAvro is a decoded value in a form of the wire; typ is what it should become and may be nil.
func fromAvro(value any, typ *Type) any {
	switch v := value.(type) {
	case int, int32, int64:
		return json.Number(fmt.Sprint(v))
	case float32:
		return fromFloat(float64(v), 32)
	case float64:
		return fromFloat(v, 64)
	case []byte:
		return hex.EncodeToString(v)
	case [16]byte: // a UUID
		return fmt.Sprintf("%x-%x-%x-%x-%x", v[:4], v[4:6], v[6:8], v[8:10], v[10:])
	case *big.Rat:
		return v.FloatString(maxScale)
	case time.Time:
		return fromTime(v, typ)
	case time.Duration: // a time of day
		return time.Time{}.Add(v.Truncate(time.Millisecond)).Format("15:04:05.999") // Flink keeps no more
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = fromAvro(item, element(typ, 0))
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			object[key] = fromAvro(item, field(typ, key))
		}
		return object
	}
	return value
}

func fromFloat(number float64, bits int) any {
	switch {
	case math.IsNaN(number):
		return "NaN"
	case math.IsInf(number, 0):
		return map[bool]string{true: "Infinity", false: "-Infinity"}[number > 0]
	}
	return json.Number(strconv.FormatFloat(number, 'g', -1, bits))
}

// fromTime writes a time as its column reads it; digits that the column has not are cut, as Flink's Avro format does.
func fromTime(at time.Time, typ *Type) any {
	if typ != nil && typ.Root == "DATE" || typ == nil && at.Equal(at.Truncate(24*time.Hour)) {
		return at.Format(dateLayout)
	}
	digits := 9
	if typ != nil {
		digits = min(typ.Precision, 9)
	}
	text := at.Format(dateLayout + " " + clockLayout)
	if digits > 0 {
		text += fmt.Sprintf(".%09d", at.Nanosecond())[:digits+1]
	}
	if typ != nil && typ.Root == "TIMESTAMP_LTZ" {
		text += "Z"
	}
	return text
}

func element(typ *Type, i int) *Type {
	if typ == nil || i < 0 || i >= len(typ.Elements) {
		return nil
	}
	return typ.Elements[i]
}

// field is the type of a row's field or of a map's values.
func field(typ *Type, name string) *Type {
	if typ == nil {
		return nil
	}
	for _, f := range typ.Fields {
		if f.Name == name {
			return f.Type
		}
	}
	return element(typ, len(typ.Elements)-1)
}
