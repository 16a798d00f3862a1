package mysqlddl

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/server/flink/flinktest"
)

func TestMain(m *testing.M) {
	flag.Parse()
	flinktest.Main(m)
}

// TestFlinkTakesEveryTable makes each table of the cases on a real Flink and holds what DESCRIBE says of it against it. The
// connector is blackhole, since that is always there and takes every type.
func TestFlinkTakesEveryTable(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	count := 0
	for _, folder := range cases(t) {
		tables, _ := Tables(read(t, folder, "schema.sql"))
		for i, table := range tables {
			table.Name = fmt.Sprintf("%s %d %s", filepath.Base(folder), i, table.Name)
			sql := ddl(table, map[string]string{"connector": "blackhole"})
			if _, err := session.Run(t.Context(), sql, nil); err != nil {
				t.Errorf("%s\n%v", sql, err)
				continue
			}
			described, err := session.Describe(t.Context(), flinksql.Quote(table.Name))
			if err != nil {
				t.Errorf("%s: %v", table.Name, err)
				continue
			}
			var want, got []string
			for _, column := range table.Columns {
				line := column.Name + " " + column.Type
				if slices.Contains(table.PrimaryKey, column.Name) {
					line += " PRI(" + strings.Join(table.PrimaryKey, ", ") + ")"
				}
				want = append(want, line)
			}
			for _, column := range described {
				line := column.Name + " " + column.Type
				if !column.Nullable {
					line += " NOT NULL"
				}
				got = append(got, strings.TrimSpace(line+" "+column.Key))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: Flink says\n%q, we say\n%q", table.Name, got, want)
			}
			count++
		}
	}
	if count < 40 {
		t.Errorf("only %d tables", count)
	}
}
