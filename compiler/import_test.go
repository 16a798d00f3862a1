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

func TestAPartThatGivesUpLeavesNothingBehind(t *testing.T) {
	doc, _ := Import("CREATE TABLE a (x INT, y INT) WITH ('connector' = 'datagen');\nCREATE TABLE o (x INT, y INT) WITH ('connector' = 'print');\n" +
		"CREATE VIEW v AS SELECT * FROM a /*+ OPTIONS('rows-per-second' = '1') */ WHERE x > (SELECT MAX(b.x) FROM a AS b WHERE b.y = a.y);\n" +
		"INSERT INTO o SELECT * FROM v;")
	names := map[string]string{}
	for _, node := range doc.Nodes {
		names[node.Name] = node.Kind
	}
	require.Equal(t, map[string]string{"a": "source", "v": "sql", "o": "sink"}, names)
	require.Len(t, doc.Edges, 2)
}

func TestHintGivesOptionsToATableWithoutAny(t *testing.T) {
	doc, diagnostics := Import("CREATE TABLE a (x INT);\nSELECT * FROM a /*+ OPTIONS('connector' = 'datagen') */;")
	require.Empty(t, diagnostics)
	value, _ := doc.Nodes["001-source"].Config.At("table.options.connector")
	require.Equal(t, "datagen", value)
}
