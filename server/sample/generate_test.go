package sample

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"millrace/graph"
)

// column are the generated values of one column.
func column(t *testing.T, p Parsed, name string) []any {
	t.Helper()
	for i, other := range p.Sample.Columns {
		if other == name {
			values := make([]any, len(p.Sample.Rows))
			for r, row := range p.Sample.Rows {
				values[r] = row.Values[i]
			}
			return values
		}
	}
	t.Fatalf("no column %s in %v", name, p.Sample.Columns)
	return nil
}

func TestGeneratedValuesFitEveryType(t *testing.T) {
	scalars := []string{
		"BOOLEAN", "TINYINT", "SMALLINT NOT NULL", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(1, 1)", "DECIMAL(38, 10)", "DECIMAL(2)", "CHAR(2)", "VARCHAR(3)", "STRING NOT NULL",
		"BYTES", "BINARY(1)", "DATE", "TIME(0)", "TIME(3)", "TIMESTAMP(0)", "TIMESTAMP(9) NOT NULL", "TIMESTAMP_LTZ(3)",
	}
	rapid.Check(t, func(t *rapid.T) {
		scalar := rapid.SampledFrom(scalars)
		nested := rapid.OneOf(scalar, rapid.Map(scalar, func(s string) string { return "ARRAY<" + s + ">" }),
			rapid.Map(scalar, func(s string) string { return "MAP<STRING, " + s + ">" }), rapid.Map(scalar, func(s string) string { return "ROW<a " + s + ", b MULTISET<STRING>>" }))
		specs := make([]ColumnSpec, rapid.IntRange(1, 4).Draw(t, "columns"))
		for i := range specs {
			specs[i] = ColumnSpec{fmt.Sprint("c", i), nested.Draw(t, "type")}
		}
		seed := rapid.Uint64().Draw(t, "seed")
		p := Generate(specs, nil, 20, seed)
		if len(p.Diagnostics) > 0 || len(p.Sample.Rows) != 20 {
			t.Fatal(specs, p.Diagnostics)
		}
		again, err := json.Marshal(Generate(specs, nil, 20, seed))
		if err != nil {
			t.Fatal(err)
		}
		first, err := json.Marshal(p)
		if err != nil || string(first) != string(again) {
			t.Fatal("the same seed gives other rows", err)
		}
	})
}

func TestRulesSayWhatTheValuesAre(t *testing.T) {
	specs := []ColumnSpec{
		{"id", "BIGINT NOT NULL"}, {"code", "STRING"}, {"status", "VARCHAR(10)"}, {"price", "DECIMAL(6, 2)"}, {"degrees", "DOUBLE"}, {"at", "TIMESTAMP(3)"}, {"big", "BIGINT"}, {"maybe", "INT"},
	}
	rules := map[string]Rule{
		"id": {Kind: Sequence, Start: "9007199254740993", Step: json.Number("-2")}, "code": {Kind: Pattern, Pattern: `A-##\#??*`},
		"status": {Kind: Choices, Choices: []any{"open", "closed", nil}}, "price": {Kind: Range, Min: "9.99", Max: 10.01}, "degrees": {Kind: Range, Min: -1.5, Max: "-1.25"},
		"at": {Kind: Rising, Start: "2024-03-01 00:00:00", StepMs: 1000, JitterMs: 5000}, "big": {Kind: Range, Min: "-9223372036854775808", Max: "9223372036854775807"}, "maybe": {Nulls: 0.5},
	}
	p := Generate(specs, rules, 200, 7)
	if len(p.Diagnostics) > 0 {
		t.Fatal(p.Diagnostics)
	}
	if diff := cmp.Diff([]any{"9007199254740993", "9007199254740991"}, column(t, p, "id")[:2]); diff != "" {
		t.Error(diff)
	}
	seen := map[string]map[any]int{}
	for _, spec := range specs {
		seen[spec.Name] = map[any]int{}
		for _, value := range column(t, p, spec.Name) {
			seen[spec.Name][value]++
		}
	}
	for code := range seen["code"] {
		if text := code.(string); len(text) != 8 || !strings.HasPrefix(text, "A-") || text[4] != '#' {
			t.Error(text)
		}
	}
	if s := seen["status"]; len(s) != 3 || s["open"] < 40 || s[nil] < 40 {
		t.Error(s)
	}
	if s := seen["price"]; len(s) != 3 || s["9.99"] == 0 || s["10.01"] == 0 {
		t.Error(s)
	}
	for value := range seen["degrees"] {
		if number, err := value.(json.Number).Float64(); err != nil || number < -1.5 || number > -1.25 {
			t.Error(value)
		}
	}
	if nulls := seen["maybe"][nil]; nulls < 60 || nulls > 140 {
		t.Error(nulls)
	}
	if len(seen["big"]) < 199 {
		t.Error("a range of 64 bits repeats")
	}
	late, newest := 0, ""
	for _, value := range column(t, p, "at") {
		if value.(string) < newest {
			late++
		}
		newest = max(newest, value.(string))
	}
	if late < 20 || newest > "2024-03-01 00:03:19.000" {
		t.Error("rows that come late:", late, newest)
	}
	delete(rules, "at")
	if other := Generate(specs, rules, 200, 7); cmp.Diff(column(t, p, "code"), column(t, other, "code")) != "" || cmp.Diff(column(t, p, "maybe"), column(t, other, "maybe")) != "" {
		t.Error("another column's rule changed these")
	}
}

func TestRulesThatCannotHoldAreTold(t *testing.T) {
	for name, c := range map[string]struct {
		typ  string
		rule Rule
		want string
	}{
		"backwards":        {"INT", Rule{Kind: Range, Min: 5, Max: "1"}, "Column c: a range needs a lowest number"},
		"no number":        {"INT", Rule{Kind: Range, Min: "x"}, "Column c: a range needs a lowest number"},
		"empty range":      {"INT", Rule{Kind: Range, Min: 0.2, Max: 0.8}, "Column c: no INT lies in its range"},
		"texts":            {"STRING", Rule{Kind: Range}, "and a column of numbers"},
		"time of texts":    {"STRING", Rule{Kind: Rising}, "times rise in columns of dates and times only"},
		"start":            {"DATE", Rule{Kind: Rising, Start: "soon"}, "its first moment is written as"},
		"no choices":       {"STRING", Rule{Kind: Choices}, "give it at least one choice"},
		"NULLs of none":    {"INT NOT NULL", Rule{Nulls: 0.1}, "0 where the column is NOT NULL"},
		"too many NULLs":   {"INT", Rule{Nulls: 1.1}, "the share of NULLs is between 0 and 1"},
		"choice of a text": {"INT", Rule{Kind: Choices, Choices: []any{"x"}}, `Row 1, column c: "x" is no INT`},
		"long pattern":     {"CHAR(2)", Rule{Kind: Pattern, Pattern: "###"}, "is no CHAR(2); write at most 2 characters"},
		"sequence":         {"TINYINT", Rule{Kind: Sequence, Start: 127}, `Row 2, column c: "128" is no TINYINT`},
		"a type":           {"MAP<INT, INT>", Rule{}, "by texts only. Read this source live"},
	} {
		p := Generate([]ColumnSpec{{"c", c.typ}}, map[string]Rule{"c": c.rule}, 2, 1)
		if len(p.Diagnostics) == 0 || !strings.Contains(p.Diagnostics[0].Detail, c.want) || p.Diagnostics[0].Severity != graph.Error {
			t.Errorf("%s: %v", name, p.Diagnostics)
		}
	}
	p := Generate([]ColumnSpec{{"c", "INT"}}, map[string]Rule{"d": {}}, 5000, 1)
	if len(p.Sample.Rows) != graph.MaxSampleRows || len(p.Diagnostics) != 2 || !strings.Contains(p.Diagnostics[0].Detail, `There is no column "d"`) ||
		p.Diagnostics[1].Detail != "Rows 1 to 1000 of 5000 are taken: a sample has at most 1000 rows." {
		t.Error(p.Diagnostics)
	}
}
