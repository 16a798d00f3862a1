package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// Described is a catalog's table as Flink's DESCRIBE tells it.
type Described struct {
	Columns    []DescribedColumn
	PrimaryKey []string
}

// DescribedColumn is one of its columns.
type DescribedColumn struct {
	Name, Type string
	Nullable   bool
	Expression string // of a computed column; "" of others
	Watermark  string // the watermark's expression on the event time column; "" elsewhere
}

// Run is a document that reads files instead of the sources that have samples.
type Run struct {
	Document    *graph.Document
	Files       map[string][]byte // by name, in the folder that was given; the same content has the same name
	Sampled     []string          // ids of the sources that are replaced, sorted
	Diagnostics []graph.Diagnostic
}

// On makes of a document the one that runs on its samples, in the document's mode: each source with a sample that is in use
// reads a file in the folder (a URL or an absolute path, as Flink will open it), with its columns, key, event time and
// watermark as they are. A watermark follows every row and nothing depends on the clock, so that the same sample gives the
// same rows. Catalog's tables are asked for by describe. What errors there are say why nothing should run.
func On(doc *graph.Document, folder string, describe func(source string) (Described, error)) (Run, error) {
	run := Run{Document: doc.Clone(), Files: map[string][]byte{}}
	used := inUse(doc)
	if len(used) == 0 {
		return run, nil
	}
	zone, err := Zone(doc)
	if err != nil {
		run.report("", "settings."+zoneSetting, "sample-zone", "Time zone is unknown", "The setting "+err.Error()+".")
		zone = time.UTC
	}
	lookups := lookupTables(doc)
	for _, id := range used {
		if join := lookups[id]; join != "" {
			run.Diagnostics = append(run.Diagnostics, staysLive(doc, id, join))
			continue
		}
		if err := run.replace(id, strings.TrimSuffix(folder, "/"), zone, describe); err != nil {
			return Run{}, err
		}
	}
	if len(run.Sampled) > 0 {
		settle(run.Document)
	}
	return run, nil
}

// inUse are the sources with a sample that is not switched to live, sorted.
func inUse(doc *graph.Document) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(doc.Samples)) {
		if node := doc.Nodes[id]; node != nil && node.Kind == "source" && !doc.Samples[id].Live {
			ids = append(ids, id)
		}
	}
	return ids
}

func (r *Run) report(node, field, code, summary, detail string) {
	r.Diagnostics = append(r.Diagnostics, graph.Diagnostic{Node: node, Field: field, Severity: graph.Error, Code: code, Summary: summary, Detail: detail})
}

func staysLive(doc *graph.Document, id, join string) graph.Diagnostic {
	return graph.Diagnostic{
		Node: id, Field: "samples." + id, Severity: graph.Warning, Code: "sample-stays-live", Summary: "Lookup table stays live",
		Detail: fmt.Sprintf("%s asks this table row by row, which Flink cannot do with a file: it is read itself. Switch the sample to live, or join as of the event time.", doc.Nodes[join].Name),
	}
}

// settle sets what makes a run repeatable.
func settle(doc *graph.Document) {
	settings := doc.Settings
	settings["pipeline.auto-watermark-interval"] = "0 ms" // the assigner then emits a watermark behind every row that moves it
	settings["table.exec.source.idle-timeout"] = "0 ms"   // a file that is opened late is not idle
	settings["parallelism.default"] = "1"                 // rows keep their order
	if settings[zoneSetting] == "" {
		settings[zoneSetting] = "UTC"
	}
	for key, value := range map[string]string{"table.exec.resource.default-parallelism": "1", "table.exec.mini-batch.enabled": "false"} {
		if settings[key] != "" {
			settings[key] = value
		}
	}
}

// replace makes one source read its sample.
func (r *Run) replace(id, folder string, zone *time.Location, describe func(string) (Described, error)) error {
	node, place := r.Document.Nodes[id], "samples."+id
	config, err := ownTable(node, func() (Described, error) { return describe(id) })
	if err != nil {
		return fmt.Errorf("describe %s: %w", node.Name, err)
	}
	t, problems := tableOf(config)
	t.zone = zone
	options := optionsOf(node.Config)
	t.upsert = options["connector"] == "upsert-kafka" && len(t.key) > 0
	changes, found := t.read(r.Document.Samples[id])
	problems = append(problems, found...)
	if len(problems) > 0 {
		r.Diagnostics = append(r.Diagnostics, diagnostics(id, place, problems)...)
		return nil
	}
	changelog := makesChangelog(options) || slices.ContainsFunc(changes, func(c change) bool { return c.kind != "+I" })
	format, data := "json", []byte(nil)
	switch {
	case changelog && r.Document.Mode == graph.Batch: // which reads no changelogs
		data = lines(t.final(changes))
	case changelog:
		format, data = "debezium-json", t.debezium(changes)
	default:
		rows := make([]string, len(changes))
		for i, c := range changes {
			rows[i] = c.value
		}
		data = lines(rows)
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:16]) + ".json"
	r.Files[name] = data
	r.Sampled = append(r.Sampled, id)
	config["options"] = map[string]any{"connector": "filesystem", "format": format, "path": folder + "/" + name}
	node.Config = graph.Config{"table": config}
	return nil
}

// ownTable is what a source's own table has of a config: physical columns for those of metadata, the computed ones, the
// key and the watermark.
func ownTable(node *graph.Node, describe func() (Described, error)) (map[string]any, error) {
	if path, _ := node.Config["catalogTable"].(string); path != "" {
		described, err := describe()
		if err != nil {
			return nil, err
		}
		return described.table(), nil
	}
	given, _ := node.Config.At("table")
	table, _ := given.(map[string]any)
	kept := map[string]any{}
	for _, key := range []string{"primaryKey", "watermark"} {
		if value, ok := table[key]; ok {
			kept[key] = value
		}
	}
	list, _ := table["columns"].([]any)
	columns := make([]any, 0, len(list))
	for _, item := range list {
		entry, _ := item.(map[string]any)
		if entry == nil {
			continue
		}
		entry = maps.Clone(entry)
		if text, ok := entry["type"].(string); ok {
			typ, isKey := physical(text)
			entry["type"] = typ
			if isKey {
				kept["primaryKey"] = []any{entry["name"]}
			}
		}
		columns = append(columns, entry)
	}
	kept["columns"] = columns
	return kept, nil
}

// physical is the type of a column without METADATA, and without PRIMARY KEY, of which it tells.
func physical(text string) (typ string, isKey bool) {
	const head = "CREATE TABLE t (c "
	script := flinksql.Parse(head + text + "\n)")
	if len(script.Statements) != 1 {
		return text, false
	}
	create, ok := script.Statements[0].(*flinksql.CreateTable)
	if !ok || len(create.Columns) != 1 || create.Columns[0].Type == nil {
		return text, false
	}
	span := create.Columns[0].Type.Span
	return text[span.Start-len(head) : span.End-len(head)], create.PrimaryKey != nil
}

func (d Described) table() map[string]any {
	columns := make([]any, len(d.Columns))
	table := map[string]any{"columns": columns}
	for i, c := range d.Columns {
		entry := map[string]any{"name": c.Name}
		switch {
		case c.Expression != "":
			entry["expression"] = c.Expression
		case c.Nullable:
			entry["type"] = c.Type
		default:
			entry["type"] = c.Type + " NOT NULL"
		}
		if c.Watermark != "" {
			table["watermark"] = map[string]any{"column": c.Name, "expression": c.Watermark}
		}
		columns[i] = entry
	}
	if len(d.PrimaryKey) > 0 {
		key := make([]any, len(d.PrimaryKey))
		for i, name := range d.PrimaryKey {
			key[i] = name
		}
		table["primaryKey"] = key
	}
	return table
}

// tableOf reads the columns that a sample gives values of.
func tableOf(config map[string]any) (table, []problem) {
	var t table
	var problems []problem
	columns, _ := config["columns"].([]any)
	for _, item := range columns {
		entry := item.(map[string]any)
		name, _ := entry["name"].(string)
		text, hasType := entry["type"].(string)
		if expression, _ := entry["expression"].(string); expression != "" || !hasType {
			continue
		}
		typ, err := ParseType(text)
		if err != nil {
			problems = append(problems, problem{-1, name, strings.TrimSuffix(err.Error(), ".")})
			continue
		}
		t.columns = append(t.columns, Column{name, typ})
	}
	key, _ := config["primaryKey"].([]any)
	for _, item := range key {
		if name, ok := item.(string); ok {
			t.key = append(t.key, name)
		}
	}
	return t, problems
}

func optionsOf(config graph.Config) map[string]string {
	options := map[string]string{}
	given, _ := config.At("table.options")
	object, _ := given.(map[string]any)
	for key, value := range object {
		options[key], _ = value.(string)
	}
	return options
}

// makesChangelog tells whether a source of these options gives more than insertions.
func makesChangelog(options map[string]string) bool {
	if options["connector"] == "upsert-kafka" || strings.HasSuffix(options["connector"], "-cdc") {
		return true
	}
	for _, format := range []string{options["format"], options["value.format"]} {
		for _, family := range []string{"debezium-", "canal-", "maxwell-", "ogg-"} {
			if strings.HasPrefix(format, family) {
				return true
			}
		}
	}
	return false
}
