package sample

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/graph"
)

func document(t *testing.T, text string) *graph.Document {
	t.Helper()
	doc, err := graph.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func noCatalog(string) (Described, error) { return Described{}, errors.New("there is no catalog") }

// source is a document of one source with a primary key, and a sample of rows.
func source(t *testing.T, options, rows string) *graph.Document {
	t.Helper()
	return document(t, `{"format": 1, "nodes": {"o": {"kind": "source", "name": "orders", "config": {"table": {
		"columns": [{"name": "id", "type": "INT NOT NULL"}, {"name": "v", "type": "STRING"}, {"name": "twice", "expression": "id * 2"}],
		"primaryKey": ["id"], "options": {`+options+`}}}}}, "samples": {"o": {"columns": ["id", "v"], "rows": [`+rows+`]}}}`)
}

const (
	appending = `"connector": "kafka", "format": "json"`
	upserting = `"connector": "upsert-kafka", "value.format": "json"`
	capturing = `"connector": "kafka", "format": "debezium-json"`
)

func TestRowsBecomeTheFileThatGivesThem(t *testing.T) {
	row := func(kind string, id int, v string) string {
		return fmt.Sprintf(`{"kind": "%s", "values": [%d, %s]}`, kind, id, v)
	}
	rows := func(list ...string) string { return strings.Join(list, ",") }
	a, b := `{"id":1,"v":"a"}`, `{"id":1,"v":"b"}`
	cases := []struct {
		name, options, rows string
		format              string
		streaming, batch    string
	}{
		{"insertions", appending, rows(row("+I", 1, `"a"`), row("+I", 1, `"a"`)), "json", a + "\n" + a, a + "\n" + a},
		{
			"an update", appending, rows(row("+I", 1, `"a"`), row("-U", 1, `"a"`), row("+U", 1, `"b"`)), "debezium-json",
			`{"before":null,"after":` + a + `,"op":"c"}` + "\n" + `{"before":` + a + `,"after":` + b + `,"op":"u"}`, b,
		},
		{
			"+U alone finds its key", appending, rows(row("+I", 1, `"a"`), row("+U", 1, `"b"`)), "debezium-json",
			`{"before":null,"after":` + a + `,"op":"c"}` + "\n" + `{"before":` + a + `,"after":` + b + `,"op":"u"}`, b,
		},
		{"+U of a new key", appending, row("+U", 1, `"a"`), "debezium-json", `{"before":null,"after":` + a + `,"op":"c"}`, a},
		{
			"-U alone", appending, rows(row("+I", 1, `"a"`), row("-U", 1, `"a"`)), "debezium-json",
			`{"before":null,"after":` + a + `,"op":"c"}` + "\n" + `{"before":` + a + `,"after":null,"op":"d"}`, "",
		},
		{
			"a delete by its key", appending, rows(row("+I", 1, `"a"`), row("-D", 1, `null`)), "debezium-json",
			`{"before":null,"after":` + a + `,"op":"c"}` + "\n" + `{"before":` + a + `,"after":null,"op":"d"}`, "",
		},
		{"a source of changelogs with insertions", capturing, row("+I", 1, `"a"`), "debezium-json", `{"before":null,"after":` + a + `,"op":"c"}`, a},
		{
			"upserts", upserting, rows(row("+I", 1, `"a"`), row("+I", 1, `"b"`), row("-D", 1, `null`), row("-D", 1, `null`)), "debezium-json",
			`{"before":null,"after":` + a + `,"op":"c"}` + "\n" + `{"before":` + a + `,"after":` + b + `,"op":"u"}` + "\n" + `{"before":` + b + `,"after":null,"op":"d"}`, "",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for mode, want := range map[graph.Mode]string{graph.Streaming: c.streaming, graph.Batch: c.batch} {
				doc := source(t, c.options, c.rows)
				doc.Mode = mode
				run, err := On(doc, "file:///samples", noCatalog)
				if err != nil || len(run.Diagnostics) > 0 || len(run.Files) != 1 {
					t.Fatal(err, run.Diagnostics, len(run.Files))
				}
				options := optionsOf(run.Document.Nodes["o"].Config)
				got := string(run.Files[strings.TrimPrefix(options["path"], "file:///samples/")])
				if diff := cmp.Diff(want, strings.TrimSuffix(got, "\n")); diff != "" {
					t.Error(mode, diff)
				}
				format := c.format
				if mode == graph.Batch {
					format = "json"
				}
				if options["format"] != format || options["connector"] != "filesystem" {
					t.Error(options)
				}
			}
		})
	}
}

func TestARunOnSamplesKeepsTheTableAndSettlesTheClock(t *testing.T) {
	doc := document(t, `{"format": 1, "settings": {"table.exec.mini-batch.enabled": "true", "parallelism.default": "8"}, "nodes": {"o": {"kind": "source", "name": "orders", "config": {"table": {
		"columns": [{"name": "id", "type": "INT PRIMARY KEY NOT ENFORCED"}, {"name": "ts", "type": "TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL", "comment": "when"}],
		"watermark": {"column": "ts", "expression": "ts"}, "partitionedBy": ["id"], "distribution": "INTO 4 BUCKETS", "options": {"connector": "kafka", "topic": "t"}}}}},
		"samples": {"o": {"columns": ["ts", "id"], "rows": [{"values": ["2024-01-01 00:00:00", 1]}]}}}`)
	before := string(doc.Encode())
	run, err := On(doc, "file:///samples/", noCatalog)
	if err != nil || len(run.Diagnostics) > 0 {
		t.Fatal(err, run.Diagnostics)
	}
	if string(doc.Encode()) != before {
		t.Error("the given document changed")
	}
	table, _ := run.Document.Nodes["o"].Config.At("table")
	kept := table.(map[string]any)
	path := kept["options"].(map[string]any)["path"]
	want := map[string]any{
		"columns":    []any{map[string]any{"name": "id", "type": "INT"}, map[string]any{"name": "ts", "type": "TIMESTAMP_LTZ(3)", "comment": "when"}},
		"primaryKey": []any{"id"}, "watermark": map[string]any{"column": "ts", "expression": "ts"},
		"options": map[string]any{"connector": "filesystem", "format": "json", "path": path},
	}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Error(diff)
	}
	settings := map[string]string{
		"pipeline.auto-watermark-interval": "0 ms", "table.exec.source.idle-timeout": "0 ms", "parallelism.default": "1",
		"table.exec.mini-batch.enabled": "false", "table.local-time-zone": "UTC",
	}
	if diff := cmp.Diff(settings, run.Document.Settings); diff != "" {
		t.Error(diff)
	}
	for name, content := range run.Files {
		if string(content) != `{"id":1,"ts":"2024-01-01 00:00:00.000Z"}`+"\n" || path != "file:///samples/"+name {
			t.Errorf("%s: %s", name, content)
		}
	}
}

func TestSamplesThatDoNotFitAreDiagnostics(t *testing.T) {
	doc := source(t, appending, `{"values": [1, "a"]}, {"values": ["x", {"y": 1}]}, {"values": [null, null]}, {"values": [1]}`)
	doc.Samples["o"].Columns = []string{"id", "v"}
	doc.Nodes["o"].Config["table"].(map[string]any)["columns"] = append(doc.Nodes["o"].Config["table"].(map[string]any)["columns"].([]any),
		map[string]any{"name": "must", "type": "INT NOT NULL"}, map[string]any{"name": "odd", "type": "MAP<INT, INT>"})
	run, err := On(doc, "file:///samples", noCatalog)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range run.Diagnostics {
		if d.Severity != graph.Error || d.Node != "o" {
			t.Error(d)
		}
		got = append(got, d.Field+": "+d.Detail)
	}
	want := []string{
		"samples.o.columns: Column odd: a sample cannot hold MAP<INT, INT>: Flink reads maps and multisets from a file by texts only. Read this source live.",
		"samples.o.rows.0: Row 1, column must: null is no INT NOT NULL; write a value.",
		`samples.o.rows.1: Row 2, column id: "x" is no INT; write a whole number of at most 2147483647.`,
		`samples.o.rows.1: Row 2, column v: {"y":1} is no STRING; write a text.`,
		"samples.o.rows.2: Row 3, column id: null is no INT NOT NULL; write a value.",
		"samples.o.rows.3: Row 4: it has not one value for each column; give each a value, null where there is none.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	doc = source(t, appending, "")
	doc.Samples["o"].Columns = []string{"id", "twice"}
	doc.Settings[zoneSetting] = "Mars/Olympus"
	if run, err = On(doc, "", noCatalog); err != nil || len(run.Diagnostics) != 2 {
		t.Fatal(err, run.Diagnostics)
	}
	if !strings.Contains(run.Diagnostics[0].Detail, `"Mars/Olympus" is no time zone`) || !strings.Contains(run.Diagnostics[1].Detail, "Column twice: the source has no such column to fill in") {
		t.Error(run.Diagnostics)
	}
}

func TestManyMistakesAreNotAllTold(t *testing.T) {
	doc := source(t, appending, strings.TrimSuffix(strings.Repeat(`{"values": ["x", "y"]},`, 100), ","))
	run, err := On(doc, "", noCatalog)
	if err != nil || len(run.Diagnostics) != mostProblems+1 {
		t.Fatal(err, len(run.Diagnostics))
	}
	if last := run.Diagnostics[mostProblems].Detail; last != "80 more values do not fit: correct these first." {
		t.Error(last)
	}
}

func TestCatalogTablesAreTakenAsFlinkDescribesThem(t *testing.T) {
	doc := document(t, `{"format": 1, "nodes": {"o": {"kind": "source", "name": "orders", "config": {"catalogTable": "c.d.orders", "hints": {"scan.startup.mode": "latest-offset"}}}},
		"samples": {"o": {"columns": ["id"], "rows": [{"values": [1]}]}}}`)
	described := Described{PrimaryKey: []string{"id"}, Columns: []DescribedColumn{
		{Name: "id", Type: "INT"}, {Name: "day", Type: "DATE", Nullable: true}, {Name: "ts", Type: "TIMESTAMP(3)", Nullable: true, Expression: "CAST(`day` AS TIMESTAMP(3))", Watermark: "`ts`"},
	}}
	run, err := On(doc, "/samples", func(string) (Described, error) { return described, nil })
	if err != nil || len(run.Diagnostics) > 0 {
		t.Fatal(err, run.Diagnostics)
	}
	config := run.Document.Nodes["o"].Config
	table := config["table"].(map[string]any)
	want := []any{
		map[string]any{"name": "id", "type": "INT NOT NULL"}, map[string]any{"name": "day", "type": "DATE"}, map[string]any{"name": "ts", "expression": "CAST(`day` AS TIMESTAMP(3))"},
	}
	if diff := cmp.Diff(want, table["columns"]); diff != "" {
		t.Error(diff)
	}
	if len(config) != 1 || table["watermark"].(map[string]any)["column"] != "ts" || len(table["primaryKey"].([]any)) != 1 {
		t.Error(config)
	}
	if _, err := On(doc, "", noCatalog); err == nil || !strings.Contains(err.Error(), "there is no catalog") {
		t.Error(err)
	}
}

// joined is a lookup join of orders with customers; asOf is the column's definition.
func joined(t *testing.T, column string) *graph.Document {
	t.Helper()
	return document(t, `{"format": 1, "nodes": {
		"o": {"kind": "source", "name": "orders", "config": {"table": {"columns": [{"name": "id", "type": "INT"}, `+column+`], "options": {"connector": "datagen"}}}},
		"s": {"kind": "select", "name": "renamed", "config": {"columns": [{"name": "id", "expression": "id"}, {"name": "at_time", "expression": "ts"}]}},
		"c": {"kind": "source", "name": "customers", "config": {"table": {"columns": [{"name": "id", "type": "INT"}], "options": {"connector": "jdbc"}}}},
		"j": {"kind": "join", "name": "named", "config": {"type": "left", "asOf": "at_time", "condition": "left.id = right.id"}},
		"q": {"kind": "sql", "name": "raw", "config": {"query": "SELECT * FROM renamed AS r JOIN customers FOR SYSTEM_TIME AS OF r.at_time AS c ON r.id = c.id"}}
	}, "edges": [{"from": "o", "to": "s", "port": "in"}, {"from": "s", "to": "j", "port": "left"}, {"from": "c", "to": "j", "port": "right"}],
	"samples": {"c": {"columns": ["id"], "rows": []}}}`)
}

func TestALookupTableStaysLive(t *testing.T) {
	doc := joined(t, `{"name": "ts", "expression": "PROCTIME()"}`)
	run, err := On(doc, "", noCatalog)
	if err != nil || len(run.Diagnostics) != 1 || len(run.Sampled) > 0 {
		t.Fatal(err, run)
	}
	if d := run.Diagnostics[0]; d.Severity != graph.Warning || d.Node != "c" || !strings.HasPrefix(d.Detail, "named asks this table row by row") {
		t.Error(d)
	}
	delete(doc.Nodes, "j")
	doc.Edges = []graph.Edge{{From: "o", To: "s", Port: "in"}, {From: "s", To: "q", Port: "in"}, {From: "c", To: "q", Port: "in"}}
	if run, err = On(doc, "", noCatalog); err != nil || len(run.Sampled) > 0 {
		t.Error("of free SQL:", err, run.Sampled)
	}
	if run, err = On(joined(t, `{"name": "ts", "type": "TIMESTAMP(3)"}`), "", noCatalog); err != nil || len(run.Sampled) != 1 {
		t.Error("as of an event time:", err, run.Diagnostics)
	}
}

func TestSourcesThatNeverEndNeedASample(t *testing.T) {
	for options, endless := range map[string]bool{
		`"connector": "kafka"`: true, `"connector": "kafka", "scan.bounded.mode": "latest-offset"`: false, `"connector": "mysql-cdc"`: true,
		`"connector": "datagen"`: true, `"connector": "datagen", "number-of-rows": "5"`: false, `"connector": "datagen", "fields.id.kind": "sequence"`: false,
		`"connector": "filesystem"`: false, `"connector": "filesystem", "source.monitor-interval": "1 s"`: true, `"connector": "jdbc"`: false, `"connector": "own"`: false,
	} {
		doc := source(t, options, "")
		if got := len(Endless(doc)); got != 0 {
			t.Error("with a sample:", options)
		}
		doc.Samples["o"].Live = true
		if got := len(Endless(doc)) == 1; got != endless {
			t.Error(options, got)
		}
	}
}
