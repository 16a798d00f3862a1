package graph

// Kind describes a kind of node once, as data: the palette, the form, the checks and the help are drawn from it.
type Kind struct {
	Kind     string  `json:"kind"`     // as in Node.Kind
	Title    string  `json:"title"`    // in the palette
	Category string  `json:"category"` // palette group: Inputs, Transform, Code, Outputs
	Icon     string  `json:"icon"`     // name of a lucide icon
	Help     string  `json:"help"`     // one paragraph
	Inputs   []Port  `json:"inputs"`   // in the order in which they are drawn
	Output   bool    `json:"output"`   // whether edges may leave the node
	Fields   []Field `json:"fields"`   // in the order of the form
}

// Port is a place where edges end.
type Port struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Many     bool   `json:"many"`     // takes any number of edges instead of one
	Required bool   `json:"required"` // at least one edge must end here
}

// Field describes one value of a node's config.
type Field struct {
	Path        string     `json:"path"` // dotted config path
	Title       string     `json:"title"`
	Type        FieldType  `json:"type"`
	Required    bool       `json:"required"`
	Default     any        `json:"default,omitempty"` // put into a new node's config; absent means none
	Help        string     `json:"help"`
	Placeholder string     `json:"placeholder,omitempty"`
	Values      []Value    `json:"values,omitempty"`   // of an enum
	ShowWhen    *Condition `json:"showWhen,omitempty"` // the field is shown and checked only then
}

// Value is one choice of an enum field.
type Value struct {
	Value string `json:"value"`
	Title string `json:"title"`
}

// Condition holds when the config value at Path is one of Values.
type Condition struct {
	Path   string   `json:"path"`
	Values []string `json:"values"`
}

// FieldType names the shape of a field's value.
type FieldType string

// The field types and the JSON that each holds.
const (
	TextField             FieldType = "text"             // string
	ExpressionField       FieldType = "expression"       // string, one SQL expression
	SQLField              FieldType = "sql"              // string, one SQL query
	EnumField             FieldType = "enum"             // string, one of Values
	BooleanField          FieldType = "boolean"          // bool
	ColumnField           FieldType = "column"           // string, a column of the input
	ColumnListField       FieldType = "columnList"       // [string], column names
	ExpressionListField   FieldType = "expressionList"   // [string], SQL expressions
	NamedExpressionsField FieldType = "namedExpressions" // [{"name","expression"}]
	TableColumnsField     FieldType = "tableColumns"     // [{"name","type"}] or [{"name","expression"}]
	OptionsField          FieldType = "options"          // {string: string}
	FunctionField         FieldType = "function"         // string, a function's name
	ColumnListsField      FieldType = "columnLists"      // [[string]], lists of column names; a list may be empty
	OrderByField          FieldType = "orderBy"          // [{"expression","direction","nulls"}], asc or desc, first or last; both optional
	ValueRowsField        FieldType = "valueRows"        // [[string]], rows of SQL expressions
	HintListField         FieldType = "hintList"         // [string], SQL hints of the form NAME(arguments)
)

// InputPort returns the kind's port of that name.
func (k Kind) InputPort(name string) (Port, bool) {
	for _, port := range k.Inputs {
		if port.Name == name {
			return port, true
		}
	}
	return Port{}, false
}
