package mysqlddl

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/compiler/flinksql"
)

var update = flag.Bool("update", false, "rewrite the committed outputs under testdata")

func cases(tb testing.TB) []string {
	tb.Helper()
	folders, err := filepath.Glob(filepath.Join("..", "..", "testdata", "mysql", "*"))
	if err != nil || len(folders) < 30 {
		tb.Fatalf("%d cases: %v", len(folders), err)
	}
	return folders
}

func read(tb testing.TB, parts ...string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func golden(tb testing.TB, got string, parts ...string) {
	tb.Helper()
	file := filepath.Join(parts...)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(read(tb, file), got); diff != "" {
		tb.Errorf("%s (- committed, + now; go test ./compiler/mysqlddl -update rewrites it):\n%s", file, diff)
	}
}

// ddl writes a table as Flink's CREATE TABLE with these options.
func ddl(table Table, options map[string]string) string {
	var items []string
	for _, column := range table.Columns {
		item := flinksql.Quote(column.Name) + " " + column.Type
		if column.Comment != "" {
			item += " COMMENT " + flinksql.Literal(column.Comment)
		}
		items = append(items, item)
	}
	if len(table.PrimaryKey) > 0 {
		var names []string
		for _, name := range table.PrimaryKey {
			names = append(names, flinksql.Quote(name))
		}
		items = append(items, "PRIMARY KEY ("+strings.Join(names, ", ")+") NOT ENFORCED")
	}
	var with []string
	for key, value := range options {
		with = append(with, flinksql.Literal(key)+" = "+flinksql.Literal(value))
	}
	sort.Strings(with)
	comment := ""
	if table.Comment != "" {
		comment = " COMMENT " + flinksql.Literal(table.Comment)
	}
	return fmt.Sprintf("CREATE TEMPORARY TABLE %s (\n  %s\n)%s WITH (\n  %s\n)", flinksql.Quote(table.Name), strings.Join(items, ",\n  "), comment, strings.Join(with, ",\n  "))
}

func TestGolden(t *testing.T) {
	for _, folder := range cases(t) {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			text := read(t, folder, "schema.sql")
			tables, problems := Tables(text)
			var statements, told strings.Builder
			for _, table := range tables {
				statements.WriteString(ddl(table, table.Options()) + ";\n\n")
			}
			dialect := "Flink SQL"
			if Looks(text) {
				dialect = "MySQL"
			}
			fmt.Fprintf(&told, "looks like %s\n", dialect)
			for _, p := range problems {
				fmt.Fprintf(&told, "%d %s.%s %s %s: %s: %s\n", p.Line, p.Table, p.Column, p.Severity, p.Code, p.Summary, p.Detail)
			}
			golden(t, statements.String(), folder, "tables.sql")
			golden(t, told.String(), folder, "problems.txt")
			sane(t, text, tables, problems)
		})
	}
}

// sane holds what is true of every answer.
func sane(t testing.TB, text string, tables []Table, problems []Problem) {
	t.Helper()
	lines := strings.Count(text, "\n") + 1
	for _, table := range tables {
		columns := map[string]Column{}
		for _, column := range table.Columns {
			if _, doubled := columns[column.Name]; doubled || column.Type == "" {
				t.Errorf("%s: %+v", table.Name, column)
			}
			columns[column.Name] = column
		}
		if len(columns) == 0 {
			t.Errorf("%s has no columns", table.Name)
		}
		for _, name := range table.PrimaryKey {
			if !strings.HasSuffix(columns[name].Type, " NOT NULL") {
				t.Errorf("%s: key column %q is %q", table.Name, name, columns[name].Type)
			}
		}
	}
	for _, p := range problems {
		if p.Line < 1 || p.Line > lines || len(strings.Fields(p.Summary)) > 8 || p.Summary == "" || p.Code == "" || p.Severity == "" || !strings.HasSuffix(p.Detail, ".") {
			t.Errorf("%+v", p)
		}
	}
}
