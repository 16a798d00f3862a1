package sample

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func mustType(t *testing.T, text string) *Type {
	t.Helper()
	typ, err := ParseType(text)
	if err != nil {
		t.Fatal(err)
	}
	return typ
}

// decodedJSON is a value as a document holds it.
func decodedJSON(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(text, err)
	}
	return value
}

func berlin(t *testing.T) *time.Location {
	t.Helper()
	zone, err := parseZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestValuesHaveOneNormalForm(t *testing.T) {
	cases := []struct{ typ, value, normal, file string }{
		{"BOOLEAN", `" True "`, `true`, `true`},
		{"TINYINT", `"-128"`, `-128`, `-128`},
		{"INT", `1.2e1`, `12`, `12`},
		{"INT", `"+7"`, `7`, `7`},
		{"BIGINT", `9007199254740993`, `"9007199254740993"`, `"9007199254740993"`},
		{"DECIMAL(10, 2)", `1.5`, `"1.50"`, `"1.50"`},
		{"DECIMAL(3, 2)", `"-.5"`, `"-0.50"`, `"-0.50"`},
		{"DECIMAL(5)", `"1e4"`, `"10000"`, `"10000"`},
		{"NUMERIC(38, 38)", `"0.00000000000000000000000000000000000001"`, `"0.00000000000000000000000000000000000001"`, `"0.00000000000000000000000000000000000001"`},
		{"FLOAT", `"3.4028235E38"`, `3.4028235e+38`, `3.4028235e+38`},
		{"DOUBLE", `0.10`, `0.1`, `0.1`},
		{"DOUBLE", `"-Infinity"`, `"-Infinity"`, `"-Infinity"`},
		{"STRING", `12.0`, `"12.0"`, `"12.0"`},
		{"CHAR(4)", `"ab  "`, `"ab"`, `"ab"`},
		{"VARCHAR(2)", `"é😀"`, `"é😀"`, `"é😀"`},
		{"BYTES", `"00FF"`, `"00ff"`, `"AP8="`},
		{"DATE", `"2024-02-29"`, `"2024-02-29"`, `"2024-02-29"`},
		{"TIME(3)", `"10:11"`, `"10:11:00.000"`, `"10:11:00.000"`},
		{"TIME", `"10:11:12.000"`, `"10:11:12"`, `"10:11:12"`},
		{"TIMESTAMP(3)", `"2024-01-31T10:00"`, `"2024-01-31 10:00:00.000"`, `"2024-01-31 10:00:00.000"`},
		{"TIMESTAMP", `"2024-01-31"`, `"2024-01-31 00:00:00.000000"`, `"2024-01-31 00:00:00.000000"`},
		{"TIMESTAMP_LTZ(3)", `"2024-07-01 10:00:00"`, `"2024-07-01 10:00:00.000"`, `"2024-07-01 08:00:00.000Z"`},
		{"TIMESTAMP_LTZ(0)", `"2024-12-31T23:30:00Z"`, `"2025-01-01 00:30:00"`, `"2024-12-31 23:30:00Z"`},
		{"INT ARRAY", `["1", null]`, `[1,null]`, `[1,null]`},
		{"MAP<STRING, BIGINT>", `{"b": 1, "a": null}`, `[{"key":"a","value":null},{"key":"b","value":"1"}]`, `{"a":null,"b":"1"}`},
		{"MULTISET<STRING>", `[{"key": "x", "value": 2}]`, `[{"key":"x","value":2}]`, `{"x":2}`},
		{"ROW<b INT, `a b` ROW<x BYTES>>", `{"a b": {"x": "ff"}}`, `{"a b":{"x":"ff"},"b":null}`, `{"b":null,"a b":{"x":"/w=="}}`},
		{"STRING", `null`, `null`, `null`},
	}
	for _, c := range cases {
		t.Run(c.typ+" "+c.value, func(t *testing.T) {
			typ := mustType(t, c.typ)
			normal, err := Normal(decodedJSON(t, c.value), typ, berlin(t))
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(normal)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.normal, string(text)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.file, string(appendJSON(nil, normal, typ, berlin(t)))); diff != "" {
				t.Error(diff)
			}
			again, err := Normal(normal, typ, berlin(t))
			if diff := cmp.Diff(normal, again); diff != "" || err != nil {
				t.Error("normal of normal:", err, diff)
			}
		})
	}
}

func TestValuesThatDoNotFitAreToldWithARemedy(t *testing.T) {
	cases := []struct{ typ, value, want string }{
		{"DECIMAL(10, 2)", `"abc"`, `"abc" is no DECIMAL(10, 2); write a number such as 12.50`},
		{"DECIMAL(10, 2)", `"1.005"`, `"1.005" is no DECIMAL(10, 2); write at most 8 digits before the point and 2 behind it`},
		{"DECIMAL(4, 2)", `100`, `100 is no DECIMAL(4, 2); write at most 2 digits before the point and 2 behind it`},
		{"DECIMAL(38)", `"1e999999"`, `"1e999999" is no DECIMAL(38); write a number such as 12.50`},
		{"INT", `2147483648`, `2147483648 is no INT; write a whole number of at most 2147483647`},
		{"BIGINT", `"9223372036854775808"`, `"9223372036854775808" is no BIGINT; write a whole number of at most 9223372036854775807`},
		{"TINYINT", `1.5`, `1.5 is no TINYINT; write a whole number of at most 127`},
		{"INT", `"0x10"`, `"0x10" is no INT`},
		{"INT", `true`, `true is no INT`},
		{"BOOLEAN", `"yes"`, `"yes" is no BOOLEAN; write true or false`},
		{"DOUBLE", `"0x1p-2"`, `"0x1p-2" is no DOUBLE`},
		{"FLOAT", `1e39`, `1e39 is no FLOAT`},
		{"STRING", `{"a": 1}`, `{"a":1} is no STRING; write a text`},
		{"STRING", `false`, `false is no STRING; write a text`},
		{"VARCHAR(3)", `"abcd"`, `"abcd" is no VARCHAR(3); write at most 3 characters`},
		{"VARCHAR(3)", `"` + strings.Repeat("x", 100) + `"`, `"` + strings.Repeat("x", 40) + `…" is no VARCHAR(3)`},
		{"BYTES", `"0"`, `"0" is no BYTES; write its bytes as hex digits, such as 00ff`},
		{"BINARY(1)", `"0001"`, `"0001" is no BINARY(1); write at most 1 bytes`},
		{"DATE", `"2023-02-29"`, `"2023-02-29" is no DATE; write a date such as 2024-01-31`},
		{"DATE", `"2023-02-28 10:00"`, `is no DATE`},
		{"TIME", `"25:00:00"`, `"25:00:00" is no TIME; write a time such as 23:59:59`},
		{"TIME", `"10:00:00Z"`, `is no TIME; write a time such as 23:59:59, without a zone`},
		{"TIMESTAMP(3)", `"10:00:00"`, `is no TIMESTAMP(3)`},
		{"TIMESTAMP(3)", `"2024-01-3110:00:00"`, `is no TIMESTAMP(3)`},
		{"TIMESTAMP(3)", `"2024-01-31 10:00:00.1234"`, `"2024-01-31 10:00:00.1234" is no TIMESTAMP(3); write at most 3 digits behind the second`},
		{"TIMESTAMP(3)", `"2024-01-31T10:00:00Z"`, `without a zone`},
		{"TIMESTAMP_LTZ(3)", `1700000000`, `1700000000 is no TIMESTAMP_LTZ(3)`},
		{"INT NOT NULL", `null`, `null is no INT NOT NULL; write a value`},
		{"ARRAY<INT NOT NULL>", `[1, null]`, `element 2: null is no INT NOT NULL; write a value`},
		{"ARRAY<INT>", `"[1]"`, `"[1]" is no ARRAY<INT>; write a list such as [1, 2]`},
		{"MAP<STRING, INT>", `[{"key": "a"}]`, `{"key":"a"} is no MAP<STRING, INT>; write each entry as`},
		{"MAP<STRING, INT>", `[{"key": "a", "value": 1}, {"key": "a", "value": 2}]`, `the key "a" stands twice; remove one`},
		{"MAP<STRING, INT>", `{"a": "x"}`, `key "a": "x" is no INT`},
		{"ROW<a INT, b ROW<c INT>>", `{"b": {"c": "x"}}`, `field b: field c: "x" is no INT`},
		{"ROW<a INT>", `{"A": 1}`, `the row has no field "A"; it has a`},
		{"ROW<a INT>", `[1]`, `[1] is no ROW<a INT>; write an object with the row's fields`},
	}
	for _, c := range cases {
		t.Run(c.typ+" "+c.value[:min(len(c.value), 30)], func(t *testing.T) {
			got, err := Normal(decodedJSON(t, c.value), mustType(t, c.typ), time.UTC)
			if err == nil {
				t.Fatalf("was taken as %v", got)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %s\nwant %s", err, c.want)
			}
		})
	}
}

func TestTypesThatAFileCannotHoldAreToldApart(t *testing.T) {
	for text, want := range map[string]string{
		"MAP<INT, STRING>":      "by texts only. Read this source live",
		"MULTISET<BIGINT>":      "by texts only. Read this source live",
		"VARIANT":               "does not read it from a file. Read this source live",
		"ROW<a ARRAY<VARIANT>>": "a sample cannot hold VARIANT",
		"my_catalog.my_type":    "a sample cannot hold my_catalog.my_type",
		"INT)":                  `"INT)" is no type of Flink's`,
	} {
		if _, err := ParseType(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestZonesAreReadAsJavaReadsThem(t *testing.T) {
	at := time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{"UTC": "12:00", "Europe/Berlin": "14:00", "GMT-03:00": "09:00", "+05:30": "17:30", "UTC+8": "", "Mars/Olympus": ""} {
		zone, err := parseZone(name)
		if err != nil {
			if want != "" {
				t.Error(name, err)
			}
			continue
		}
		if got := at.In(zone).Format("15:04"); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestNestedValuesAsFlinkCastsThem(t *testing.T) {
	for value, want := range map[string]string{`[1, null]`: "[1, NULL]", `[]`: "[]"} {
		if got := Text(decodedJSON(t, value), mustType(t, "ARRAY<INT>")); got != want {
			t.Errorf("%s: %s", value, got)
		}
	}
	row := Text(decodedJSON(t, `{"a": true, "b": [{"key": "k", "value": "1.0"}], "c": null}`), mustType(t, "ROW<a BOOLEAN, b MAP<STRING, DECIMAL(2, 1)>, c INT>"))
	if row != "(TRUE, {k=1.0}, NULL)" {
		t.Error(row)
	}
}
