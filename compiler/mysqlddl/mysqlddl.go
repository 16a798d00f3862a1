// Package mysqlddl turns the DDL of MySQL, MariaDB and TiDB into tables of Flink: what SHOW CREATE TABLE prints, with or
// without what a client draws around it, a dump of mysqldump or phpMyAdmin, or a script of migrations. Flink's own dialect is
// that of package flinksql; Looks tells which of the two a text is. It is the only package that imports the parser of TiDB,
// which reads MySQL's dialect and no other.
package mysqlddl

import (
	"cmp"
	"net/url"
	"slices"

	"millrace/graph"
)

// Table is a table of MySQL as one of Flink.
type Table struct {
	Database   string // "" when the text does not say
	Name       string
	Comment    string
	Columns    []Column // at least one
	PrimaryKey []string // names of columns; empty when there is none
}

// Column is a physical column.
type Column struct {
	Name    string
	Type    string // of Flink, such as "DECIMAL(20, 0) NOT NULL"
	Comment string // "" when there is none
}

// Problem is something in the text that does not reach Flink.
type Problem struct {
	Line     int            // in the text, from 1 on; of the table or the column
	Table    string         // "" when no one table is meant
	Column   string         // "" when no one column is meant
	Severity graph.Severity // Error: no table came of it. Warning: mind it before you run. Info: for completeness
	Code     string         // stable, e.g. "left-out"
	Summary  string         // at most eight words
	Detail   string         // one or two sentences that name the remedy
}

// Tables reads a text and returns its tables in their order, and what was not taken, by line. It never fails: a statement that
// is not understood is a problem, and the others are read.
func Tables(text string) ([]Table, []Problem) {
	s := &schema{reader: newReader(text), said: map[string]*mention{}}
	for _, statement := range statements(text) {
		s.read(statement)
	}
	tables := s.tablesOut()
	s.mentions()
	slices.SortStableFunc(s.problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return tables, s.problems
}

// Options are the options with which Flink's JDBC connector reads and writes the table of a MySQL on this machine. They are a
// suggestion: host, user and password are the user's to fill in.
func (t Table) Options() map[string]string {
	database := t.Database
	if database == "" {
		database = "database"
	}
	return map[string]string{"connector": "jdbc", "url": "jdbc:mysql://localhost:3306/" + url.PathEscape(database), "table-name": t.Name}
}

// Config is what stands at "table" in the config of a source or sink node.
func (t Table) Config() map[string]any {
	columns := make([]any, len(t.Columns))
	for i, column := range t.Columns {
		entry := map[string]any{"name": column.Name, "type": column.Type}
		if column.Comment != "" {
			entry["comment"] = column.Comment
		}
		columns[i] = entry
	}
	options := map[string]any{}
	for key, value := range t.Options() {
		options[key] = value
	}
	config := map[string]any{"columns": columns, "options": options}
	if len(t.PrimaryKey) > 0 {
		key := make([]any, len(t.PrimaryKey))
		for i, name := range t.PrimaryKey {
			key[i] = name
		}
		config["primaryKey"] = key
	}
	return config
}
