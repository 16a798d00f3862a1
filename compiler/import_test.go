package compiler

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestImportOfMySQLGivesSources(t *testing.T) {
	doc, diagnostics := Import("CREATE TABLE `orders` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n  `note` json COMMENT 'free words',\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB COMMENT='All orders';\n")
	require.Len(t, doc.Nodes, 1)
	node := doc.Nodes["001-source"]
	require.Equal(t, "source", node.Kind)
	require.Equal(t, "orders", node.Name)
	require.Equal(t, "All orders", node.Description)
	table, _ := node.Config["table"].(map[string]any)
	require.Equal(t, []any{
		map[string]any{"name": "id", "type": "DECIMAL(20, 0) NOT NULL"},
		map[string]any{"name": "note", "type": "STRING", "comment": "free words"},
	}, table["columns"])
	require.Equal(t, []any{"id"}, table["primaryKey"])
	for _, d := range diagnostics {
		require.NotEqual(t, "error", string(d.Severity), d)
	}
	require.Contains(t, Compile(doc, Options{}).Text, "PRIMARY KEY (id) NOT ENFORCED")
}
