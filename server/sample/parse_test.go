package sample

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/avro"
	"github.com/twmb/avro/ocf"

	"millrace/graph"
)

var orders = []ColumnSpec{
	{"id", "BIGINT NOT NULL"}, {"note", "STRING"}, {"amount", "DECIMAL(10, 2)"}, {"at", "TIMESTAMP(3)"}, {"tags", "ARRAY<STRING>"},
}

// told are the lines of a parsed sample and what is said of it.
func told(t *testing.T, p Parsed) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", strings.Join(p.Sample.Columns, " "))
	for _, row := range p.Sample.Rows {
		values, err := json.Marshal(row.Values)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", row.Sign(), values)
	}
	for _, d := range p.Diagnostics {
		fmt.Fprintf(&b, "%s %s: %s\n", d.Severity, d.Field, d.Detail)
	}
	return b.String()
}

func TestPastedRowsBecomeASample(t *testing.T) {
	cases := []struct {
		name   string
		format Format
		text   string
		want   string
	}{
		{"CSV with a header", CSV, "\uFEFFat,ID,note\r\n2024-01-01 10:00,1,\"a \"\"b\"\", c\"\r\n,2,\r\n", `id note at
+I ["1","a \"b\", c","2024-01-01 10:00:00.000"]
+I ["2",null,null]
`},
		{"CSV without a header", CSV, "1,x,1.5,2024-01-01,\"[\"\"a\"\"]\"\n2,\"\",,,\n", `id note amount at tags
+I ["1","x","1.50","2024-01-01 00:00:00.000",["a"]]
+I ["2","",null,null,null]
`},
		{"a spreadsheet's tabs, and row kinds", CSV, "kind\tid\tamount\n+I\t1\t5\n-U\t1\t5\n+U\t1\t'-7\n", `id amount
+I ["1","5.00"]
-U ["1","5.00"]
+U ["1","-7.00"]
`},
		{"semicolons, a line break in quotes and an unknown column", CSV, "id;note;other\n1;\"two\nlines\";x\n", `id note
+I ["1","two\nlines"]
warning columns: The source has no column "other" to fill in: its values are left out.
`},
		{"CSV that does not fit", CSV, "id,amount\n1,abc\n,2\n3,4,5\n\"4\"x,1\n5,\"open", `id amount
+I ["1","abc"]
+I [null,"2.00"]
error rows: Line 4: it has 3 cells for 2 columns. It is left out.
error rows: Line 5: text stands behind a closing quote: write "" for a quote inside quotes. It is left out.
error rows: Line 6: a quote is never closed: write " at the end of the text. It is left out.
error rows.0: Row 1, column amount: "abc" is no DECIMAL(10, 2); write a number such as 12.50.
error rows.1: Row 2, column id: null is no BIGINT NOT NULL; write a value.
`},
		{"JSON lines", JSONLines, `{"id": 9007199254740993, "tags": ["a", null], "more": 1}` + "\n\n" + `{"id": 2, "amount": 1e1, "kind": "-D"}` + "\n{oops}\n[1]\n", `id amount tags
+I ["9007199254740993",null,["a",null]]
-D ["2","10.00",null]
warning columns: The source has no column "more" to fill in: its values are left out.
error rows: Line 4: it is no JSON: invalid character 'o' looking for beginning of object key string. It is left out.
error rows: Line 5: it is no object: write the columns' names before their values. It is left out.
`},
		{"a list of a preview's rows", JSONLines, `[{"kind": "+U", "values": ["1", "x", "2.00", null, []]},
{"values": [1]}, {"kind": "+X", "values": [1, 2, 3, 4, 5]}]`, `id note amount at tags
+U ["1","x","2.00",null,[]]
error rows: Line 2: it has 1 values for 5 columns. It is left out.
error rows: Line 2: "+X" is no row kind: write +I, -U, +U or -D. It is left out.
`},
		{"nothing", CSV, "\n\r\n", "id note amount at tags\n"},
		{"no Avro", Avro, "Obj", `id note amount at tags
error rows: Line 1: it is no Avro object container file: `},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := told(t, Parse(c.format, []byte(c.text), orders))
			if c.format == Avro {
				got = got[:min(len(got), len(c.want))]
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMillionRowsAreAnsweredAtOnce(t *testing.T) {
	big := map[Format]string{
		CSV:       strings.Repeat("1,a row\n", 1_000_000),
		JSONLines: strings.Repeat("{\"id\": 1, \"note\": \"a row\"}\n", 1_000_000),
	}
	for format, text := range big {
		begin := time.Now()
		p := Parse(format, []byte(text), orders[:2])
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s took %s", format, took)
		}
		if len(p.Sample.Rows) != graph.MaxSampleRows || len(p.Diagnostics) != 1 {
			t.Fatal(format, len(p.Sample.Rows), p.Diagnostics)
		}
		if d := p.Diagnostics[0]; d.Severity != graph.Warning || d.Detail != "Rows 1 to 1000 of about 1000000 are taken: a sample has at most 1000 rows." {
			t.Error(format, d)
		}
	}
}

func TestASampleStaysBelowItsBytes(t *testing.T) {
	p := Parse(CSV, []byte(strings.Repeat("1,"+strings.Repeat("x", 4000)+"\n", 500)), orders[:2])
	doc := graph.New("")
	doc.Nodes["o"] = &graph.Node{Kind: "source"}
	doc.Samples = map[string]*graph.Sample{"o": &p.Sample}
	if found := graph.CheckSamples(doc); len(found) > 0 {
		t.Error(found)
	}
	if len(p.Sample.Rows) < 60 || !strings.Contains(p.Diagnostics[0].Detail, "of about 500 are taken: a sample has at most 256 kB.") {
		t.Error(len(p.Sample.Rows), p.Diagnostics)
	}
	p = Parse(JSONLines, []byte(`{"note": "`+strings.Repeat("x", graph.MaxSampleBytes)+`"}`), orders[:2])
	if len(p.Sample.Rows) != 0 || !strings.HasPrefix(p.Diagnostics[0].Detail, "No row is taken, since the first is too large") {
		t.Error(p.Diagnostics)
	}
}

const avroSchema = `{"type": "record", "name": "r", "fields": [
	{"name": "id", "type": "long"}, {"name": "note", "type": ["null", "string"]}, {"name": "raw", "type": "bytes"}, {"name": "share", "type": "double"},
	{"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
	{"name": "day", "type": {"type": "int", "logicalType": "date"}}, {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
	{"name": "at", "type": {"type": "long", "logicalType": "local-timestamp-micros"}}, {"name": "seen", "type": {"type": "long", "logicalType": "timestamp-millis"}},
	{"name": "prices", "type": {"type": "map", "values": "int"}},
	{"name": "inner", "type": {"type": "record", "name": "i", "fields": [{"name": "list", "type": {"type": "array", "items": "long"}}]}},
	{"name": "extra", "type": "int"}]}`

func TestAvroFilesAreRead(t *testing.T) {
	schema := avro.MustParse(avroSchema)
	at := time.Date(2024, 1, 31, 23, 59, 59, 123456000, time.UTC)
	record := map[string]any{
		"id": int64(9007199254740993), "note": nil, "raw": []byte{0, 255}, "share": 0.1, "amount": big.NewRat(-5, 4), "day": at.Truncate(24 * time.Hour), "clock": 10*time.Hour + 5*time.Millisecond,
		"at": at, "seen": at.Truncate(time.Millisecond), "prices": map[string]any{"b": 2, "a": 1}, "inner": map[string]any{"list": []any{int64(1)}}, "extra": 1,
	}
	var file bytes.Buffer
	w, err := ocf.NewWriter(&file, schema, ocf.WithCodec(ocf.SnappyCodec()))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := w.Encode(record); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	specs := []ColumnSpec{
		{"id", "BIGINT"},
		{"note", "STRING"},
		{"raw", "BYTES"},
		{"share", "DOUBLE"},
		{"amount", "DECIMAL(10, 2)"},
		{"day", "DATE"},
		{"clock", "TIME(3)"},
		{"at", "TIMESTAMP(3)"},
		{"seen", "TIMESTAMP_LTZ(3)"},
		{"prices", "MAP<STRING, INT>"},
		{"inner", "ROW<list ARRAY<BIGINT>>"},
	}
	p := Parse(Avro, file.Bytes(), specs)
	row := `+I ["9007199254740993",null,"00ff",0.1,"-1.25","2024-01-31","10:00:00.005","2024-01-31 23:59:59.123","2024-01-31 23:59:59.123",` +
		`[{"key":"a","value":1},{"key":"b","value":2}],{"list":["1"]}]` + "\n"
	want := "id note raw share amount day clock at seen prices inner\n" + row + row + row +
		"warning columns: The source has no column \"extra\" to fill in: its values are left out.\n"
	if diff := cmp.Diff(want, told(t, p)); diff != "" {
		t.Error(diff)
	}
	if cut := Parse(Avro, file.Bytes()[:file.Len()-10], specs); len(cut.Sample.Rows) > 0 || !strings.Contains(fmt.Sprint(cut.Diagnostics), "cannot be read") {
		t.Error(cut.Diagnostics)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"id,note\n1,x", "\"", "a\tb\r\n", `{"id":1}`, `[{"values":[]}]`, "[", "Obj\x01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range []Format{CSV, JSONLines, Avro} {
			p := Parse(format, []byte(text), orders)
			for _, row := range p.Sample.Rows {
				if len(row.Values) != len(p.Sample.Columns) {
					t.Fatal(p)
				}
			}
		}
	})
}
