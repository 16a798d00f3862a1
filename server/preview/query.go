package preview

import (
	"encoding/json"
	"fmt"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/graph"
	"millrace/server/flink"
)

// query is the one SELECT that brings the rows of all nodes, each tagged with its node's id and every value as a text.
func query(doc *graph.Document, d draft) string {
	var branches []string
	order, _ := doc.Order()
	for _, id := range order {
		columns, plans := d.columns[id]
		if !plans || len(columns) == 0 || d.unreadable[id] {
			continue
		}
		casts := make([]string, len(columns))
		for i, column := range columns {
			casts[i] = asText(flinksql.Quote(column.Name), column.Type)
		}
		branches = append(branches, fmt.Sprintf("SELECT %s AS node, ARRAY[%s] AS cols FROM %s", flinksql.Literal(id), strings.Join(casts, ", "), d.script.References[id]))
	}
	return strings.Join(branches, "\nUNION ALL\n")
}

// asText is the expression that turns a column into text. Bytes come as base64, since a cast would read them as UTF-8.
func asText(column, typ string) string {
	switch {
	case strings.HasPrefix(typ, "BYTES"), strings.HasPrefix(typ, "BINARY"), strings.HasPrefix(typ, "VARBINARY"):
		return "TO_BASE64(" + column + ")"
	case typ == "VARIANT", strings.Contains(typ, "BYTES"), strings.Contains(typ, "BINARY"):
		return "JSON_STRING(" + column + ")"
	}
	return "CAST(" + column + " AS STRING)"
}

// decodeRow reads a row of the query: which node it is of, and its values in the types of the wire.
func decodeRow(row flink.Row, columns map[string][]Column) (node string, decoded Row, err error) {
	if len(row.Values) != 2 {
		return "", Row{}, fmt.Errorf("read preview row: %d values instead of 2", len(row.Values))
	}
	node, _ = row.Values[0].(string)
	texts, ok := row.Values[1].([]any)
	if !ok || len(texts) != len(columns[node]) {
		return "", Row{}, fmt.Errorf("read preview row of %q: unexpected shape", node)
	}
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = decodeValue(text, columns[node][i].Type)
	}
	return node, Row{Kind: row.Kind, Values: values}, nil
}

func decodeValue(value any, typ string) any {
	text, isText := value.(string)
	if !isText {
		return nil
	}
	switch typ {
	case "BOOLEAN":
		return strings.EqualFold(text, "true")
	case "TINYINT", "SMALLINT", "INT", "FLOAT", "DOUBLE":
		if json.Valid([]byte(text)) {
			return json.Number(text)
		}
	}
	return text
}

// sinkInputs tells for every sink whose rows it would write.
func sinkInputs(doc *graph.Document) map[string][]string {
	inputs := map[string][]string{}
	for _, edge := range doc.Edges {
		if node := doc.Nodes[edge.To]; node != nil && node.Kind == "sink" {
			inputs[edge.To] = append(inputs[edge.To], edge.From)
		}
	}
	return inputs
}
