package preview

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"millrace/compiler"
	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
)

// Part is a piece of an expression with its value for chosen rows.
type Part struct {
	Start int     `json:"start"` // bytes in the expression
	End   int     `json:"end"`
	Value *string `json:"value"` // as Flink casts it to STRING; null is SQL's NULL
}

// maxParts is how many pieces of one expression are worked out.
const maxParts = 100

// Pieces works out an expression of a node and all its pieces for rows of its inputs, by input node id. Mistakes of the asker
// are a *compiler.Invalid or Flink's *flink.SQLError.
func (m *Manager) Pieces(ctx context.Context, pipeline string, doc *graph.Document, node, expression string, rows map[string][]any) ([]Part, error) {
	client := m.options.Client()
	if client == nil {
		return nil, ErrEngineNotReady
	}
	if doc.Nodes[node] == nil {
		return nil, ErrNotFound
	}
	relations, err := m.Relations(ctx, pipeline, 0, doc)
	if err != nil {
		return nil, err
	}
	parts, fault := partsOf(expression)
	if fault != nil {
		return nil, invalid(node, "Not an expression", fault.Error())
	}
	small, err := beside(doc, node, expression, parts, rows, relations)
	if err != nil {
		return nil, err
	}
	values, err := m.oneRow(ctx, client, small)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		if text, ok := values[i].(string); ok {
			parts[i].Value = &text
		}
	}
	return parts, nil
}

func invalid(node, summary, detail string) error {
	return &compiler.Invalid{Diagnostics: []graph.Diagnostic{{Node: node, Severity: graph.Error, Code: "evaluate", Summary: summary, Detail: detail}}}
}

// partsOf are the pieces of an expression that have a value for one row, the whole first. Aggregates and queries have none, and
// constants need no working out.
func partsOf(expression string) ([]Part, *flinksql.Error) {
	tree, fault := flinksql.ParseExpression(compiler.WithoutPorts(expression))
	if fault != nil {
		return nil, fault
	}
	var parts []Part
	flinksql.Walk(tree, func(n flinksql.Node) bool {
		switch n := n.(type) {
		case *flinksql.SubQuery, *flinksql.Exists, *flinksql.Query, *flinksql.Constant, *flinksql.IntervalOf, *flinksql.Star, *flinksql.Type, *flinksql.Descriptor:
			return false
		case *flinksql.Call:
			if n.Over != nil || n.OverName != nil || n.Filter != nil {
				return false
			}
		}
		if _, isExpression := n.(flinksql.Expr); isExpression && len(parts) < maxParts {
			span := n.Range()
			if part := (Part{Start: span.Start, End: span.End}); !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
		return true
	})
	return parts, nil
}

// beside is a document of the node's inputs as single rows, and one node that puts out the parts.
func beside(doc *graph.Document, id, expression string, parts []Part, rows map[string][]any, relations Relations) (*graph.Document, error) {
	small := graph.New("expression")
	small.Settings = readOnly(doc).Settings
	small.Mode = graph.Batch
	out := &graph.Node{Kind: "select", Name: "millrace_parts", Config: graph.Config{}}
	var columns []any
	for i, part := range parts {
		columns = append(columns, map[string]any{"name": fmt.Sprintf("part_%d", i), "expression": "CAST((" + expression[part.Start:part.End] + ") AS STRING)"})
	}
	out.Config["columns"] = columns
	for _, edge := range doc.Inputs()[id] {
		relation, known := relations.Nodes[edge.From]
		row := rows[edge.From]
		if !known || row == nil {
			return nil, invalid(id, "No row to work it out for", fmt.Sprintf("Give a row of %q.", doc.Nodes[edge.From].Name))
		}
		if len(row) != len(relation.Columns) {
			return nil, invalid(id, "The row does not fit", fmt.Sprintf("%q has %d columns, the row has %d values.", doc.Nodes[edge.From].Name, len(relation.Columns), len(row)))
		}
		values, err := singleRow(doc.Nodes[edge.From].Name, relation.Columns, row)
		if err != nil {
			return nil, invalid(id, "The row does not fit", err.Error())
		}
		small.Nodes[edge.From] = values
		small.Edges = append(small.Edges, graph.Edge{From: edge.From, To: "millrace_parts", Port: edge.Port})
	}
	if doc.Nodes[id].Kind == "join" {
		out.Kind, out.Config["type"] = "join", "cross"
	}
	small.Nodes["millrace_parts"] = out
	return small, nil
}

func singleRow(name string, columns []RelationColumn, row []any) (*graph.Node, error) {
	var names, cells []any
	for i, column := range columns {
		cell, err := cellOf(row[i], column.Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", column.Name, err)
		}
		names, cells = append(names, column.Name), append(cells, cell)
	}
	return &graph.Node{Kind: "values", Name: name, Config: graph.Config{"columns": names, "rows": []any{cells}}}, nil
}

// cellOf is a value of the wire as an SQL expression of a type.
func cellOf(value any, typ string) (string, error) {
	parsed, fault := flinksql.ParseType(typ)
	if fault != nil {
		return "CAST(NULL AS STRING)", nil // of a type that SQL cannot write
	}
	sql, err := literalOf(value, parsed)
	return "CAST(" + sql + " AS " + typ + ")", err
}

func literalOf(value any, typ *flinksql.Type) (string, error) {
	switch v := value.(type) {
	case nil:
		return "NULL", nil
	case bool:
		return strings.ToUpper(fmt.Sprint(v)), nil
	case string:
		if isBytes(typ.Name) {
			return "x'" + v + "'", nil
		}
		return flinksql.Literal(v), nil
	case []any:
		return listOf(v, typ)
	case map[string]any:
		var fields []string
		for _, field := range typ.Fields {
			cell, err := typed(v[field.Name.Text], field.Type)
			if err != nil {
				return "", err
			}
			fields = append(fields, cell)
		}
		return "ROW(" + strings.Join(fields, ", ") + ")", nil
	}
	return flinksql.Literal(fmt.Sprint(value)), nil
}

func typed(value any, typ *flinksql.Type) (string, error) {
	sql, err := literalOf(value, typ)
	return "CAST(" + sql + " AS " + flinksql.Print(typ) + ")", err
}

func listOf(values []any, typ *flinksql.Type) (string, error) {
	var items []string
	word := "ARRAY"
	for _, value := range values {
		entry, isEntry := value.(map[string]any)
		switch {
		case len(typ.Elements) == 2 && isEntry:
			word = "MAP"
			key, err := typed(entry["key"], typ.Elements[0])
			if err != nil {
				return "", err
			}
			items = append(items, key)
			value = entry["value"]
		case len(typ.Elements) != 1:
			return "", errors.New("a list is no " + typ.Name)
		}
		item, err := typed(value, typ.Elements[len(typ.Elements)-1])
		if err != nil {
			return "", err
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		return "NULL", nil // SQL has no empty list of a type
	}
	return word + "[" + strings.Join(items, ", ") + "]", nil
}

// oneRow runs a document in a session of its own and returns the first row of its last node.
func (m *Manager) oneRow(ctx context.Context, client *flink.Client, doc *graph.Document) ([]any, error) {
	script := compiler.Compile(doc, compiler.Options{Functions: m.options.Functions()})
	if graph.HasErrors(script.Diagnostics) {
		return nil, &compiler.Invalid{Diagnostics: script.Diagnostics}
	}
	ctx, cancel := context.WithTimeout(ctx, statementTimeout)
	defer cancel()
	session, err := client.OpenSession(ctx, "millrace-expression", nil)
	if err != nil {
		return nil, fmt.Errorf("open session: %w", err)
	}
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }() // else it ends by the gateway's idle time-out
	for _, statement := range script.Statements {
		if _, err := session.Run(ctx, statement.SQL, nil); err != nil {
			return nil, err
		}
	}
	result, err := session.Run(ctx, "SELECT * FROM "+script.References["millrace_parts"], map[string]string{"pipeline.name": "millrace: value of an expression"})
	if err != nil {
		return nil, err
	}
	if len(result.Rows) == 0 {
		return nil, errors.New("work out the expression: Flink gave no row")
	}
	return result.Rows[0].Values, nil
}
