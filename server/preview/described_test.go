package preview

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/server/flink/flinktest"
	"millrace/server/sample"
)

func TestACatalogTableIsDescribedWithWhatASampleNeeds(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	_, err := session.Run(t.Context(), "CREATE TABLE orders (`order id` INT, line INT, note STRING, at_time TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL, doubled AS line * 2, "+
		"WATERMARK FOR at_time AS at_time - INTERVAL '1' SECOND, PRIMARY KEY (`order id`, line) NOT ENFORCED) WITH ('connector' = 'kafka')", nil)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := session.Describe(t.Context(), "orders")
	if err != nil {
		t.Fatal(err)
	}
	want := sample.Described{PrimaryKey: []string{"order id", "line"}, Columns: []sample.DescribedColumn{
		{Name: "order id", Type: "INT"},
		{Name: "line", Type: "INT"},
		{Name: "note", Type: "STRING", Nullable: true},
		{Name: "at_time", Type: "TIMESTAMP(3)", Nullable: true, Watermark: "`at_time` - INTERVAL '1' SECOND"},
		{Name: "doubled", Type: "INT", Expression: "`line` * 2"},
	}}
	if diff := cmp.Diff(want, described(columns)); diff != "" {
		t.Error(diff)
	}
}
