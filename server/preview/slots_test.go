package preview_test

import (
	"slices"
	"strings"
)

// slot is a place where any expression may stand.
type slot struct {
	node   shape
	field  string
	around string // %s is the expression
	prefix string // before a column
	rowed  bool   // columns are known there
}

var slots = []slot{
	{filterNode, "condition", "note <> 'größe 😀'\n\tAND (%s) IS NOT NULL", "", true},
	{selectNode, "columns.1.expression", "%s", "", true},
	{keepNode, "columns.0.expression", "CASE WHEN note = 'ü' THEN %s END", "", true},
	{joinNode, "condition", "left.id = right.id\r\n  AND (%s) IS NOT NULL AND right.name <> 'x'", "left.", true},
	{joinColumns, "columns.1.expression", "NULLIF(%s, NULL)", "left.", true},
	{semiNode, "condition", "right.name = left.note AND (%s) IS NOT NULL", "left.", true},
	{aggregateNode, "dimensions.0.expression", "%s", "", true},
	{aggregateNode, "aggregates.0.expression", "COUNT(DISTINCT %s)", "", true},
	{aggregateNode, "having", "MAX(id) > 1 AND COUNT(%s) > 0", "", true},
	{aggregateNode, "alsoBy.0", "%s", "", true},
	{setsNode, "dimensions.0.expression", "%s", "", true},
	{cubeNode, "dimensions.0.expression", "'ä' || (%s)", "", true},
	{tumbleNode, "aggregates.0.expression", "'ä' || CAST(COUNT(%s) AS STRING)", "", true},
	{tumbleNode, "dimensions.0.expression", "%s", "", true},
	{sessionsNode, "aggregates.0.expression", "COUNT(%s)", "", true},
	{overNode, "columns.0.expression", "COUNT(%s)", "", true},
	{overNode, "partitionBy.0", "%s", "", true},
	{topNode, "orderBy.0.expression", "%s", "", true},
	{sortNode, "orderBy.1.expression", "%s", "", true},
	{unnestNode, "expression", "SPLIT(CAST(%s AS STRING), ',')", "", true},
	{udfNode, "arguments.0", "%s", "", true},
	{patternNode, "define.0.expression", "A.id > 0 AND (%s) IS NOT NULL", "A.", true},
	{patternNode, "measures.0.expression", "%s", "A.", true},
	{sqlNode, "query", "-- größe 😀\nSELECT id,\n\t'ä' AS `ö`, %s AS x /* ä */\nFROM orders", "", true},
	{sourceNode, "table.columns.10.expression", "%s", "", true},
	{sourceNode, "table.watermark.expression", "%s", "", true},
	{valuesNode, "rows.1.1", "%s", "", false},
}

// everywhere are expressions that are wrong in any place; @ stands before a column.
var everywhere = []string{
	"@«nope»",
	"«SHOUT(@note, 1)»",
	"'ü' || «UPPER(@note, 1)»",
	"(«1 + @note» + @id)",
	"«@ts > 5»",
	"«CAST(@paid AS DATE)»",
	"CAST(@note AS «NOTYPE»)",
	"«@id LIKE 5»",
	"«@note[1]»",
	"«NOT @id»",
	"«CASE WHEN @id THEN 1 ELSE 2 END»",
}

func allMistakes() []mistake {
	var all []mistake
	for _, s := range slots {
		for _, wrong := range everywhere {
			if !s.rowed && strings.Contains(wrong, "@") {
				continue
			}
			text := strings.Replace(s.around, "%s", strings.ReplaceAll(wrong, "@", s.prefix), 1)
			all = append(all, mistake{node: s.node, field: s.field, text: text})
		}
	}
	return slices.Concat(all, special)
}
