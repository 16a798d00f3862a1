package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"millrace/compiler"
	"millrace/graph"
	"millrace/server/catalog"
	"millrace/server/flink"
	"millrace/server/job"
	"millrace/server/preview"
	"millrace/server/sample"
	"millrace/server/verdict"
)

const schemaPrefix = "#/components/schemas/"

// setDefaults sets what huma keeps in variables of its package: the shape of errors, and that lists are never null.
var setDefaults = sync.OnceFunc(func() {
	huma.NewError = requestProblem
	huma.DefaultArrayNullable = false
})

func humaConfig(version string) huma.Config {
	setDefaults()
	config := huma.DefaultConfig("Millrace", version)
	config.Info.Description = "Pipelines for Apache Flink: documents, their SQL, previews and jobs."
	config.Components.Schemas = huma.NewMapRegistry(schemaPrefix, schemaName)
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer":  {Type: "http", Scheme: "bearer", Description: "MILLRACE_TOKEN of the server"},
		"session": {Type: "apiKey", In: "cookie", Name: "millrace_8642", Description: "Cookie from exchanging the one-time token at /?token=; its name ends in the port"},
	}
	config.Security = []map[string][]string{{"bearer": {}}, {"session": {}}}
	config.Formats = map[string]huma.Format{
		"application/json": {Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: decodeJSON},
		"json":             {Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: decodeJSON},
	}
	config.CreateHooks = nil // no $schema in bodies
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.RejectUnknownQueryParameters = true
	return config
}

// schemaNames are the names of types whose own is another's too or says too little without its package.
var schemaNames = map[reflect.Type]string{
	reflect.TypeFor[flink.Status]():      "Engine",
	reflect.TypeFor[preview.Node]():      "PreviewNode",
	reflect.TypeFor[preview.Column]():    "PreviewColumn",
	reflect.TypeFor[compiler.Option]():   "ConnectorOption",
	reflect.TypeFor[sample.ColumnSpec](): "SampleColumn",
	reflect.TypeFor[sample.Parsed]():     "ParsedSample",
	reflect.TypeFor[sample.Rule]():       "SampleRule",
	reflect.TypeFor[verdict.Result]():    "TestResult",
	reflect.TypeFor[verdict.Outcome]():   "TestOutcome",
	reflect.TypeFor[catalog.Function]():  "JarFunction",
}

func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if name, ok := schemaNames[t]; ok {
		return name
	}
	return huma.DefaultSchemaNamer(t, hint)
}

// enums are the values of the closed string types.
var enums = map[reflect.Type][]any{
	reflect.TypeFor[graph.Mode]():     {graph.Streaming, graph.Batch},
	reflect.TypeFor[graph.View]():     {graph.TableView, graph.ChangelogView},
	reflect.TypeFor[graph.Severity](): {graph.Error, graph.Warning, graph.Info},
	reflect.TypeFor[graph.FieldType](): {
		graph.TextField, graph.ExpressionField, graph.SQLField, graph.EnumField, graph.BooleanField, graph.ColumnField,
		graph.ColumnListField, graph.ExpressionListField, graph.NamedExpressionsField, graph.TableColumnsField, graph.OptionsField, graph.FunctionField,
		graph.ColumnListsField, graph.OrderByField, graph.ValueRowsField, graph.HintListField,
	},
	reflect.TypeFor[preview.State](): {preview.Starting, preview.Running, preview.Finished, preview.Failed, preview.Stopped},
	reflect.TypeFor[preview.Way]():   {preview.Tap, preview.TapEach, preview.Union},
	reflect.TypeFor[job.State](): {
		job.Deploying, job.Running, job.Pausing, job.Paused, job.Killing, job.Killed, job.Restarting, job.Finished, job.Failed, job.DeployFailed, job.Lost,
	},
	reflect.TypeFor[job.CommandState](): {job.Undo, job.Doing, job.Succeeded, job.CommandFailed, job.NeedsDecision},
}

// addEnums names the values of every field of a closed string type.
func addEnums(registry huma.Registry) {
	for name, schema := range registry.Map() {
		t := registry.TypeFromRef(schemaPrefix + name)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, field := range reflect.VisibleFields(t) {
			values, closed := enums[field.Type]
			property := schema.Properties[jsonName(field)]
			if closed && property != nil {
				property.Enum = values
			}
		}
	}
	registry.Map()["Engine"].Properties["state"].Enum = []any{"starting", "ready", "down"}
}

func jsonName(field reflect.StructField) string {
	name, _, _ := bytes.Cut([]byte(field.Tag.Get("json")), []byte(","))
	return string(name)
}

// describer renders the finished description when it is first asked for.
func describer(api huma.API) func() []byte {
	description := api.OpenAPI()
	addEnums(description.Components.Schemas)
	return sync.OnceValue(func() []byte {
		compact, err := json.Marshal(description)
		var indented bytes.Buffer
		if err == nil {
			err = json.Indent(&indented, compact, "", "  ")
		}
		if err != nil {
			panic("api: the description is always JSON: " + err.Error())
		}
		indented.WriteByte('\n')
		return indented.Bytes()
	})
}
