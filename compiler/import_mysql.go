package compiler

import (
	"fmt"
	"strings"

	"millrace/compiler/flinksql"
	"millrace/compiler/mysqlddl"
	"millrace/graph"
)

// tablesOfMySQL makes a source of each table that the DDL of MySQL, MariaDB or TiDB creates. What does not reach Flink is
// told; address, user and password are left to fill in.
func (i *importer) tablesOfMySQL() {
	tables, problems := mysqlddl.Tables(i.source)
	nodes := map[string]string{}
	for _, table := range tables {
		r := i.add("source", target{name: i.unique(nodeName(table.Name)), own: true}, graph.Config{"table": table.Config()}, flinksql.Span{}, nil)
		i.describe(r.node, table.Comment)
		nodes[table.Name] = r.node
	}
	for _, p := range problems {
		place := p.Table
		if p.Column != "" {
			place += "." + p.Column
		}
		if place != "" {
			place += ": "
		}
		span := i.lineSpan(p.Line)
		i.findings = append(i.findings, Finding{Start: span.Start, End: span.End, Diagnostic: graph.Diagnostic{
			Node: nodes[p.Table], Severity: p.Severity, Code: p.Code, Summary: p.Summary, Detail: fmt.Sprintf("Line %d: %s%s", p.Line, place, p.Detail),
		}})
	}
}

// lineSpan is the line of that number, from 1 on.
func (i *importer) lineSpan(number int) flinksql.Span {
	start := 0
	for ; number > 1; number-- {
		next := strings.IndexByte(i.source[start:], '\n')
		if next < 0 {
			break
		}
		start += next + 1
	}
	end := strings.IndexByte(i.source[start:], '\n')
	if end < 0 {
		end = len(i.source) - start
	}
	return flinksql.Span{Start: start, End: start + end}
}
